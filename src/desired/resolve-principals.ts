import type { Principal } from "../model/assignment.ts";
import type { Config } from "../model/config.ts";
import type { Directory, Group, User } from "../model/directory.ts";
import { groupBy } from "../model/group-by.ts";
import { createIssue, type Issue } from "../model/issue.ts";
import { type RecordRef, wasSavedAfter } from "../model/record.ts";
import { protectedPrincipalTest } from "../model/protected-principals.ts";
import { foldCase, normalizeName, shorten } from "../model/text.ts";
import type { UserText } from "../model/typed-record.ts";
import {
  type HolderNotes,
  isHolder,
  judgeHolder,
  keepHolder,
  type KnownHolders,
  type NamedPrincipal,
  nowCalled,
  wasHeld,
} from "./holders.ts";
import { indexNames, type NameIndex, suggestNames } from "./nearest-names.ts";

export interface PrincipalIndex {
  /** Users by the configured attribute, case folded. */
  readonly users: ReadonlyMap<string, readonly User[]>;
  readonly groups: ReadonlyMap<string, readonly Group[]>;
  readonly groupNames: NameIndex;
  /** The name of a user or group by its id. */
  readonly namesById: ReadonlyMap<string, string>;
  readonly isProtected: (principal: User | Group) => boolean;
}

export function buildPrincipalIndex(
  directory: Directory,
  userMatch: Config["principals"]["userMatch"],
  protectedPrincipals: readonly string[],
): PrincipalIndex {
  const spellings = directory.users.flatMap((user) => {
    const texts = userMatch === "userName" ? [user.userName] : user.emails;
    return [...new Set(texts.map(foldCase))].map((text) => ({ text, user }));
  });
  const users = new Map(
    [...groupBy(spellings, ({ text }) => text)].map(([text, found]) => [text, found.map(({ user }) => user)]),
  );
  const groups = groupBy(directory.groups, (group) => normalizeName(group.displayName));
  return {
    users,
    groups,
    groupNames: indexNames(groups.keys()),
    namesById: new Map<string, string>([
      ...directory.users.flatMap(({ id, userName, emails: [email] }) => {
        const text = userMatch === "userName" ? userName : email;
        return text === undefined ? [] : [[id, text] as const];
      }),
      ...directory.groups.map(({ id, displayName }) => [id, displayName] as const),
    ]),
    isProtected: protectedPrincipalTest(protectedPrincipals),
  };
}

/** What one entry of the users or groups field stands for. */
export type PrincipalMatch =
  | { readonly kind: "found"; readonly principal: Principal }
  /** Another person has the name now: nothing is granted until the record is saved again. */
  | { readonly kind: "withheld"; readonly principal: Principal }
  | { readonly kind: "none" }
  | { readonly kind: "waiting"; readonly userName: string }
  | { readonly kind: "issue" };

export interface UserRules {
  readonly index: PrincipalIndex;
  readonly rules: Config["principals"];
  readonly nowMs: number;
  /** Whom names meant before. */
  readonly known: KnownHolders;
}

/** Where what is found out about a record is collected. */
export interface RecordFindings {
  readonly issues: Issue[];
  readonly notes: HolderNotes;
}

const mostMatchesNamed = 10;

/** What is looked for in Identity Center: the address, or what the template makes of a login name. */
export function wantedUser({ kind, text }: UserText, { userTemplate }: Config["principals"]): string {
  return kind === "login" ? userTemplate.replaceAll("{code}", () => text) : text;
}

/** Whether there is such a user, or are several. */
export function userExists(entry: UserText, { index, rules }: UserRules): boolean {
  return index.users.has(foldCase(wantedUser(entry, rules)));
}

/** Whether there is such a group, or are several. */
export function groupExists(text: string, { groups }: PrincipalIndex): boolean {
  return groups.has(text);
}

/** Whether there is such a user, or was one: the configuration finds people by what records say. */
export function userWasKnown(entry: UserText, users: UserRules): boolean {
  return userExists(entry, users) || wasHeld("USER", foldCase(wantedUser(entry, users.rules)), users.known);
}

/** Whether there is such a group, or was one. */
export function groupWasKnown(text: string, { index, known }: UserRules): boolean {
  return groupExists(text, index) || wasHeld("GROUP", text, known);
}

/** The users with the spelling: of several the only enabled one, unless the record is older than it and meant another person. */
function findUsers(name: string, record: RecordRef, { index, known }: UserRules): readonly User[] {
  const named = index.users.get(name) ?? [];
  const living = named.filter(({ enabled }) => enabled);
  const [successor] = living;
  if (named.length < 2 || successor === undefined || living.length > 1) return named;
  return wasSavedAfter(record, successor.createdAt) || isHolder(name, successor, known) ? living : named;
}

/** Looks one user up; a user who is not there is waiting while the record is young, and an issue afterwards. */
export function resolveUser(
  entry: UserText,
  record: RecordRef,
  users: UserRules,
  { issues, notes }: RecordFindings,
): PrincipalMatch {
  const wanted = wantedUser(entry, users.rules);
  const named: NamedPrincipal = { kind: "USER", name: foldCase(wanted), record };
  const matches = findUsers(named.name, record, users);
  const value = shorten(wanted);
  const [user] = matches;
  if (user === undefined) return missingUser(value, named, users, { issues, notes });
  if (matches.length > 1) {
    keepHolder(named, users.known, notes);
    const params = { value, matches: matches.slice(0, mostMatchesNamed).map(({ userName }) => userName) };
    issues.push(createIssue("user.ambiguous", record, "users", params));
    return { kind: "issue" };
  }
  const principal: Principal = { type: "USER", id: user.id };
  if (judgeHolder(named, user, users.known, notes) === "changed") {
    issues.push(createIssue("user.changed", record, "users", { value }));
    return { kind: "withheld", principal };
  }
  return presentUser(user, value, record, users, issues);
}

function presentUser(
  user: User,
  value: string,
  record: RecordRef,
  { index, rules }: UserRules,
  issues: Issue[],
): PrincipalMatch {
  if (index.isProtected(user)) issues.push(createIssue("principal.protected", record, "users", { value }));
  if (!user.enabled) {
    issues.push(createIssue("user.disabled", record, "users", { value }));
    if (rules.disabledUsers === "revoke") return { kind: "none" };
  }
  return { kind: "found", principal: { type: "USER", id: user.id } };
}

const msPerMinute = 60_000;

function missingUser(
  value: string,
  named: NamedPrincipal,
  { rules, nowMs, index, known }: UserRules,
  { issues, notes }: RecordFindings,
): PrincipalMatch {
  const { record } = named;
  const newName = nowCalled(named, index.namesById, known);
  if (newName !== undefined) {
    keepHolder(named, known, notes);
    issues.push(createIssue("user.renamed", record, "users", { value, newName: shorten(newName) }));
    return { kind: "issue" };
  }
  if (judgeHolder(named, undefined, known, notes) === "gone") {
    issues.push(createIssue("user.gone", record, "users", { value }));
    return { kind: "none" };
  }
  const updatedAtMs = record.updatedAt === undefined ? Number.NaN : Date.parse(record.updatedAt);
  const waitedMinutes = Math.floor((nowMs - updatedAtMs) / msPerMinute);
  if (waitedMinutes < rules.waitMinutes) return { kind: "waiting", userName: value };
  const params = { value, waitedMinutes: Number.isNaN(waitedMinutes) ? rules.waitMinutes : waitedMinutes };
  issues.push(createIssue("user.unknown", record, "users", params));
  return { kind: "issue" };
}

/** Looks one group up by its display name; an issue unless there is just one, or was one. */
export function resolveGroup(
  text: string,
  record: RecordRef,
  { index, known }: UserRules,
  { issues, notes }: RecordFindings,
): PrincipalMatch {
  const named: NamedPrincipal = { kind: "GROUP", name: text, record };
  const matches = index.groups.get(text) ?? [];
  const value = shorten(text);
  const [group] = matches;
  if (group === undefined) return missingGroup(text, named, { index, known }, { issues, notes });
  if (matches.length > 1) {
    keepHolder(named, known, notes);
    issues.push(createIssue("group.ambiguous", record, "groups", { value }));
    return { kind: "issue" };
  }
  const principal: Principal = { type: "GROUP", id: group.id };
  if (judgeHolder(named, group, known, notes) === "changed") {
    issues.push(createIssue("group.changed", record, "groups", { value }));
    return { kind: "withheld", principal };
  }
  if (index.isProtected(group)) issues.push(createIssue("principal.protected", record, "groups", { value }));
  return { kind: "found", principal };
}

function missingGroup(
  text: string,
  named: NamedPrincipal,
  { index, known }: { readonly index: PrincipalIndex; readonly known: KnownHolders },
  { issues, notes }: RecordFindings,
): PrincipalMatch {
  const { record } = named;
  const value = shorten(text);
  const newName = nowCalled(named, index.namesById, known);
  if (newName !== undefined) {
    keepHolder(named, known, notes);
    issues.push(createIssue("group.renamed", record, "groups", { value, newName: shorten(newName) }));
    return { kind: "issue" };
  }
  if (judgeHolder(named, undefined, known, notes) === "gone") {
    issues.push(createIssue("group.gone", record, "groups", { value }));
    return { kind: "none" };
  }
  const suggestions = suggestNames(text, index.groupNames, issues);
  issues.push(createIssue("group.unknown", record, "groups", { value, suggestions }));
  return { kind: "issue" };
}
