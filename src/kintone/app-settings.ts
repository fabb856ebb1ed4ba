import type { KintoneRestAPIClient } from "@kintone/rest-api-client";
import * as z from "zod";

import { type AppPart, appParts, type AppSettings } from "../model/made-app.ts";
import { isWithoutEffect, type RequestFailure } from "./request-failure.ts";
import { sendWithRetries } from "./retry.ts";
import { type RequestSettings, sendRequest, unexpectedAnswer } from "./send-request.ts";
import { translateError } from "./translate-error.ts";

export interface AppSettingsSettings extends RequestSettings {
  readonly client: KintoneRestAPIClient;
}

/** What became of a write. It may have been done although the answer was lost. */
export type Written<Answer> =
  | { readonly kind: "done"; readonly answer: Answer }
  | { readonly kind: "lost" }
  /** The settings were changed by others since they were looked at. */
  | { readonly kind: "overtaken" }
  /** Said no; the message is kintone's. */
  | { readonly kind: "refused"; readonly error: Error; readonly code: string };

interface FoundApp {
  readonly app: number;
  readonly name: string;
  /** Login name. */
  readonly creator: string;
}

export type DeployStatus = "PROCESSING" | "SUCCESS" | "FAIL" | "CANCEL";

/** The part of an app's settings with the revision it was read at. */
type Read = Readonly<Record<string, unknown>>;

const answerSchema = z.record(z.string(), z.unknown());
const appsSchema = z.object({
  apps: z.array(
    z.object({
      appId: z.string().regex(/^\d+$/),
      name: z.string(),
      creator: z.object({ code: z.string() }),
    }),
  ),
});
const addedSchema = z.object({ app: z.string().regex(/^\d+$/) });
const statusSchema = z.object({
  apps: z.array(z.object({ status: z.enum(["PROCESSING", "SUCCESS", "FAIL", "CANCEL"]) })).length(1),
});

/** What `init` asks of kintone about apps. https://cybozu.dev/ja/kintone/docs/rest-api/apps/ */
export interface AppMaker {
  /** Apps whose name has the text, of those that are live and that the person may see. Throws a PassError. */
  readonly findApps: (name: string) => Promise<readonly FoundApp[]>;
  /** The highest number of an app that the person may see; 0 without any. Throws a PassError. */
  readonly lastApp: () => Promise<number>;
  readonly addApp: (name: string, space: number | undefined) => Promise<Written<number>>;
  /** An app's settings as its settings pages show them, or as they are live. Throws a PassError. */
  readonly read: (app: number, at: "preview" | "live") => Promise<AppSettings>;
  /** The name alone, of an app that may never have been live. Throws a PassError. */
  readonly readName: (app: number) => Promise<string>;
  readonly write: (app: number, part: AppPart, body: Read) => Promise<Written<unknown>>;
  readonly deploy: (app: number) => Promise<Written<unknown>>;
  /** Throws a PassError. */
  readonly deployStatus: (app: number) => Promise<DeployStatus>;
}

const pageSize = 100;

/** Looks at and changes the settings of apps, as the person who signed in. */
export function createAppMaker(settings: AppSettingsSettings): AppMaker {
  const { client } = settings;
  const read = async (appId: number, request: string, send: () => Promise<unknown>): Promise<Read> =>
    decode(answerSchema, await sendRequest(settings, { appId, request }, send), { appId, request });
  const listApps = async (name: string | null): Promise<readonly FoundApp[]> => {
    const found: FoundApp[] = [];
    for (let offset = 0; ; offset += pageSize) {
      const about = { appId: 0, request: "GET apps.json" };
      const send = () => client.app.getApps({ name, limit: pageSize, offset });
      const { apps } = decode(appsSchema, await sendRequest(settings, about, send), about);
      found.push(
        ...apps.map(({ appId, name, creator: { code } }) => ({ app: Number(appId), name, creator: code })),
      );
      if (apps.length < pageSize) return found;
    }
  };
  return {
    findApps: listApps,
    lastApp: async () => (await listApps(null)).reduce((last, { app }) => Math.max(last, app), 0),
    addApp: async (name, space) => {
      const send = () => client.app.addApp({ name, ...(space !== undefined && { space }) });
      const written = await write(settings, 0, "POST preview/app.json", send);
      if (written.kind !== "done") return written;
      const { success, data } = addedSchema.safeParse(written.answer);
      return success ? { kind: "done", answer: Number(data.app) } : { kind: "lost" };
    },
    read: async (app, at) => {
      const preview = at === "preview";
      const parts = await Promise.all(
        appParts.map(
          async (part) =>
            [part, await read(app, `GET ${part}`, () => readers[part](client, { app, preview }))] as const,
        ),
      );
      return Object.fromEntries(parts) as AppSettings;
    },
    readName: async (app) => {
      const send = () => client.app.getAppSettings({ app, preview: true });
      return String((await read(app, "GET preview/app/settings.json", send))["name"]);
    },
    write: (app, part, body) =>
      write(settings, app, `PUT ${part}`, () => writers[part](client, { app, ...body })),
    deploy: (app) =>
      write(settings, app, "POST preview/app/deploy.json", () => client.app.deployApp({ apps: [{ app }] })),
    deployStatus: async (app) => {
      const about = { appId: app, request: "GET preview/app/deploy.json" };
      const send = () => client.app.getDeployStatus({ apps: [app] });
      const { apps } = decode(statusSchema, await sendRequest(settings, about, send), about);
      return apps[0]?.status ?? "PROCESSING";
    },
  };
}

type Client = KintoneRestAPIClient;
type Place = { readonly app: number; readonly preview: boolean };

const readers: Readonly<Record<AppPart, (client: Client, place: Place) => Promise<unknown>>> = {
  fields: ({ app }, place) => app.getFormFields(place),
  layout: ({ app }, place) => app.getFormLayout(place),
  views: ({ app }, place) => app.getViews(place),
  settings: ({ app }, place) => app.getAppSettings(place),
  appAcl: ({ app }, place) => app.getAppAcl(place),
  recordAcl: ({ app }, place) => app.getRecordAcl(place),
  fieldAcl: ({ app }, place) => app.getFieldAcl(place),
  reminders: ({ app }, place) => app.getReminderNotifications(place),
};

type Body = { readonly app: number } & Readonly<Record<string, unknown>>;

// What is sent was described in kintone's own form, with its revision; the client's types are of single settings.
const writers: Readonly<Record<AppPart, (client: Client, body: Body) => Promise<unknown>>> = {
  fields: ({ app }, body) => app.addFormFields(body as never),
  layout: ({ app }, body) => app.updateFormLayout(body as never),
  views: ({ app }, body) => app.updateViews(body as never),
  settings: ({ app }, body) => app.updateAppSettings(body),
  appAcl: ({ app }, body) => app.updateAppAcl(body as never),
  recordAcl: ({ app }, body) => app.updateRecordAcl(body as never),
  fieldAcl: ({ app }, body) => app.updateFieldAcl(body as never),
  reminders: ({ app }, body) => app.updateReminderNotifications(body),
};

/** Sent again only when kintone certainly did nothing. */
async function write(
  settings: AppSettingsSettings,
  appId: number,
  request: string,
  send: () => Promise<unknown>,
): Promise<Written<unknown>> {
  const result = await sendWithRetries(send, isWithoutEffect, settings);
  if (result.kind === "answered") return { kind: "done", answer: result.answer };
  const { failure, attempts } = result;
  if (mayBeDone(failure)) return { kind: "lost" };
  if (failure.kind !== "refused") return { kind: "lost" };
  if (failure.status === 409) return { kind: "overtaken" };
  const error = translateError(failure, attempts, { appId, baseUrl: settings.config.baseUrl, request });
  return { kind: "refused", error, code: failure.code };
}

/** Neither an answer nor a refusal that says that nothing was done. */
function mayBeDone(failure: RequestFailure): boolean {
  if (isWithoutEffect(failure)) return false;
  return (
    failure.kind === "no-answer" ||
    (failure.kind === "refused" && failure.code === "" && failure.status >= 500)
  );
}

function decode<Answer>(
  schema: z.ZodType<Answer>,
  answer: unknown,
  about: { readonly appId: number; readonly request: string },
): Answer {
  const { success, data } = schema.safeParse(answer);
  if (!success) throw unexpectedAnswer(about);
  return data;
}
