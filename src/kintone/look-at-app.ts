import type { KintoneRestAPIClient } from "@kintone/rest-api-client";
import * as z from "zod";

import { PassError } from "../errors.ts";
import type { Config } from "../model/config.ts";
import type { AppKind, FormField } from "../model/fields.ts";
import { decodeAppName, decodeForm } from "./decode-app.ts";
import { conditionProblem } from "./page-query.ts";
import { type RequestSettings, sendRequest, unexpectedAnswer } from "./send-request.ts";
import { findUsableFields } from "./usable-fields.ts";

/** With what kintone is asked, and how patiently. */
export interface LookSettings extends RequestSettings {
  readonly client: KintoneRestAPIClient;
}

export interface AppLookSettings extends LookSettings {
  readonly config: Config["kintone"];
}

/** The settings of a field that decide what can be typed into it. */
export interface KeyField {
  readonly code: string;
  /** Undefined where kintone cannot forbid duplicates in fields of this type. */
  readonly unique?: boolean | undefined;
  readonly lookup?: { readonly app: number; readonly keyField: string } | undefined;
}

/** What the app's form says about the fields that are read. */
export interface AppForm {
  readonly usableFields: number;
  /** The name of the permission set: in its own app, or in the assignment app where it is chosen. */
  readonly keyField: KeyField;
}

const settingsSchema = z.object({ enableComments: z.boolean() });
const recordsSchema = z.object({
  records: z.array(z.object({ $id: z.object({ value: z.string() }) })),
  totalCount: z.string().regex(/^\d+$/),
});
const keyFieldSchema = z.object({
  unique: z.boolean().optional().catch(undefined),
  lookup: z
    .object({ relatedApp: z.object({ app: z.string() }), relatedKeyField: z.string() })
    .optional()
    .catch(undefined),
});
const propertiesSchema = z.object({ properties: z.record(z.string(), z.unknown()) });

/** The app's name. Throws a PassError. */
export async function readAppName(settings: AppLookSettings, kind: AppKind): Promise<string> {
  const appId = settings.config[kind].app;
  const about = { appId, request: "GET app.json" };
  const answer = await sendRequest(settings, about, () => settings.client.app.getApp({ id: appId }));
  const name = decodeAppName(answer, appId);
  if (name === undefined) throw unexpectedAnswer(about);
  return name;
}

/** Throws a PassError, also when a field is missing or of a type that cannot be read. */
export async function readAppForm(settings: AppLookSettings, kind: AppKind): Promise<AppForm> {
  const { client, config } = settings;
  const appId = config[kind].app;
  const about = { appId, request: "GET app/form/fields.json" };
  const answer = await sendRequest(settings, about, () => client.app.getFormFields({ app: appId }));
  const form: readonly FormField[] | undefined = decodeForm(answer);
  if (form === undefined) throw unexpectedAnswer(about);
  const { fields, problems } = findUsableFields(kind, config.fields, form, config.gates?.[kind]);
  if (problems.length > 0) throw new PassError("kintone.fields-unusable", { appId, problems });
  const { permissionSets, assignments } = config.fields;
  const code = (kind === "permissionSets" ? permissionSets.name : assignments.permissionSet) ?? "";
  return { usableFields: fields.length, keyField: { code, ...decodeKeyField(answer, code) } };
}

function decodeKeyField(answer: unknown, code: string): Pick<KeyField, "unique" | "lookup"> {
  const property = propertiesSchema.parse(answer).properties[code];
  const { unique, lookup } = keyFieldSchema.parse(property);
  return {
    unique,
    lookup: lookup && { app: Number(lookup.relatedApp.app), keyField: lookup.relatedKeyField },
  };
}

/**
 * Whether comments are switched on: as the app's settings say or, where the credentials may not read those, as reading a
 * record's comments shows. Unknown without a record to try it on. Throws a PassError.
 * https://cybozu.dev/ja/kintone/docs/rest-api/apps/settings/get-general-settings/
 */
export async function readCommentsSwitch(
  settings: AppLookSettings,
  kind: AppKind,
): Promise<"on" | "off" | "unknown"> {
  const { client, config } = settings;
  const app = config[kind].app;
  const about = { appId: app, request: "GET app/settings.json" };
  try {
    const answer = await sendRequest(settings, about, () => client.app.getAppSettings({ app }));
    const { success, data } = settingsSchema.safeParse(answer);
    if (!success) throw unexpectedAnswer(about);
    return data.enableComments ? "on" : "off";
  } catch (error) {
    if (!isError(error, "kintone.no-permission")) throw error;
    return tryComments(settings, app);
  }
}

/** Whether the credentials may also change the app's settings, which nothing here needs. Throws a PassError. */
export async function managesApp(settings: LookSettings, app: number): Promise<boolean> {
  const about = { appId: app, request: "GET app/acl.json" };
  try {
    await sendRequest(settings, about, () => settings.client.app.getAppAcl({ app }));
    return true;
  } catch (error) {
    if (isError(error, "kintone.no-permission")) return false;
    throw error;
  }
}

async function tryComments(settings: AppLookSettings, app: number): Promise<"on" | "off" | "unknown"> {
  const [record] = (await readOneRecord(settings, app, "")).records;
  if (record === undefined) return "unknown";
  const about = { appId: app, request: "GET record/comments.json" };
  try {
    await sendRequest(settings, about, () =>
      settings.client.record.getRecordComments({ app, record: record.$id.value, limit: 1 }),
    );
    return "on";
  } catch (error) {
    if (isError(error, "kintone.request-failed")) return "off";
    throw error;
  }
}

/** How many records match the configured condition. Throws a PassError, also for a condition that kintone does not understand. */
export async function countRecords(settings: AppLookSettings, kind: AppKind): Promise<number> {
  const { config } = settings;
  const appId = config[kind].app;
  const query = config.query[kind].trim();
  const message = conditionProblem(query);
  if (message !== undefined) throw new PassError("kintone.query-invalid", { appId, query, message });
  return Number((await readOneRecord(settings, appId, query)).totalCount);
}

async function readOneRecord(
  settings: AppLookSettings,
  app: number,
  condition: string,
): Promise<z.infer<typeof recordsSchema>> {
  const about = { appId: app, request: "GET records.json", condition };
  const query = `${condition} limit 1`.trim();
  const answer = await sendRequest(settings, about, () =>
    settings.client.record.getRecords({ app, fields: ["$id"], query, totalCount: true }),
  );
  const { success, data } = recordsSchema.safeParse(answer);
  if (!success) throw unexpectedAnswer(about);
  return data;
}

function isError(error: unknown, code: PassError["code"]): boolean {
  return error instanceof PassError && error.code === code;
}
