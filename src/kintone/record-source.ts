import type { KintoneRestAPIClient } from "@kintone/rest-api-client";

import { PassError } from "../errors.ts";
import type { Config } from "../model/config.ts";
import type { AppKind, FormField } from "../model/fields.ts";
import type { RawApp, AppHead } from "../model/record.ts";
import type { RecordSource } from "../ports.ts";
import { decodeAppName, decodeForm } from "./decode-app.ts";
import { findSystemCodes, type RecordLayout, requestedCodes } from "./decode-page.ts";
import { conditionProblem, pageQuery } from "./page-query.ts";
import { readRecords } from "./read-records.ts";
import { type RequestSettings, sendRequest, unexpectedAnswer } from "./send-request.ts";
import { findUsableFields } from "./usable-fields.ts";

export interface RecordSourceSettings extends RequestSettings {
  readonly client: KintoneRestAPIClient;
  readonly config: Config["kintone"];
  /** How far kintone's clock was ahead of ours when it answered last; undefined before it has. */
  readonly clockAheadMs?: () => number | undefined;
}

type ReadHead = AppHead & { readonly layout: RecordLayout };

/**
 * Reads both apps whole, every time: kintone lists no deleted records and has no feed of changes. What it throws is a
 * PassError; the permission-set app's when both fail.
 */
export function createRecordSource(settings: RecordSourceSettings): RecordSource {
  return {
    readAllRecords: async () => {
      for (const kind of ["permissionSets", "assignments"] as const) checkCondition(settings, kind);
      const heads = await bothOf((kind) => readHead(settings, kind));
      const apps = await bothOf((kind) => readApp(settings, heads[kind]));
      const clockAheadMs = settings.clockAheadMs?.();
      return clockAheadMs === undefined ? apps : { ...apps, clockAheadMs };
    },
  };
}

/** Waits for both, so that which error is thrown does not depend on which app answers first. */
async function bothOf<Result>(
  read: (kind: AppKind) => Promise<Result>,
): Promise<Readonly<Record<AppKind, Result>>> {
  const reading = { permissionSets: read("permissionSets"), assignments: read("assignments") };
  await Promise.allSettled(Object.values(reading));
  return { permissionSets: await reading.permissionSets, assignments: await reading.assignments };
}

function checkCondition({ config }: RecordSourceSettings, kind: AppKind): void {
  const query = config.query[kind].trim();
  const message = conditionProblem(query);
  if (message === undefined) return;
  throw new PassError("kintone.query-invalid", { appId: config[kind].app, query, message });
}

/** The app before its records: that it is the right one and has the fields, so that no records means no records. */
async function readHead(settings: RecordSourceSettings, kind: AppKind): Promise<ReadHead> {
  const { client, config } = settings;
  const appId = config[kind].app;
  const about = { appId, request: "GET app.json" };
  const name = decodeAppName(
    await sendRequest(settings, about, () => client.app.getApp({ id: appId })),
    appId,
  );
  if (name === undefined) throw unexpectedAnswer(about);
  const form = await readForm(settings, appId);
  const { fields, problems } = findUsableFields(kind, config.fields, form, config.gates?.[kind]);
  if (problems.length > 0) throw new PassError("kintone.fields-unusable", { appId, problems });
  return { kind, appId, name, form, layout: { kind, fields, systemCodes: findSystemCodes(form) } };
}

async function readForm(settings: RecordSourceSettings, appId: number): Promise<readonly FormField[]> {
  const about = { appId, request: "GET app/form/fields.json" };
  const answer = await sendRequest(settings, about, () => settings.client.app.getFormFields({ app: appId }));
  const form = decodeForm(answer);
  if (form === undefined) throw unexpectedAnswer(about);
  return form;
}

async function readApp(settings: RecordSourceSettings, { layout, ...head }: ReadHead): Promise<RawApp> {
  const { client, config, clock } = settings;
  const { kind, appId } = head;
  const condition = config.query[kind].trim();
  const fields = requestedCodes(layout);
  const requestPage = (lastId: number) =>
    sendRequest(settings, { appId, request: "GET records.json", condition }, () =>
      client.record.getRecords({ app: appId, fields, query: pageQuery(condition, lastId), totalCount: true }),
    );
  return { ...head, records: await readRecords({ appId, layout, requestPage, clock }) };
}
