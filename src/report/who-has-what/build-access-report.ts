import { classify } from "../../access/administrator-class.ts";
import { isPossibleAdministrator } from "../../access/judge-definition.ts";
import type {
  AccessLine,
  AccessRecord,
  AccessReport,
  AccessSet,
  AccessStanding,
} from "../../model/access-report.ts";
import { type Assignment, assignmentKey } from "../../model/assignment.ts";
import { covers } from "../../model/desired-state.ts";
import type { Account, User } from "../../model/directory.ts";
import { digest } from "../../model/digest.ts";
import type { Pass } from "../../model/pass.ts";
import { customerManagedPolicyText, type PermissionSetDefinition } from "../../model/permission-set.ts";
import { type Places, placeTexts } from "../../model/places.ts";
import type { Period } from "../../model/period.ts";
import type { RecordRef } from "../../model/record.ts";
import { accountText } from "../names.ts";
import { sortNames } from "../plan-view/fold-names.ts";
import type { RecordUrl } from "../record-urls.ts";

/** What a pass does not read: sets that are not managed here, and who has them. */
export interface RestOfAccess {
  readonly definitions: ReadonlyMap<string, PermissionSetDefinition>;
  readonly assignments: readonly Assignment[];
  /** Where accounts stand; undefined where that could not be read. */
  readonly places?: Places;
}

export interface AccessContext {
  readonly nowMs: number;
  readonly owner: string;
  readonly recordUrl: RecordUrl;
}

/** Who has what: every assignment, groups taken apart, with whose it is and the records that ask for it. The pass must have read everything, members of all groups too. */
export function buildAccessReport(pass: Pass, rest: RestOfAccess, context: AccessContext): AccessReport {
  const { actual } = pass;
  const managed = new Map(
    actual.permissionSets.flatMap((set) =>
      set.managed ? [[set.name as string, set.definition] as const] : [],
    ),
  );
  const definitions = new Map([...managed, ...rest.definitions]);
  const assignments = [...actual.assignments, ...rest.assignments];
  const classes = new Map([...definitions].map(([name, definition]) => [name, classOf(definition)]));
  const standingOf = standings(pass, managed, context.recordUrl);
  const takeApart = memberFinder(pass, rest.places);
  const access = assignments
    .flatMap((one) => {
      const known = { class: classes.get(one.permissionSet) ?? "unknown", ...standingOf(one) } as const;
      return takeApart(one).map((line): AccessLine => ({ ...line, ...known }));
    })
    .toSorted(byPlace);
  const sets = [...definitions].map(([name, definition]): AccessSet => ({
    name,
    isManaged: managed.has(name),
    class: classOf(definition),
    why: whyOf(definition),
    sessionDurationSeconds: definition.attributes.sessionDurationSeconds,
    definition,
    accounts: new Set(
      assignments.filter(({ permissionSet }) => permissionSet === name).map(({ account }) => account),
    ).size,
  }));
  return {
    schemaVersion: 1,
    asOf: new Date(context.nowMs).toISOString(),
    instanceArn: actual.instance.arn,
    owner: context.owner,
    filters: {},
    ...countAccess(access, sets),
    access,
    permissionSets: sets.toSorted((a, b) => compare(a.name, b.name)),
    exceptions: findExceptions(pass, access, sets),
  };
}

/** Counts and hash of lines, as they stand in a report. */
export function countAccess(
  access: readonly AccessLine[],
  sets: readonly AccessSet[],
): Pick<AccessReport, "counts" | "hash"> {
  const distinct = (keyOf: (line: AccessLine) => string | undefined): number =>
    new Set(access.map(keyOf).filter((key) => key !== undefined)).size;
  const administrators = access.filter((line) => line.class === "administrator");
  return {
    counts: {
      access: access.length,
      assignments: distinct(
        ({ account, permissionSet, principal }) => `${account} ${permissionSet} ${principal.id}`,
      ),
      people: distinct(({ user }) => user?.id),
      administrators: new Set(administrators.flatMap(({ user }) => (user === undefined ? [] : [user.id])))
        .size,
      accounts: distinct(({ account }) => account),
      permissionSets: sets.length,
    },
    hash: digest(
      access
        .map(({ account, permissionSet, principal, user }) =>
          JSON.stringify([account, permissionSet, principal.type, principal.id, user?.id ?? ""]),
        )
        .join("\n"),
    ),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function byPlace(a: AccessLine, b: AccessLine): number {
  return (
    compare(a.accountName ?? a.account, b.accountName ?? b.account) ||
    compare(a.permissionSet, b.permissionSet) ||
    compare(a.user?.userName ?? a.principal.id, b.user?.userName ?? b.principal.id) ||
    compare(a.principal.id, b.principal.id)
  );
}

function classOf(definition: PermissionSetDefinition): AccessLine["class"] {
  const found = classify(definition);
  return found === "administrator" && !isPossibleAdministrator(definition) ? "ordinary" : found;
}

/** The parts of a set that make its class, each judged alone. */
function whyOf(definition: PermissionSetDefinition): readonly string[] {
  const found = classOf(definition);
  if (found === "ordinary") return [];
  const { attributes, managedPolicies, customerManagedPolicies, inlinePolicy } = definition;
  const nothing = { attributes, managedPolicies: [], customerManagedPolicies: [] };
  const parts: readonly (readonly [string, PermissionSetDefinition])[] = [
    ...managedPolicies.map((arn) => [arn, { ...nothing, managedPolicies: [arn] }] as const),
    ...(inlinePolicy === undefined ? [] : [["inline_policy", { ...nothing, inlinePolicy }] as const]),
    ...customerManagedPolicies.map(
      (policy) =>
        [customerManagedPolicyText(policy), { ...nothing, customerManagedPolicies: [policy] }] as const,
    ),
  ];
  return parts.filter(([, part]) => classify(part) === found).map(([text]) => text);
}

type Standing = Pick<AccessLine, "standing" | "records" | "starts" | "expires">;

function standings(
  { actual, desired, source }: Pass,
  managed: ReadonlyMap<string, PermissionSetDefinition>,
  recordUrl: RecordUrl,
): (assignment: Assignment) => Standing {
  const asked = new Map(desired.assignments.map((one) => [assignmentKey(one), one.records]));
  const periods = new Map(desired.timed.map(({ record, period }) => [recordKey(record), period]));
  const targets = new Map(
    desired.expansions.map(({ record, entries, accounts }) => [
      recordKey(record),
      { entries, accounts: accounts.length },
    ]),
  );
  const known = new Set<string>([...actual.directory.users, ...actual.directory.groups].map(({ id }) => id));
  const accessRecord = (record: RecordRef): AccessRecord => {
    const { app, id, modifier, updatedAt } = record;
    const target = targets.get(recordKey(record));
    return {
      name: `${source[app].appId}#${id}`,
      url: recordUrl(record),
      ...(modifier === undefined ? {} : { editor: modifier.name, editorCode: modifier.code }),
      ...(updatedAt === undefined ? {} : { updatedAt }),
      ...(target === undefined ? {} : { targets: target }),
    };
  };
  return (assignment) => {
    const records = asked.get(assignmentKey(assignment)) ?? [];
    const holding =
      records.length > 0 ? [] : desired.heldAssignments.filter((held) => covers(held, assignment));
    const standing = ((): AccessStanding => {
      if (!known.has(assignment.principal.id)) return "orphan";
      if (!managed.has(assignment.permissionSet)) return "unmanaged";
      if (records.length > 0) return "records";
      if (holding.length === 0) return "by-hand";
      return holding.some(({ reason }) => reason === "waits-for-approval") ? "pending" : "held";
    })();
    return {
      standing,
      ...periodOf(records.map((record) => periods.get(recordKey(record)) ?? {})),
      records: [...records, ...holding.map(({ record }) => record)].map(accessRecord),
    };
  };
}

function recordKey({ app, id }: RecordRef): string {
  return `${app} ${id}`;
}

/** From the first start to the last end of the records; neither where one of them has none. */
function periodOf(periods: readonly Period[]): Pick<AccessLine, "starts" | "expires"> {
  const starts = periods.flatMap(({ startsMs }) => startsMs ?? []);
  const ends = periods.flatMap(({ expiresMs }) => expiresMs ?? []);
  const isEach = ({ length }: readonly number[]): boolean => length > 0 && length === periods.length;
  return {
    ...(isEach(starts) && { starts: new Date(Math.min(...starts)).toISOString() }),
    ...(isEach(ends) && { expires: new Date(Math.max(...ends)).toISOString() }),
  };
}

type Person = Omit<AccessLine, "class" | "standing" | "records" | "starts" | "expires">;

/** The people behind an assignment: one, or the members of a group; itself where there are none. */
function memberFinder(
  { actual: { directory } }: Pass,
  places: Places | undefined,
): (assignment: Assignment) => readonly Person[] {
  const named = places === undefined ? undefined : placeTexts(places);
  const users = new Map<string, User>(directory.users.map((user) => [user.id, user]));
  const groups = new Map<string, string>(directory.groups.map(({ id, displayName }) => [id, displayName]));
  const accounts = new Map<string, Account>(directory.accounts.map((account) => [account.id, account]));
  return ({ account, permissionSet, principal }) => {
    const place = accounts.get(account);
    const name = principal.type === "GROUP" ? groups.get(principal.id) : users.get(principal.id)?.userName;
    const line: Person = {
      account,
      ...(place === undefined ? {} : placeOf(place, named?.get(account) ?? place.path)),
      permissionSet,
      principal: { ...principal, ...(name === undefined ? {} : { name }) },
    };
    const ids =
      principal.type === "USER" ? [principal.id] : [...(directory.memberships.get(principal.id) ?? [])];
    const people = ids.flatMap((id) => users.get(id) ?? []);
    return people.length === 0 ? [line] : people.map((user) => ({ ...line, user: accessUser(user) }));
  };
}

function placeOf(
  { name, state }: Account,
  path: string | undefined,
): Pick<AccessLine, "accountName" | "accountState" | "accountPath"> {
  return { accountName: name, accountState: state, ...(path === undefined ? {} : { accountPath: path }) };
}

function accessUser({ id, userName, displayName, emails, enabled }: User): NonNullable<AccessLine["user"]> {
  const [email] = emails;
  return {
    id,
    userName,
    ...(displayName === undefined ? {} : { displayName }),
    ...(email === undefined ? {} : { email }),
    enabled,
  };
}

function findExceptions(
  { actual: { directory } }: Pass,
  access: readonly AccessLine[],
  sets: readonly AccessSet[],
): AccessReport["exceptions"] {
  const entered = new Set(access.filter(({ user }) => user?.enabled === true).map(({ account }) => account));
  const held = new Set(
    access.filter(({ user }) => user !== undefined).map(({ permissionSet }) => permissionSet),
  );
  const names = (lines: readonly AccessLine[]): readonly string[] =>
    sortNames(lines.map(({ user, principal }) => user?.userName ?? principal.name ?? principal.id));
  return {
    disabledWithAccess: names(access.filter(({ user }) => user?.enabled === false)),
    orphans: names(access.filter(({ standing }) => standing === "orphan")),
    setsWithoutPeople: sortNames(sets.filter(({ name }) => !held.has(name)).map(({ name }) => name)),
    accountsWithoutPeople: sortNames(
      directory.accounts.filter(({ id }) => !entered.has(id)).map(({ id, name }) => accountText(id, name)),
    ),
    emptyGroups: names(access.filter(({ user, standing }) => user === undefined && standing !== "orphan")),
  };
}
