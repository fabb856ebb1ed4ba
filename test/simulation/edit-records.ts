import type { AssignmentRecord, Records, SetRecord } from "./kintone-twin.ts";
import { lineOf } from "./meant-sets.ts";
import type { SimulatedWorld } from "./simulated-world.ts";

/** What somebody saves in kintone, as records are by then. */
export type Edit = (world: SimulatedWorld) => Partial<Records>;

/** Edits every assignment record that names the set. */
export function editHolders(
  set: string,
  edit: Partial<AssignmentRecord> | ((record: AssignmentRecord) => Partial<AssignmentRecord>),
): Edit {
  const change = typeof edit === "function" ? edit : () => edit;
  return ({ kintone, clock }) => ({
    assignments: kintone
      .records()
      .assignments.map((one) => (one.set === set ? edited(one, change(one), clock.now()) : one)),
  });
}

/** Edits the record that defines the set. */
export function editSet(name: string, edit: Partial<SetRecord>): Edit {
  return ({ kintone, clock }) => ({
    sets: kintone.records().sets.map((one) => (one.name === name ? edited(one, edit, clock.now()) : one)),
  });
}

/** Renames a set, and every assignment record follows. */
export function renameSet(from: string, to: string): Edit {
  return (world) => ({ ...editSet(from, { name: to })(world), ...editHolders(from, { set: to })(world) });
}

/** Deletes the record that defines the set, and enters it again where told to, the same to the letter. */
export function deleteSet(name: string, how: "for good" | "entered again" = "for good"): Edit {
  return ({ kintone, clock }) => {
    const { sets } = kintone.records();
    const left = sets.filter((one) => one.name !== name);
    const gone = sets.find((one) => one.name === name);
    if (gone === undefined || how === "for good") return { sets: left };
    const again = {
      ...gone,
      id: kintone.nextId(),
      revision: 1,
      updatedAtMs: clock.now(),
      line: lineOf(gone),
    };
    return { sets: [...left, again] };
  };
}

function edited<Edited extends AssignmentRecord | SetRecord>(
  record: Edited,
  edit: Partial<Edited>,
  updatedAtMs: number,
): Edited {
  return { ...record, ...edit, revision: record.revision + 1, updatedAtMs };
}
