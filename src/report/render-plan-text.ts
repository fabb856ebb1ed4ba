import {
  recordName,
  type ReportedChange,
  type ReportedPlan,
  type ReportedRecord,
  type ReportedTarget,
} from "../model/run-report.ts";
import { groupBy } from "../model/group-by.ts";
import type { ReportTexts } from "../words/report-texts.ts";
import { detailOf, effectOf } from "./change-signs.ts";
import type { Paint } from "./paint.ts";
import { accountOf, type Extent, foldNames, principalOf } from "./plan-view/fold-names.ts";
import type { PlanLine } from "./plan-view/plan-line.ts";
import { safeLine } from "./safe-text.ts";

/** How a text for a terminal looks, and where its records can be found. */
export interface Look extends Extent {
  readonly paint: Paint;
  readonly links: NonNullable<ReportedPlan["links"]>;
}

/** The lines as a terminal or a log shows them. */
export function renderPlanLines(lines: readonly PlanLine[], look: Look): readonly string[] {
  return lines.map(({ sign, depth, text, records }) => {
    const { paint } = look;
    if (sign === "=") return paint.heading(safeLine(text));
    const about = records === undefined ? "" : `  ${paint.dim(renderRecords(records, look))}`;
    const line = paint[effects[sign]](`${sign} ${safeLine(text)}`);
    return `${"  ".repeat(depth)}${line}${about}`.trimEnd();
  });
}

const effects = { "+": "create", "~": "update", "-": "remove", "!": "remove", " ": "dim" } as const;

const mostRecords = 3;

/** The records in brackets, each a link where its address is known. */
export function renderRecords(names: readonly string[], { texts, paint, links, verbose }: Look): string {
  if (names.length === 0) return `(${texts.noRecord})`;
  const shown = names.slice(0, verbose ? names.length : mostRecords).map((name) => {
    const address = Object.hasOwn(links, name) ? links[name] : undefined;
    const text = texts.record(safeLine(name));
    return address === undefined ? text : paint.link(text, address);
  });
  const rest = names.length - shown.length;
  return `(${[...shown, ...(rest > 0 ? [texts.morePlaces(rest)] : [])].join(", ")})`;
}

/** The change in one line that also names its set. */
export function renderChangeLine(change: ReportedChange, texts: ReportTexts): string {
  const { kind, target } = change;
  const details = [texts.changeKinds[kind], renderTarget(target, texts), safeLine(detailOf(change))];
  return `${symbols[effectOf(kind)]} ${details.filter((text) => text !== "").join("  ")}`;
}

const symbols = { create: "+", update: "~", remove: "-" } as const;

/** Set, principal and account in one line. */
export function renderTarget(target: ReportedTarget, texts: ReportTexts): string {
  if (target.permissionSet === "") return texts.nameless;
  const place = [principalOf(target, texts), accountOf(target, texts)].filter((text) => text !== "");
  const parts = [target.permissionSet, ...(place.length === 0 ? [] : [place.join(" → ")])];
  return safeLine(parts.join("  "));
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

/** So many lines of a list are shown unless all is asked for. */
const mostItems = 10;

/** A list of things that are left alone, each with what is said of it; what is said of many at once is one line. */
export function renderItems<Item extends LeftAlone>(
  heading: string,
  items: readonly Item[],
  describe: (item: Item, texts: ReportTexts) => string,
  look: Look,
): readonly string[] {
  if (items.length === 0) return [];
  const { texts, paint, verbose } = look;
  const alike = [
    ...groupBy(items, (item) => {
      const { target, records = [] } = item;
      return JSON.stringify([target.permissionSet, describe(item, texts), records.map(recordName)]);
    }).values(),
  ];
  const shown = verbose ? alike : alike.slice(0, mostItems);
  const rest = alike.slice(shown.length).flat().length;
  const lines = shown.map((group) => {
    const [item] = group;
    if (item === undefined) return "";
    const names = (item.records ?? []).map(recordName);
    const from = names.length === 0 ? "" : ` ${renderRecords(names, look)}`;
    return `  ${renderTargets(group, look)}  ${paint.dim(`${describe(item, texts)}${from}`)}`;
  });
  return [paint.heading(heading), ...lines, ...(rest > 0 ? [`  ${texts.morePlaces(rest)}`] : [])];
}

/** Several targets of one set in one line. */
function renderTargets(items: readonly LeftAlone[], look: Look): string {
  const [first] = items;
  if (first === undefined) return "";
  if (items.length === 1) return renderTarget(first.target, look.texts);
  const people = foldNames(
    items.map(({ target }) => principalOf(target, look.texts)),
    look,
  );
  const accounts = foldNames(
    items.map(({ target }) => accountOf(target, look.texts)),
    look,
  );
  const place = [people, accounts].filter((text) => text !== "").join(" → ");
  return safeLine(`${first.target.permissionSet}  ${place}`);
}
