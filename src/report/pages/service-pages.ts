import type { AccessReport } from "../../model/access-report.ts";
import type { Language } from "../../model/config.ts";
import { groupBy } from "../../model/group-by.ts";
import { recordName, type ReportedIssue, type RunReport } from "../../model/run-report.ts";
import { reportTexts } from "../../words/report-texts.ts";
import { type ServicePageTexts, servicePageTexts } from "../../words/service-page-texts.ts";
import { pageStyle } from "../access-page/page-style.ts";
import { headlineOf, renderReportText } from "../render-report-text.ts";
import { plainPaint } from "../paint.ts";
import { extentOf } from "../plan-view/fold-names.ts";
import { renderTime } from "../render-time.ts";
import { drawFunctions } from "./draw-page.ts";
import { element, link, type PageNode, table } from "./page-node.ts";
import { type RenderedPage, renderShell } from "./render-shell.ts";

export interface PageReader {
  readonly language: Language;
  readonly timeZone: string;
}

/** What is kept of a finished pass for its page. */
export interface PassSummary {
  readonly finishedAt: string;
  readonly result: string;
  readonly headline: string;
  /** All that the pass has to say. */
  readonly text: string;
}

/** A pass in words: what changed, what is refused and how to approve it, what failed, what waits. */
export function summarisePass(report: RunReport, language: Language): PassSummary {
  const hasChanges = report.plan !== undefined && report.counts.changes > 0;
  return {
    finishedAt: report.finishedAt,
    result: reportTexts(language).results[report.result],
    headline: hasChanges ? headlineOf(report, extentOf(language)) : "",
    text: renderReportText(report, language, plainPaint),
  };
}

/** A form that posts to a page of ours, with what proves that a page of ours sent it. */
function postForm(action: string, button: string, proof: string, ...fields: readonly PageNode[]): PageNode {
  return element(
    "form",
    { method: "post", action },
    element("input", { type: "hidden", name: "proof", value: proof }),
    ...fields,
    element("button", { type: "submit" }, button),
  );
}

/** The last passes, the latest one in full, with the button that starts one. */
export function overviewPage(
  passes: readonly PassSummary[],
  proof: string,
  notice: string | undefined,
  { language, timeZone }: PageReader,
): readonly PageNode[] {
  const texts = servicePageTexts(language);
  const [last, ...earlier] = passes;
  const timeOf = ({ finishedAt }: PassSummary): string => renderTime(Date.parse(finishedAt), timeZone);
  const rows = earlier.map((pass) => [timeOf(pass), pass.result, pass.headline]);
  return [
    ...(notice === undefined ? [] : [element("p", { role: "status" }, notice)]),
    postForm("/pages/sync", texts.syncNow, proof),
    element("h2", {}, texts.passes),
    ...(last === undefined
      ? [element("p", {}, texts.noPass)]
      : [
          element("p", {}, `${timeOf(last)} · ${last.result}`),
          element("pre", { tabindex: "0", "aria-label": texts.passes }, last.text),
        ]),
    ...(earlier.length === 0 ? [] : [table(texts.earlier, [texts.time, texts.result, texts.changes], rows)]),
  ];
}

/** What is wrong with records, record by record. */
export function issuesPage(issues: readonly ReportedIssue[], { language }: PageReader): readonly PageNode[] {
  const texts = servicePageTexts(language);
  if (issues.length === 0) return [element("p", {}, texts.noIssues)];
  const rows = [...groupBy(issues, ({ key }) => key).values()].flatMap((ofRecord) =>
    ofRecord.map((issue): readonly PageNode[] => [
      link(recordName(issue), issue.url),
      issue.message,
      issue.hint,
    ]),
  );
  return [table(texts.issues, [texts.record, texts.problem, texts.fix], rows)];
}

/** The form that asks whose access to show, and the access of the one who was named. */
export function personPage(
  name: string,
  report: AccessReport | undefined,
  { language, timeZone }: PageReader,
): readonly PageNode[] {
  const texts = servicePageTexts(language);
  const form = element(
    "form",
    { method: "get", action: "/pages/mine" },
    element("label", {}, texts.person, element("input", { name: "user", value: name, required: "" })),
    element("button", { type: "submit" }, texts.show),
  );
  if (report === undefined) return [form];
  if (report.access.length === 0) return [form, element("p", { role: "status" }, texts.nobody(name))];
  const rows = report.access.map((line): readonly PageNode[] => [
    line.accountName === undefined ? line.account : `${line.accountName} (${line.account})`,
    line.permissionSet,
    line.principal.type === "USER" ? texts.direct : (line.principal.name ?? line.principal.id),
    element("div", {}, ...line.records.flatMap(({ name: record, url }) => [link(record, url), " "])),
  ]);
  return [
    form,
    element("p", {}, texts.asOf(renderTime(Date.parse(report.asOf), timeZone))),
    table(name, [texts.account, texts.set, texts.via, texts.record], rows),
  ];
}

/** A button that makes what the page shows, and what was made last. */
export function onDemandPage(
  { action, button, about }: { readonly action: string; readonly button: string; readonly about: string },
  proof: string,
  shown: { readonly at: number; readonly text: string } | undefined,
  { language, timeZone }: PageReader,
): readonly PageNode[] {
  const texts = servicePageTexts(language);
  return [
    element("p", {}, about),
    postForm(action, button, proof),
    ...(shown === undefined
      ? []
      : [
          element("p", {}, texts.asOf(renderTime(shown.at, timeZone))),
          element("pre", { tabindex: "0", "aria-label": button }, shown.text),
        ]),
  ];
}

/** Asks for the token. */
export function signInPage(isWrong: boolean, { language }: PageReader): readonly PageNode[] {
  const texts = servicePageTexts(language);
  return [
    ...(isWrong ? [element("p", { role: "alert" }, texts.wrongToken)] : []),
    element(
      "form",
      { method: "post", action: "/pages/sign-in" },
      element(
        "label",
        {},
        texts.token,
        element("input", {
          name: "token",
          type: "password",
          autocomplete: "current-password",
          required: "",
        }),
      ),
      element("button", { type: "submit" }, texts.signIn),
    ),
  ];
}

const places = ["passes", "issues", "access", "plan", "mine"] as const;
export type PagePlace = (typeof places)[number];

const addresses: Readonly<Record<PagePlace, string>> = {
  passes: "/pages",
  issues: "/pages/issues",
  access: "/pages/access",
  plan: "/pages/plan",
  mine: "/pages/mine",
};

/** A page with its heading and, for a visitor who is signed in, the way to the others. */
export function renderServicePage(
  place: PagePlace | "signIn",
  nodes: readonly PageNode[],
  { language }: PageReader,
): RenderedPage {
  const texts = servicePageTexts(language);
  const data: readonly PageNode[] = [
    ...(place === "signIn" ? [] : [navigation(place, texts)]),
    element("h1", {}, place === "passes" ? texts.title : texts[place]),
    ...nodes,
  ];
  return renderShell({
    language,
    title: texts.title,
    needsScript: texts.needsScript,
    data,
    functions: drawFunctions,
    style: serviceStyle,
    hasForms: true,
  });
}

function navigation(place: PagePlace, texts: ServicePageTexts): PageNode {
  const items = places.map((one) =>
    element(
      "li",
      {},
      element(
        "a",
        { href: addresses[one], ...(one === place ? { "aria-current": "page" } : {}) },
        texts[one],
      ),
    ),
  );
  return element("nav", { "aria-label": texts.title }, element("ul", {}, ...items));
}

/** Looks of pages with forms and a way from one to the other. */
export const serviceStyle = `${pageStyle}
h2{font-size:1.2rem;margin:1rem 0 .3rem}
nav ul{display:flex;flex-wrap:wrap;gap:.3rem 1rem;list-style:none;margin:0 0 1rem;padding:0}
nav a[aria-current]{font-weight:700;text-decoration:none;color:var(--text)}
pre{overflow:auto;white-space:pre-wrap;overflow-wrap:anywhere;background:var(--soft);border:1px solid var(--line);padding:.5rem;font:.9rem/1.5 ui-monospace,"Noto Sans Mono CJK JP",monospace}
th,td{overflow-wrap:break-word}
td{white-space:pre-line}
`;
