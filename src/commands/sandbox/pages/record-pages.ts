import { element, link, linked, type PageNode, table } from "../../../report/pages/page-node.ts";
import { renderTime } from "../../../report/render-time.ts";
import type { ShownApp } from "../../../sandbox/kintone/kintone-screen.ts";
import type { PlainValues } from "../../../sandbox/kintone/kintone-seed.ts";
import type { RenderedRecord } from "../../../sandbox/kintone/render-record.ts";
import { choice, type Desk, postTo } from "./desk.ts";
import { formFields } from "./record-form.ts";

const columnsInList = 5;

/** The number of a record, as the API tells it. */
export function recordId(record: RenderedRecord): number {
  return Number(record["$id"]?.value);
}

/** All records of an app. */
export function listPage({ sandbox: { kintone }, texts }: Desk, app: ShownApp): readonly PageNode[] {
  const columns = app.fields.filter(({ code }) => app.editable.has(code)).slice(0, columnsInList);
  const rows = kintone.records(app.id).map((record): readonly PageNode[] => {
    const id = recordId(record);
    return [
      link(String(id), `/k/${app.id}/show?record=${id}`),
      ...columns.map(({ code }) => element("div", {}, ...shownValue(texts.none, record[code]?.value))),
      String(kintone.comments(app.id, id).length),
    ];
  });
  const names = columns.map(({ label }) => label);
  return [
    element("p", {}, link(texts.newRecord, `/k/${app.id}/edit`)),
    rows.length === 0
      ? element("p", {}, texts.noRecords)
      : table(texts.records, [texts.number, ...names, texts.commentCount], rows),
  ];
}

/** A record with what was said about it, and what can be done with it. */
export function recordPage(
  desk: Desk,
  app: ShownApp,
  {
    record,
    by,
    trouble,
  }: { readonly record: RenderedRecord; readonly by: string; readonly trouble: Trouble },
): readonly PageNode[] {
  const { texts, sandbox } = desk;
  const id = recordId(record);
  const address = `/k/${app.id}/show?record=${id}`;
  const rows = app.fields
    .filter(({ code }) => record[code] !== undefined)
    .map((field): readonly PageNode[] => [
      field.label,
      element("div", {}, ...shownValue(texts.none, record[field.code]?.value)),
    ]);
  const buttons = sandbox.kintone.actions(app.id, id, by).map(({ name, assignees }) =>
    postTo(
      address,
      name,
      element("input", { type: "hidden", name: "action", value: name }),
      ...(assignees.length === 0
        ? []
        : [
            choice(
              texts.next,
              "assignee",
              assignees.map(({ code, name: shown }) => [code, shown]),
              [],
            ),
          ]),
    ),
  );
  return [
    ...troubleNodes(trouble),
    element("p", {}, link(texts.edit, `/k/${app.id}/edit?record=${id}`)),
    ...buttons,
    table(texts.record(app.name, id), [texts.field, texts.value], rows),
    element("h2", {}, texts.comments),
    ...commentNodes(desk, app.id, id),
    postTo(
      address,
      texts.send,
      element("label", {}, texts.comment, element("textarea", { name: "comment" })),
    ),
    postTo(address, texts.remove, element("input", { type: "hidden", name: "delete", value: "yes" })),
  ];
}

/** What kintone refused, line by line; nothing when it refused nothing. */
export type Trouble = readonly string[];

function troubleNodes(trouble: Trouble): readonly PageNode[] {
  return trouble.length === 0
    ? []
    : [element("div", { role: "alert", class: "message" }, trouble.join("\n"))];
}

function commentNodes({ sandbox, texts, reader }: Desk, app: number, id: number): readonly PageNode[] {
  const comments = sandbox.kintone.comments(app, id);
  if (comments.length === 0) return [element("p", {}, texts.noComments)];
  const names = new Map(sandbox.kintone.people().map(({ code, name }) => [code, name]));
  return comments.map(({ text, creator, createdAt, mentions }) => {
    const to = mentions.map(({ code }) => names.get(code) ?? code).join(", ");
    return element(
      "section",
      { class: "message" },
      element(
        "p",
        {},
        element("strong", {}, texts.saidBy(creator.name, renderTime(Date.parse(createdAt), reader.timeZone))),
      ),
      ...(to === "" ? [] : [element("p", {}, texts.to(to))]),
      element("div", {}, ...linked(text, portalAddress)),
    );
  });
}

/** A link into the access portal, as a link to the one here. */
function portalAddress(address: string): string {
  return address.replace(/^https:\/\/[\w-]+\.awsapps\.com\/start\/#\/console\?/u, "/start/?");
}

/** A form for a new record, or for one that is there. */
export function editPage(
  desk: Desk,
  app: ShownApp,
  {
    id,
    values,
    trouble,
  }: { readonly id: number | undefined; readonly values: PlainValues; readonly trouble: Trouble },
): readonly PageNode[] {
  const action = `/k/${app.id}/edit${id === undefined ? "" : `?record=${id}`}`;
  return [
    ...troubleNodes(trouble),
    postTo(action, desk.texts.save, element("div", { class: "form" }, ...formFields(desk, app, values))),
  ];
}

/** A field's value for a reader. */
function shownValue(none: string, value: unknown): readonly PageNode[] {
  if (value === null || value === undefined || value === "") return [none];
  if (typeof value === "string") return linked(value);
  if (!Array.isArray(value)) return [nameOf(value)];
  return value.length === 0 ? [none] : [value.map(nameOf).join("\n")];
}

/** A person, a choice, or a row of a table in one line. */
function nameOf(item: unknown): string {
  if (typeof item !== "object" || item === null) return String(item);
  if ("name" in item) return String(item.name);
  const cells = "value" in item && typeof item.value === "object" && item.value !== null ? item.value : {};
  const texts = Object.values(cells).map((cell: unknown) =>
    typeof cell === "object" && cell !== null && "value" in cell
      ? [cell.value].flat().map(nameOf).join(", ")
      : "",
  );
  return texts.filter((text) => text !== "").join(" · ");
}
