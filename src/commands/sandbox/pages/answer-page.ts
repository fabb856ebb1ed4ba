import { goToRecord } from "../../../report/pages/draw-page.ts";
import { pageHeaders, type RenderedPage, renderShell } from "../../../report/pages/render-shell.ts";
import type { Language } from "../../../model/config.ts";
import { KintoneApiError } from "../../../sandbox/kintone/kintone-api-error.ts";
import type { ShownApp } from "../../../sandbox/kintone/kintone-screen.ts";
import type { RenderedRecord } from "../../../sandbox/kintone/render-record.ts";
import type { AnswerPage, PageAnswer, PageRequest } from "../../../sandbox/kintone/start-kintone-sandbox.ts";
import { channelPage, portalPage, startPage, syncPage } from "./company-pages.ts";
import { type Desk, drawPage } from "./desk.ts";
import { filledIn, plainValues } from "./record-form.ts";
import { editPage, listPage, recordId, recordPage, type Trouble } from "./record-pages.ts";

const cookie = "person";
/** The page looks again for what a sync that runs came to. */
const lookAgainSeconds = 1;

/** Answers browsers with pages about the sandbox. */
export function createPageAnswers(desk: Desk): AnswerPage {
  return (request) => {
    if (request.method === "POST")
      return isOwn(request) ? act(desk, request) : plain(403, desk.texts.refused);
    const by = personOf(desk, request);
    const page = pageAt(desk, request, by);
    if (page === undefined) return plain(404, desk.texts.notFound);
    const isWaiting = request.path === "/sync" && desk.sync.isRunning();
    return show(page, isWaiting ? { refresh: String(lookAgainSeconds) } : {});
  };
}

function show(page: RenderedPage, headers: Readonly<Record<string, string>> = {}, status = 200): PageAnswer {
  return { status, headers: { ...pageHeaders(page), ...headers }, body: page.html };
}

function plain(status: number, body: string): PageAnswer {
  return { status, headers: { "content-type": "text/plain; charset=utf-8" }, body };
}

function goTo(location: string, headers: Readonly<Record<string, string>> = {}): PageAnswer {
  return { status: 303, headers: { location, ...headers }, body: "" };
}

/** Whether a page of the sandbox sent it: browsers tell where a form comes from. */
function isOwn({ headers }: PageRequest): boolean {
  return headers.origin === undefined || headers.origin === `http://${headers.host ?? ""}`;
}

/** Who the visitor chose to be; the first one of the company before they choose. */
function personOf({ sandbox }: Desk, { headers }: PageRequest): string {
  const people = sandbox.kintone.people();
  const sent = /(?:^|;\s*)person=(?<code>[^;]*)/u.exec(headers.cookie ?? "")?.groups?.["code"];
  return (people.find(({ code }) => encodeURIComponent(code) === sent) ?? people[0])?.code ?? "";
}

interface RecordPlace {
  readonly app: ShownApp;
  readonly page: string;
  readonly record: RenderedRecord | undefined;
}

/** Which app and record an address is about: `/k/APP/show?record=ID`. */
function recordPlace({ sandbox: { kintone } }: Desk, { path, query }: PageRequest): RecordPlace | undefined {
  const [, appId, page = ""] = /^\/k\/(\d+)\/(show|edit)?$/u.exec(path) ?? [];
  const app = kintone.apps().find(({ id }) => String(id) === appId);
  if (app === undefined) return undefined;
  const id = Number(query.get("record") ?? Number.NaN);
  return { app, page, record: kintone.records(app.id).find((record) => recordId(record) === id) };
}

function pageAt(desk: Desk, request: PageRequest, by: string): RenderedPage | undefined {
  const { texts, channels } = desk;
  const { path, query } = request;
  const visit = { by, path };
  const channel = channels.find(({ id }) => path === `/archives/${id}`);
  if (channel !== undefined)
    return drawPage(desk, visit, texts.channel(channel.name), channelPage(desk, channel.id));
  if (path === "/") return drawPage(desk, visit, texts.title, startPage(desk));
  if (path === "/sync") return drawPage(desk, visit, texts.sync, syncPage(desk));
  if (/^\/start\/?$/u.test(path)) return drawPage(desk, visit, texts.portal, portalPage(desk, by, query));
  const place = recordPlace(desk, request);
  return place && placePage(desk, place, { by, query });
}

interface PlaceVisit {
  readonly by: string;
  readonly query: URLSearchParams;
}

function placePage(desk: Desk, place: RecordPlace, { by, query }: PlaceVisit): RenderedPage | undefined {
  const { app, page, record } = place;
  const visit = { by, path: `/k/${app.id}/` };
  if (page === "") return drawPage(desk, visit, app.name, listPage(desk, app));
  if (page === "edit")
    return query.has("record") && record === undefined ? undefined : drawEdit(desk, place, by);
  if (record !== undefined) return drawRecord(desk, place, by);
  return query.has("record") ? undefined : wayToRecord(desk);
}

/** Servers are not told what stands behind the `#` of an address. */
function wayToRecord({ reader, texts }: Desk): RenderedPage {
  const { title, needsScript } = texts;
  return renderShell({
    language: reader.language,
    title,
    needsScript,
    data: [],
    functions: [goToRecord],
    style: "",
  });
}

function drawRecord(
  desk: Desk,
  { app, record }: RecordPlace,
  by: string,
  trouble: Trouble = [],
): RenderedPage {
  const shown = record ?? {};
  const title = desk.texts.record(app.name, recordId(shown));
  return drawPage(
    desk,
    { by, path: `/k/${app.id}/` },
    title,
    recordPage(desk, app, { record: shown, by, trouble }),
  );
}

function drawEdit(
  desk: Desk,
  { app, record }: RecordPlace,
  by: string,
  { values, trouble }: { readonly values: ReturnType<typeof filledIn>; readonly trouble: Trouble } = {
    values: record === undefined ? {} : plainValues(app, record),
    trouble: [],
  },
): RenderedPage {
  const { texts } = desk;
  const id = record === undefined ? undefined : recordId(record);
  const title = id === undefined ? texts.newRecord : texts.record(app.name, id);
  return drawPage(desk, { by, path: `/k/${app.id}/` }, title, editPage(desk, app, { id, values, trouble }));
}

/** What forms of these pages ask for. */
function act(desk: Desk, request: PageRequest): PageAnswer {
  const sent = new URLSearchParams(request.body);
  if (request.path === "/sync") {
    desk.sync.start();
    return goTo("/sync");
  }
  if (request.path === "/person") {
    const back = sent.get("back") ?? "/";
    const person = encodeURIComponent(sent.get("person") ?? "");
    return goTo(/^\/(?!\/)[\w/]*$/u.test(back) ? back : "/", {
      "set-cookie": `${cookie}=${person}; Path=/; HttpOnly; SameSite=Strict`,
    });
  }
  const place = recordPlace(desk, request);
  if (place === undefined) return plain(404, desk.texts.notFound);
  const by = personOf(desk, request);
  return place.page === "edit" ? save(desk, place, sent, by) : actOnRecord(desk, place, sent, by);
}

function save(desk: Desk, place: RecordPlace, sent: URLSearchParams, by: string): PageAnswer {
  const { app, record } = place;
  const { kintone } = desk.sandbox;
  const values = filledIn(app, sent);
  let id = record === undefined ? 0 : recordId(record);
  const trouble = troubleOf(desk, app, () => {
    if (record === undefined) id = kintone.addRecord(app.id, values, by);
    else kintone.updateRecord(app.id, id, values, by);
  });
  if (trouble.length === 0) return goTo(`/k/${app.id}/show?record=${id}`);
  return show(drawEdit(desk, place, by, { values, trouble }), {}, 400);
}

function actOnRecord(desk: Desk, place: RecordPlace, sent: URLSearchParams, by: string): PageAnswer {
  const { app, record } = place;
  if (record === undefined) return plain(404, desk.texts.notFound);
  const { kintone } = desk.sandbox;
  const id = recordId(record);
  const [action, comment] = [sent.get("action"), sent.get("comment")];
  const isDeleted = sent.get("delete") === "yes";
  const trouble = troubleOf(desk, app, () => {
    if (isDeleted) kintone.deleteRecord(app.id, id);
    else if (action !== null) kintone.act(app.id, id, action, by, sent.get("assignee") ?? "");
    else if (comment !== null) kintone.postCommentAs(by, app.id, id, comment.replaceAll("\r\n", "\n"));
  });
  if (trouble.length > 0) return show(drawRecord(desk, place, by, trouble), {}, 400);
  return goTo(isDeleted ? `/k/${app.id}/` : `/k/${app.id}/show?record=${id}`);
}

/** What kintone refuses to do, in its words and with the labels of the fields that are meant. */
function troubleOf({ reader: { language } }: Desk, app: ShownApp, change: () => void): Trouble {
  try {
    change();
    return [];
  } catch (error) {
    if (!(error instanceof KintoneApiError)) throw error;
    return troubleLines(error, app, language);
  }
}

function troubleLines({ text, errors = {} }: KintoneApiError, app: ShownApp, language: Language): Trouble {
  const labels = new Map(app.fields.map(({ code, label }) => [code, label]));
  const lines = Object.entries(errors).map(([place, messages]) => {
    const code = /^\w+[.[](?<code>[^.\]]+)/u.exec(place)?.groups?.["code"] ?? "";
    return `${labels.get(code) ?? place}: ${messages.map((message) => message[language]).join(" ")}`;
  });
  return [text[language], ...lines];
}
