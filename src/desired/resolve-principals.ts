import type { Principal } from "../model/assignment.ts";
import type { Config } from "../model/config.ts";
import type { Directory, Group, User } from "../model/directory.ts";
import { groupBy } from "../model/group-by.ts";
import { createIssue, type Issue } from "../model/issue.ts";
import { type RecordRef, wasSavedAfter } from "../model/record.ts";
import { protectedPrincipalTest } from "../model/protected-principals.ts";
import { foldCase, normalizeName, shorten } from "../model/text.ts";
import type { UserText } from "../model/typed-record.ts";
import { indexNames, type NameIndex, suggestNames } from "./nearest-names.ts";

export interface PrincipalIndex {
  /** Users by the configured attribute, case folded. */
  readonly users: ReadonlyMap<string, readonly User[]>;
  readonly groups: ReadonlyMap<string, readonly Group[]>;
  readonly groupNames: NameIndex;
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
    isProtected: protectedPrincipalTest(protectedPrincipals),
  };
}

/** What one entry of the users field stands for. */
export type UserMatch =
  | { readonly kind: "found"; readonly principal: Principal }
  | { readonly kind: "none" }
  | { readonly kind: "waiting"; readonly userName: string }
  | { readonly kind: "issue" };

export interface UserRules {
  readonly index: PrincipalIndex;
  readonly rules: Config["principals"];
  readonly nowMs: number;
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

/** The users with the spelling: of several the only enabled one, unless the record is older than it. */
function findUsers(wanted: string, record: RecordRef, { users }: PrincipalIndex): readonly User[] {
  const named = users.get(foldCase(wanted)) ?? [];
  const living = named.filter(({ enabled }) => enabled);
  const [successor] = living;
  const isSuccessor = named.length > 1 && living.length === 1 && wasSavedAfter(record, successor?.createdAt);
  return isSuccessor ? living : named;
}

/** Looks one user up; a user who is not there is waiting while the record is young, and an issue afterwards. */
export function resolveUser(
  entry: UserText,
  record: RecordRef,
  with_: UserRules,
  issues: Issue[],
): UserMatch {
  const { index, rules } = with_;
  const wanted = wantedUser(entry, rules);
  const matches = findUsers(wanted, record, index);
  const value = shorten(wanted);
  const [user] = matches;
  if (user === undefined) return missingUser(value, record, with_, issues);
  if (matches.length > 1) {
    const params = { value, matches: matches.slice(0, mostMatchesNamed).map(({ userName }) => userName) };
    issues.push(createIssue("user.ambiguous", record, "users", params));
    return { kind: "issue" };
  }
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
  record: RecordRef,
  { rules, nowMs }: UserRules,
  issues: Issue[],
): UserMatch {
  const updatedAtMs = record.updatedAt === undefined ? Number.NaN : Date.parse(record.updatedAt);
  const waitedMinutes = Math.floor((nowMs - updatedAtMs) / msPerMinute);
  if (waitedMinutes < rules.waitMinutes) return { kind: "waiting", userName: value };
  const params = { value, waitedMinutes: Number.isNaN(waitedMinutes) ? rules.waitMinutes : waitedMinutes };
  issues.push(createIssue("user.unknown", record, "users", params));
  return { kind: "issue" };
}

/** The group with the display name; an issue, and undefined, unless there is just one. */
export function resolveGroup(
  text: string,
  record: RecordRef,
  index: PrincipalIndex,
  issues: Issue[],
): Principal | undefined {
  const matches = index.groups.get(text) ?? [];
  const value = shorten(text);
  const [group] = matches;
  if (group === undefined) {
    const suggestions = suggestNames(text, index.groupNames, issues);
    issues.push(createIssue("group.unknown", record, "groups", { value, suggestions }));
    return undefined;
  }
  if (matches.length > 1) {
    issues.push(createIssue("group.ambiguous", record, "groups", { value }));
    return undefined;
  }
  if (index.isProtected(group)) issues.push(createIssue("principal.protected", record, "groups", { value }));
  return { type: "GROUP", id: group.id };
}
