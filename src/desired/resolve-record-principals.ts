import { type Principal, principalKey } from "../model/assignment.ts";
import type { AssignmentRecord } from "../model/typed-record.ts";
import type { TextPart } from "./may-have-granted.ts";
import { type LineReadings, readEntries } from "./read-entries.ts";
import {
  groupExists,
  resolveGroup,
  resolveUser,
  type PrincipalMatch,
  type RecordFindings,
  userExists,
  type UserRules,
} from "./resolve-principals.ts";

interface ResolvedPrincipals {
  readonly principals: readonly Principal[];
  /** Who has the names of others. */
  readonly withheld: readonly Principal[];
  readonly waiting: readonly string[];
  readonly states: Readonly<Record<"users" | "groups", TextPart["state"]>>;
}

/** The users and groups that a record names, and whether some of each may have been others. */
export function resolvePrincipals(
  record: AssignmentRecord,
  users: UserRules,
  about: RecordFindings & { readonly readings: LineReadings },
): ResolvedPrincipals {
  const { ref } = record;
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
  const userMatches = typedUsers.map((entry): PrincipalMatch =>
    entry === undefined ? { kind: "issue" } : resolveUser(entry, ref, users, about),
  );
  const groupMatches = typedGroups.map((text): PrincipalMatch =>
    text === undefined ? { kind: "issue" } : resolveGroup(text, ref, users, about),
  );
  const matches = [...userMatches, ...groupMatches];
  const waiting = userMatches.flatMap((match) => (match.kind === "waiting" ? [match.userName] : []));
  return {
    principals: principalsIn(matches, "found"),
    withheld: principalsIn(matches, "withheld"),
    waiting: [...new Set(waiting)],
    states: {
      users: stateOf(record.users, userMatches.every(isSettled)),
      groups: stateOf(record.groups, groupMatches.every(isSettled)),
    },
  };
}

function principalsIn(matches: readonly PrincipalMatch[], kind: "found" | "withheld"): readonly Principal[] {
  const found = matches.flatMap((match) => (match.kind === kind ? [match.principal] : []));
  return [...new Map(found.map((principal) => [principalKey(principal), principal])).values()];
}

function stateOf(typed: readonly unknown[] | undefined, allKnown: boolean): TextPart["state"] {
  if (typed === undefined || !allKnown) return "open";
  return typed.length === 0 ? "blank" : "told";
}

function isSettled({ kind }: PrincipalMatch): boolean {
  return kind !== "issue" && kind !== "waiting";
}
