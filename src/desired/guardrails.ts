import { type AdministratorClass, classOfGranted } from "../access/administrator-class.ts";
import { mayRewritePolicies, writesIam } from "../access/inline-iam.ts";
import { isPlainReading } from "../access/plain-reading.ts";
import type { ActualState } from "../model/actual-state.ts";
import {
  type Assignment,
  assignmentKey,
  type DesiredAssignment,
  principalKey,
  type TargetedAssignment,
} from "../model/assignment.ts";
import type { DeniedAssignment, ReclassifiedSet } from "../model/desired-state.ts";
import { type Directory, isOpenKeyAccount } from "../model/directory.ts";
import { groupBy } from "../model/group-by.ts";
import { type GuardrailRule, type Guardrails, spellings } from "../model/guardrail.ts";
import type { AccountId, PrincipalId } from "../model/ids.ts";
import { createIssue, type Issue } from "../model/issue.ts";
import type { JudgedClass } from "../model/judged-class.ts";
import { matchesName } from "../model/name-pattern.ts";
import {
  customerManagedPolicyText,
  type DesiredPermissionSet,
  givenName,
  type PermissionSetDefinition,
} from "../model/permission-set.ts";
import type { RecordRef } from "../model/record.ts";

export interface Judged {
  readonly allowed: readonly DesiredAssignment[];
  readonly denied: readonly DeniedAssignment[];
  /** One for each record and rule. */
  readonly issues: readonly Issue[];
  readonly reclassified: readonly ReclassifiedSet[];
}

export interface GuardrailContext {
  readonly guardrails: Guardrails;
  readonly permissionSets: readonly DesiredPermissionSet[];
  readonly actual: ActualState;
  /** By name, what sets are taken for whatever their content is. */
  readonly earlier?: ReadonlyMap<string, JudgedClass>;
}

/**
 * Splits what the records ask for by the guardrails: a rule that denies wins over one that allows, and where no rule
 * matches the default decides. What exists and only a later version's rules deny stays.
 */
export function judgeByGuardrails(
  assignments: readonly DesiredAssignment[],
  context: GuardrailContext,
): Judged {
  const { guardrails, actual } = context;
  if (allowsEverything(guardrails)) return { allowed: assignments, denied: [], issues: [], reclassified: [] };
  const { earlier, ...asOfNow } = context;
  const denial = compileGuardrails(asOfNow);
  const stays = earlier?.size ? existingTest(compileGuardrails(context), actual) : () => false;
  const verdicts = assignments.map((assignment) => {
    const by = denial(assignment);
    const isKept = by !== undefined && stays(assignment);
    return { assignment, isKept, denied: isKept ? undefined : by };
  });
  const denied = verdicts.flatMap(({ assignment, denied: by }) =>
    by === undefined ? [] : [{ ...assignment, ...by, isEnforced: guardrails.enforce }],
  );
  const existing = guardrails.enforce ? judgeExisting(assignments, actual, denial) : [];
  return {
    allowed: verdicts.flatMap(({ assignment, denied: by }) => (by === undefined ? [assignment] : [])),
    denied: [...denied, ...existing],
    issues: describeDenied(denied, actual.directory),
    reclassified: countKept(verdicts.flatMap(({ assignment, isKept }) => (isKept ? [assignment] : []))),
  };
}

/** Tells the assignments that are there and were allowed before. */
function existingTest(before: Denial, { assignments }: ActualState): (assignment: Assignment) => boolean {
  const present = new Set(assignments.map(assignmentKey));
  return (assignment) => present.has(assignmentKey(assignment)) && before(assignment) === undefined;
}

function countKept(kept: readonly Assignment[]): readonly ReclassifiedSet[] {
  const bySet = groupBy(kept, ({ permissionSet }) => permissionSet);
  return [...bySet].map(([name, ofSet]) => ({ name, assignments: ofSet.length }));
}

/** What is denied and there without a record that can be trusted: a record that is deleted or broken must not keep it. */
function judgeExisting(
  asked: readonly Assignment[],
  { assignments }: ActualState,
  denial: Denial,
): readonly DeniedAssignment[] {
  const keys = new Set(asked.map(assignmentKey));
  return assignments.flatMap((assignment) => {
    const by = keys.has(assignmentKey(assignment)) ? undefined : denial(assignment);
    return by === undefined ? [] : [{ ...assignment, ...by, records: [], isEnforced: true }];
  });
}

/** Whether there is nothing to judge by. */
export function allowsEverything({ rules, default: otherwise, inlineIam }: Guardrails): boolean {
  return rules.length === 0 && otherwise === "allow" && inlineIam !== "deny";
}

/** The rule that denies an assignment, without a name where the default does; undefined for what is allowed. */
export type Denial = (assignment: TargetedAssignment) => { readonly rule?: string } | undefined;

/** Judges single assignments of sets as the records define them, and of others as they are. */
export function compileGuardrails(context: GuardrailContext): Denial {
  const { guardrails } = context;
  const rules = guardrails.rules.map((rule) => ({ rule, matches: compileRule(rule, context) }));
  const hasDeniedInline = inlineTest(context);
  return (assignment) => {
    if (hasDeniedInline(assignment.permissionSet)) return { rule: "inlineIam" };
    const matching = rules.filter(({ matches }) => matches(assignment)).map(({ rule }) => rule);
    const deny = matching.find(({ effect }) => effect === "deny");
    if (deny !== undefined) return { rule: deny.name };
    return matching.length > 0 || guardrails.default === "allow" ? undefined : {};
  };
}

type Matches = (assignment: TargetedAssignment) => boolean;

/** Names are looked up once, so that an assignment costs no more than looking into sets. */
export function compileRule(rule: GuardrailRule, context: GuardrailContext): Matches {
  const { directory } = context.actual;
  const accounts = accountsOf(rule, directory);
  const principals = principalsOf(rule, directory);
  const isSet = setTest(rule, context);
  const { dynamicTargets } = rule;
  return ({ account, permissionSet, principal, isDynamic = false }) =>
    (dynamicTargets === undefined || dynamicTargets === isDynamic) &&
    (accounts === undefined || accounts.has(account)) &&
    (principals === undefined || principals.has(principalKey(principal))) &&
    isSet(permissionSet, account);
}

function accountsOf({ accounts }: GuardrailRule, directory: Directory): ReadonlySet<string> | undefined {
  if (accounts === undefined) return undefined;
  const found = directory.accounts.filter(({ id, name }) => matchesName([id, ...spellings(name)], accounts));
  return new Set(found.map(({ id }) => id));
}

/** A rule that denies something to users denies it to groups that have one of them as well. */
function principalsOf(
  { effect, users, groups }: GuardrailRule,
  directory: Directory,
): ReadonlySet<string> | undefined {
  if (users === undefined && groups === undefined) return undefined;
  const named = directory.users.filter(({ userName }) => matchesName(spellings(userName), users ?? []));
  const found = directory.groups.filter(({ displayName }) =>
    matchesName(spellings(displayName), groups ?? []),
  );
  const ids = new Set(named.map(({ id }) => id));
  const membersOf = (group: PrincipalId): readonly PrincipalId[] => [
    ...(directory.memberships.get(group) ?? []),
  ];
  const around = directory.groups.filter(
    ({ id }) => effect === "deny" && membersOf(id).some((member) => ids.has(member)),
  );
  const members = found.flatMap(({ id }) => membersOf(id));
  return new Set([
    ...[...named.map(({ id }) => id), ...members].map((id) => principalKey({ type: "USER", id })),
    ...[...found, ...around].map(({ id }) => principalKey({ type: "GROUP", id })),
  ]);
}

function definitionsIn({
  permissionSets,
  actual,
}: GuardrailContext): ReadonlyMap<string, PermissionSetDefinition> {
  return new Map([
    ...actual.permissionSets.flatMap((set) => (set.managed ? [[set.name, set.definition] as const] : [])),
    ...permissionSets.map(({ name, definition }) => [name, definition] as const),
  ]);
}

/** Whether a set's inline policy writes IAM where the configuration wants none of that. */
function inlineTest(context: GuardrailContext): (name: string) => boolean {
  if (context.guardrails.inlineIam !== "deny") return () => false;
  const definitions = [...definitionsIn(context)];
  const writes = (name: string, one: PermissionSetDefinition): boolean => {
    const earlier = context.earlier?.get(name);
    return earlier === undefined ? writesIam(one) : earlier.writesIam === true;
  };
  const writing = new Set(definitions.flatMap(([name, one]) => (writes(name, one) ? [name] : [])));
  return (name) => writing.has(name);
}

function setTest(
  { permissionSets: names, administratorClass, runsAsOtherRoles }: GuardrailRule,
  context: GuardrailContext,
): (name: string, account: AccountId) => boolean {
  const { guardrails, actual } = context;
  const definitions = definitionsIn(context);
  const given = new Map<string, string>(context.permissionSets.map((set) => [set.name, givenName(set)]));
  const judge = (name: string, isKey: boolean): boolean => {
    const definition = definitions.get(name);
    const isMore = isKey && !isPlainReading(definition);
    const earlier = context.earlier?.get(name);
    const isAdministrator = () => isMore || mayBeAdministrator(definition, guardrails, earlier);
    const isRunner = () => isMore || mayRunAsRoles(definition, guardrails, earlier);
    return (
      (names === undefined || matchesName([given.get(name) ?? name], names)) &&
      agrees(administratorClass, isAdministrator) &&
      agrees(runsAsOtherRoles, isRunner)
    );
  };
  const known = { key: new Map<string, boolean>(), other: new Map<string, boolean>() };
  return (name, account) => {
    const isKey = isOpenKeyAccount(actual.directory, account);
    const verdicts = isKey ? known.key : known.other;
    const verdict = verdicts.get(name) ?? judge(name, isKey);
    verdicts.set(name, verdict);
    return verdict;
  };
}

/** Whether a part of a rule that may be missing wants what is. */
function agrees(wanted: boolean | undefined, is: () => boolean): boolean {
  return wanted === undefined || wanted === is();
}

/** A customer managed policy may be anything, unless the configuration says that it is ordinary. */
export function mayBeAdministrator(
  definition: PermissionSetDefinition | undefined,
  guardrails: Guardrails,
  earlier?: JudgedClass,
): boolean {
  if (definition === undefined) return true;
  const found = classOf(definition, guardrails, earlier);
  return found === "administrator" || found === "unknown";
}

function mayRunAsRoles(
  definition: PermissionSetDefinition | undefined,
  guardrails: Guardrails,
  earlier: JudgedClass | undefined,
): boolean {
  return definition === undefined || classOf(definition, guardrails, earlier) !== "ordinary";
}

/** The class of a set, with what the configuration says of customer managed policies. */
function classOf(
  definition: PermissionSetDefinition,
  guardrails: Guardrails,
  earlier: JudgedClass | undefined,
): AdministratorClass {
  const granted = earlier?.class ?? classOfGranted(definition);
  const isKnown = granted === "administrator" || unknownPolicies(definition, guardrails).length === 0;
  return isKnown ? granted : "unknown";
}

/** Customer managed policies of which the configuration does not say that they are ordinary, or that the set itself may write. */
export function unknownPolicies(
  definition: PermissionSetDefinition,
  { ordinaryPolicies }: Guardrails,
): readonly string[] {
  const isRewritable = mayRewritePolicies(definition);
  return definition.customerManagedPolicies
    .filter(
      (policy) =>
        isRewritable || !matchesName([policy.name, customerManagedPolicyText(policy)], ordinaryPolicies),
    )
    .map(customerManagedPolicyText);
}

/** By id, what people call users and groups. */
export function principalNames({ users, groups }: Directory): ReadonlyMap<string, string> {
  return new Map<string, string>([
    ...users.map(({ id, userName }) => [id, userName] as const),
    ...groups.map(({ id, displayName }) => [id, displayName] as const),
  ]);
}

/** The issues of what is denied, one for each record, set and rule. */
export function describeDenied(denied: readonly DeniedAssignment[], directory: Directory): readonly Issue[] {
  const names = principalNames(directory);
  const asked = denied.flatMap((one) => one.records.map((record) => ({ record, one })));
  const byReason = groupBy(asked, ({ record, one }) => `${record.id} ${one.permissionSet} ${one.rule ?? ""}`);
  return [...byReason.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [describeOne(first, group, names)];
  });
}

interface AskedByRecord {
  readonly record: RecordRef;
  readonly one: DeniedAssignment;
}

function describeOne(
  { record, one: { permissionSet, rule } }: AskedByRecord,
  group: readonly AskedByRecord[],
  names: ReadonlyMap<string, string>,
): Issue {
  const accounts = [...new Set(group.map(({ one }) => one.account))];
  const principals = [...new Set(group.map(({ one }) => names.get(one.principal.id) ?? one.principal.id))];
  const params = { name: permissionSet, accounts, principals, ...(rule === undefined ? {} : { rule }) };
  return createIssue("assignment.denied-by-guardrail", record, "permissionSet", params);
}
