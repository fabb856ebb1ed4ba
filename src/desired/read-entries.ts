import { createIssue, type Issue } from "../model/issue.ts";
import type { FieldName } from "../model/fields.ts";
import type { RecordRef } from "../model/record.ts";
import { shorten } from "../model/text.ts";
import { isEntryLine, type ListEntry } from "../model/typed-record.ts";

/** How lines of one record that may be one name or a list were read before, and are read now. */
export interface LineReadings {
  /** Whether the line was one name before, or may have been. */
  readonly wasWhole: (line: string) => boolean;
  /** Whether what the record asks for has been carried out: a line that could be read in both ways now was a list then. */
  readonly isCarriedOut: boolean;
  /** Collects the lines that are not to become lists when the name is gone. */
  readonly wholes: string[];
}

/** Where entries stand, and how they are looked up and named. */
export interface EntryReader<Entry> {
  readonly record: RecordRef;
  readonly field: FieldName;
  readonly exists: (entry: Entry) => boolean;
  readonly textOf: (entry: Entry) => string;
  readonly issues: Issue[];
  readonly readings: LineReadings;
}

/** The entries that a list means; undefined stands for a line that means, or meant, a whole name as well as its parts, which is an issue. */
export function readEntries<Entry>(
  entries: readonly ListEntry<Entry>[],
  { record, field, exists, textOf, issues, readings }: EntryReader<Entry>,
): readonly (Entry | undefined)[] {
  return entries.flatMap((entry): readonly (Entry | undefined)[] => {
    if (!isEntryLine(entry)) return [entry];
    const { whole, parts } = entry;
    const line = `${field} ${textOf(whole)}`;
    const isGone = !exists(whole);
    const wasWhole = readings.wasWhole(line);
    if (isGone && !wasWhole) return parts;
    const isAmbiguous = isGone || parts.every(exists);
    if (wasWhole || !isAmbiguous || !readings.isCarriedOut) readings.wholes.push(line);
    if (!isAmbiguous) return [whole];
    const params = {
      value: shorten(textOf(whole)),
      parts: parts.map((part) => shorten(textOf(part))),
      isGone,
    };
    issues.push(createIssue("entry.ambiguous", record, field, params));
    return [undefined];
  });
}

/** The names that an entry may mean: a whole line where there is such a name, and its parts unless only the whole exists. */
export function namesIn<Entry>(entry: ListEntry<Entry>, exists: (entry: Entry) => boolean): readonly Entry[] {
  if (!isEntryLine(entry)) return [entry];
  const { whole, parts } = entry;
  if (!exists(whole)) return parts;
  return parts.every(exists) ? [whole, ...parts] : [whole];
}
