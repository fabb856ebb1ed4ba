import { createIssue, type Issue } from "../model/issue.ts";
import type { FieldName } from "../model/fields.ts";
import type { RecordRef } from "../model/record.ts";
import { shorten } from "../model/text.ts";
import { isEntryLine, type ListEntry } from "../model/typed-record.ts";

/** Where entries stand, and how they are looked up and named. */
export interface EntryReader<Entry> {
  readonly record: RecordRef;
  readonly field: FieldName;
  readonly exists: (entry: Entry) => boolean;
  readonly textOf: (entry: Entry) => string;
  readonly issues: Issue[];
}

/** The entries that a list means; undefined stands for a line that means a whole name as well as its parts, which is an issue. */
export function readEntries<Entry>(
  entries: readonly ListEntry<Entry>[],
  { record, field, exists, textOf, issues }: EntryReader<Entry>,
): readonly (Entry | undefined)[] {
  return entries.flatMap((entry): readonly (Entry | undefined)[] => {
    const meanings = meaningsOf(entry, exists);
    if (meanings.length === 1) return meanings[0] ?? [];
    const [[whole] = [], parts = []] = meanings;
    const value = whole === undefined ? "" : shorten(textOf(whole));
    const params = { value, parts: parts.map((part) => shorten(textOf(part))) };
    issues.push(createIssue("entry.ambiguous", record, field, params));
    return [undefined];
  });
}

/** What an entry may mean: the whole line where there is such a name, and its parts unless only the whole exists. */
export function meaningsOf<Entry>(
  entry: ListEntry<Entry>,
  exists: (entry: Entry) => boolean,
): readonly (readonly Entry[])[] {
  if (!isEntryLine(entry)) return [[entry]];
  const { whole, parts } = entry;
  if (!exists(whole)) return [parts];
  return parts.every(exists) ? [[whole], parts] : [[whole]];
}
