import { type Assignment, assignmentKey, type Principal } from "../model/assignment.ts";
import type { ManagedPermissionSet } from "../model/actual-state.ts";
import type { AppKind } from "../model/fields.ts";
import { groupBy } from "../model/group-by.ts";
import type { LockReason } from "../model/plan.ts";
import type { RawApp, RawRecord, SourceRecords, Fields } from "../model/record.ts";
import { buildLockReasons } from "../plan/lock-reasons.ts";
import { encodeFields, type FieldTexts } from "../records/encode-record.ts";
import { describeSet } from "./describe-set.ts";
import { type AssignmentBlock, groupAssignments } from "./group-assignments.ts";
import { judgeSets, type SetObstacle } from "./judge-sets.ts";
import { createNamer, type PrincipalName, type PrincipalProblem } from "./name-principals.ts";
import { type Flaw, type ProofInput, proveRecords } from "./prove-records.ts";
import { assignmentRecordKey, definedSet } from "./record-key.ts";

/** What is read, with every set that may be imported read in full. */
export interface ImportInput extends ProofInput {
  readonly source: SourceRecords;
  /** Sets that are imported although something of them cannot be said. */
  readonly named: ReadonlySet<string>;
  /** Login names that kintone does not have. */
  readonly withoutLogin: ReadonlySet<string>;
}

/** An assignment that no record can say. */
export interface LeftOut {
  readonly assignment: Assignment;
  readonly reason: LockReason | PrincipalProblem;
}

/** What becomes of one permission set that is not ours yet. */
export interface SetImport extends Judged {
  readonly name: string;
  readonly obstacle?: SetObstacle;
  /** Of its assignments. */
  readonly assignments: number;
}

/** What records cannot say of a permission set. */
interface SetLosses {
  readonly leftOut: readonly LeftOut[];
  /** What the records would change of it. */
  readonly flaws: readonly Flaw[];
}

interface Judged extends SetLosses {
  /** `stays` unless records say all of it, or the set is named. */
  readonly kind: "imported" | "stays" | "out-of-reach";
}

export interface ImportPlan {
  readonly sets: readonly SetImport[];
  /** Sets that are managed already. */
  readonly ours: number;
  /** Records to add, of the sets that are imported. */
  readonly permissionSets: readonly RawRecord[];
  readonly assignments: readonly RawRecord[];
  /** How many assignments the records stand for, those that are there already included. */
  readonly proven: number;
  /** Records that are there already and that no import makes. */
  readonly foreignRecords: number;
}

/** The fewest readable records that stand for what exists, of every set that they can say whole. Deterministic. */
export function planImport(input: ImportInput): ImportPlan {
  const { actual, source, config } = input;
  const verdicts = judgeSets(actual, config);
  const rows = sortRows(input);
  const draft = draftRecords(input, rows);
  const due = onlyOf(draft, (name) => verdicts.get(name)?.kind === "candidate");
  const proof = proveRecords(withDraft(source, due), input);
  const leftOut = groupBy(rows.leftOut, ({ assignment }): string => assignment.permissionSet);
  const counts = groupBy(actual.assignments, ({ permissionSet }): string => permissionSet);
  const sets = actual.permissionSets.flatMap(({ name }): readonly SetImport[] => {
    const verdict = verdicts.get(name);
    if (verdict === undefined || verdict.kind === "ours") return [];
    const common = { name, assignments: counts.get(name)?.length ?? 0 };
    if (verdict.kind === "out-of-reach")
      return [{ ...common, kind: "out-of-reach", obstacle: verdict.reason, leftOut: [], flaws: [] }];
    const lost = { leftOut: leftOut.get(name) ?? [], flaws: proof.flaws.get(name) ?? [] };
    return [{ ...common, ...judgeLoss(lost, input.named.has(name)) }];
  });
  const imported = new Set(sets.filter(({ kind }) => kind === "imported").map(({ name }) => name));
  return {
    sets,
    ours: [...verdicts.values()].filter(({ kind }) => kind === "ours").length,
    ...asRecords(
      source,
      onlyOf(draft, (name) => imported.has(name)),
    ),
    proven: proof.granted.filter(({ permissionSet }) => imported.has(permissionSet)).length,
    foreignRecords: draft.foreign,
  };
}

/** A set is imported when nothing of it is lost, or when it is named. */
function judgeLoss({ leftOut, flaws }: SetLosses, isNamed: boolean): Judged {
  // What is left out is not granted, and would be taken away.
  const follow: readonly Flaw[] = leftOut.length === 0 ? [] : ["not-granted", "unassign"];
  const others = flaws.filter((flaw) => !follow.includes(flaw));
  const isWhole = others.length + leftOut.length === 0;
  return { kind: isWhole || isNamed ? "imported" : "stays", leftOut, flaws: others };
}

interface DraftRecord {
  readonly set: string;
  readonly fields: RawRecord["fields"];
}

type Drafts = Readonly<Record<AppKind, readonly DraftRecord[]>>;

interface Rows {
  readonly said: readonly Assignment[];
  readonly leftOut: readonly LeftOut[];
  readonly nameOf: (principal: Principal) => PrincipalName;
}

/** Assignments whose account and principal a record can name, and why it cannot name the others. */
function sortRows({ actual, source, config, withoutLogin }: ImportInput): Rows {
  const locks = buildLockReasons(actual.directory, actual.permissionSets, config.protected);
  const code = config.kintone.fields.assignments.users;
  const usersField = source.assignments.form.find((field) => field.code === code);
  const usersAreChosen = usersField?.type === "USER_SELECT";
  const nameOf = createNamer(actual.directory, { ...config, usersAreChosen, withoutLogin });
  const said: Assignment[] = [];
  const leftOut: LeftOut[] = [];
  for (const assignment of actual.assignments) {
    const name = nameOf(assignment.principal);
    const reason =
      locks.ofAccount(assignment.account) ?? (name.kind === "nameless" ? name.problem : undefined);
    if (reason === undefined) said.push(assignment);
    else leftOut.push({ assignment, reason });
  }
  return { said, leftOut, nameOf };
}

/** The records that are missing, of all sets that are read in full. What is there already is not made again. */
function draftRecords(input: ImportInput, rows: Rows): Drafts & { readonly foreign: number } {
  const { actual, source, config } = input;
  const { fields: mapping } = config.kintone;
  const sets = actual.permissionSets.filter((set): set is ManagedPermissionSet => set.managed);
  const defined = source.permissionSets.records.map((record) => definedSet(record, mapping));
  const permissionSets = sets
    .filter(({ name }) => !defined.includes(name))
    .map((set) =>
      draft("permissionSets", set.name, describeSet(set, actual.directory.managedPolicies), input),
    );
  const encode = (assignments: readonly Assignment[]) =>
    groupAssignments(assignments).map((block) =>
      draft("assignments", block.permissionSet, describeBlock(block, rows.nameOf), input),
    );
  const keyOf = (record: Fields): string => assignmentRecordKey(record, mapping);
  const present = source.assignments.records.map(keyOf);
  const all = encode(rows.said);
  const known = new Set(all.map(keyOf));
  const foreign = present.filter((key) => !known.has(key)).length;
  const names = new Set<string>(sets.map(({ name }) => name));
  const foreignSets = defined.filter((name) => !names.has(name)).length;
  if (foreign === 0) {
    const assignments = all.filter((record) => !present.includes(keyOf(record)));
    return { permissionSets, assignments, foreign: foreignSets };
  }
  const { granted } = proveRecords(withDraft(source, { permissionSets, assignments: [] }), input);
  const said = new Set(granted.map(assignmentKey));
  const assignments = encode(rows.said.filter((assignment) => !said.has(assignmentKey(assignment))));
  return { permissionSets, assignments, foreign: foreign + foreignSets };
}

function draft(kind: AppKind, set: string, texts: FieldTexts, { source, config }: ImportInput): DraftRecord {
  return { set, fields: encodeFields(kind, texts, config.kintone.fields, source[kind].form) };
}

function describeBlock(
  { permissionSet, principals, accounts }: AssignmentBlock,
  nameOf: Rows["nameOf"],
): FieldTexts {
  const names = principals.map(nameOf).filter((name) => name.kind === "named");
  const textsOf = (field: "users" | "groups"): readonly string[] =>
    names
      .filter((name) => name.field === field)
      .map(({ text }) => text)
      .toSorted();
  return { permissionSet: [permissionSet], users: textsOf("users"), groups: textsOf("groups"), accounts };
}

function onlyOf({ permissionSets, assignments }: Drafts, isWanted: (set: string) => boolean): Drafts {
  const wanted = (records: readonly DraftRecord[]) => records.filter(({ set }) => isWanted(set));
  return { permissionSets: wanted(permissionSets), assignments: wanted(assignments) };
}

function withDraft(source: SourceRecords, drafts: Drafts): SourceRecords {
  const added = asRecords(source, drafts);
  const extend = (kind: AppKind): RawApp => ({
    ...source[kind],
    records: [...source[kind].records, ...added[kind]],
  });
  return { permissionSets: extend("permissionSets"), assignments: extend("assignments") };
}

/** The drafts with the ids they may get. */
function asRecords(source: SourceRecords, drafts: Drafts): Readonly<Record<AppKind, readonly RawRecord[]>> {
  const numbered = (kind: AppKind): readonly RawRecord[] => {
    const last = source[kind].records.reduce((most, { ref }) => Math.max(most, Number(ref.id)), 0);
    return drafts[kind].map(({ fields }, index) => ({
      ref: { app: kind, id: String(last + index + 1), revision: 1 },
      fields,
    }));
  };
  return { permissionSets: numbered("permissionSets"), assignments: numbered("assignments") };
}
