import type { AssignmentRecord, Records, SetRecord } from "./kintone-twin.ts";

/** Which set records have had the name in an assignment record since its author chose it. */
export interface Meant {
  readonly name: string;
  readonly ids: readonly number[];
}

/** The records, each assignment record with what its name has stood for. */
export function withMeanings({ sets, assignments }: Records): Records {
  return { sets, assignments: assignments.map((one) => ({ ...one, meant: meantNow(one, sets) })) };
}

function meantNow({ set: name, meant }: AssignmentRecord, sets: readonly SetRecord[]): Meant {
  const before = meant?.name === name ? meant.ids : [];
  const now = sets.filter((set) => set.name === name).map(({ id }) => id);
  return { name, ids: [...new Set([...before, ...now])] };
}

const inBetween = /\.record-\d+$/u;

/** Whether a set has the name only on its way to one that is another's in this pass. */
export function isInBetween(name: string): boolean {
  return inBetween.test(name);
}

/** The name that such a set is to get; any other name itself. */
export function nameOnceThere(name: string): string {
  return name.replace(inBetween, "");
}

/** Whether the record's set has the name, or has it on its way. */
export function isNameOf({ id, name }: SetRecord, asked: string): boolean {
  return asked === name || asked === `${name}.record-${id}`;
}
