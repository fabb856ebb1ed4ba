import { groupBy } from "../../model/group-by.ts";
import { recordName, type ReportedChange } from "../../model/run-report.ts";
import { changeKinds } from "../../model/change-kinds.ts";
import { accountOf, type Extent, foldNames, principalOf, sortNames } from "./fold-names.ts";
import type { PlanLine } from "./plan-line.ts";

/** So many lines of one set are enough to see what kind of thing happens. */
const mostLines = 8;

/** The assignments of one set by account; accounts in which the same happens to the same people are one line. */
export function listAssignments(changes: readonly ReportedChange[], extent: Extent): readonly PlanLine[] {
  const byAccount = [
    ...groupBy(changes, (change) => `${causeOf(change)} ${change.target.account ?? ""}`).values(),
  ];
  const alike = [...groupBy(byAccount, (group) => peopleOf(group, extent)).values()].map((groups) =>
    groups.flat(),
  );
  const most = extent.verbose || alike.length <= mostLines + 1 ? alike.length : mostLines;
  const rest = alike.slice(most).flat();
  const lines = alike.slice(0, most).map((group) => lineOf(group, extent));
  if (rest.length === 0) return lines;
  return [...lines, { sign: " ", depth: 2, text: extent.words.moreAssignments(rest.length) }];
}

function causeOf({ kind, records, because }: ReportedChange): string {
  return JSON.stringify([kind, because ?? "", records.map(recordName)]);
}

function peopleOf(group: readonly ReportedChange[], { texts }: Extent): string {
  const [first] = group;
  const people = sortNames(group.map(({ target }) => principalOf(target, texts)));
  return `${first === undefined ? "" : causeOf(first)} ${people.join("\n")}`;
}

function lineOf(group: readonly ReportedChange[], extent: Extent): PlanLine {
  const { texts } = extent;
  const [{ kind, records, because } = { kind: "assign" as const, records: [], because: undefined }] = group;
  const people = foldNames(
    group.map(({ target }) => principalOf(target, texts)),
    extent,
  );
  const accounts = foldNames(
    group.map(({ target }) => accountOf(target, texts)),
    extent,
  );
  const times = group.length === 1 ? "" : ` ×${group.length}`;
  const text = `${texts.changeKinds[kind]}${times}  ${people} → ${accounts}`;
  const line: PlanLine = { sign: changeKinds[kind].sign, depth: 2, text };
  if (because !== undefined) return { ...line, text: `${text}  (${texts.principalDeleted})` };
  return { ...line, records: records.map(recordName) };
}
