import { foldCase } from "../model/text.ts";
import { decisionIn, type SheetEntry, type SheetProblem } from "./sheet.ts";
import type { ReviewLine, ReviewRound } from "./round.ts";

/** A record of the app of reviews: the values of its text fields by their codes, and who changed it last. */
export interface ReviewRecord {
  readonly id: number;
  readonly texts: Readonly<Record<string, string>>;
  readonly modifier: string;
  /** ISO 8601 UTC. */
  readonly updatedAt: string;
}

/** A line of a round as a record of the app. */
export interface ReviewRow {
  /** What forbids duplicates: the round's day and the access. */
  readonly key: string;
  readonly texts: Readonly<Record<string, string>>;
  /** Login name of the person who last changed the record that asks for the access. */
  readonly owner: string | undefined;
}

/** Words of the app for what a line holds as a code. */
export interface RowWords {
  readonly classes: Readonly<Record<ReviewLine["class"], string>>;
  readonly standings: Readonly<Record<ReviewLine["standing"], string>>;
  readonly direct: string;
}

/** The field of the app that forbids duplicates. */
const reviewKeyField = "key";

/** The same access is one line, in all rounds that are due on a day. */
function keyOf(due: string, { key }: ReviewLine): string {
  return `${due} ${key}`;
}

/** The lines of a round that the app lacks. */
export function rowsToAdd(
  { due, lines }: ReviewRound,
  there: readonly ReviewRecord[],
  words: RowWords,
): readonly ReviewRow[] {
  const known = new Set(there.map(({ texts }) => texts[reviewKeyField]));
  return lines.filter((line) => !known.has(keyOf(due, line))).map((line) => rowOf(due, line, words));
}

function rowOf(due: string, line: ReviewLine, words: RowWords): ReviewRow {
  const { principal, records, account, accountName } = line;
  const [owner] = records.flatMap(({ editorCode }) => editorCode ?? []);
  const person = line.userName === "" ? (principal.name ?? principal.id) : line.userName;
  return {
    key: keyOf(due, line),
    texts: {
      due,
      account_id: account,
      account_name: accountName ?? "",
      permission_set: line.permissionSet,
      class: words.classes[line.class],
      person,
      display_name: line.displayName,
      via: principal.type === "USER" ? words.direct : (principal.name ?? principal.id),
      managed_by: words.standings[line.standing],
      records: records.map(({ name, url, editor = "" }) => `${name} ${url} ${editor}`.trim()).join("\n"),
    },
    owner,
  };
}

/** What the records of the app say about the lines of the round; those of other rounds of the day are passed over. */
export function readReviewRecords(
  { due, lines }: ReviewRound,
  records: readonly ReviewRecord[],
): {
  readonly entries: readonly SheetEntry[];
  readonly problems: readonly SheetProblem[];
  /** How many lines the app has no record of. */
  readonly missing: number;
} {
  const keys = new Map(lines.map((line) => [keyOf(due, line), line.key]));
  const entries: SheetEntry[] = [];
  const problems: SheetProblem[] = [];
  for (const { id, texts, modifier, updatedAt } of records) {
    const key = keys.get(texts[reviewKeyField] ?? "");
    if (key === undefined) continue;
    const text = (texts["decision"] ?? "").trim();
    const decision = decisionIn(foldCase(text));
    if (text !== "" && decision === undefined) problems.push({ kind: "not-a-decision", line: id, text });
    const comment = texts["comment"]?.trim() ?? "";
    entries.push({ line: id, key, decision, reviewer: modifier, comment, at: updatedAt });
  }
  const found = new Set(entries.map(({ key }) => key));
  return { entries, problems, missing: lines.filter(({ key }) => !found.has(key)).length };
}
