import { groupBy } from "../../model/group-by.ts";
import { accountText } from "../../report/names.ts";
import { renderTime } from "../../report/render-time.ts";
import { safeLine } from "../../report/safe-text.ts";
import type { PageReader } from "../../report/pages/service-pages.ts";
import { countRound, type ReviewLine, type ReviewRound } from "../../reviews/round.ts";
import { type ReviewTexts, reviewTexts } from "../../words/review-texts.ts";

const dayMs = 86_400_000;
const mostOwners = 20;

/** How far a round is, when it is due, and whose lines are open. */
export function renderProgress(
  { lines, due, finishedAt }: ReviewRound,
  { language, timeZone }: PageReader,
  nowMs: number,
): string {
  const texts = reviewTexts(language);
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(nowMs);
  const days = Math.round((Date.parse(due) - Date.parse(today)) / dayMs);
  const open = lines.filter(({ decision }) => decision === undefined || decision.decision === "ask");
  const owners = [...groupBy(open, ownerOf)].toSorted(([, a], [, b]) => b.length - a.length);
  return [
    texts.progress(countRound(lines)),
    finishedAt === undefined
      ? texts.due(due, days)
      : texts.finished(renderTime(Date.parse(finishedAt), timeZone)),
    ...(owners.length === 0 ? [] : [texts.byOwner]),
    ...owners
      .slice(0, mostOwners)
      .map(
        ([owner, own]) => `  ${owner === "" ? texts.noOwner : safeLine(owner)}: ${texts.open(own.length)}`,
      ),
    "",
  ].join("\n");
}

function ownerOf({ records }: ReviewLine): string {
  return [...new Set(records.flatMap(({ editor }) => editor ?? []))].join(", ");
}

/** The records that have to be changed, with what was decided and a draft of what to tell their authors. */
export function renderToChange({ lines, due }: ReviewRound, { language, timeZone }: PageReader): string {
  const texts = reviewTexts(language);
  const wanted = lines.filter(({ decision }) => decision?.decision === "remove");
  const records = new Map(
    wanted.flatMap((line) => line.records.map((record) => [record.name, record] as const)),
  );
  const blocks = [...records.values()].map(({ name, url }) => {
    const own = wanted.filter((line) => line.records.some((record) => record.name === name));
    const open = own.filter(({ removal }) => removal === undefined);
    const draft = texts.comment(
      due,
      open.map((line) => accessOf(line, texts)),
    );
    return [
      `${name}  ${safeLine(url)}`,
      ...own.map((line) => `  - ${decided(line, texts, timeZone)}`),
      ...(open.length === 0
        ? []
        : [`  ${texts.draft}:`, ...draft.split("\n").map((line) => `    | ${line}`)]),
    ].join("\n");
  });
  const nowhere = wanted.filter((line) => line.records.length === 0);
  return [
    ...(blocks.length === 0 ? [] : [texts.toChange, ...blocks]),
    ...(nowhere.length === 0
      ? []
      : [texts.noRecord, ...nowhere.map((line) => `  - ${decided(line, texts, timeZone)}`)]),
    "",
  ].join("\n");
}

function decided(line: ReviewLine, texts: ReviewTexts, timeZone: string): string {
  const { decision, removal } = line;
  const by = texts.decidedBy(safeLine(decision?.reviewer ?? ""), safeLine(decision?.comment ?? ""));
  const gone =
    removal === undefined
      ? []
      : [texts.removed(renderTime(Date.parse(removal.at), timeZone), removal.requestId ?? "")];
  return [accessOf(line, texts), by, ...gone].join("; ");
}

function accessOf(line: ReviewLine, texts: ReviewTexts): string {
  const { userName, principal, permissionSet, account, accountName } = line;
  const via = principal.type === "GROUP" && userName !== "" ? (principal.name ?? principal.id) : undefined;
  const person = userName === "" ? (principal.name ?? principal.id) : userName;
  const place = accountText(account, accountName);
  return safeLine(texts.access({ person, set: permissionSet, account: place, via }));
}
