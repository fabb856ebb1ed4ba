import type { ActualState } from "../model/actual-state.ts";
import { type DesiredAssignment, principalKey } from "../model/assignment.ts";
import type { AccessRules } from "../model/config.ts";
import type { DesiredState } from "../model/desired-state.ts";
import { groupBy } from "../model/group-by.ts";
import {
  type Memory,
  newcomerTest,
  unmetTest,
  type ReadingMemory,
  type PeopleMemory,
  type RequestMemory,
  type RecordFacts,
  type MeaningMemory,
} from "../model/memory.ts";
import type { Places } from "../model/places.ts";
import { recordKey, type RecordRef } from "../model/record.ts";
import type { AssignmentRecord, PermissionSetRecord } from "../model/typed-record.ts";
import { buildAssignments } from "./build-assignments.ts";
import { buildPermissionSets, type DesiredPermissionSets } from "./build-permission-sets.ts";
import { judgeDurations, type Periods } from "./duration-limits.ts";
import { findEarlierClasses } from "./earlier-classes.ts";
import { countNames, findUnmatched } from "./find-unmatched.ts";
import { type Gated, passGate } from "./gate.ts";
import type { KnownHolders } from "./holders.ts";
import { judgeByGuardrails } from "./guardrails.ts";
import { holdDeniedSets } from "./hold-denied-sets.ts";
import { holdReplacedSets } from "./hold-replaced-sets.ts";
import { listTimed, notOver, periodStates } from "./period.ts";
import { indexPermissionSets, type PermissionSetNames } from "./permission-set-names.ts";
import { type AccountIndex, buildAccountIndex } from "./resolve-accounts.ts";
import { buildPolicyIndex, type PolicyIndex } from "./resolve-policies.ts";
import { buildPrincipalIndex, type UserRules } from "./resolve-principals.ts";
import { denyDynamicAdministrators } from "./targets/deny-dynamic.ts";
import type { TargetLookups } from "./targets/expand-targets.ts";
import type { WholeLines } from "./whole-lines.ts";
import { buildUnitIndex } from "./targets/unit-index.ts";

export interface DesiredStateInput {
  readonly permissionSets: readonly PermissionSetRecord[];
  readonly assignments: readonly AssignmentRecord[];
  /** For the directory, and for names that sets in Identity Center already have. */
  readonly actual: ActualState;
  readonly rules: AccessRules;
  /** Where accounts stand; undefined when no record asks, and when it could not be read. */
  readonly places?: Places | undefined;
  readonly recordUrl: (record: RecordRef) => string;
  readonly nowMs: number;
  /** How far the services' clock is ahead of that. */
  readonly clockAheadMs?: number | undefined;
  /** What an earlier pass saw records ask for. */
  readonly memory?: RequestMemory & MeaningMemory & PeopleMemory & RecordFacts & ReadingMemory;
}

/** What the records say, whatever order they come in: names resolved to ids, problems told, and whatever cannot be trusted held. */
export function buildDesiredState(input: DesiredStateInput): DesiredState {
  const { actual, rules } = input;
  const { directory } = actual;
  const gated = gate(input);
  const { permissionSets: permissionSetRecords, assignments: assignmentRecords } = gated;
  const periods = periodStates(assignmentRecords, input.nowMs, input.clockAheadMs);
  const live = notOver(assignmentRecords, periods);
  const policies = policiesOf(actual);
  const { meanings, wholes, ...known } = believed(input);
  const { sets, names, built } = defineSets(permissionSetRecords, live, {
    ...input,
    policies,
    meanings,
    wholes,
    gated,
  });
  const accounts = buildAccountIndex(directory, rules.protected.accounts);
  const users = userRulesOf(input);
  const nameCounts = countNames({
    permissionSets: permissionSetRecords,
    assignments: live,
    accounts,
    policies,
    users,
    directoryUsers: directory.users,
  });
  const { assignments, held, issues, ...passedOn } = buildAssignments(assignmentRecords, {
    names,
    meanings,
    targets: lookUpTargets(input, accounts),
    users,
    periods,
    remembered: rememberedBy(input),
    disabled: disabledUsers(input),
    pendingNames: gated.pendingNames,
    ...known,
    wholes: built.wholes,
  });
  const { judged, classes } = judgeRequests(assignments, sets, input);
  return {
    ...passedOn,
    permissionSets: sets.permissionSets,
    assignments: judged.allowed,
    deniedAssignments: judged.denied,
    heldPermissionSets: sets.held,
    namedPermissionSets: indexNamed(live),
    heldAssignments: held,
    formerRequests: listFormerRequests(rememberedBy(input), assignmentRecords),
    classes,
    ...(judged.reclassified.length === 0 ? {} : { reclassified: judged.reclassified }),
    timed: listTimed(assignmentRecords, periods),
    ...leftOf(gated),
    issues: [...sets.issues, ...gated.issues, ...issues, ...judged.issues],
    ...matched(nameCounts),
  };
}

function gate(input: DesiredStateInput): Gated {
  return passGate({
    ...input,
    permissionSets: input.permissionSets.toSorted(byId),
    assignments: input.assignments.toSorted(byId),
    memory: input.memory && { ...input.memory, requests: rememberedBy(input) },
  });
}

function matched(names: NonNullable<DesiredState["names"]>): Pick<DesiredState, "names" | "unmatched"> {
  const unmatched = findUnmatched(names);
  return { names, ...(unmatched.length === 0 ? {} : { unmatched }) };
}

/** What of the gate is told, and kept for the next pass. */
function leftOf({ records, remembered }: Gated): Pick<DesiredState, "gated" | "gates"> {
  return {
    ...(records.length === 0 ? {} : { gated: records }),
    ...(Object.keys(remembered).length === 0 ? {} : { gates: remembered }),
  };
}

function userRulesOf(input: DesiredStateInput): UserRules {
  const { actual, rules, nowMs } = input;
  const { directory } = actual;
  const { principals, protected: guarded } = rules;
  const index = buildPrincipalIndex(directory, principals.userMatch, guarded.principals);
  return { index, rules: principals, nowMs, known: knownHolders(input) };
}

/** What memory tells of records; ids of another instance mean nothing here. */
function believed({ memory, actual }: DesiredStateInput) {
  const known: DesiredStateInput["memory"] & object =
    memory?.instanceArn === actual.instance.arn ? memory : {};
  return {
    meanings: known.meanings ?? {},
    wholes: memory?.wholes ?? {},
    hadEnd: (record: RecordRef) => Object.hasOwn(memory?.ends ?? {}, recordKey(record)),
    isNew: newcomerTest(known),
    isUnmet: unmetTest(known),
    orphaned: memory?.requests === undefined ? orphanedSets(actual) : new Set<string>(),
  };
}

/** Whom names meant before; ids of another instance mean nothing here. */
function knownHolders({ memory, actual }: DesiredStateInput): KnownHolders {
  if (memory === undefined || memory.instanceArn !== actual.instance.arn)
    return { seenRevision: () => undefined };
  const { holders = {}, formerHolders = {}, requests = {} } = memory;
  const earlier = new Set(memory.earlierRecords);
  return {
    holders,
    formerHolders,
    seenRevision: (record) => {
      const key = recordKey(record);
      const seen = Object.hasOwn(requests, key) ? requests[key]?.revision : undefined;
      return seen ?? (earlier.has(key) ? record.revision : undefined);
    },
  };
}

interface SetContext {
  readonly actual: ActualState;
  readonly rules: AccessRules;
  readonly recordUrl: (record: RecordRef) => string;
  readonly policies: PolicyIndex;
  readonly meanings: NonNullable<Memory["meanings"]>;
  readonly wholes: WholeLines;
  readonly gated: Gated;
}

/** The sets that the records define, as far as they can be trusted, and what names mean them. */
function defineSets(
  records: readonly PermissionSetRecord[],
  assignmentRecords: readonly AssignmentRecord[],
  { actual, rules, recordUrl, policies, meanings, wholes, gated: { heldSets } }: SetContext,
) {
  const trusted = buildPermissionSets(records, actual.permissionSets, {
    policies,
    recordUrl,
    wholes,
    protectedSets: new Set(rules.protected.permissionSets),
  });
  const built = { ...trusted, held: [...trusted.held, ...heldSets] };
  const givenNames = new Map([
    ...indexGivenNames(records),
    ...heldSets.map(({ record, name = "" }) => [record.id, name] as const),
  ]);
  const namesOf = ({ permissionSets, held }: DesiredPermissionSets): PermissionSetNames =>
    indexPermissionSets(permissionSets, held, actual.permissionSets, givenNames);
  const kept = holdReplacedSets(built, {
    actual: actual.permissionSets,
    names: namesOf(built),
    meanings,
    assignmentRecords,
  });
  const sets = holdDeniedSets(kept, { guardrails: rules.guardrails, actual });
  return { built, sets, names: namesOf(sets) };
}

function periodsOf({ assignments, memory, nowMs }: DesiredStateInput): Periods {
  const ends = memory?.ends ?? {};
  return {
    periods: new Map(assignments.map(({ ref, period }) => [recordKey(ref), period])),
    grantedAtMs: (record) => {
      const key = recordKey(record);
      const at = Object.hasOwn(ends, key) ? ends[key]?.grantedAt : undefined;
      return at === undefined ? undefined : Date.parse(at);
    },
    nowMs,
  };
}

function policiesOf({ instance, directory }: ActualState): PolicyIndex {
  return buildPolicyIndex(directory.managedPolicies, instance.arn.split(":")[1] ?? "aws");
}

function lookUpTargets({ rules, places, nowMs }: DesiredStateInput, index: AccountIndex): TargetLookups {
  return { index, rules: rules.targets, units: places && buildUnitIndex(places), nowMs };
}

function judgeRequests(
  assignments: readonly DesiredAssignment[],
  { permissionSets }: DesiredPermissionSets,
  input: DesiredStateInput,
) {
  const { actual, memory, rules } = input;
  const { guardrails, targets } = rules;
  const ownMemory = memory?.instanceArn === actual.instance.arn ? memory : undefined;
  const { earlier, classes } = findEarlierClasses(permissionSets, actual, guardrails, ownMemory);
  const context = { guardrails, permissionSets, actual, earlier };
  const allowed = denyDynamicAdministrators(judgeByGuardrails(assignments, context), context, targets);
  return { judged: judgeDurations(allowed, context, periodsOf(input)), classes };
}

/** Those of whom the configuration says that they lose what they have. */
function disabledUsers({ actual, rules }: DesiredStateInput): ReadonlySet<string> {
  if (rules.principals.disabledUsers !== "revoke") return new Set();
  const disabled = actual.directory.users.filter(({ enabled }) => !enabled);
  return new Set(disabled.map(({ id }) => principalKey({ type: "USER", id })));
}

/** The sets that users or groups have who are not in the directory any more. */
function orphanedSets({ assignments, directory }: ActualState): ReadonlySet<string> {
  const present = new Set<string>([...directory.users, ...directory.groups].map(({ id }) => id));
  return new Set(
    assignments.filter(({ principal }) => !present.has(principal.id)).map((one) => one.permissionSet),
  );
}

/** By record id, the name that a permission-set record gives, where it can be read; a record without one is there as well. */
function indexGivenNames(records: readonly PermissionSetRecord[]): ReadonlyMap<string, string> {
  return new Map(records.map(({ ref, name }) => [ref.id, name ?? ""]));
}

function indexNamed(records: readonly AssignmentRecord[]): DesiredState["namedPermissionSets"] {
  const named = records.flatMap(({ ref, permissionSet }) =>
    permissionSet === undefined ? [] : [{ ref, permissionSet }],
  );
  const byName = groupBy(named, ({ permissionSet }) => permissionSet);
  return new Map([...byName].map(([name, ofName]) => [name, ofName.map(({ ref }) => ref)]));
}

function listFormerRequests(
  remembered: NonNullable<Memory["requests"]>,
  records: readonly AssignmentRecord[],
): DesiredState["formerRequests"] {
  const known = new Map(records.map(({ ref }) => [recordKey(ref), ref]));
  return Object.entries(remembered).map(([key, { revision, permissionSets, accounts, principals }]) => ({
    record: known.get(key) ?? { app: "assignments", id: key.slice(key.indexOf("/") + 1), revision },
    permissionSets: new Set(permissionSets),
    accounts: new Set(accounts),
    principals: new Set(principals),
  }));
}

/** Ids of another instance mean nothing here. */
function rememberedBy({ memory, actual }: DesiredStateInput): NonNullable<Memory["requests"]> {
  return memory?.instanceArn === actual.instance.arn ? (memory.requests ?? {}) : {};
}

function byId(a: { readonly ref: RecordRef }, b: { readonly ref: RecordRef }): number {
  return Number(a.ref.id) - Number(b.ref.id);
}
