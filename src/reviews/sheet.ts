import { parseCsv, renderCsv } from "../model/csv.ts";
import { foldCase } from "../model/text.ts";
import { type Decision, decisions, type ReviewLine, type ReviewRound } from "./round.ts";

/** The last three are for the reviewer; the rest says what they review, and the first which line it is. */
const columns = [
  "key",
  "account_id",
  "account_name",
  "permission_set",
  "class",
  "user_name",
  "display_name",
  "via",
  "managed_by",
  "records",
  "owner",
  "decision",
  "reviewer",
  "comment",
] as const;

/** What a reviewer wrote into the sheet about one access. */
export interface SheetEntry extends SheetLine {
  readonly decision: Decision | undefined;
}

interface SheetLine {
  /** Of the file, the heading is the first. */
  readonly line: number;
  readonly key: string;
  readonly reviewer: string;
  readonly comment: string;
  /** When it was said, where that is known. ISO 8601 UTC. */
  readonly at?: string;
}

/** Why a sheet is not taken. */
export type SheetProblem =
  | { readonly kind: "no-column"; readonly columns: readonly string[] }
  | { readonly kind: "not-a-decision"; readonly line: number; readonly text: string }
  | { readonly kind: "no-reviewer"; readonly line: number }
  | { readonly kind: "unknown-key"; readonly line: number }
  | { readonly kind: "twice"; readonly lines: readonly number[] };

/** The sheet of a round, with what is decided already. */
export function renderSheet({ lines }: ReviewRound): string {
  const rows = lines.map((line) => {
    const cells = cellsOf(line);
    return columns.map((column) => cells[column]);
  });
  return renderCsv([[...columns], ...rows]);
}

function cellsOf(line: ReviewLine): Readonly<Record<(typeof columns)[number], string>> {
  const { principal, records, decision } = line;
  return {
    key: line.key,
    account_id: line.account,
    account_name: line.accountName ?? "",
    permission_set: line.permissionSet,
    class: line.class,
    user_name: line.userName,
    display_name: line.displayName,
    via: principal.type === "USER" ? "direct" : (principal.name ?? principal.id),
    managed_by: line.standing,
    records: records.map(({ url }) => url).join(" "),
    owner: [...new Set(records.flatMap(({ editor }) => editor ?? []))].join(" "),
    decision: decision?.decision ?? "",
    reviewer: decision?.reviewer ?? "",
    comment: decision?.comment ?? "",
  };
}

/** What people may write for each decision, in the languages they write. */
const words: Readonly<Record<Decision, readonly string[]>> = {
  keep: ["keep", "維持", "継続", "残す"],
  remove: ["remove", "削除", "外す", "解除"],
  ask: ["ask", "確認", "要確認"],
};

/** The decision in a text of small letters; undefined where it is none. */
export function decisionIn(text: string): Decision | undefined {
  return decisions.find((one) => words[one].includes(text));
}

/** Reads a sheet of the round; all that is wrong with it where it is not taken. */
export function readSheet(
  text: string,
  { lines }: { readonly lines: ReviewRound["lines"] },
): { readonly entries: readonly SheetEntry[]; readonly problems: readonly SheetProblem[] } {
  const [head = [], ...rows] = parseCsv(text);
  const names = head.map((name) => name.trim().toLowerCase());
  const missing = (["key", "decision", "reviewer", "comment"] as const).filter(
    (name) => !names.includes(name),
  );
  if (missing.length > 0) return { entries: [], problems: [{ kind: "no-column", columns: missing }] };
  const known = new Set(lines.map(({ key }) => key));
  const entries: SheetEntry[] = [];
  const problems: SheetProblem[] = [];
  for (const [index, row] of rows.entries()) {
    if (row.every((cell) => cell.trim() === "")) continue;
    const cell = (name: string): string => (row[names.indexOf(name)] ?? "").trim();
    const written = {
      line: index + 2,
      key: cell("key"),
      reviewer: cell("reviewer"),
      comment: cell("comment"),
    };
    const found = entryOf(written, cell("decision"), known);
    if ("kind" in found) problems.push(found);
    else entries.push(found);
  }
  return { entries, problems: [...problems, ...linesTwice(entries)] };
}

function entryOf(written: SheetLine, text: string, known: ReadonlySet<string>): SheetEntry | SheetProblem {
  const { line, key, reviewer } = written;
  if (!known.has(key)) return { kind: "unknown-key", line };
  if (text === "") return { ...written, decision: undefined };
  const decision = decisionIn(foldCase(text));
  if (decision === undefined) return { kind: "not-a-decision", line, text };
  return reviewer === "" ? { kind: "no-reviewer", line } : { ...written, decision };
}

/** No access may stand there twice: which line is meant could not be told. */
function linesTwice(entries: readonly SheetEntry[]): readonly SheetProblem[] {
  const byKey = new Map<string, number[]>();
  for (const { key, line } of entries) byKey.set(key, [...(byKey.get(key) ?? []), line]);
  return [...byKey.values()].filter(({ length }) => length > 1).map((lines) => ({ kind: "twice", lines }));
}
