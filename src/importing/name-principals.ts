import {
  buildPrincipalIndex,
  type RecordFindings,
  resolveGroup,
  resolveUser,
} from "../desired/resolve-principals.ts";
import type { Principal } from "../model/assignment.ts";
import type { Config } from "../model/config.ts";
import type { Directory, User } from "../model/directory.ts";
import type { Issue } from "../model/issue.ts";
import type { RecordRef } from "../model/record.ts";
import { findNameFlaw, normalizeName, splitLine, splitLines } from "../model/text.ts";

/** Why no record can name a user or a group. */
export type PrincipalProblem =
  | "principal-deleted"
  | "user-without-login"
  | "user-disabled"
  | "name-not-unique"
  | "name-unreadable"
  | "protected-principal";

export type PrincipalName =
  | { readonly kind: "named"; readonly field: "users" | "groups"; readonly text: string }
  | { readonly kind: "nameless"; readonly problem: PrincipalProblem };

export interface NamingRules {
  readonly principals: Config["principals"];
  readonly protected: Config["protected"];
  /** Whether users are chosen from those that kintone has, and not typed. */
  readonly usersAreChosen: boolean;
  /** Login names that kintone does not have. */
  readonly withoutLogin: ReadonlySet<string>;
}

/** How records spell the principals of the directory, so that the same ones are found again. */
export function createNamer(
  directory: Directory,
  rules: NamingRules,
): (principal: Principal) => PrincipalName {
  const index = buildPrincipalIndex(directory, rules.principals.userMatch, rules.protected.principals);
  const users = new Map(directory.users.map((user) => [user.id, user]));
  const groups = new Map(directory.groups.map((group) => [group.id, group]));

  // Whom names meant before is nothing to what is written down now.
  const lookUp = { index, rules: rules.principals, nowMs: 0, known: { seenRevision: () => undefined } };
  const nameUser = (user: User): PrincipalName => {
    const texts = spellings(user, rules).filter((text) => !rules.withoutLogin.has(text));
    const readable = texts.filter(isReadable);
    if (readable.length === 0) return nameless(texts.length === 0 ? "user-without-login" : "name-unreadable");
    let problem: PrincipalProblem = "user-without-login";
    for (const text of readable) {
      const found = newFindings();
      const kind = text.includes("@") ? "address" : "login";
      const match = resolveUser({ kind, text }, noRecord, lookUp, found);
      const isSame = match.kind === "found" && match.principal.id === user.id;
      if (isSame && found.issues.length === 0) return { kind: "named", field: "users", text };
      problem = problemIn(found.issues) ?? problem;
    }
    return nameless(problem);
  };

  return ({ type, id }) => {
    if (type === "USER") {
      const user = users.get(id);
      return user === undefined ? nameless("principal-deleted") : nameUser(user);
    }
    const group = groups.get(id);
    if (group === undefined) return nameless("principal-deleted");
    const text = normalizeName(group.displayName);
    if (!isReadable(text)) return nameless("name-unreadable");
    const found = newFindings();
    const match = resolveGroup(text, noRecord, lookUp, found);
    const isSame = match.kind === "found" && match.principal.id === id;
    if (isSame && found.issues.length === 0) return { kind: "named", field: "groups", text };
    return nameless(problemIn(found.issues) ?? "name-not-unique");
  };
}

function newFindings(): RecordFindings {
  return { issues: [], notes: { holders: new Map(), former: new Map() } };
}

const noRecord: RecordRef = { app: "assignments", id: "0", revision: 0 };

function nameless(problem: PrincipalProblem): PrincipalName {
  return { kind: "nameless", problem };
}

/** Login names first: the template the other way round; then, where they can be typed, what Identity Center has. */
function spellings(user: User, { principals, usersAreChosen }: NamingRules): readonly string[] {
  const { userMatch, userTemplate } = principals;
  const texts = (userMatch === "userName" ? [user.userName] : user.emails).map(normalizeName);
  const logins = texts.flatMap((text) => loginOf(text, userTemplate) ?? []);
  const addresses = usersAreChosen ? [] : texts.filter((text) => text.includes("@"));
  return [...new Set([...logins, ...addresses])];
}

/** The login name that the template turns into the text; undefined where there is none. */
function loginOf(text: string, template: string): string | undefined {
  const [before = "", after, ...more] = template.split("{code}");
  if (after === undefined || more.length > 0) return undefined;
  const [folded, head, tail] = [text, before, after].map((part) => part.toLowerCase());
  if (folded === undefined || head === undefined || tail === undefined) return undefined;
  if (folded.length <= head.length + tail.length) return undefined;
  if (!folded.startsWith(head) || !folded.endsWith(tail)) return undefined;
  return text.slice(before.length, text.length - after.length);
}

function isReadable(text: string): boolean {
  return text !== "" && findNameFlaw(text) === undefined && splitLines(text).flatMap(splitLine).length === 1;
}

function problemIn(issues: readonly Issue[]): PrincipalProblem | undefined {
  const codes = new Set(issues.map(({ code }) => code));
  if (codes.has("user.disabled")) return "user-disabled";
  if (codes.has("principal.protected")) return "protected-principal";
  if (codes.has("user.ambiguous") || codes.has("group.ambiguous")) return "name-not-unique";
  return undefined;
}
