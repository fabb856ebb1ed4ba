import type { Config } from "../model/config.ts";
import type { UnmatchedKind } from "../model/desired-state.ts";
import type { User } from "../model/directory.ts";
import { foldCase } from "../model/text.ts";
import type {
  AssignmentRecord,
  ListEntry,
  ManagedPolicyText,
  PermissionSetRecord,
  UserText,
} from "../model/typed-record.ts";
import { namesIn } from "./read-entries.ts";
import { accountExists, type AccountIndex } from "./resolve-accounts.ts";
import { managedPolicyExists, type PolicyIndex } from "./resolve-policies.ts";
import { groupExists, userExists, type UserRules, wantedUser } from "./resolve-principals.ts";

interface UnmatchedInput {
  readonly permissionSets: readonly PermissionSetRecord[];
  readonly assignments: readonly AssignmentRecord[];
  readonly accounts: AccountIndex;
  readonly policies: PolicyIndex;
  readonly users: UserRules;
  readonly directoryUsers: readonly User[];
}

/**
 * The kinds of names of which more than half match nothing: not their authors are wrong then, but the configuration is.
 * Equal names count once, so that one mistake in many records is not taken for many.
 */
export function findUnmatched(input: UnmatchedInput): readonly UnmatchedKind[] {
  const { permissionSets, assignments, accounts, policies, users } = input;
  const logins = assignments.flatMap((record) => record.users ?? []);
  const found = [
    judge("users", logins, {
      exists: (user) => userExists(user, users),
      textOf: (user) => wantedUser(user, users.rules),
    }),
    judge(
      "groups",
      assignments.flatMap((record) => record.groups ?? []),
      {
        exists: (name) => groupExists(name, users.index),
        textOf: (name) => name,
      },
    ),
    judge(
      "accounts",
      assignments.flatMap((record) => record.accounts ?? []),
      {
        exists: (text) => accountExists(text, accounts),
        textOf: (text) => text,
      },
    ),
    judge("policies", permissionSets.flatMap(policiesOf), {
      exists: (text) => managedPolicyExists(text, policies),
      textOf: (text) => text,
    }),
  ];
  return found.flatMap((one) => {
    if (one === undefined) return [];
    return one.kind === "users" ? [{ ...one, ...likelySettings(logins, input) }] : [one];
  });
}

function policiesOf({ draft }: PermissionSetRecord): readonly ListEntry<ManagedPolicyText>[] {
  if (draft === undefined) return [];
  const boundary = draft.permissionsBoundary;
  return boundary?.kind === "aws-managed"
    ? [...draft.managedPolicies, boundary.policy]
    : draft.managedPolicies;
}

const fewestValues = 5;
const mostExamples = 3;

function judge<Entry>(
  kind: UnmatchedKind["kind"],
  entries: readonly ListEntry<Entry>[],
  {
    exists,
    textOf,
  }: { readonly exists: (entry: Entry) => boolean; readonly textOf: (entry: Entry) => string },
): UnmatchedKind | undefined {
  const named = entries.flatMap((entry) => namesIn(entry, exists));
  const values = new Map(named.map((entry) => [foldCase(textOf(entry)), entry]));
  const missing = [...values.values()].filter((entry) => !exists(entry));
  if (values.size < fewestValues || missing.length * 2 <= values.size) return undefined;
  const examples = missing.slice(0, mostExamples).map(textOf);
  return { kind, unmatched: missing.length, of: values.size, examples };
}

/** Settings with which more of the users would be found, where the directory shows some. */
function likelySettings(
  logins: readonly ListEntry<UserText>[],
  { users, directoryUsers }: UnmatchedInput,
): Pick<UnmatchedKind, "userTemplate" | "userMatch"> {
  const named = logins.flatMap((entry) => namesIn(entry, (user) => userExists(user, users)));
  const { userMatch } = users.rules;
  const other: Config["principals"]["userMatch"] = userMatch === "userName" ? "email" : "userName";
  const spellings = (match: typeof userMatch): readonly string[] =>
    directoryUsers
      .flatMap(({ userName, emails }) => (match === "userName" ? [userName] : emails))
      .map(foldCase);
  const known = new Set(spellings(other));
  const wanted = named.map((user) => foldCase(wantedUser(user, users.rules)));
  if (
    isMost(
      wanted.filter((text) => known.has(text)),
      wanted,
    )
  )
    return { userMatch: other };
  const codes = new Set(named.flatMap(({ kind, text }) => (kind === "login" ? [foldCase(text)] : [])));
  const endings = spellings(userMatch).flatMap((text) => {
    const at = text.indexOf("@");
    return at > 0 && codes.has(text.slice(0, at)) ? [text.slice(at)] : [];
  });
  const [ending] = endings;
  const isOne = ending !== undefined && endings.every((one) => one === ending);
  return isOne && isMost(endings, [...codes]) ? { userTemplate: `{code}${ending}` } : {};
}

function isMost(some: readonly string[], all: readonly string[]): boolean {
  return some.length * 2 > all.length;
}
