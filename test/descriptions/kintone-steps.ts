/** One request; texts that an earlier step remembered are put in before it is sent. */
export interface KintoneStep {
  /** Method, and what follows `/k/v1/`. */
  readonly operation: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What to remember of the answer: a text that stands for it, and the way to it. */
  readonly remember?: Readonly<Record<string, string>>;
  /** Sends back what the same path answered to a GET, with these parameters in its place. */
  readonly sendsBack?: string;
}

const app = "@app";
const record = { app, id: 1 };

const step = (
  operation: string,
  parameters: KintoneStep["parameters"],
  more: Omit<KintoneStep, "operation" | "parameters"> = {},
): KintoneStep => ({ operation, parameters, ...more });

const everyone = { type: "GROUP", code: "everyone" };

const fields = {
  name: { type: "SINGLE_LINE_TEXT", code: "name", label: "名前", unique: true, required: true },
  memo: { type: "MULTI_LINE_TEXT", code: "memo", label: "メモ" },
  count: { type: "NUMBER", code: "count", label: "数" },
  kind: {
    type: "DROP_DOWN",
    code: "kind",
    label: "種類",
    options: { a: { label: "a", index: "0" }, b: { label: "b", index: "1" } },
  },
  people: { type: "USER_SELECT", code: "people", label: "担当" },
  until: { type: "DATE", code: "until", label: "期限" },
  rows: {
    type: "SUBTABLE",
    code: "rows",
    label: "行",
    fields: { row: { type: "SINGLE_LINE_TEXT", code: "row", label: "行" } },
  },
};

const states = {
  未処理: { name: "申請中", index: "0", assignee: { type: "ONE", entities: [] } },
  承認済み: { name: "承認済み", index: "1", assignee: { type: "ONE", entities: [] } },
};

/** Settings that are read, and sent back as they are. */
const settings = [
  "app/form/layout.json",
  "app/views.json",
  "app/settings.json",
  "app/acl.json",
  "record/acl.json",
  "field/acl.json",
  "app/notifications/general.json",
  "app/notifications/perRecord.json",
  "app/notifications/reminder.json",
  "app/adminNotes.json",
];

/** Requests of every operation that the sandbox has, in an order in which each can be carried out in an empty domain. */
export const kintoneSteps: readonly KintoneStep[] = [
  step("POST preview/app.json", { name: "台帳" }, { remember: { "@app": "app" } }),
  step("POST preview/app/form/fields.json", { app, properties: fields }),
  step("GET preview/app/form/fields.json", { app, lang: "ja" }),
  step("PUT preview/app/form/fields.json", {
    app,
    properties: { memo: { type: "MULTI_LINE_TEXT", code: "memo", label: "覚え書き" } },
  }),
  step("DELETE preview/app/form/fields.json", { app, fields: ["until"] }),
  step("PUT preview/app/status.json", {
    app,
    enable: true,
    states,
    actions: [{ name: "承認する", from: "申請中", to: "承認済み" }],
  }),
  step("GET preview/app/status.json", { app, lang: "ja" }),
  ...settings.flatMap((path) => [
    step(`GET preview/${path}`, { app }),
    step(`PUT preview/${path}`, { app }, { sendsBack: `GET preview/${path}` }),
  ]),
  step("POST preview/app/deploy.json", { apps: [{ app }], revert: false }),
  step("GET preview/app/deploy.json", { apps: [app] }),
  step("GET app/form/fields.json", { app }),
  step("GET app/status.json", { app }),
  ...settings.map((path) => step(`GET ${path}`, { app })),
  ...["app/acl.json", "record/acl.json", "field/acl.json"].map((path) =>
    step(`PUT ${path}`, { app }, { sendsBack: `GET ${path}` }),
  ),
  step("PUT app/acl.json", {
    app,
    rights: [
      {
        entity: { type: "CREATOR" },
        appEditable: true,
        recordViewable: true,
        recordAddable: true,
        recordEditable: true,
        recordDeletable: true,
      },
      {
        entity: everyone,
        includeSubs: false,
        recordViewable: true,
        recordAddable: true,
        recordEditable: true,
        recordDeletable: true,
      },
    ],
  }),
  step("PUT record/acl.json", {
    app,
    rights: [
      {
        filterCond: 'name = "x"',
        entities: [{ entity: everyone, viewable: true, editable: true, deletable: true }],
      },
    ],
  }),
  step("GET record/acl.json", { app }),
  step("PUT field/acl.json", {
    app,
    rights: [{ code: "memo", entities: [{ accessibility: "WRITE", entity: everyone }] }],
  }),
  step("GET field/acl.json", { app }),
  step("GET app.json", { id: app }),
  step("GET apps.json", { ids: [app], limit: 10, offset: 0 }),
  step("GET space.json", { id: 3 }),
  step("POST record.json", { app, record: { name: { value: "one" }, count: { value: "1" } } }),
  step("POST records.json", {
    app,
    records: [
      { name: { value: "two" }, people: { value: [{ code: "sato" }] } },
      { name: { value: "three" }, rows: { value: [{ value: { row: { value: "r" } } }] } },
    ],
  }),
  step("GET record.json", record),
  step("GET records.json", { app, fields: ["$id", "name"], query: "order by $id asc", totalCount: true }),
  step("PUT record.json", { ...record, record: { memo: { value: "m" } } }),
  step("PUT records.json", { app, records: [{ id: 2, record: { kind: { value: "a" } } }], upsert: false }),
  step("PUT record/assignees.json", { ...record, assignees: ["sato"] }),
  step("PUT record/status.json", { ...record, action: "承認する" }),
  step("PUT record/assignees.json", { app, id: 2, assignees: ["sato"] }),
  step("PUT records/status.json", { app, records: [{ id: 2, action: "承認する" }] }),
  step("GET records/acl/evaluate.json", { app, ids: [1, 2] }),
  step("POST record/comment.json", {
    app,
    record: 1,
    comment: { text: "text", mentions: [{ code: "sato", type: "USER" }] },
  }),
  step("GET record/comments.json", { app, record: 1, order: "asc", offset: 0, limit: 10 }),
  step("DELETE record/comment.json", { app, record: 1, comment: 1 }),
  step(
    "POST records/cursor.json",
    { app, fields: ["name"], query: "order by $id asc", size: 2 },
    { remember: { "@cursor": "id" } },
  ),
  step("GET records/cursor.json", { id: "@cursor" }),
  step("DELETE records/cursor.json", { id: "@cursor" }),
  step("POST bulkRequest.json", {
    requests: [
      { method: "POST", api: "/k/v1/record.json", payload: { app, record: { name: { value: "four" } } } },
      { method: "DELETE", api: "/k/v1/records.json", payload: { app, ids: [3] } },
    ],
  }),
  step("DELETE records.json", { app, ids: [2] }),
];
