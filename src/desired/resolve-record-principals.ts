import { type Principal, principalKey } from "../model/assignment.ts";
import type { Issue } from "../model/issue.ts";
import type { AssignmentRecord } from "../model/typed-record.ts";
import { type LineReadings, readEntries } from "./read-entries.ts";
import {
  groupExists,
  resolveGroup,
  resolveUser,
  userExists,
  type UserMatch,
  type UserRules,
} from "./resolve-principals.ts";

interface ResolvedPrincipals {
  readonly principals: readonly Principal[];
  readonly waiting: readonly string[];
  readonly allKnown: boolean;
}

/** The users and groups that a record names, and whether all of them are known. */
export function resolvePrincipals(
  record: AssignmentRecord,
  users: UserRules,
  about: { readonly issues: Issue[]; readonly readings: LineReadings },
): ResolvedPrincipals {
  const { ref } = record;
  const { issues } = about;
  const typedUsers = readEntries(record.users ?? [], {
    ...about,
    record: ref,
    field: "users",
    exists: (user) => userExists(user, users),
    textOf: ({ text }) => text,
  });
  const typedGroups = readEntries(record.groups ?? [], {
    ...about,
    record: ref,
    field: "groups",
    exists: (text) => groupExists(text, users.index),
    textOf: (text) => text,
  });
  const matches = typedUsers.map((entry): UserMatch =>
    entry === undefined ? { kind: "issue" } : resolveUser(entry, ref, users, issues),
  );
  const found = matches.flatMap((match) => (match.kind === "found" ? [match.principal] : []));
  const waiting = matches.flatMap((match) => (match.kind === "waiting" ? [match.userName] : []));
  const groups = typedGroups
    .map((text) => (text === undefined ? undefined : resolveGroup(text, ref, users.index, issues)))
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
