import { groupBy } from "../model/group-by.ts";
import {
  recordName,
  type ReportedChange,
  type ReportedPlan,
  type ReportedRecord,
  type ReportedTarget,
} from "../model/run-report.ts";
import { effectOf, detailOf } from "./change-signs.ts";
import type { ReportTexts } from "../words/report-texts.ts";
import { accountText } from "./names.ts";
import type { Paint } from "./paint.ts";
import { safeLine } from "./safe-text.ts";

/** The changes, grouped by permission set, in the signs terraform's users know: + creates, ~ updates, - deletes. */
export function renderChanges(
  changes: readonly ReportedChange[],
  texts: ReportTexts,
  paint: Paint,
): readonly string[] {
  if (changes.length === 0) return [];
  const sets = groupBy(changes, ({ target }) => target.permissionSet);
  const groups = [...sets].flatMap(([name, ofSet]) => [
    `  ${safeLine(name)}`,
    ...ofSet.map((change) => renderChange(change, texts, paint)),
  ]);
  return [paint.heading(texts.headings.changes), ...groups];
}

function renderChange(change: ReportedChange, texts: ReportTexts, paint: Paint): string {
  const effect = effectOf(change.kind);
  const details = [
    texts.changeKinds[change.kind],
    safeLine(detailOf(change)),
    renderPlace(change.target, texts),
  ];
  const what = details.filter((text) => text !== "").join("  ");
  return `    ${paint[effect](`${symbols[effect]} ${what}`)}  ${paint.dim(renderReason(change, texts))}`.trimEnd();
}

/** The change in one line that also names its set. */
export function renderChangeLine(change: ReportedChange, texts: ReportTexts): string {
  const { kind, target } = change;
  const details = [texts.changeKinds[kind], renderTarget(target, texts), safeLine(detailOf(change))];
  return `${symbols[effectOf(kind)]} ${details.filter((text) => text !== "").join("  ")}`;
}

const symbols = { create: "+", update: "~", remove: "-" } as const;

/** Who and where, for an assignment or a provisioning; empty for a change of the set itself. */
function renderPlace({ account, accountName, principal }: ReportedTarget, texts: ReportTexts): string {
  if (account === undefined) return "";
  const where = account === "all" ? texts.allAccounts : safeLine(accountText(account, accountName));
  return principal === undefined ? where : `${safeLine(principalText(principal, texts))} → ${where}`;
}

/** The name, or the id and the name that it was last known by. */
export function principalText(
  { id, name, lastKnownName }: NonNullable<ReportedTarget["principal"]>,
  texts: ReportTexts,
): string {
  if (name !== undefined) return name;
  return lastKnownName === undefined ? id : texts.lastKnownAs(id, lastKnownName);
}

/** Set, principal and account in one line. */
export function renderTarget(target: ReportedTarget, texts: ReportTexts): string {
  const place = renderPlace(target, texts);
  if (target.permissionSet === "") return texts.nameless;
  return place === "" ? safeLine(target.permissionSet) : `${safeLine(target.permissionSet)}  ${place}`;
}

function renderReason({ because, records }: ReportedChange, texts: ReportTexts): string {
  return because === undefined ? renderRecords(records, texts) : `(${texts.principalDeleted})`;
}

function renderRecords(records: readonly ReportedRecord[], texts: ReportTexts): string {
  if (records.length === 0) return `(${texts.noRecord})`;
  return `(${records.map((record) => texts.record(safeLine(recordName(record)))).join(", ")})`;
}

interface LeftAlone {
  readonly target: ReportedTarget;
  readonly records?: readonly ReportedRecord[];
}

/** What happens to a thing that is held, and why. */
export function renderHeld({ would, reason }: ReportedPlan["held"][number], texts: ReportTexts): string {
  return texts.held[would](texts.heldReasons[reason]);
}

/** What happens to a thing that is locked, and why. */
export function renderLocked({ would, reason }: ReportedPlan["locked"][number], texts: ReportTexts): string {
  return texts.locked[would](texts.lockReasons[reason]);
}

/** A list of things that are left alone, each with what is said of it. */
export function renderItems<Item extends LeftAlone>(
  heading: string,
  items: readonly Item[],
  describe: (item: Item, texts: ReportTexts) => string,
  { texts, paint }: { readonly texts: ReportTexts; readonly paint: Paint },
): readonly string[] {
  if (items.length === 0) return [];
  const lines = items.map((item) => {
    const { target, records = [] } = item;
    const from = records.length === 0 ? "" : ` ${renderRecords(records, texts)}`;
    return `  ${renderTarget(target, texts)}  ${paint.dim(`${describe(item, texts)}${from}`)}`;
  });
  return [paint.heading(heading), ...lines];
}
