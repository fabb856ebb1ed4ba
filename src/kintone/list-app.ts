import type { KintoneRestAPIClient } from "@kintone/rest-api-client";
import * as z from "zod";

import { isWithoutEffect } from "./request-failure.ts";
import { sendWithRetries } from "./retry.ts";
import { type RequestSettings, sendRequest, unexpectedAnswer } from "./send-request.ts";
import { translateError } from "./translate-error.ts";

export interface ListAppSettings extends RequestSettings {
  readonly client: KintoneRestAPIClient;
}

type Row = Readonly<Record<string, string>>;

interface Listed {
  readonly id: string;
  readonly row: Row;
}

const pageSize = 500;
/** https://cybozu.dev/ja/kintone/docs/rest-api/records/update-records/ */
const mostPerCall = 100;

const pageSchema = z.object({
  records: z.array(z.record(z.string(), z.object({ value: z.unknown() }))).max(pageSize),
});

/** The texts of all records of a list, ascending by id. Throws a PassError. */
export async function readList(
  settings: ListAppSettings,
  app: number,
  codes: readonly string[],
): Promise<readonly Listed[]> {
  const about = { appId: app, request: "GET records.json" };
  const found: Listed[] = [];
  for (;;) {
    const query = `$id > ${found.at(-1)?.id ?? "0"} order by $id asc limit ${pageSize}`;
    const send = () => settings.client.record.getRecords({ app, fields: ["$id", ...codes], query });
    const { success, data } = pageSchema.safeParse(await sendRequest(settings, about, send));
    if (!success) throw unexpectedAnswer(about);
    const textIn = (record: (typeof data.records)[number], code: string): string => {
      const value = record[code]?.value;
      return typeof value === "string" ? value : "";
    };
    found.push(
      ...data.records.map((record) => ({
        id: textIn(record, "$id"),
        row: Object.fromEntries(codes.map((code) => [code, textIn(record, code)])),
      })),
    );
    if (data.records.length < pageSize) return found;
  }
}

/** Adds rows and changes records. Throws a PassError; what was written before stays. */
export async function writeList(
  settings: ListAppSettings,
  app: number,
  { add, update }: { readonly add: readonly Row[]; readonly update: readonly Listed[] },
): Promise<void> {
  const { client } = settings;
  for (const rows of inParts(add)) {
    const send = () => client.record.addRecords({ app, records: rows.map(valuesOf) });
    await write(settings, { appId: app, request: "POST records.json" }, send);
  }
  for (const records of inParts(update)) {
    const send = () =>
      client.record.updateRecords({
        app,
        records: records.map(({ id, row }) => ({ id, record: valuesOf(row) })),
      });
    await write(settings, { appId: app, request: "PUT records.json" }, send);
  }
}

function inParts<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  const count = Math.ceil(items.length / mostPerCall);
  return Array.from({ length: count }, (_, part) =>
    items.slice(part * mostPerCall, (part + 1) * mostPerCall),
  );
}

function valuesOf(row: Row): Record<string, { value: string }> {
  return Object.fromEntries(Object.entries(row).map(([code, value]) => [code, { value }]));
}

/** Sent again only when kintone certainly wrote nothing. */
async function write(
  settings: ListAppSettings,
  about: { readonly appId: number; readonly request: string },
  send: () => Promise<unknown>,
): Promise<void> {
  const result = await sendWithRetries(send, isWithoutEffect, settings);
  if (result.kind === "answered") return;
  throw translateError(result.failure, result.attempts, { baseUrl: settings.config.baseUrl, ...about });
}
