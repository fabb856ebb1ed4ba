import { changeKinds } from "../../model/change-kinds.ts";
import { groupBy } from "../../model/group-by.ts";
import { recordName, type ReportedChange } from "../../model/run-report.ts";
import { listAssignments } from "./assignment-groups.ts";
import { accountOf, type Extent } from "./fold-names.ts";
import type { PlanLine } from "./plan-line.ts";
import { findRenames, type Rename } from "./renames.ts";
import { listEdits } from "./set-edits.ts";

/** The changes set by set, and in each by account; what only follows from others is left out unless all is asked for. */
export function listChanges(changes: readonly ReportedChange[], extent: Extent): readonly PlanLine[] {
  const renames = new Map(findRenames(changes).map((rename) => [rename.to, rename]));
  const replaced = new Map([...renames.values()].map((rename) => [rename.from, rename]));
  const moves = new Set([...renames.values()].flatMap((rename) => [...rename.moves]));
  const sets = groupBy(changes, ({ target }) => target.permissionSet);
  const seen = new Set<string>();
  return [...sets].flatMap(([name, ofSet]) => {
    const rename = renames.get(name) ?? replaced.get(name);
    const key = rename?.to ?? name;
    if (seen.has(key)) return [];
    seen.add(key);
    if (rename === undefined || extent.verbose) return listSet(name, ofSet, undefined, extent);
    const both = [...(sets.get(rename.to) ?? []), ...(sets.get(rename.from) ?? [])];
    return listSet(
      name,
      both.filter(({ id }) => !moves.has(id)),
      rename,
      extent,
    );
  });
}

function listSet(
  name: string,
  changes: readonly ReportedChange[],
  rename: Rename | undefined,
  extent: Extent,
): readonly PlanLine[] {
  const ofSet = changes.filter(
    ({ kind }) => changeKinds[kind].half === "permission-sets" || kind === "delete-permission-set",
  );
  const assignments = changes.filter((change) => !ofSet.includes(change));
  const edits = ofSet.filter(({ kind }) => !changeKinds[kind].isHousekeeping);
  const housekeeping = ofSet.filter(({ kind }) => changeKinds[kind].isHousekeeping);
  const former = changes.find(({ kind }) => kind === "delete-permission-set")?.definition;
  const showsAll = extent.verbose || edits.length + assignments.length === 0;
  return [
    headOf(name, ofSet, rename, extent),
    ...listEdits(edits, rename === undefined ? undefined : former, extent),
    ...(showsAll ? housekeeping.map((change) => listHousekeeping(change, extent)) : []),
    ...listAssignments(assignments, extent),
  ];
}

function headOf(
  name: string,
  ofSet: readonly ReportedChange[],
  rename: Rename | undefined,
  { texts, words }: Extent,
): PlanLine {
  const records = [...new Set(ofSet.flatMap((change) => change.records.map(recordName)))];
  if (rename !== undefined) {
    const text = `${rename.from} → ${rename.to}  ${words.renamed(rename.movedPrincipals)}`;
    return { sign: "~", depth: 1, text, records };
  }
  const whole = ofSet.find(
    ({ kind }) => kind === "create-permission-set" || kind === "delete-permission-set",
  );
  if (whole !== undefined) {
    const text = `${name}  ${texts.changeKinds[whole.kind]}`;
    return { sign: changeKinds[whole.kind].sign, depth: 1, text, records };
  }
  return ofSet.length === 0
    ? { sign: " ", depth: 1, text: name }
    : { sign: "~", depth: 1, text: name, records };
}

function listHousekeeping({ kind, target }: ReportedChange, { texts }: Extent): PlanLine {
  const text = [texts.changeKinds[kind], accountOf(target, texts)].filter((part) => part !== "").join("  ");
  return { sign: changeKinds[kind].sign, depth: 2, text };
}
