import type { OtherBeliefs } from "./beliefs.ts";
import type { AwsSeed } from "./aws/aws-seed.ts";
import { type AwsSandbox, startAwsSandbox } from "./aws/start-aws-sandbox.ts";
import type { AppSeed, KintoneSeed } from "./kintone/kintone-seed.ts";
import { type KintoneSandbox, startKintoneSandbox } from "./kintone/start-kintone-sandbox.ts";
import type { SlackSeed } from "./slack/slack-seed.ts";
import { type SlackSandbox, startSlackSandbox } from "./slack/start-slack-sandbox.ts";

/** What the sandbox holds. The first kintone app is taken for the permission sets, the second for the assignments. */
interface SandboxSeed {
  readonly kintone: KintoneSeed;
  readonly aws: AwsSeed;
  readonly slack: SlackSeed;
}

export interface SandboxOptions {
  readonly seed: SandboxSeed;
  /** Any free port for those left out. */
  readonly ports?: { readonly kintone?: number; readonly aws?: number; readonly slack?: number };
  /** The address to listen on; the loopback interface when absent, all for 0.0.0.0. */
  readonly host?: string;
  /** How many times as fast as the real services; 1 when absent, except that kintone answers at once. */
  readonly speed?: number;
  /** AWS's clock in milliseconds, for tests that move the time themselves. */
  readonly clock?: () => number;
  /** What no description settles, played the other way. */
  readonly others?: OtherBeliefs;
}

export interface Sandbox {
  readonly kintone: KintoneSandbox;
  readonly aws: AwsSandbox;
  readonly slack: SlackSandbox;
  /** The variables with which a program talks to these servers and to no others. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Starts kintone, AWS and Slack. Throws, with none of them left running, if one cannot start. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { seed, ports = {}, host, speed, clock, others = new Set() } = options;
  const at = (port: number | undefined) => ({
    ...(port !== undefined && { port }),
    ...(host !== undefined && { host }),
    ...(speed !== undefined && { speed }),
  });
  const started = await Promise.allSettled([
    startKintoneSandbox({ seed: seed.kintone, ...at(ports.kintone) }),
    startAwsSandbox({ seed: seed.aws, others, ...at(ports.aws), ...(clock && { clock }) }),
    startSlackSandbox({ ...seed.slack, ...at(ports.slack) }),
  ]);
  const [kintone, aws, slack] = started;
  const close = async () => {
    await Promise.all(started.map(async (server) => server.status === "fulfilled" && server.value.close()));
  };
  if (kintone.status === "rejected" || aws.status === "rejected" || slack.status === "rejected") {
    await close();
    throw started.find((server) => server.status === "rejected")?.reason;
  }
  const servers = { kintone: kintone.value, aws: aws.value, slack: slack.value };
  return { ...servers, environment: describeEnvironment(seed, servers), close };
}

function describeEnvironment(
  seed: SandboxSeed,
  servers: Pick<Sandbox, "kintone" | "aws" | "slack">,
): Record<string, string> {
  const [permissionSets, assignments] = seed.kintone.apps;
  return {
    KINTONE_BASE_URL: servers.kintone.url,
    ...(seed.kintone.editToken !== undefined && { KINTONE_EDIT_TOKEN: seed.kintone.editToken }),
    KINTONE_API_TOKEN: [permissionSets, assignments].flatMap(findToken).join(","),
    KINTONE_PERMISSION_SET_APP: String(permissionSets?.id),
    KINTONE_ASSIGNMENT_APP: String(assignments?.id),
    AWS_ENDPOINT_URL: servers.aws.url,
    AWS_REGION: seed.aws.primaryRegion,
    AWS_ACCESS_KEY_ID: "AKIASANDBOXSANDBOX00",
    AWS_SECRET_ACCESS_KEY: "no-secret-in-the-sandbox",
    SLACK_BOT_TOKEN: seed.slack.token,
    SLACK_CHANNEL: seed.slack.channels[0]?.id ?? "",
    SLACK_API_URL: servers.slack.url,
  };
}

function findToken(app: AppSeed | undefined): string[] {
  const found = app?.tokens.find(
    ({ permissions, deployed }) => deployed !== false && permissions.includes("view"),
  );
  return found === undefined ? [] : [found.token];
}
