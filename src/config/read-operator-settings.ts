import type { Config, SigningSecrets, Notifying } from "../model/config.ts";
import { configFileSchema } from "./config-file-schema.ts";
import { textAt, valueAt } from "./config-tree.ts";
import { defaultOwner } from "./default-owner.ts";
import type { Environment } from "../model/environment.ts";
import { variable } from "../model/environment.ts";

/** What it takes to tell operators that the rest of the configuration is wrong. */
export interface OperatorSettings extends Notifying {
  readonly slack: NonNullable<Config["slack"]>;
  readonly slackBotToken: string;
  /** Where the memory is, whose, and what signs it, where that much is right. */
  readonly memory?: {
    readonly location: string;
    readonly owner: string;
    readonly signing: SigningSecrets | undefined;
  };
}

const parts = configFileSchema
  .pick({ slack: true, notify: true, timezone: true, memory: true, owner: true })
  .strip();

/** The operators' part of a configuration with problems elsewhere; undefined when it has problems itself or is not there. */
export function readOperatorSettings(
  tree: unknown,
  environment: Environment,
  {
    slackBotToken,
    signing,
  }: {
    readonly slackBotToken: string | undefined;
    readonly signing: SigningSecrets | undefined;
  },
): OperatorSettings | undefined {
  const { data } = parts.safeParse(tree);
  const channel = data?.slack?.channel;
  if (data === undefined || channel === undefined || slackBotToken === undefined) return undefined;
  const { notify, timezone, memory: location } = data;
  const apiUrl = variable(environment, "SLACK_API_URL");
  const owner = findOwner(data.owner, tree);
  return {
    slack: { channel, ...(apiUrl !== undefined && { apiUrl }) },
    slackBotToken,
    notify,
    timezone: zoneOr(timezone, "UTC"),
    ...(location !== undefined && owner !== undefined && { memory: { location, owner, signing } }),
  };
}

function findOwner(owner: string | undefined, tree: unknown): string | undefined {
  if (owner !== undefined) return owner;
  const baseUrl = textAt(tree, "kintone.baseUrl") ?? "";
  const app = valueAt(tree, ["kintone", "permissionSets", "app"]);
  return URL.canParse(baseUrl) && typeof app === "number" ? defaultOwner(new URL(baseUrl), app) : undefined;
}

function zoneOr(name: string, other: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return other;
  }
}
