import { changesOfList, groupsTooLong, type ListKind, listFields } from "../apps/keep-list.ts";
import { PassError } from "../errors.ts";
import { createKintoneClient } from "../kintone/client.ts";
import { readList, writeList } from "../kintone/list-app.ts";
import type { Config, Secrets } from "../model/config.ts";
import type { Directory } from "../model/directory.ts";
import type { ReportedNote } from "../model/run-report.ts";
import type { Clock } from "../ports.ts";
import type { OnRequest } from "./count-requests.ts";
import { kintoneOutcome } from "./count-requests.ts";
import { listTexts } from "../words/list-texts.ts";
import { describePassError } from "../words/pass-errors.ts";

/** What the lists are kept with. */
export interface ListKeeping {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly usesProxies: boolean;
  readonly clock: Clock;
  readonly onRequest?: OnRequest;
}

/** The variable with the token of a list's app. */
const listTokenNames: Readonly<Record<ListKind, string>> = {
  accounts: "KINTONE_ACCOUNTS_API_TOKEN",
  groups: "KINTONE_GROUPS_API_TOKEN",
};

/** Brings the configured lists of accounts and groups up to date; what could not be done is remarked and fails nothing. */
export async function keepLists(
  keeping: ListKeeping,
  directory: Directory,
): Promise<readonly ReportedNote[]> {
  const messages: string[] = [];
  for (const kind of ["accounts", "groups"] as const) {
    const app = keeping.config.kintone[kind]?.app;
    if (app === undefined) continue;
    const message = await keepKind(keeping, kind, app, directory);
    if (message !== undefined) messages.push(message);
  }
  return messages.map((message) => ({ code: "list-not-kept", message }));
}

/** What is to be said of one list; undefined when it is whole. */
async function keepKind(
  keeping: ListKeeping,
  kind: ListKind,
  app: number,
  directory: Directory,
): Promise<string | undefined> {
  const texts = listTexts(keeping.config.language);
  const token = keeping.secrets.listTokens?.[kind];
  const reason =
    token === undefined
      ? texts.noToken(listTokenNames[kind])
      : await keepList({ ...keeping, kind, app, token }, directory);
  if (reason !== undefined) return texts.notKept(kind, listTokenNames[kind], reason);
  const [first, ...others] = kind === "groups" ? groupsTooLong(directory) : [];
  return first === undefined ? undefined : texts.tooLong(others.length + 1, first);
}

interface OneList extends ListKeeping {
  readonly kind: ListKind;
  readonly app: number;
  readonly token: string;
}

/** Why it could not be done; undefined when it was. */
async function keepList(
  { config, secrets, usesProxies, clock, onRequest, kind, app, token }: OneList,
  directory: Directory,
): Promise<string | undefined> {
  try {
    const client = createKintoneClient({
      config: config.kintone,
      secrets: { ...secrets, kintone: { kind: "api-token", tokens: [token] } },
      usesProxies,
    });
    const settings = {
      client,
      config: config.kintone,
      clock,
      onRequest: (failure?: Parameters<typeof kintoneOutcome>[0]) =>
        onRequest?.("kintone", kintoneOutcome(failure)),
    };
    const records = await readList(settings, app, listFields[kind]);
    await writeList(settings, app, changesOfList(kind, directory, records));
    return undefined;
  } catch (error) {
    if (!(error instanceof PassError)) throw error;
    const { message, hint } = describePassError(error, config.language);
    return `${message} ${hint}`;
  }
}
