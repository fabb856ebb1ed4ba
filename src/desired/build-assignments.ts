import { type DesiredAssignment, type Principal, principalKey } from "../model/assignment.ts";
import type { HeldAssignments, HoldReason, TargetExpansion, Waiting } from "../model/desired-state.ts";
import type { AccountId } from "../model/ids.ts";
import { holdsRecord, type Issue } from "../model/issue.ts";
import {
  amongUnknown,
  asksForNothing,
  neverCarriedOut,
  type PeopleMemory,
  type RememberedMeaning,
  type RememberedRequest,
  uniteRequests,
} from "../model/memory.ts";
import type { PeriodState } from "../model/period.ts";
import { recordKey, type RecordRef } from "../model/record.ts";
import type { AssignmentRecord } from "../model/typed-record.ts";
import { findOverfullPairs } from "./find-overfull-pairs.ts";
import { type HolderNotes, peopleIn } from "./holders.ts";
import { indexNames, type NameIndex } from "./nearest-names.ts";
import { isOver, notOver, type PeriodStates, withPatience } from "./period.ts";
import type { NamedPermissionSet, PermissionSetNames } from "./permission-set-names.ts";
import { type LineReadings, readEntries } from "./read-entries.ts";
import { accountExists } from "./resolve-accounts.ts";
import { mergeSources } from "./merge-sources.ts";
import { lastApproved, mayHaveGranted, type RecordText, type TextPart } from "./may-have-granted.ts";
import { resolveName } from "./resolve-name.ts";
import { resolvePrincipals } from "./resolve-record-principals.ts";
import type { UserRules } from "./resolve-principals.ts";
import {
  type Expansion,
  expandTargets,
  hasShrunk,
  movedSince,
  type TargetLookups,
} from "./targets/expand-targets.ts";
import { uniteWholes, wasWholeIn, type WholeLines } from "./whole-lines.ts";

export interface DesiredAssignments {
  readonly assignments: readonly DesiredAssignment[];
  /** What records would ask for whose names are another person's by now. */
  readonly withheldAssignments: readonly DesiredAssignment[];
  readonly people: Required<PeopleMemory>;
  readonly held: readonly HeldAssignments[];
  readonly waiting: readonly Waiting[];
  readonly issues: readonly Issue[];
  /** By record key, what records ask for that are carried out. */
  readonly requests: Readonly<Record<string, RememberedRequest>>;
  /** By record key, which record's set the name in each record means. */
  readonly meanings: Readonly<Record<string, RememberedMeaning>>;
  readonly wholes: WholeLines;
  /** What the entries of records stand for today that name more than single accounts. */
  readonly expansions: readonly TargetExpansion[];
}

export interface AssignmentLookups extends EarlierRequests {
  readonly names: PermissionSetNames;
  /** By record key, what an earlier pass took the names in records for. */
  readonly meanings: Readonly<Record<string, RememberedMeaning>>;
  /** By the name that they give, the records of sets that have never been approved. */
  readonly pendingNames: ReadonlyMap<string, RecordRef>;
  readonly targets: TargetLookups;
  readonly users: UserRules;
  /** Keys of the users who lose what they have, because they are disabled. */
  readonly disabled: ReadonlySet<string>;
  readonly periods: PeriodStates;
  /** Whether memory knows of an end that the record gave. */
  readonly hadEnd: (record: RecordRef) => boolean;
  readonly wholes: WholeLines;
}

/** What records asked for before this pass. */
interface EarlierRequests {
  /** By record key, what an earlier pass saw records ask for. */
  readonly remembered: Readonly<Record<string, RememberedRequest>>;
  /** Whether the record has been made since memory began, and met by no pass before. */
  readonly isNew: (record: RecordRef) => boolean;
  /** Whether no pass with this memory has met the record. */
  readonly isUnmet: (record: RecordRef) => boolean;
  /** Without a memory, the sets that users and groups have who are gone: a line of names may have been the name of one. */
  readonly orphaned: ReadonlySet<string>;
}

/** Turns assignment records, given in id order, into single assignments; what an untrusted record may have granted is held by pattern. */
export function buildAssignments(
  records: readonly AssignmentRecord[],
  lookups: AssignmentLookups,
): DesiredAssignments {
  const setNames = indexNames(lookups.names.byName.keys());
  const live = notOver(records, lookups.periods);
  const resolved = live.map((record) => resolveRecord(record, { ...lookups, setNames }));
  const overfull = findOverfullPairs(resolved.filter(isCarriedOut));
  const judged = resolved.map((one) => withIssues(one, overfull.get(one.ref.id) ?? []));
  const over = records.filter((record) => isOver(record, lookups.periods));
  const requests = judged.flatMap((record) => requestOf(record, lookups));
  return {
    assignments: mergeSources(judged.filter(isCarriedOut)),
    withheldAssignments: mergeSources(
      judged.filter(isCarriedOut).map((one) => ({ ...one, principals: one.withheld })),
    ),
    people: peopleIn(judged),
    held: judged.flatMap((record) => holdPattern(record, lookups)),
    waiting: judged.flatMap(({ ref, waiting }) => waiting.map((userName) => ({ record: ref, userName }))),
    issues: judged.flatMap(({ issues }) => issues),
    requests: Object.fromEntries([...requests, ...over.map(({ ref }) => nothingOf(ref))]),
    meanings: Object.fromEntries(
      resolved.flatMap(({ ref, meaning }) => (meaning === undefined ? [] : [[recordKey(ref), meaning]])),
    ),
    wholes: uniteWholes(lookups.wholes, judged),
    expansions: judged.filter(isCarriedOut).flatMap((record) => expansionOf(record, lookups)),
  };
}

interface ResolvedRecord {
  readonly ref: RecordRef;
  readonly period: PeriodState;
  readonly permissionSet?: NamedPermissionSet;
  readonly typedName?: string;
  /** What to remember of the name. */
  readonly meaning: RememberedMeaning | undefined;
  readonly targets: Expansion;
  readonly entries: number;
  /** Whether AWS has taken more accounts out of what the entries stand for than it may without a person. */
  readonly isShrunk: boolean;
  /** Whether it had an end, and the app has no field for one any more. */
  readonly hasLostEnd: boolean;
  readonly accounts: readonly AccountId[];
  readonly principals: readonly Principal[];
  readonly withheld: readonly Principal[];
  readonly notes: HolderNotes;
  readonly waiting: readonly string[];
  readonly issues: readonly Issue[];
  readonly wholes: readonly string[];
  readonly states: Readonly<Record<"permissionSet" | "accounts" | "users" | "groups", TextPart["state"]>>;
}

interface RecordLookups extends AssignmentLookups {
  readonly setNames: NameIndex;
}

function resolveRecord(record: AssignmentRecord, lookups: RecordLookups): ResolvedRecord {
  const { ref } = record;
  const issues: Issue[] = [...record.issues];
  const { permissionSet, meaning } = resolveName(record, lookups, issues);
  const readings = readingsOf(record, permissionSet, lookups);
  const notes: HolderNotes = { holders: new Map(), former: new Map() };
  const about = { issues, readings, notes };
  const typedAccounts = readEntries(record.accounts ?? [], {
    ...about,
    record: ref,
    field: "accounts",
    exists: (text) => accountExists(text, lookups.targets.index),
    textOf: (text) => text,
  });
  const targets = expandTargets(typedAccounts, ref, lookups.targets, issues);
  const period = lookups.periods.get(ref.id) ?? "in-force";
  const isBegun = period !== "not-begun" && period !== "pending";
  const users = isBegun ? lookups.users : withPatience(lookups.users);
  const { principals, withheld, waiting, states } = resolvePrincipals(record, users, about);
  return {
    ref,
    period,
    ...(permissionSet === undefined ? {} : { permissionSet }),
    ...(record.permissionSet === undefined ? {} : { typedName: record.permissionSet }),
    targets,
    hasLostEnd: record.lacksEnd && lookups.hadEnd(ref),
    isShrunk: hasShrunk(targets, findRemembered(ref, lookups.remembered), ref),
    entries: typedAccounts.length,
    accounts: targets.accounts,
    principals,
    withheld,
    notes,
    waiting: isBegun ? waiting : [],
    issues,
    meaning,
    wholes: readings.wholes,
    states: {
      ...states,
      permissionSet: stateOf(record, "permissionSet", permissionSet !== undefined),
      accounts: stateOf(record, "accounts", targets.isWhole),
    },
  };
}

function expansionOf(
  { ref, permissionSet, targets, accounts, entries }: ResolvedRecord,
  { remembered }: EarlierRequests,
): readonly TargetExpansion[] {
  if (!targets.hasPatterns) return [];
  const before = findRemembered(ref, remembered);
  const moved = before?.revision === ref.revision ? movedSince(before, accounts) : {};
  const set = permissionSet === undefined ? {} : { permissionSet: permissionSet.name };
  return [{ record: ref, ...set, entries, accounts, ...moved }];
}

/** What is left out is blank where the author left it so, and may have been anything where it cannot be read. */
function stateOf(
  record: AssignmentRecord,
  field: "permissionSet" | "accounts",
  isResolved: boolean,
): TextPart["state"] {
  if (record[field] !== undefined) return isResolved ? "told" : "open";
  const isBlank = record.issues.some((issue) => issue.field === field && issue.code === "field.required");
  return isBlank ? "blank" : "open";
}

function readingsOf(
  { ref }: AssignmentRecord,
  permissionSet: NamedPermissionSet | undefined,
  { wholes, remembered, orphaned }: AssignmentLookups,
): LineReadings {
  const wasWhole = wasWholeIn(wholes, ref);
  const before = findRemembered(ref, remembered);
  const names = permissionSet === undefined ? [] : [permissionSet.name, ...permissionSet.actualNames];
  const mayBeGone = names.some((name) => orphaned.has(name));
  return {
    wasWhole: (line) => mayBeGone || wasWhole(line),
    isCarriedOut: before !== undefined && !asksForNothing(before),
    wholes: [],
  };
}

function isTrusted({ issues }: ResolvedRecord): boolean {
  return !issues.some(({ code }) => holdsRecord(code));
}

function isCarriedOut(record: ResolvedRecord): boolean {
  return record.period === "in-force" && isTrusted(record) && !isKept(record);
}

/** Whether what the record granted stays, whatever it stands for now, though its author has done nothing wrong. */
function isKept({ targets, isShrunk, hasLostEnd }: ResolvedRecord): boolean {
  return targets.isUnread || isShrunk || hasLostEnd;
}

function withIssues(record: ResolvedRecord, issues: readonly Issue[]): ResolvedRecord {
  return issues.length === 0 ? record : { ...record, issues: [...record.issues, ...issues] };
}

/** What is held for the record, and why. */
function holdPattern(record: ResolvedRecord, lookups: AssignmentLookups): readonly HeldAssignments[] {
  const reason = holdReason(record);
  if (reason === undefined) return [];
  const { ref } = record;
  const { orphaned, isNew, isUnmet, disabled } = lookups;
  const isPending = record.period === "pending";
  const keepsOrphans = orphaned.size > 0 && record.wholes.length > 0;
  const isNewcomer = isPending ? isUnmet(ref) : isNew(ref);
  const about = {
    record: ref,
    reason,
    ...(keepsOrphans ? { keepsOrphans } : {}),
    ...(isNewcomer ? { isNewcomer } : {}),
    ...(isPending ? { without: disabled } : {}),
  };
  const grantedBy = isPending ? lastApproved : mayHaveGranted;
  return grantedBy(textOf(record), findRemembered(ref, lookups.remembered)).map((granted) => ({
    ...about,
    ...granted,
  }));
}

function textOf(record: ResolvedRecord): RecordText {
  const { states, principals } = record;
  const { permissionSets, accounts } = readableParts(record);
  const ofType = (wanted: Principal["type"]): readonly string[] =>
    principals.filter(({ type }) => type === wanted).map(principalKey);
  return {
    revision: record.ref.revision,
    permissionSets: { named: permissionSets, state: states.permissionSet },
    accounts: { named: accounts, state: states.accounts },
    users: { named: ofType("USER"), state: states.users },
    groups: { named: ofType("GROUP"), state: states.groups },
  };
}

function findRemembered(
  ref: RecordRef,
  remembered: AssignmentLookups["remembered"],
): RememberedRequest | undefined {
  const key = recordKey(ref);
  return Object.hasOwn(remembered, key) ? remembered[key] : undefined;
}

function readableParts({ permissionSet, typedName, accounts, principals }: ResolvedRecord) {
  const names = [permissionSet?.name, typedName, ...(permissionSet?.actualNames ?? [])];
  return {
    permissionSets: [...new Set(names.filter((name) => name !== undefined))],
    accounts,
    principals: principals.map(principalKey),
  };
}

function nothingOf(ref: RecordRef): readonly [string, RememberedRequest] {
  return [recordKey(ref), neverCarriedOut(ref.revision)];
}

/**
 * What a record asks for that is carried out: nothing before it begins. One that waits for a user is so in part, and what it asked for before stays;
 * when what that was is not known, it must not count as nothing.
 */
function requestOf(
  record: ResolvedRecord,
  { remembered, isNew }: EarlierRequests,
): readonly (readonly [string, RememberedRequest])[] {
  const { ref, waiting } = record;
  if (record.period === "pending") return [];
  if (!isTrusted(record)) return [];
  if (record.period === "unclear") return [];
  if (record.period === "not-begun") return [nothingOf(ref)];
  if (isKept(record)) return [];
  const key = recordKey(ref);
  const now = { revision: ref.revision, ...readableParts(record) };
  if (waiting.length === 0 || isNew(ref)) return [[key, now]];
  const before = findRemembered(ref, remembered);
  return [[key, before === undefined ? amongUnknown(now) : uniteRequests(before, now)]];
}

function holdReason(record: ResolvedRecord): HoldReason | undefined {
  if (record.period === "pending") return "waits-for-approval";
  if (!isTrusted(record)) return "record-has-issues";
  if (record.hasLostEnd) return "end-unknown";
  if (record.period === "unclear") return "clocks-apart";
  if (record.targets.isUnread) return "targets-unread";
  if (record.isShrunk) return "targets-shrank";
  return record.waiting.length > 0 ? "principal-waiting" : undefined;
}
