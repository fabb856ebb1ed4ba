import type { Config } from "../model/config.ts";
import type { NameCount, UnmatchedKind, LikelySettings } from "../model/desired-state.ts";
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
import { isPattern } from "./targets/parse-target.ts";
import { groupWasKnown, userExists, type UserRules, userWasKnown, wantedUser } from "./resolve-principals.ts";

interface UnmatchedInput {
  readonly permissionSets: readonly PermissionSetRecord[];
  readonly assignments: readonly AssignmentRecord[];
  readonly accounts: AccountIndex;
  readonly policies: PolicyIndex;
  readonly users: UserRules;
  readonly directoryUsers: readonly User[];
}

/** How many of the names in records are found, kind by kind. Equal names count once. */
export function countNames(input: UnmatchedInput): readonly NameCount[] {
  const { permissionSets, assignments, accounts, policies, users } = input;
  const logins = assignments.flatMap((record) => record.users ?? []);
  const found = count("users", logins, {
    exists: (user) => userWasKnown(user, users),
    textOf: (user) => wantedUser(user, users.rules),
  });
  return [
    found.found === found.of ? found : { ...found, ...likelySettings(logins, input) },
    count(
      "groups",
      assignments.flatMap((record) => record.groups ?? []),
      {
        exists: (name) => groupWasKnown(name, users),
        textOf: (name) => name,
      },
    ),
    count(
      "accounts",
      assignments.flatMap((record) => record.accounts ?? []),
      {
        exists: (text) => isPattern(text) || accountExists(text, accounts),
        textOf: (text) => text,
      },
    ),
    count("policies", permissionSets.flatMap(policiesOf), {
      exists: (text) => managedPolicyExists(text, policies),
      textOf: (text) => text,
    }),
  ];
}

/**
 * The kinds of names of which more than half match nothing: not their authors are wrong then, but the configuration is.
 * One mistake in many records is not taken for many.
 */
export function findUnmatched(names: readonly NameCount[]): readonly UnmatchedKind[] {
  return names.flatMap(({ kind, found, of, examples, userTemplate, userMatch }) => {
    const unmatched = of - found;
    if (of < fewestValues || unmatched * 2 <= of) return [];
    const settings = {
      ...(userTemplate !== undefined && { userTemplate }),
      ...(userMatch !== undefined && { userMatch }),
    };
    return [{ kind, unmatched, of, examples, ...settings }];
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

function count<Entry>(
  kind: NameCount["kind"],
  entries: readonly ListEntry<Entry>[],
  {
    exists,
    textOf,
  }: { readonly exists: (entry: Entry) => boolean; readonly textOf: (entry: Entry) => string },
): NameCount {
  const named = entries.flatMap((entry) => namesIn(entry, exists));
  const values = new Map(named.map((entry) => [foldCase(textOf(entry)), entry]));
  const missing = [...values.values()].filter((entry) => !exists(entry));
  const examples = missing.slice(0, mostExamples).map(textOf);
  return { kind, found: values.size - missing.length, of: values.size, examples };
}

/** Settings with which more of the users would be found, where the directory shows some. */
function likelySettings(
  logins: readonly ListEntry<UserText>[],
  { users, directoryUsers }: UnmatchedInput,
): LikelySettings & { readonly wouldFind?: number } {
  const named = logins.flatMap((entry) => namesIn(entry, (user) => userExists(user, users)));
  const { userMatch } = users.rules;
  const other: Config["principals"]["userMatch"] = userMatch === "userName" ? "email" : "userName";
  const spellings = (match: typeof userMatch): readonly string[] =>
    directoryUsers
      .flatMap(({ userName, emails }) => (match === "userName" ? [userName] : emails))
      .map(foldCase);
  const known = new Set(spellings(other));
  const wanted = named.map((user) => foldCase(wantedUser(user, users.rules)));
  const inOther = wanted.filter((text) => known.has(text));
  if (isMost(inOther, wanted)) return { userMatch: other, wouldFind: new Set(inOther).size };
  const codes = new Set(named.flatMap(({ kind, text }) => (kind === "login" ? [foldCase(text)] : [])));
  const endings = spellings(userMatch).flatMap((text) => {
    const at = text.indexOf("@");
    return at > 0 && codes.has(text.slice(0, at)) ? [text.slice(at)] : [];
  });
  const [ending] = endings;
  const isOne = ending !== undefined && endings.every((one) => one === ending);
  if (!isOne || !isMost(endings, [...codes])) return {};
  return { userTemplate: `{code}${ending}`, wouldFind: endings.length };
}

function isMost(some: readonly string[], all: readonly string[]): boolean {
  return some.length * 2 > all.length;
}
