import type { Random } from "../../scripts/prove/foreign/random.ts";
import type { SandboxState } from "../../src/sandbox/aws/sandbox-state.ts";
import { accountIds, groupNames, policyNames, setNames, userCodes, userName } from "../simulation/company.ts";
import type { AssignmentRecord, KintoneTwin, SetRecord } from "../simulation/kintone-twin.ts";

/** Where something happens. */
export interface Scene {
  readonly kintone: KintoneTwin;
  readonly state: SandboxState;
  readonly nowMs: () => number;
  readonly before: (operation: string, act: () => void) => void;
  /** Lets the next pass look in another Region. */
  readonly elsewhere: () => void;
}

/** Something that people do. */
export type Happening = (random: Random, scene: Scene) => void;

const accounts = ["Production", "Staging", "Development"] as const;
const people = userCodes.filter((code) => code !== "breakglass");

/** What people do to records, and by hand in Identity Center. */
const happenings: readonly Happening[] = [
  (random, scene) => editSet(random, scene, { hours: 1 + random.below(12) }),
  (random, scene) => editSet(random, scene, { policies: some(random, policyNames) }),
  (random, scene) => editSet(random, scene, { inline: random.chance(0.5) }),
  (random, scene) => editAssignment(random, scene, { users: some(random, people) }),
  (random, scene) => editAssignment(random, scene, { groups: some(random, groupNames) }),
  (random, scene) => editAssignment(random, scene, { accounts: atLeastOne(random, accounts) }),
  (random, scene) => editAssignment(random, scene, random.chance(0.5) ? { flaw: "user-unknown" } : mended),
  (random, scene) => editSet(random, scene, random.chance(0.5) ? { flaw: "policy-unknown" } : mended),
  addSet,
  addAssignment,
  removeAssignmentRecord,
  (random, { state }) => {
    const own = state.permissionSets().filter(({ name }) => isOurs(name));
    if (own.length === 0) return;
    state.changePermissionSet(random.pick(own).name, { sessionDuration: "PT12H", description: "by hand" });
  },
  (random, { state }) => {
    const own = state.assignments().filter(({ permissionSet }) => isOurs(permissionSet));
    if (own.length === 0) return;
    const { permissionSet, ...assignment } = random.pick(own);
    state.removeAssignment(permissionSet, assignment);
  },
  (random, { state }) => {
    const own = state.permissionSets().filter(({ name }) => isOurs(name));
    if (own.length === 0) return;
    const accountId = accountIds[random.pick(accounts)] ?? "";
    state.addAssignment(random.pick(own).name, { accountId, userName: userName(random.pick(people)) });
  },
];

/** Lets one thing happen. */
export function letHappen(random: Random, scene: Scene): void {
  random.pick(happenings)(random, scene);
}

const mended = { flaw: undefined };

/** Whether a record may name the set. */
export function isOurs(name: string): boolean {
  return setNames.some((each) => each === name);
}

function some<Item>(random: Random, items: readonly Item[]): readonly Item[] {
  return items.filter(() => random.chance(0.5));
}

function atLeastOne<Item>(random: Random, items: readonly Item[]): readonly Item[] {
  const chosen = some(random, items);
  return chosen.length > 0 ? chosen : [random.pick(items)];
}

type Change<Rec> = { readonly [Key in keyof Rec]?: Rec[Key] | undefined };

function changed<Rec extends SetRecord | AssignmentRecord>(
  record: Rec,
  { flaw, ...change }: Change<Rec> & { readonly flaw?: Rec["flaw"] | undefined },
  nowMs: number,
): Rec {
  const { flaw: _flaw, ...rest } = record;
  const next = { ...rest, ...change, revision: record.revision + 1, updatedAtMs: nowMs };
  return { ...next, ...(flaw === undefined ? {} : { flaw }) } as unknown as Rec;
}

/** Edits the record of one set. */
export function editSet(random: Random, { kintone, nowMs }: Scene, change: Change<SetRecord>): void {
  const { sets } = kintone.records();
  const edited = random.pick(sets);
  kintone.replace({ sets: sets.map((one) => (one === edited ? changed(one, change, nowMs()) : one)) });
}

/** Edits one record of assignments. */
export function editAssignment(
  random: Random,
  { kintone, nowMs }: Scene,
  change: Change<AssignmentRecord>,
): void {
  const { assignments } = kintone.records();
  if (assignments.length === 0) return;
  const edited = random.pick(assignments);
  kintone.replace({
    assignments: assignments.map((one) => (one === edited ? changed(one, change, nowMs()) : one)),
  });
}

function addSet(random: Random, { kintone, nowMs }: Scene): void {
  const { sets } = kintone.records();
  const free = setNames.filter((name) => sets.every((set) => set.name !== name));
  if (free.length === 0) return;
  const added = {
    id: kintone.nextId(),
    revision: 1,
    updatedAtMs: nowMs(),
    name: random.pick(free),
    hours: 1 + random.below(12),
    policies: some(random, policyNames),
    inline: random.chance(0.5),
  };
  kintone.replace({ sets: [...sets, added] });
}

function addAssignment(random: Random, { kintone, nowMs }: Scene): void {
  const { sets, assignments } = kintone.records();
  const added = {
    id: kintone.nextId(),
    revision: 1,
    updatedAtMs: nowMs(),
    set: random.pick(sets).name,
    users: atLeastOne(random, people),
    groups: some(random, groupNames),
    accounts: atLeastOne(random, accounts),
  };
  kintone.replace({ assignments: [...assignments, added] });
}

/** Deletes one record of assignments. */
export function removeAssignmentRecord(random: Random, { kintone }: Scene): void {
  const { assignments } = kintone.records();
  if (assignments.length === 0) return;
  const removed = random.pick(assignments);
  kintone.replace({ assignments: assignments.filter((one) => one !== removed) });
}
