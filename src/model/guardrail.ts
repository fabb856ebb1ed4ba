import { matchesName } from "./name-pattern.ts";
import { normalizeName } from "./text.ts";

/** One rule over access that records ask for. Every part that is given has to match; each is a list of names in which `*` stands for any characters, compared without upper and lower case. */
export interface GuardrailRule {
  readonly name: string;
  readonly effect: "allow" | "deny";
  /** Account ids or names. */
  readonly accounts?: readonly string[] | undefined;
  readonly permissionSets?: readonly string[] | undefined;
  /** Only sets with which one can become administrator, by their content; or, when false, only the others. */
  readonly administratorClass?: boolean | undefined;
  /** Only sets that run as roles that exist, or are the administrator class; or, when false, only the others. */
  readonly runsAsOtherRoles?: boolean | undefined;
  /** Only access that no record asks for by the account's own id or name; or, when false, only the other. */
  readonly dynamicTargets?: boolean | undefined;
  /** Of a rule that allows: the longest that a record may ask for it, such as `8h` or `90d`. A record without an end is longer. */
  readonly maxDuration?: string | undefined;
  /** Of a rule that allows: a record has to have an end. */
  readonly requireEnd?: boolean | undefined;
  /** User names. */
  readonly users?: readonly string[] | undefined;
  /** Display names of groups: the groups themselves, and the users who are members. */
  readonly groups?: readonly string[] | undefined;
}

/** Whether a rule is about the group or denies something to users who may be in it, so that its members have to be known. */
export function groupsNamedBy({ rules }: Guardrails): (group: { readonly displayName: string }) => boolean {
  if (rules.some(({ effect, users }) => effect === "deny" && users !== undefined)) return () => true;
  const patterns = rules.flatMap(({ groups = [] }) => groups);
  return ({ displayName }) => matchesName(spellings(displayName), patterns);
}

/** A name as it is, and as records are read. */
export function spellings(name: string): readonly string[] {
  return [name, normalizeName(name)];
}

/** What records may ask for, as the configuration says it. */
export interface Guardrails {
  /** For what no rule matches. */
  readonly default: "allow" | "deny";
  /** Whether existing access that is denied is removed, under the guards, and not only reported. */
  readonly enforce: boolean;
  /** Whether inline policies may write IAM or take on roles at all. */
  readonly inlineIam?: "allow" | "deny" | undefined;
  /** Number of the rules of the administrator class that a person has accepted; what later ones make of existing access waits. */
  readonly acceptedClassRules?: number | undefined;
  /** Customer managed policies, `name` or `/path/name`, with which no holder can become administrator. */
  readonly ordinaryPolicies: readonly string[];
  readonly rules: readonly GuardrailRule[];
}

/** Whether rules limit which records can make administrators; without them, every author of a record can become one. */
export function limitsAdministrators({ default: otherwise, rules }: Guardrails): boolean {
  const about = rules.filter(({ administratorClass }) => administratorClass !== false);
  if (otherwise === "allow") return about.some(({ effect }) => effect === "deny");
  const forAll = about.filter(
    ({ effect, users, groups }) => effect === "allow" && (users ?? groups) === undefined,
  );
  return forAll.length === 0;
}
