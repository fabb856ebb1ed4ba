import { groupBy } from "../../model/group-by.ts";
import type { Plan } from "../../model/plan.ts";
import { recordKey } from "../../model/record.ts";

/** Something that a limit counts, by the changes that do it. */
export interface Counted {
  readonly changes: readonly string[];
}

/**
 * Of what is over a limit, what has to wait, so that one record's mistake holds up no other: what no record asked for
 * when the rest is within the limit, or else the records that are over it each by itself; everything when that does not
 * help, because then it is not known whose mistake it is.
 */
export function findBlamed<Item extends Counted>(
  { changes }: Plan,
  counted: readonly Item[],
  isWithin: (counted: readonly Item[]) => boolean,
): readonly Item[] {
  const recordsOf = new Map(changes.map(({ id, records }) => [id, records.map(recordKey)]));
  const causeOf = (item: Item): string =>
    [...new Set(item.changes.flatMap((id) => recordsOf.get(id) ?? []))].toSorted().join(" ");
  const byCause = groupBy(counted, causeOf);
  const unasked = byCause.get("") ?? [];
  const over = [...byCause.values()].filter((ofCause) => !isWithin(ofCause)).flat();
  const blamed = [unasked, over, [...new Set([...unasked, ...over])]].find((some) => {
    const ones = new Set(some);
    return some.length > 0 && isWithin(counted.filter((one) => !ones.has(one)));
  });
  return blamed ?? counted;
}

/** The ids of the changes that do it, each once. */
export function changesOf(counted: readonly Counted[]): readonly string[] {
  return [...new Set(counted.flatMap(({ changes }) => changes))];
}
