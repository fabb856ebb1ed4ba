import { allowedChanges, changesPutOff } from "../../src/model/pass.ts";
import type { ActualState } from "../../src/model/actual-state.ts";
import { type Assignment, assignmentKey, principalKey } from "../../src/model/assignment.ts";
import { isManagedBy, recordTag, type Tags } from "../../src/model/ownership.ts";
import { isDeletion } from "../../src/model/change-kinds.ts";
import type { Change } from "../../src/model/plan.ts";
import { assignmentChangeId } from "../../src/plan/change-targets.ts";
import { config, foreignSet, managedPolicyArn, owner, protectedSet } from "./company.ts";
import {
  exists,
  expectationsOf,
  type Expectations,
  isWritable,
  isWritableAccount,
  type Request,
} from "./expectations.ts";
import type { Write } from "./identity-center-twin.ts";
import { lossesIn } from "./losses.ts";
import { isTellable } from "./kintone-twin.ts";
import { definitionOf } from "./definitions.ts";
import { isNameOf } from "./meant-sets.ts";
import { isDenied } from "./rules.ts";
import type { PassRun } from "./simulated-world.ts";

/** A promise that holds for every pass; returns what broke it. */
type Invariant = (run: PassRun) => readonly string[];

/** I1: nothing is written to a set that does not carry our owner tag at that moment, or that memory knows as another's. */
const writesOnlyToItsOwn: Invariant = ({ writes, knownForeign }) =>
  writes
    .filter(({ change, tagsBefore }) => change.kind !== "create-permission-set" && tagsBefore !== undefined)
    .filter(({ change, tagsBefore = {} }) => !isOurs(change, tagsBefore, knownForeign))
    .map(({ change }) => `${change.id} wrote to a set that is not ours`);

function isOurs({ target }: Change, tags: Tags, knownForeign: ReadonlySet<string>): boolean {
  const isClaimed = target.permissionSet === foreignSet && tags[recordTag] === undefined;
  return isManagedBy(tags, owner) && !isClaimed && !knownForeign.has(target.permissionSetArn ?? "");
}

/** I2: nothing is written to what is protected, closed or the management account's. */
const leavesProtectedAlone: Invariant = ({ writes, actual }) =>
  writes
    .filter(({ change }) => isOutOfReach(change, actual?.directory))
    .map(({ change }) => `${change.id} wrote to something protected or closed`);

function isOutOfReach(change: Change, directory: Parameters<typeof isWritable>[1] | undefined): boolean {
  if (change.target.permissionSet === protectedSet) return true;
  if (directory === undefined) return true;
  const assignment = assignmentIn(change);
  if (assignment !== undefined) return !isWritable(assignment, directory);
  return change.accounts.some((account) => !isWritableAccount(account, directory));
}

function assignmentIn({ target }: Change): Assignment | undefined {
  if (!("principal" in target)) return undefined;
  const { permissionSet, account, principal } = target;
  return { permissionSet, account, principal };
}

/** I3: a read that can be told to be incomplete ends the pass before anything is written. */
const writesNothingAfterAnIncompleteRead: Invariant = ({ sourceFault, writes, pass, number }) => {
  if (sourceFault === undefined || !isTellable(sourceFault)) return [];
  return writes.length === 0 && pass === undefined
    ? []
    : [`pass ${number} wrote ${writes.length} times although reading ${sourceFault.kind}`];
};

/** I4: an app without records deletes nothing. */
const deletesNothingForAnEmptyApp: Invariant = ({ seen, writes, approved }) => {
  if ((seen.sets.length > 0 && seen.assignments.length > 0) || approved !== undefined) return [];
  return deletionsIn(writes).map((id) => `${id} although an app was empty`);
};

function deletionsIn(writes: PassRun["writes"]): readonly string[] {
  return writes.filter(({ change }) => isDeletion(change)).map(({ change }) => change.id);
}

/** I5: no more is deleted than the limits say, but for what a person reviewed within a day. */
const staysWithinTheLimits: Invariant = ({ writes, actual, approved, number, pass }) => {
  const deletions = lossesIn(writes, actual, pass);
  const managed = actual?.assignments.length ?? 0;
  const { maxDeletions, maxDeletionRatio } = config.guards;
  const within = deletions.length <= maxDeletions || deletions.length <= managed * maxDeletionRatio;
  if (within || deletions.every((id) => approved?.deletions.has(id))) return [];
  return [`pass ${number} deleted ${deletions.length} of ${managed} without an approval of all of them`];
};

/** I5, for a whole day: passes that each stay within the limits do not take everything away bit by bit. */
const staysWithinTheDay: Invariant = ({ earlierDeletions, writes, actual, approved, number, pass }) => {
  const deletions = lossesIn(writes, actual, pass);
  if (deletions.length === 0 || approved !== undefined) return [];
  const all = earlierDeletions + deletions.length;
  const { maxDeletionsPerDay, maxDeletionRatioPerDay } = config.guards;
  const managed = actual?.assignments.length ?? 0;
  if (all <= maxDeletionsPerDay || all <= managed * maxDeletionRatioPerDay) return [];
  return [`pass ${number} made it ${all} deletions in a day`];
};

const administrator = managedPolicyArn("AdministratorAccess");

const holder = ({ account, principal }: Assignment): string => `${account} ${principalKey(principal)}`;

/** Whom the pass left an administrator by a record, where. */
export function administratorsOf({ pass }: PassRun): readonly string[] {
  if (pass === undefined || pass.mode !== "sync") return [];
  const { permissionSets, assignments } = pass.desired;
  const sets = new Set(
    permissionSets.flatMap(({ name, definition }) =>
      definition.managedPolicies.includes(administrator) ? [name] : [],
    ),
  );
  const missing = new Set([
    ...pass.violations.flatMap(({ refuses }) => refuses),
    ...pass.outcomes.flatMap(({ status, change }) => (status === "applied" ? [] : [change.id])),
  ]);
  return assignments
    .filter((one) => sets.has(one.permissionSet) && !missing.has(assignmentChangeId("assign", one)))
    .map(holder);
}

/** I7: no more people become administrators in one pass than the limit says, but for what a person reviewed. */
const makesFewAdministrators: Invariant = ({
  pass,
  writes,
  actual,
  seen,
  approved,
  number,
  administratorsGiven,
}) => {
  if (actual === undefined || approved !== undefined) return [];
  const isAdministrators = (name: string) =>
    actual.permissionSets.some(
      (set) => set.managed && set.name === name && set.definition.managedPolicies.includes(administrator),
    );
  const becomes = new Set<string>(
    seen.sets.filter(({ policies }) => policies.includes("AdministratorAccess")).map(({ name }) => name),
  );
  const attached = new Set<string>(
    writes.flatMap(({ change }) => (change.after === administrator ? [change.target.permissionSet] : [])),
  );
  const had = new Set(actual.assignments.filter((one) => isAdministrators(one.permissionSet)).map(holder));
  const granted = writes.flatMap(({ change }) => {
    const assignment = change.kind === "assign" ? assignmentIn(change) : undefined;
    return assignment !== undefined && becomes.has(assignment.permissionSet) ? [assignment] : [];
  });
  const widened = actual.assignments.filter(
    (one) => attached.has(one.permissionSet) && exists(one, actual.directory),
  );
  const added = new Set(
    [...granted, ...widened].map(holder).filter((one) => !had.has(one) && !administratorsGiven.has(one)),
  );
  // What is to go counts as gone, also where another pass has taken it away meanwhile or AWS refuses.
  const planned = pass?.plan.changes.map((change) => ({ change })) ?? writes;
  const removed = new Set(removedInWrites(planned).map(holder));
  const count = [...added].filter((one) => !removed.has(one)).length;
  if (count <= config.guards.maxAdminGrants) return [];
  return [`pass ${number} made ${count} people administrators without an approval`];
};

/** I7, with guardrails: nobody is given what they deny, whatever a record asks for. */
const grantsNothingDenied: Invariant = ({ writes, actual, rulebook }) => {
  if (actual === undefined) return [];
  const became = administratorsBy(writes);
  return writes.flatMap(({ change, definitionBefore }) => {
    const assignment = change.kind === "assign" ? assignmentIn(change) : undefined;
    if (assignment === undefined) return [];
    const isAdministrators =
      became.has(assignment.permissionSet) ||
      definitionBefore?.managedPolicies.includes(administrator) === true;
    return isDenied(assignment, isAdministrators, actual.directory, rulebook)
      ? [`${change.id} though a guardrail denies it`]
      : [];
  });
};

/** I7, with guardrails, for sets: nobody becomes by an edit of a set what they would not get by asking. */
const makesNobodyWhatIsDenied: Invariant = ({ writes, actual, rulebook, overlapped }) => {
  if (actual === undefined) return [];
  const { directory } = actual;
  const was = administratorSetsIn(actual);
  return writes.flatMap(({ change, assignmentsBefore }) => {
    const { permissionSet } = change.target;
    if (change.after !== administrator || was.has(permissionSet)) return [];
    const known = overlapped ? undefined : assignmentsBefore;
    return [...(known?.values() ?? actual.assignments)]
      .filter((one) => one.permissionSet === permissionSet && exists(one, directory))
      .filter((one) => isDenied(one, true, directory, rulebook))
      .map((one) => `${assignmentKey(one)} became an administrator's though a guardrail denies it`);
  });
};

function administratorsBy(writes: PassRun["writes"]): ReadonlySet<string> {
  return new Set(
    writes.flatMap(({ change }) => (change.after === administrator ? [change.target.permissionSet] : [])),
  );
}

function administratorSetsIn({ permissionSets }: ActualState): ReadonlySet<string> {
  return new Set(
    permissionSets.flatMap((set) =>
      set.managed && set.definition.managedPolicies.includes(administrator) ? [set.name] : [],
    ),
  );
}

/** Existing access that guardrails deny is reported, and taken away only where they are enforced. */
const removesWhatIsDeniedOnlyWhereEnforced: Invariant = (run) => {
  const expected = expectationsIn(run);
  if (expected === undefined || run.rulebook === "enforced") return [];
  return removedIn(run)
    .map(assignmentKey)
    .filter((key) => expected.denied.has(key))
    .map((key) => `${key} was removed though guardrails only report it`);
};

/** I6: what a record that cannot be understood granted stays: all that memory knows of, else as far as it still names it. */
const holdsWhatAnUntrustedRecordGranted: Invariant = (run) => {
  const expected = expectationsIn(run);
  if (expected === undefined) return [];
  const untrusted = expected.requests.filter(({ trust }) => trust === "untrusted");
  const { directory } = run.actual ?? {};
  const removed = removedIn(run).filter(
    (one) => directory !== undefined && exists(one, directory) && !expected.isEnforced(one, "may"),
  );
  return removed.flatMap((assignment) =>
    untrusted
      .filter((request) => granted(request, run, assignment))
      .map(({ record }) => `${assignmentKey(assignment)} was removed though record ${record.id} holds it`),
  );
};

function removedIn({ writes }: PassRun): readonly Assignment[] {
  return removedInWrites(writes);
}

function removedInWrites(writes: readonly Pick<Write, "change">[]): readonly Assignment[] {
  return writes.flatMap(({ change }) => {
    const assignment = change.kind === "unassign" ? assignmentIn(change) : undefined;
    return assignment === undefined ? [] : [assignment];
  });
}

/** Whether the record granted it when it was last understood, and, where memory does not know that, does not say otherwise now. */
function granted(now: Request, { understood, remembered }: PassRun, assignment: Assignment): boolean {
  const [before, known] = [understood.get(now.record.id), remembered.get(now.record.id)];
  if (known !== undefined && covers(known, assignment)) return true;
  return before !== undefined && covers(before, assignment) && covers(now, assignment);
}

/** Whether the request names it; a part that cannot be told may name anything. */
export function covers(
  { set, accounts, principals }: Pick<Request, "set" | "accounts" | "principals">,
  { permissionSet, account, principal }: Assignment,
) {
  const key = principalKey(principal);
  return (
    (set === undefined || set === permissionSet) &&
    (accounts === undefined || accounts.includes(account)) &&
    (principals === undefined || principals.some((one) => principalKey(one) === key))
  );
}

/** I6, for everybody else: what a record asks for that can be understood is never removed. */
const keepsWhatIsAskedFor: Invariant = (run) => {
  const expected = expectationsIn(run);
  if (expected === undefined) return [];
  return removedIn(run)
    .map(assignmentKey)
    .filter((key) => expected.must.has(key))
    .map((key) => `${key} was removed though a record asks for it`);
};

/** Nobody is let in whom no record names. */
const grantsOnlyWhatIsAskedFor: Invariant = (run) => {
  const expected = expectationsIn(run);
  if (expected === undefined) return [];
  return run.writes.flatMap(({ change }) => {
    const assignment = change.kind === "assign" ? assignmentIn(change) : undefined;
    if (assignment === undefined || expected.may.has(assignmentKey(assignment))) return [];
    return [`${change.id} though no record that can be understood asks for it`];
  });
};

const setKinds: ReadonlySet<Change["kind"]> = new Set([
  "create-permission-set",
  "update-attributes",
  "put-inline-policy",
  "delete-inline-policy",
  "attach-managed-policy",
  "detach-managed-policy",
]);

/** I6, for sets: only a record that can be understood changes a set, and only into what it says. */
const definesOnlyWhatIsWritten: Invariant = (run) => {
  const expected = expectationsIn(run);
  if (expected === undefined) return [];
  return run.writes.flatMap(({ change }) => {
    const name = change.target.permissionSet;
    if (!setKinds.has(change.kind)) return [];
    const status = expected.statusOf(name);
    if (status !== "valid" && status !== "uncertain") return [`${change.id} though ${name} is ${status}`];
    const isAsked = run.seen.sets.some((record) => isNameOf(record, name) && leadsTo(change, record));
    return isAsked ? [] : [`${change.id} is not what the record of ${name} says`];
  });
};

function leadsTo(change: Change, record: PassRun["seen"]["sets"][number]): boolean {
  const { attributes, managedPolicies, inlinePolicy } = definitionOf(record);
  switch (change.kind) {
    case "create-permission-set":
      return change.after?.attributes.sessionDurationSeconds === attributes.sessionDurationSeconds;
    case "update-attributes":
      return change.after?.sessionDurationSeconds === attributes.sessionDurationSeconds;
    case "put-inline-policy":
      return change.after === inlinePolicy;
    case "delete-inline-policy":
      return inlinePolicy === undefined;
    case "attach-managed-policy":
      return managedPolicies.includes(change.after ?? "");
    case "detach-managed-policy":
      return !managedPolicies.includes(change.before ?? "");
    default:
      return false;
  }
}

/** I6, for sets that go: the record that defines a set is gone, or says that it has another name now. */
const deletesOnlySetsNobodyDefines: Invariant = ({ writes, seen }) =>
  writes.flatMap(({ change, tagsBefore }) => {
    if (change.kind !== "delete-permission-set" || tagsBefore === undefined) return [];
    const name = change.target.permissionSet;
    const own = seen.sets.find(({ id }) => String(id) === tagsBefore[recordTag]);
    const stillNamed =
      own === undefined
        ? seen.sets.some((record) => record.name === name && record.flaw !== "name-emptied")
        : own.name === name;
    const untold = own?.flaw !== undefined;
    return stillNamed || untold ? [`${change.id} though a record may still mean it`] : [];
  });

function isUndone(change: Change, assignments: PassRun["assignmentsAfter"]): boolean {
  if (assignments === undefined || (change.kind !== "assign" && change.kind !== "unassign")) return false;
  return assignments.has(assignmentKey(change.target)) !== (change.kind === "assign");
}

/** I12: whatever a pass did or did not do is in its result, and nothing is called done that was not. */
const tellsTheTruth: Invariant = ({ pass, writes, error, assignmentsAfter, number }) => {
  if (pass === undefined)
    return error === undefined || writes.length === 0 ? [] : [`pass ${number} hid writes`];
  const { changes } = pass.plan;
  const allowed = allowedChanges(pass);
  const planned = new Set(allowed.map(({ id }) => id));
  const unplanned = writes.filter(({ change }) => !planned.has(change.id));
  const expected = pass.mode === "plan" ? 0 : allowed.length;
  const named = new Set(pass.violations.flatMap(({ refuses }) => refuses));
  const putOff = new Set(changesPutOff(pass).map(({ id }) => id));
  const unnamed = changes.filter(({ id }) => !planned.has(id) && !named.has(id) && !putOff.has(id));
  const applied = new Set(
    pass.outcomes.flatMap(({ status, change }) => (status === "applied" ? [change.id] : [])),
  );
  const written = new Set(writes.map(({ change }) => change.id));
  // What is gone already needs no write.
  const unwritten = changes.filter((change) => applied.has(change.id) && !written.has(change.id));
  return [
    ...unplanned.map(({ change }) => `${change.id} was written but not planned, or refused`),
    ...unnamed.map(({ id }) => `${id} is refused by no violation`),
    ...(pass.outcomes.length === expected ? [] : [`pass ${number} has ${pass.outcomes.length} outcomes`]),
    ...unwritten
      .filter((change) => !isDeletion(change))
      .map(({ id }) => `${id} is called applied, unwritten`),
    ...pass.outcomes
      .filter(({ status, change }) => status === "applied" && isUndone(change, assignmentsAfter))
      .map(({ change }) => `${change.id} is called applied, and is not so`),
    ...pass.violations
      .filter(({ guard }) => guard === "protected" || guard === "permission-set-still-named")
      .map(({ guard }) => `the planner left ${guard} to the guards`),
  ];
};

/** I12: one line of the audit for every change that was tried, skipped or refused, with who asked for it. */
const auditsEveryChange: Invariant = ({ pass, audit, number }) => {
  if (pass === undefined) return [];
  const lines = new Map(pass.plan.changes.map(({ id }) => [id, 0]));
  for (const { change } of audit) lines.set(change, (lines.get(change) ?? 0) + 1);
  const odd = [...lines].filter(([, count]) => count !== 1);
  const anonymous = audit.filter(
    ({ runId, records, change }) => runId === "" || asked(pass, change) !== records.length,
  );
  return [
    ...odd.map(([id, count]) => `${id} has ${count} lines in the audit of pass ${number}`),
    ...anonymous.map(({ change }) => `the audit does not say who asked for ${change}`),
  ];
};

function asked({ plan }: NonNullable<PassRun["pass"]>, id: string): number | undefined {
  return plan.changes.find((change) => change.id === id)?.records.length;
}

/** I12: every record that cannot be understood has a problem its author is told. */
const tellsEveryAuthor: Invariant = ({ pass, seen }) => {
  if (pass === undefined) return [];
  const told = new Set([
    ...pass.desired.issues.map(({ record }) => record.id),
    ...pass.desired.waiting.map(({ record }) => record.id),
  ]);
  return [...seen.sets, ...seen.assignments]
    .filter(({ flaw, id }) => flaw !== undefined && !told.has(String(id)))
    .map(({ id, flaw }) => `record ${id} has a flaw (${flaw}) that nobody is told`);
};

/** I12: every record that guardrails deny something is told so. */
const tellsWhatIsDenied: Invariant = (run) => {
  const expected = expectationsIn(run);
  if (run.pass === undefined || expected === undefined) return [];
  const told = new Set(
    run.pass.desired.issues.flatMap(({ code, record }) =>
      code.endsWith(".denied-by-guardrail") ? [Number(record.id)] : [],
    ),
  );
  return [...expected.denied.values()]
    .filter((id) => !told.has(id))
    .map((id) => `record ${id} asks for what guardrails deny, and nobody is told`);
};

function expectationsIn({ actual, seen, rulebook }: PassRun): Expectations | undefined {
  return actual === undefined ? undefined : expectationsOf(seen, actual, rulebook);
}

const invariants: Readonly<Record<string, Invariant>> = {
  I1: writesOnlyToItsOwn,
  I2: leavesProtectedAlone,
  I3: writesNothingAfterAnIncompleteRead,
  I4: deletesNothingForAnEmptyApp,
  I5: staysWithinTheLimits,
  "I5 day": staysWithinTheDay,
  I7: makesFewAdministrators,
  "I7 granted": grantsNothingDenied,
  "I7 edited": makesNobodyWhatIsDenied,
  "I7 kept": removesWhatIsDeniedOnlyWhereEnforced,
  "I6 held": holdsWhatAnUntrustedRecordGranted,
  "I6 kept": keepsWhatIsAskedFor,
  "I6 granted": grantsOnlyWhatIsAskedFor,
  "I6 defined": definesOnlyWhatIsWritten,
  "I6 deleted": deletesOnlySetsNobodyDefines,
  "I12 truth": tellsTheTruth,
  "I12 audit": auditsEveryChange,
  "I12 told": tellsEveryAuthor,
  "I12 denied": tellsWhatIsDenied,
};

/** What the pass broke of all that, each with its promise. */
export function brokenBy(run: PassRun): readonly string[] {
  return Object.entries(invariants).flatMap(([name, invariant]) =>
    invariant(run).map((problem) => `${name}: ${problem} (pass ${run.number})`),
  );
}
