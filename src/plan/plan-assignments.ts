import type { ManagedPermissionSet } from "../model/actual-state.ts";
import {
  type Assignment,
  assignmentKey,
  type DesiredAssignment,
  type Principal,
} from "../model/assignment.ts";
import type { Config } from "../model/config.ts";
import type { AssignmentPattern, DeniedAssignment, HeldAssignments } from "../model/desired-state.ts";
import type { Directory } from "../model/directory.ts";
import type { AccountId } from "../model/ids.ts";
import type { Change, HeldItem, LockedItem, LockReason, UnmanagedItem } from "../model/plan.ts";
import type { RecordRef } from "../model/record.ts";
import { assignmentChangeId, assignmentTarget } from "./change-targets.ts";
import { withMoves } from "./with-moves.ts";
import type { LockReasons } from "./lock-reasons.ts";
import type { PermissionSetMatches } from "./match-permission-sets.ts";
import type { PatternIndex } from "./pattern-index.ts";

export interface AssignmentPlan {
  readonly changes: readonly Change[];
  readonly held: readonly HeldItem[];
  readonly locked: readonly LockedItem[];
  readonly unmanaged: readonly UnmanagedItem[];
  readonly unchanged: number;
}

export interface AssignmentPlanInput {
  readonly desired: readonly DesiredAssignment[];
  readonly actual: readonly Assignment[];
  readonly matches: PermissionSetMatches;
  /** The changes after which the set is what its record says, also in the account. */
  readonly changesBehindGrant: (set: string, account: AccountId) => readonly string[];
  /** What untrusted records may have granted. */
  readonly holds: PatternIndex<HeldAssignments>;
  /** What records asked for before. */
  readonly askers: PatternIndex<AssignmentPattern>;
  /** By key, what records ask for and the guardrails deny. */
  readonly denied: ReadonlyMap<string, DeniedAssignment>;
  /** By key, what is withheld from people who have the name of another person. */
  readonly withheld: ReadonlyMap<string, DesiredAssignment>;
  /** Whether the user or group is in the directory. */
  readonly exists: (principal: Principal) => boolean;
  readonly memberships: Directory["memberships"];
  readonly locks: LockReasons;
  readonly unlisted: Config["unlistedAssignments"];
}

type Verdict =
  | { readonly kind: "change"; readonly change: Change }
  | { readonly kind: "held"; readonly item: HeldItem }
  | { readonly kind: "locked"; readonly item: LockedItem }
  | { readonly kind: "unmanaged"; readonly item: UnmanagedItem };

/** Desired minus actual: what to assign, what to unassign, and what is left alone with the reason. */
export function planAssignments(input: AssignmentPlanInput): AssignmentPlan {
  const actualKeys = new Set(input.actual.map(assignmentKey));
  const desiredKeys = new Set(input.desired.map(assignmentKey));
  const sets = indexSets(input.matches);
  const missing = input.desired.filter((assignment) => !actualKeys.has(assignmentKey(assignment)));
  const grants = missing.map((assignment) => judgeGrant(assignment, input, sets));
  const granted = new Set(
    grants.flatMap((verdict) => (verdict.kind === "change" ? [verdict.change.id] : [])),
  );
  const surplus = input.actual.filter((assignment) => !desiredKeys.has(assignmentKey(assignment)));
  const revocations = surplus.map((assignment) => judgeRevocation(assignment, input, sets, granted));
  const withheld = [...input.withheld]
    .filter(([key]) => !actualKeys.has(key) && !desiredKeys.has(key))
    .map(([, assignment]) => withhold(assignment, sets));
  const verdicts = [...grants, ...revocations, ...withheld];
  const changes = verdicts.flatMap((verdict) => (verdict.kind === "change" ? [verdict.change] : []));
  return {
    changes: withMoves(changes, input.actual, input.memberships),
    held: verdicts.flatMap((verdict) => (verdict.kind === "held" ? [verdict.item] : [])),
    locked: verdicts.flatMap((verdict) => (verdict.kind === "locked" ? [verdict.item] : [])),
    unmanaged: verdicts.flatMap((verdict) => (verdict.kind === "unmanaged" ? [verdict.item] : [])),
    unchanged: input.desired.length - missing.length,
  };
}

interface SetIndex {
  readonly existing: ReadonlyMap<string, ManagedPermissionSet>;
  /** Former name → name after the rename. */
  readonly renamed: ReadonlyMap<string, Assignment["permissionSet"]>;
  /** By name of a held set: its record, and whether the record still gives that very name. */
  readonly held: ReadonlyMap<
    string,
    { readonly record: RecordRef; readonly nameCertain: boolean; readonly isLost: boolean }
  >;
  readonly records: ReadonlyMap<string, RecordRef>;
  /** By name of a set whose tags do not prove that it is ours, the record they name. */
  readonly unproven: ReadonlyMap<string, readonly RecordRef[]>;
}

function indexSets({ matched, held, unproven, abandoned }: PermissionSetMatches): SetIndex {
  const all = [
    ...matched.flatMap(({ existing, former }) => [...(existing === undefined ? [] : [existing]), ...former]),
    ...held.flatMap(({ existing }) => (existing === undefined ? [] : [existing])),
    ...unproven.map(({ set }) => set),
    ...abandoned,
  ];
  const heldNames = held.flatMap(({ held: { record, name, isLost = false }, existing }) => {
    const names = new Set([existing?.name, name].filter((one) => one !== undefined));
    return [...names].map(
      (one) => [one, { record, nameCertain: names.size === 1 && name !== undefined, isLost }] as const,
    );
  });
  const renamed = matched.flatMap(({ desired, former }) =>
    former.map((set) => [set.name, desired.name] as const),
  );
  return {
    existing: new Map(all.map((set) => [set.name, set])),
    renamed: new Map(renamed),
    held: new Map(heldNames),
    unproven: new Map(unproven.map(({ set, records }) => [set.name, records])),
    records: new Map(matched.map(({ desired }) => [desired.name, desired.record])),
  };
}

function judgeGrant(assignment: DesiredAssignment, input: AssignmentPlanInput, sets: SetIndex): Verdict {
  const { permissionSet, account, principal, records } = assignment;
  const target = assignmentTarget(assignment, sets.existing.get(permissionSet));
  const heldSet = sets.held.get(permissionSet);
  if (heldSet !== undefined) {
    const reason = heldSet.isLost ? "owner-tag-missing" : "permission-set-held";
    return { kind: "held", item: { target, would: "create", reason, records: [...records, heldSet.record] } };
  }
  const reason = lockReason(assignment, input.locks);
  if (reason !== undefined) {
    return { kind: "locked", item: { target, would: "create", reason, records } };
  }
  const id = assignmentChangeId("assign", { permissionSet, account, principal });
  const dependsOn = input.changesBehindGrant(permissionSet, account);
  return { kind: "change", change: { id, kind: "assign", target, records, dependsOn, accounts: [account] } };
}

function withhold(assignment: DesiredAssignment, sets: SetIndex): Verdict {
  const target = assignmentTarget(assignment, sets.existing.get(assignment.permissionSet));
  const { records } = assignment;
  return { kind: "held", item: { target, would: "create", reason: "person-changed", records } };
}

function lockReason(
  { permissionSet, account, principal }: Assignment,
  locks: LockReasons,
): LockReason | undefined {
  return locks.ofPermissionSet(permissionSet) ?? locks.ofAccount(account) ?? locks.ofPrincipal(principal);
}

function judgeRevocation(
  assignment: Assignment,
  input: AssignmentPlanInput,
  sets: SetIndex,
  granted: ReadonlySet<string>,
): Verdict {
  const { permissionSet, account } = assignment;
  const target = assignmentTarget(assignment, sets.existing.get(permissionSet));
  const orphaned = !input.exists(assignment.principal);
  const moved = afterRename(assignment, sets);
  const denied = input.denied.get(assignmentKey(moved)) ?? input.denied.get(assignmentKey(assignment));
  const hold = findHold(assignment, moved, denied, orphaned, input, sets);
  if (hold !== undefined) return { kind: "held", item: { target, would: "delete", ...hold } };
  const records = denied?.records[0]
    ? denied.records
    : recordsBehind(assignment, moved, orphaned, input, sets);
  const reason = lockReason(assignment, input.locks);
  if (reason !== undefined) {
    return { kind: "locked", item: { target, would: "delete", reason, records } };
  }
  if (input.unlisted === "report" && denied === undefined) {
    const reason = orphaned ? "principal-deleted" : "unlisted-assignment";
    return { kind: "unmanaged", item: { target, reason } };
  }
  const id = assignmentChangeId("unassign", assignment);
  const dependsOn = afterRenamed(moved, granted);
  const change: Change = { id, kind: "unassign", target, records, dependsOn, accounts: [account] };
  return { kind: "change", change: orphaned ? { ...change, because: "principal-deleted" } : change };
}

/** What a guardrail denies stays and is reported, unless the configuration has it removed. */
function holdDenied({ isEnforced, records }: DeniedAssignment): Hold | undefined {
  return isEnforced ? undefined : { reason: "denied-by-guardrail", records };
}

/** The same assignment of the set that its set is being renamed to; itself where no set is renamed. */
function afterRename(assignment: Assignment, sets: SetIndex): Assignment {
  const newName = sets.renamed.get(assignment.permissionSet);
  return newName === undefined ? assignment : { ...assignment, permissionSet: newName };
}

/** The record that renames the set, or else those that asked for the assignment and do not any more. */
function recordsBehind(
  assignment: Assignment,
  moved: Assignment,
  orphaned: boolean,
  { askers }: AssignmentPlanInput,
  sets: SetIndex,
): readonly RecordRef[] {
  const definedBy = moved === assignment ? undefined : sets.records.get(moved.permissionSet);
  if (definedBy !== undefined) return [definedBy];
  return orphaned ? [] : askers(assignment).map(({ record }) => record);
}

/** Why an assignment stays as it is, and whose turn it is. */
interface Hold {
  readonly reason: HeldItem["reason"];
  readonly records: readonly RecordRef[];
}

function findHold(
  assignment: Assignment,
  moved: Assignment,
  denied: DeniedAssignment | undefined,
  orphaned: boolean,
  { holds, askers, locks, withheld }: AssignmentPlanInput,
  sets: SetIndex,
): Hold | undefined {
  const unproven = sets.unproven.get(assignment.permissionSet);
  if (unproven !== undefined) return { reason: "ownership-unproven", records: unproven };
  // Names resolve only to who is there: no record means a principal that has been deleted, unless its line may have been the name.
  if (orphaned) return holdOrphan(holds(assignment));
  // What the guardrails take away is not kept by a record that cannot be read.
  if (denied !== undefined) return holdDenied(denied);
  const others = withheld.get(assignmentKey(assignment));
  if (others !== undefined) return { reason: "person-changed", records: others.records };
  const isExplained = askers(assignment).length > 0;
  const pattern = holds(assignment).find(({ isNewcomer }) => isNewcomer !== true || !isExplained);
  if (pattern !== undefined) return { reason: pattern.reason, records: [pattern.record] };
  return moved === assignment ? holdUncertain(assignment, sets) : holdMove(moved, locks, sets);
}

/** Where the set of the new name is out of reach, people would not get there what they lose here. */
function holdMove(moved: Assignment, locks: AssignmentPlanInput["locks"], sets: SetIndex): Hold | undefined {
  const renamedBy = sets.records.get(moved.permissionSet);
  const isLocked = renamedBy !== undefined && locks.ofPermissionSet(moved.permissionSet) !== undefined;
  return isLocked ? { reason: "permission-set-held", records: [renamedBy] } : undefined;
}

/**
 * While a set's own record may be renaming it, records that give another name may mean this set; not when it is another
 * record's, which gives the name up.
 */
function holdUncertain({ permissionSet }: Assignment, sets: SetIndex): Hold | undefined {
  const heldSet = sets.held.get(permissionSet);
  if (heldSet === undefined || heldSet.nameCertain) return undefined;
  return { reason: "permission-set-held", records: [heldSet.record] };
}

function holdOrphan(patterns: readonly HeldAssignments[]): Hold | undefined {
  const pattern = patterns.find(({ keepsOrphans }) => keepsOrphans === true);
  return pattern && { reason: pattern.reason, records: [pattern.record] };
}

/** In a rename no person loses the old set before having the new one. */
function afterRenamed(moved: Assignment, granted: ReadonlySet<string>): readonly string[] {
  const grant = assignmentChangeId("assign", moved);
  return granted.has(grant) ? [grant] : [];
}
