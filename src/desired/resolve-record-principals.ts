import { type Principal, principalKey } from "../model/assignment.ts";
import type { Issue } from "../model/issue.ts";
import type { AssignmentRecord } from "../model/typed-record.ts";
import type { TextPart } from "./may-have-granted.ts";
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
  readonly states: Readonly<Record<"users" | "groups", TextPart["state"]>>;
}

/** The users and groups that a record names, and whether some of each may have been others. */
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
  const states = {
    users: stateOf(record.users, matches.every(isSettled)),
    groups: stateOf(record.groups, groups.length === typedGroups.length),
  };
  const principals = new Map([...found, ...groups].map((principal) => [principalKey(principal), principal]));
  return {
    principals: [...principals.values()],
    waiting: [...new Set(waiting)],
    states,
  };
}

function stateOf(typed: readonly unknown[] | undefined, allKnown: boolean): TextPart["state"] {
  if (typed === undefined || !allKnown) return "open";
  return typed.length === 0 ? "blank" : "told";
}

function isSettled({ kind }: { readonly kind: string }): boolean {
  return kind === "found" || kind === "none";
}
