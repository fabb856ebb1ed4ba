import {
  type Assignment,
  assignmentKey,
  type DesiredAssignment,
  type Principal,
  principalKey,
} from "../model/assignment.ts";
import type { HeldAssignments, HoldReason, Waiting } from "../model/desired-state.ts";
import type { AccountId } from "../model/ids.ts";
import { createIssue, holdsRecord, type Issue } from "../model/issue.ts";
import { groupBy } from "../model/group-by.ts";
import type { RecordRef } from "../model/record.ts";
import { shorten } from "../model/text.ts";
import type { AssignmentRecord } from "../model/typed-record.ts";
import { suggestNames } from "./nearest-names.ts";
import type { NamedPermissionSet } from "./permission-set-names.ts";
import { type AccountIndex, resolveAccount } from "./resolve-accounts.ts";
import { resolveGroup, resolveUser, type UserRules } from "./resolve-principals.ts";

export interface DesiredAssignments {
  readonly assignments: readonly DesiredAssignment[];
  readonly held: readonly HeldAssignments[];
  readonly waiting: readonly Waiting[];
  readonly issues: readonly Issue[];
}

export interface AssignmentLookups {
  readonly names: ReadonlyMap<string, NamedPermissionSet>;
  readonly accounts: AccountIndex;
  readonly users: UserRules;
}

/** Turns assignment records, given in id order, into single assignments; what an untrusted record may have granted is held by pattern. */
export function buildAssignments(
  records: readonly AssignmentRecord[],
  lookups: AssignmentLookups,
): DesiredAssignments {
  const resolved = records.map((record) => resolveRecord(record, lookups));
  const overfull = findOverfullPairs(resolved.filter(isTrusted));
  const judged = resolved.map((one) => withIssues(one, overfull.get(one.ref.id) ?? []));
  return {
    assignments: mergeSources(judged.filter(isTrusted)),
    held: judged.flatMap(holdPattern),
    waiting: judged.flatMap(({ ref, waiting }) => waiting.map((userName) => ({ record: ref, userName }))),
    issues: judged.flatMap(({ issues }) => issues),
  };
}

interface ResolvedRecord {
  readonly ref: RecordRef;
  readonly permissionSet?: NamedPermissionSet;
  readonly typedName?: string;
  readonly accounts: readonly AccountId[];
  readonly principals: readonly Principal[];
  readonly waiting: readonly string[];
  readonly issues: readonly Issue[];
  /** Whether every entry of the part stands for something that exists. */
  readonly complete: { readonly accounts: boolean; readonly principals: boolean };
}

function resolveRecord(record: AssignmentRecord, lookups: AssignmentLookups): ResolvedRecord {
  const { ref } = record;
  const issues: Issue[] = [...record.issues];
  const permissionSet = resolveName(record, lookups.names, issues);
  const accounts = (record.accounts ?? [])
    .map((text) => resolveAccount(text, ref, lookups.accounts, issues))
    .filter((id) => id !== undefined);
  const { principals, waiting, allKnown } = resolvePrincipals(record, lookups.users, issues);
  return {
    ref,
    ...(permissionSet === undefined ? {} : { permissionSet }),
    ...(record.permissionSet === undefined ? {} : { typedName: record.permissionSet }),
    accounts: [...new Set(accounts)],
    principals,
    waiting,
    issues,
    complete: { accounts: record.accounts?.length === accounts.length, principals: allKnown },
  };
}

interface ResolvedPrincipals {
  readonly principals: readonly Principal[];
  readonly waiting: readonly string[];
  readonly allKnown: boolean;
}

function resolvePrincipals(record: AssignmentRecord, users: UserRules, issues: Issue[]): ResolvedPrincipals {
  const { ref, users: typedUsers = [], groups: typedGroups = [] } = record;
  const matches = typedUsers.map((entry) => resolveUser(entry, ref, users, issues));
  const found = matches.flatMap((match) => (match.kind === "found" ? [match.principal] : []));
  const waiting = matches.flatMap((match) => (match.kind === "waiting" ? [match.userName] : []));
  const groups = typedGroups
    .map((text) => resolveGroup(text, ref, users.index, issues))
    .filter((group) => group !== undefined);
  const readable = record.users !== undefined && record.groups !== undefined;
  const allKnown = matches.every(isSettled) && groups.length === typedGroups.length;
  const named = typedUsers.length + typedGroups.length > 0;
  const principals = new Map([...found, ...groups].map((principal) => [principalKey(principal), principal]));
  return {
    principals: [...principals.values()],
    waiting: [...new Set(waiting)],
    allKnown: readable && named && allKnown,
  };
}

function isSettled({ kind }: { readonly kind: string }): boolean {
  return kind === "found" || kind === "none";
}

function resolveName(
  { ref, permissionSet: typed }: AssignmentRecord,
  names: ReadonlyMap<string, NamedPermissionSet>,
  issues: Issue[],
): NamedPermissionSet | undefined {
  if (typed === undefined) return undefined;
  const named = names.get(typed);
  const name = shorten(typed);
  if (named === undefined) {
    const suggestions = suggestNames(typed, names.keys(), issues);
    issues.push(
      createIssue("assignment.permission-set-unknown", ref, "permissionSet", { name, suggestions }),
    );
  } else if (named.heldBy !== undefined) {
    const params = { name, otherRecord: named.heldBy };
    issues.push(createIssue("assignment.permission-set-held", ref, "permissionSet", params));
  } else if (named.renamedFrom !== undefined) {
    const params = { name, newName: named.name };
    issues.push(createIssue("assignment.permission-set-renamed", ref, "permissionSet", params));
  }
  return named;
}

function isTrusted({ issues }: ResolvedRecord): boolean {
  return !issues.some(({ code }) => holdsRecord(code));
}

function withIssues(record: ResolvedRecord, issues: readonly Issue[]): ResolvedRecord {
  return issues.length === 0 ? record : { ...record, issues: [...record.issues, ...issues] };
}

// https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html
const mostGroupsPerPair = 100;

/** Issues, by record, where trusted records together assign more groups to one set in one account than AWS takes. */
function findOverfullPairs(records: readonly ResolvedRecord[]): ReadonlyMap<string, readonly Issue[]> {
  const groupAssignments = records.flatMap((record) =>
    expand(record)
      .filter(({ principal }) => principal.type === "GROUP")
      .map((assignment) => ({ assignment, ref: record.ref })),
  );
  const pairs = groupBy(
    groupAssignments,
    ({ assignment }) => `${assignment.permissionSet}/${assignment.account}`,
  );
  const issues = [...pairs.values()].flatMap((pair) => {
    const [first] = pair;
    const count = new Set(pair.map(({ assignment }) => assignment.principal.id)).size;
    if (first === undefined || count <= mostGroupsPerPair) return [];
    const { permissionSet, account } = first.assignment;
    const params = { name: permissionSet, account, count, limit: mostGroupsPerPair };
    const refs = new Map(pair.map(({ ref }) => [ref.id, ref]));
    return [...refs.values()].map((ref) => createIssue("assignment.too-many-groups", ref, "groups", params));
  });
  return groupBy(issues, ({ record }) => record.id);
}

function expand(record: ResolvedRecord): readonly Assignment[] {
  const { permissionSet, accounts, principals } = record;
  if (permissionSet === undefined) return [];
  return accounts.flatMap((account) =>
    principals.map((principal) => ({ permissionSet: permissionSet.name, account, principal })),
  );
}

/** One desired assignment per key, with every record that asks for it. */
function mergeSources(records: readonly ResolvedRecord[]): readonly DesiredAssignment[] {
  const merged = new Map<string, Assignment & { readonly records: RecordRef[] }>();
  for (const record of records) {
    for (const assignment of expand(record)) {
      const key = assignmentKey(assignment);
      const known = merged.get(key);
      if (known === undefined) merged.set(key, { ...assignment, records: [record.ref] });
      else if (known.records.at(-1) !== record.ref) known.records.push(record.ref);
    }
  }
  return [...merged.values()];
}

function holdPattern(record: ResolvedRecord): readonly HeldAssignments[] {
  const reason = holdReason(record);
  if (reason === undefined) return [];
  const { permissionSet, typedName, accounts, principals, complete } = record;
  const names = [permissionSet?.name, typedName, ...(permissionSet?.actualNames ?? [])].filter(
    (name) => name !== undefined,
  );
  return [
    {
      record: record.ref,
      permissionSets: permissionSet === undefined ? "any" : new Set(names),
      accounts: complete.accounts ? new Set(accounts) : "any",
      principals: complete.principals ? new Set(principals.map(principalKey)) : "any",
      reason,
    },
  ];
}

function holdReason(record: ResolvedRecord): HoldReason | undefined {
  if (!isTrusted(record)) return "record-has-issues";
  return record.waiting.length > 0 ? "principal-waiting" : undefined;
}
