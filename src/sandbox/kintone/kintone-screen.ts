import { randomBytes } from "node:crypto";

import { findCopiedFields, isWritable, type RecordInput, wrapPlainValue } from "./accept-value.ts";
import { actAs } from "./authenticate.ts";
import type { Call } from "./call.ts";
import { changeStatus, listActions, type ShownAction } from "./change-status.ts";
import {
  ADMINISTRATOR,
  type App,
  type Domain,
  type Mention,
  nameUser,
  type StoredComment,
} from "./kintone-domain.ts";
import { deployNow, finishDeploys } from "./deploy-app.ts";
import type { FormProperty, Named, Permission, PlainValues } from "./kintone-seed.ts";
import { postComment } from "./record-comments.ts";
import { type RenderedRecord, renderRecord } from "./render-record.ts";
import { addRecords, deleteRecords, updateRecords } from "./write-records.ts";

/** An app as its pages show it. */
export interface ShownApp {
  readonly id: number;
  readonly name: string;
  readonly fields: readonly FormProperty[];
  /** Codes of the fields that people fill in; the rest is filled in for them. */
  readonly editable: ReadonlySet<string>;
}

/** What people do and see at kintone's screen, without HTTP. Everything throws what kintone would answer. */
export interface KintoneScreen {
  /** Adds a record and returns its id. */
  addRecord(app: number, values: PlainValues, by?: string): number;
  /** Changes the given fields; the status field moves the record to that state. */
  updateRecord(app: number, id: number, values: PlainValues, by?: string): void;
  deleteRecord(app: number, id: number): void;
  /** All records as the API returns them, ascending by id. */
  records(app: number): RenderedRecord[];
  /** All comments of an app or of one of its records, oldest first. */
  comments(app: number, record?: number): (StoredComment & { readonly record: number })[];
  /** Posts a comment and returns its id. */
  postCommentAs(
    user: string,
    app: number,
    record: number,
    text: string,
    mentions?: readonly Mention[],
  ): number;
  /** The apps that people see, ascending by id. */
  apps(): readonly ShownApp[];
  /** Everybody who may sign in. */
  people(): readonly Named[];
  /** The buttons of process management that the person has on a record. */
  actions(app: number, id: number, by: string): readonly ShownAction[];
  /** Presses such a button; the assignee is named where the next state has one of several. */
  act(app: number, id: number, action: string, by: string, assignee?: string): void;
  /** Makes a token on the app's settings page and updates the app, which deploys everything that waits there. */
  createToken(app: number, permissions: readonly Permission[]): string;
}

/** Creates the screen of a domain. */
export function createScreen(domain: Domain): KintoneScreen {
  const actor = (by?: string) => actAs(by === undefined ? ADMINISTRATOR : nameUser(domain, by));
  return {
    addRecord: (appId, values, by) => {
      const app = findApp(domain, appId);
      const [added] = addRecords(domain, app, actor(by), [toInput(app, values)], () => "record");
      return added?.id ?? 0;
    },
    updateRecord: (appId, id, values, by) => {
      const app = findApp(domain, appId);
      const status = findStatus(app, values);
      const update = { id, revision: undefined, input: toInput(app, values), ...(status && { status }) };
      updateRecords(domain, app, actor(by), [update], () => "record");
    },
    deleteRecord: (appId, id) => {
      deleteRecords(findApp(domain, appId), actor(), [id], []);
    },
    records: (appId) => {
      const app = findApp(domain, appId);
      return [...app.records.values()].map((record) => renderRecord(app, record));
    },
    comments: (appId, recordId) => listComments(findApp(domain, appId), recordId),
    postCommentAs: (user, appId, recordId, text, mentions = []) =>
      postComment(domain, findApp(domain, appId), actor(user), recordId, { text, mentions }).id,
    apps: () => {
      finishDeploys(domain);
      const live = [...domain.apps.values()].filter(({ liveRevision }) => liveRevision !== undefined);
      return live.map(showApp).sort((left, right) => left.id - right.id);
    },
    people: () => [...domain.users.values()].filter(({ active }) => active !== false),
    actions: (appId, id, by) => listActions(callOf(domain, findApp(domain, appId), by), id),
    act: (appId, id, action, by, assignee = "") => {
      const call = callOf(domain, findApp(domain, appId), by);
      changeStatus({ ...call, parameters: { id, action, assignee } });
    },
    createToken: (appId, permissions) => {
      finishDeploys(domain);
      const app = findApp(domain, appId);
      const token = randomBytes(20).toString("hex");
      app.tokens.push({ token, permissions });
      deployNow(app);
      return token;
    },
  };
}

function callOf(domain: Domain, app: App, by: string): Call {
  const actor = { ...actAs(nameUser(domain, by)), person: domain.users.get(by) };
  return { domain, app, actor, parameters: {} };
}

function showApp({ seed, live }: App): ShownApp {
  const fields = [...live.fields.values()];
  const copied = findCopiedFields(fields);
  const editable = fields.filter((field) => isWritable(field) && !copied.has(field.code));
  return {
    id: seed.id,
    name: live.general.name,
    fields,
    editable: new Set(editable.map(({ code }) => code)),
  };
}

function findApp(domain: Domain, id: number): App {
  const app = domain.apps.get(id);
  if (app === undefined) throw new Error(`The sandbox has no app ${id}.`);
  return app;
}

function toInput(app: App, values: PlainValues): RecordInput {
  return Object.fromEntries(
    Object.entries(values).map(([code, value]) => [code, wrapPlainValue(app.live.fields.get(code), value)]),
  );
}

function findStatus(app: App, values: PlainValues): string | undefined {
  const field = [...app.live.fields.values()].find(({ type }) => type === "STATUS");
  const status = field && values[field.code];
  return typeof status === "string" ? status : undefined;
}

function listComments(
  app: App,
  recordId: number | undefined,
): (StoredComment & { readonly record: number })[] {
  return [...app.comments]
    .filter(([record]) => recordId === undefined || record === recordId)
    .flatMap(([record, comments]) => comments.map((comment) => ({ ...comment, record })));
}
