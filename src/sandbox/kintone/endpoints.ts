import type { RecordInput } from "./accept-value.ts";
import type { Call } from "./call.ts";
import { changeAssignees, changeStatus, changeStatuses } from "./change-status.ts";
import { describeApp } from "./describe-app.ts";
import { evaluateRights } from "./evaluate-rights.ts";
import type { Mention } from "./kintone-domain.ts";
import type { Permission } from "./kintone-seed.ts";
import { parseQuery } from "./parse-query.ts";
import { deleteComment, postComment, readComments } from "./record-comments.ts";
import { renderRecord } from "./render-record.ts";
import {
  type Parameters,
  readBatch,
  readChoice,
  readCount,
  readFlag,
  readId,
  readIds,
  readInteger,
  readList,
  readObject,
  readObjects,
  readText,
} from "./request-parameters.ts";
import { SETTINGS_ENDPOINTS } from "./settings-endpoints.ts";
import { selectRecords } from "./select-records.ts";
import { putRecord, putRecords } from "./put-records.ts";
import { addRecords, deleteRecords, findRecord } from "./write-records.ts";

export interface Endpoint {
  /** The name of the client's method. */
  readonly operation: string;
  /** One of these is needed in the app. */
  readonly permissions: readonly Permission[];
  /** Whether it is about what the settings pages show, live or not. */
  readonly isPreview?: boolean;
  readonly answer: (call: Call) => { readonly body: unknown; readonly headers?: Record<string, string> };
}

/** The endpoints of one app, by method and by what follows `/k/v1/` or `/k/guest/ID/v1/`. */
export const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  ...SETTINGS_ENDPOINTS,
  "GET app.json": {
    operation: "getApp",
    permissions: ["view", "add", "manage"],
    answer: ({ app }) => ({ body: describeApp(app) }),
  },
  "PUT record/status.json": {
    operation: "updateRecordStatus",
    permissions: ["view"],
    answer: (call) => ({ body: changeStatus(call) }),
  },
  "PUT records/status.json": {
    operation: "updateRecordsStatus",
    permissions: ["view"],
    answer: (call) => ({ body: changeStatuses(call) }),
  },
  "PUT record/assignees.json": {
    operation: "updateRecordAssignees",
    permissions: ["manage"],
    answer: (call) => ({ body: changeAssignees(call) }),
  },
  "GET records/acl/evaluate.json": {
    operation: "evaluateRecordsAcl",
    permissions: ["view"],
    answer: (call) => ({ body: { rights: evaluateRights(call) } }),
  },
  "GET record.json": { operation: "getRecord", permissions: ["view"], answer: getRecord },
  "GET records.json": { operation: "getRecords", permissions: ["view"], answer: getRecords },
  "POST record.json": { operation: "addRecord", permissions: ["add"], answer: addOne },
  "POST records.json": { operation: "addRecords", permissions: ["add"], answer: addMany },
  "PUT record.json": {
    operation: "updateRecord",
    permissions: ["edit"],
    answer: (call) => ({ body: putRecord(call) }),
  },
  "PUT records.json": {
    operation: "updateRecords",
    permissions: ["edit"],
    answer: (call) => ({ body: putRecords(call) }),
  },
  "DELETE records.json": { operation: "deleteRecords", permissions: ["delete"], answer: removeRecords },
  "GET record/comments.json": {
    operation: "getRecordComments",
    permissions: ["view"],
    answer: getComments,
  },
  "POST record/comment.json": { operation: "addRecordComment", permissions: ["view"], answer: addComment },
  "DELETE record/comment.json": {
    operation: "deleteRecordComment",
    permissions: ["view"],
    answer: removeComment,
  },
};

function getRecord({ app, actor, parameters }: Call) {
  const record = findRecord(app, actor, readId(parameters, "id"));
  return { body: { record: renderRecord(app, record, (code) => actor.canSeeField(app, code)) } };
}

function getRecords({ domain, app, actor, parameters }: Call) {
  const query = parseQuery(readText(parameters, "query", ""));
  const fields = readList(parameters, "fields") as readonly string[];
  const isWanted = (code: string) =>
    (fields.length === 0 || fields.includes(code)) && actor.canSeeField(app, code);
  const found = selectRecords(domain, app, query, ({ id }) => actor.canSeeRecord(app, id), actor.user.code);
  const isCounted = readFlag(parameters, "totalCount", false);
  return {
    body: {
      records: found.records.map((record) => renderRecord(app, record, isWanted)),
      totalCount: isCounted ? String(found.totalCount) : null,
    },
    ...(found.isAborted && {
      headers: { "x-cybozu-warning": "Filter aborted because of too many search results" },
    }),
  };
}

function addOne({ domain, app, actor, parameters }: Call) {
  const input = (parameters["record"] ?? {}) as RecordInput;
  const added = addRecords(domain, app, actor, [input], () => "record");
  return {
    body: { id: String(added[0]?.id), revision: String(added[0]?.revision) },
  };
}

function addMany({ domain, app, actor, parameters }: Call) {
  const inputs = readBatch(parameters, "records", { ja: "追加", en: "added" }) as readonly RecordInput[];
  const added = addRecords(domain, app, actor, inputs, (index) => `records[${index}]`);
  return {
    body: {
      ids: added.map(({ id }) => String(id)),
      revisions: added.map(({ revision }) => String(revision)),
    },
  };
}

function removeRecords({ app, actor, parameters }: Call) {
  const ids = readIds(parameters);
  const revisions = readList(parameters, "revisions");
  deleteRecords(
    app,
    actor,
    ids,
    revisions.map((revision) => readInteger({ revisions: revision }, "revisions")),
  );
  return { body: {} };
}

function getComments({ app, actor, parameters }: Call) {
  const page = {
    order: readText(parameters, "order", "desc"),
    offset: readCount(parameters, "offset", 0),
    limit: readCount(parameters, "limit", 10),
  };
  return { body: readComments(app, actor, readId(parameters, "record"), page) };
}

function addComment({ domain, app, actor, parameters }: Call) {
  const comment = readObject(parameters, "comment");
  const posted = postComment(domain, app, actor, readId(parameters, "record"), {
    text: readText(comment, "text", ""),
    mentions: readObjects(comment, "mentions").map(readMention),
  });
  return { body: { id: String(posted.id) } };
}

function readMention(sent: Parameters): Mention {
  return {
    code: readText(sent, "code", ""),
    type: readChoice(sent, "type", ["USER", "GROUP", "ORGANIZATION"] as const),
  };
}

function removeComment({ app, actor, parameters }: Call) {
  deleteComment(app, actor, readId(parameters, "record"), readId(parameters, "comment"));
  return { body: {} };
}
