import { PassError } from "../errors.ts";
import { type LookSettings, managesApp } from "./look-at-app.ts";
import { sendRequest } from "./send-request.ts";

/** What one API token can do in one app. */
export type TokenUse = "unknown" | "other-app" | "no-view" | "no-write" | "manages" | "usable";

/**
 * Tries the token that the client signs in with in an app. With a required key field it is also tried whether the token may add and edit records, by
 * requests that kintone can only refuse. Throws a PassError when kintone does not answer.
 */
export async function lookAtToken(
  settings: LookSettings,
  app: number,
  requiredKey?: string,
): Promise<TokenUse> {
  const { client } = settings;
  const read = () => client.record.getRecords({ app, fields: ["$id"], query: "limit 1" });
  const refusal = await refusalOf(settings, app, "GET records.json", read);
  if (refusal !== undefined) return uses[refusal] ?? "unknown";
  if (await managesApp(settings, app)) return "manages";
  if (requiredKey === undefined) return "usable";
  // A record without its required key is never added, and none has this key: only a refusal for want of the right tells.
  const add = () => client.record.addRecord({ app, record: { [requiredKey]: { value: "" } } });
  const edit = () =>
    client.record.updateRecord({ app, updateKey: { field: requiredKey, value: "-" }, record: {} });
  for (const [request, send] of [
    ["POST record.json", add],
    ["PUT record.json", edit],
  ] as const)
    if ((await refusalOf(settings, app, request, send)) === "kintone.no-permission") return "no-write";
  return "usable";
}

const uses: Readonly<Partial<Record<PassError["code"], TokenUse>>> = {
  "kintone.unknown-token": "unknown",
  "kintone.token-of-other-app": "other-app",
  "kintone.no-permission": "no-view",
};

/** Why kintone did not do it; undefined when it did. Throws the PassError when kintone could not be asked. */
async function refusalOf(
  settings: LookSettings,
  appId: number,
  request: string,
  send: () => Promise<unknown>,
): Promise<PassError["code"] | undefined> {
  try {
    await sendRequest(settings, { appId, request }, send);
    return undefined;
  } catch (error) {
    if (!(error instanceof PassError) || notAsked.has(error.code)) throw error;
    return error.code;
  }
}

const notAsked: ReadonlySet<PassError["code"]> = new Set([
  "kintone.unreachable",
  "kintone.unavailable",
  "kintone.not-authenticated",
  "kintone.app-not-found",
  "kintone.guest-space",
]);
