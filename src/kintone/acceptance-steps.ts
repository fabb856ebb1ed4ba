import type { KintoneRestAPIClient } from "@kintone/rest-api-client";

import type { Facts } from "../model/acceptance.ts";
import { readFailure } from "./request-failure.ts";

/** What kintone answers to a token that it does not know; the client has such a one. */
export async function measureUnknownToken(client: KintoneRestAPIClient, app: number): Promise<Facts> {
  const { status = 200, code = "" } = await refusalOf(() =>
    client.record.getRecords({ app, query: "limit 1" }),
  );
  return { status, code };
}

/** In every comment that an acceptance posts. */
const mark = "zz-acceptance";

interface Place {
  readonly app: number;
  readonly record: number;
}

/** What a comment does to its record, and what kintone says to a mention of an unknown user; takes its comments away again. */
export async function measureComment(client: KintoneRestAPIClient, place: Place): Promise<Facts> {
  const about = { app: place.app, id: place.record };
  const { record: before } = await client.record.getRecord(about);
  await client.record.addRecordComment({ ...place, comment: { text: `${mark} test / テスト` } });
  const { record: after } = await client.record.getRecord(about);
  const nobody = [{ code: `${mark}-nobody`, type: "USER" as const }];
  const { code: unknownMention = "accepted" } = await refusalOf(() =>
    client.record.addRecordComment({ ...place, comment: { text: mark, mentions: nobody } }),
  );
  const readBack = (await leftComments(client, place)).length > 0;
  const { code: notRemoved } = await refusalOf(() => removeComments(client, place));
  return {
    readBack,
    revisionStays: valueOf(before, "__REVISION__") === valueOf(after, "__REVISION__"),
    updatedStays: valueOf(before, "UPDATED_TIME") === valueOf(after, "UPDATED_TIME"),
    unknownMention,
    removed: notRemoved === undefined && (await leftComments(client, place)).length === 0,
  };
}

/** Takes away what an acceptance has left in the comments of a record. */
export async function removeComments(client: KintoneRestAPIClient, place: Place): Promise<void> {
  for (const id of await leftComments(client, place))
    await client.record.deleteRecordComment({ ...place, comment: id });
}

async function leftComments(client: KintoneRestAPIClient, place: Place): Promise<readonly string[]> {
  const { comments } = await client.record.getRecordComments({ ...place, order: "desc", limit: 10 });
  return comments.filter(({ text }) => text.includes(mark)).map(({ id }) => id);
}

type FoundRecord = Awaited<ReturnType<KintoneRestAPIClient["record"]["getRecord"]>>["record"];

function valueOf(record: FoundRecord, type: string): unknown {
  return Object.values(record).find((field) => field.type === type)?.value;
}

/** How kintone refuses it; nothing when it does not. Throws when there is no answer. */
async function refusalOf(
  send: () => Promise<unknown>,
): Promise<{ readonly status?: number; readonly code?: string }> {
  try {
    await send();
    return {};
  } catch (error) {
    const failure = readFailure(error);
    if (failure.kind !== "refused")
      throw new Error(`kintone does not answer: ${failure.kind}`, { cause: error });
    return { status: failure.status, code: failure.code };
  }
}
