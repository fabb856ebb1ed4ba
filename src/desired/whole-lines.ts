import type { Memory } from "../model/memory.ts";
import { recordKey, type RecordRef } from "../model/record.ts";

/** By record key, the lines that are not lists though they could be, since each was a name once or may have been. */
export type WholeLines = NonNullable<Memory["wholes"]>;

/** Tells whether a line of the record was a name before. */
export function wasWholeIn(wholes: WholeLines, record: RecordRef): (line: string) => boolean {
  const key = recordKey(record);
  const known = new Set(Object.hasOwn(wholes, key) ? wholes[key] : []);
  return (line) => known.has(line);
}

/** The lines known before, and those of this pass. */
export function uniteWholes(
  before: WholeLines,
  records: readonly { readonly ref: RecordRef; readonly wholes: readonly string[] }[],
): WholeLines {
  const now = records.flatMap(({ ref, wholes }) => {
    const known = Object.hasOwn(before, recordKey(ref)) ? (before[recordKey(ref)] ?? []) : [];
    return wholes.length === 0 ? [] : [[recordKey(ref), [...new Set([...known, ...wholes])]] as const];
  });
  return { ...before, ...Object.fromEntries(now) };
}
