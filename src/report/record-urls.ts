import type { AppKind } from "../model/fields.ts";
import type { Config } from "../model/config.ts";

export type RecordUrl = (record: { readonly app: AppKind; readonly id: string }) => string;

/** Addresses of records in the browser: `https://HOST/k/APP/show#record=ID`, below the guest space where there is one. */
export function recordUrls(kintone: Config["kintone"]): RecordUrl {
  return ({ app, id }) => `${appUrl(kintone, kintone[app].app)}show#record=${encodeURIComponent(id)}`;
}

/** Address of an app's list of records: `https://HOST/k/APP/`. */
export function appUrl({ baseUrl, guestSpaceId }: Config["kintone"], app: number): string {
  const space = guestSpaceId === undefined ? "/k" : `/k/guest/${guestSpaceId}`;
  return `${baseUrl}${space}/${app}/`;
}
