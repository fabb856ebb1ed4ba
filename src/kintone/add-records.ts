import type { KintoneRestAPIClient } from "@kintone/rest-api-client";

import type { RawField } from "../model/record.ts";
import { isWithoutEffect } from "./request-failure.ts";
import { sendWithRetries } from "./retry.ts";
import type { RequestSettings } from "./send-request.ts";
import { translateError } from "./translate-error.ts";

export interface AddRecordsSettings extends RequestSettings {
  readonly client: KintoneRestAPIClient;
}

type Fields = Readonly<Record<string, RawField>>;

/** https://cybozu.dev/ja/kintone/docs/rest-api/records/add-records/ */
const mostPerCall = 100;

/**
 * Adds records in their order, as many as kintone takes in one call. Sent again only when kintone certainly added none.
 * Throws a PassError; what was added before stays.
 */
export async function addRecords(
  settings: AddRecordsSettings,
  appId: number,
  records: readonly Fields[],
): Promise<void> {
  for (let from = 0; from < records.length; from += mostPerCall) {
    const part = records.slice(from, from + mostPerCall).map(valuesOf);
    const send = () => settings.client.record.addRecords({ app: appId, records: part });
    const result = await sendWithRetries(send, isWithoutEffect, settings);
    if (result.kind === "answered") continue;
    const about = { appId, baseUrl: settings.config.baseUrl, request: "POST records.json" };
    throw translateError(result.failure, result.attempts, about);
  }
}

type Values = Parameters<KintoneRestAPIClient["record"]["addRecords"]>[0]["records"][number];

/** Values alone: kintone knows the types. */
function valuesOf(fields: Fields): Values {
  const values = Object.entries(fields).map(([code, { type, value }]) => [
    code,
    { value: type === "SUBTABLE" ? (value as readonly { value: Fields }[]).map(rowOf) : value },
  ]);
  return Object.fromEntries(values) as Values;
}

function rowOf({ value }: { readonly value: Fields }): { readonly value: Values } {
  return { value: valuesOf(value) };
}
