import type { ActualState } from "../model/actual-state.ts";
import { isCertainAdministrator, isPossibleAdministrator, mayFree } from "../access/judge-definition.ts";
import { isPlainReading } from "../access/plain-reading.ts";
import { writesIam } from "../access/inline-iam.ts";
import type { Assignment } from "../model/assignment.ts";
import { isOpenKeyAccount } from "../model/directory.ts";
import { groupBy } from "../model/group-by.ts";
import type { Guardrails } from "../model/guardrail.ts";
import { createIssue, type Issue } from "../model/issue.ts";
import type { DesiredPermissionSet, PermissionSetDefinition } from "../model/permission-set.ts";
import type { DesiredPermissionSets } from "./build-permission-sets.ts";
import {
  allowsEverything,
  compileGuardrails,
  mayBeAdministrator,
  principalNames,
  unknownPolicies,
} from "./guardrails.ts";

/**
 * Holds the sets whose record would make administrators of people who have the set now and to whom the guardrails deny
 * that: an assignment is judged when it is asked for, and must not become another one behind the rules' back.
 */
export function holdDeniedSets(
  sets: DesiredPermissionSets,
  { guardrails, actual }: { readonly guardrails: Guardrails; readonly actual: ActualState },
): DesiredPermissionSets {
  if (allowsEverything(guardrails)) return sets;
  const { permissionSets } = sets;
  const before = new Map<string, PermissionSetDefinition>(
    actual.permissionSets.flatMap((set) => (set.managed ? [[set.name, set.definition] as const] : [])),
  );
  const widened = permissionSets.filter(({ name, definition }) => {
    const known = before.get(name);
    return known !== undefined && (widens(known, definition, guardrails) || widensThere(known, definition));
  });
  if (widened.length === 0) return sets;
  const denial = compileGuardrails({ guardrails, permissionSets, actual });
  const names = principalNames(actual.directory);
  const holders = groupBy(actual.assignments, ({ permissionSet }) => permissionSet);
  const issues = widened.flatMap((set) => {
    const known = before.get(set.name);
    const isWider = known !== undefined && widens(known, set.definition, guardrails);
    const denied = (holders.get(set.name) ?? []).flatMap((assignment) => {
      if (!isWider && !isOpenKeyAccount(actual.directory, assignment.account)) return [];
      const by = names.has(assignment.principal.id) ? denial(assignment) : undefined;
      return by === undefined ? [] : [{ assignment, rule: by.rule }];
    });
    const rules = groupBy(denied, ({ rule }) => rule);
    return [...rules].map(([rule, ofRule]) =>
      describeHeld(
        set,
        rule,
        ofRule.map(({ assignment }) => assignment),
        names,
      ),
    );
  });
  const held = new Set(issues.map(({ record }) => record.id));
  return {
    permissionSets: permissionSets.filter(({ record }) => !held.has(record.id)),
    held: [
      ...sets.held,
      ...permissionSets.flatMap(({ record, name }) => (held.has(record.id) ? [{ record, name }] : [])),
    ],
    issues: [...sets.issues, ...issues],
  };
}

/** Whether a holder of the set could become administrator afterwards and could not for certain before. */
function widens(
  before: PermissionSetDefinition,
  after: PermissionSetDefinition,
  guardrails: Guardrails,
): boolean {
  if (guardrails.inlineIam === "deny" && writesIam(after) && !writesIam(before)) return true;
  if (!mayBeAdministrator(after, guardrails)) return false;
  if (mayFree(before, after)) return true;
  if (isCertainAdministrator(before)) return false;
  if (isPossibleAdministrator(after)) return true;
  const known = new Set(unknownPolicies(before, guardrails));
  return unknownPolicies(after, guardrails).some((policy) => !known.has(policy));
}

/** Whether the edit gives more than plain reading, which is an administrator's in the account that the sync runs in. */
function widensThere(before: PermissionSetDefinition, after: PermissionSetDefinition): boolean {
  return isPlainReading(before) && !isPlainReading(after);
}

function describeHeld(
  { name, record }: DesiredPermissionSet,
  rule: string | undefined,
  denied: readonly Assignment[],
  names: ReadonlyMap<string, string>,
): Issue {
  const accounts = [...new Set(denied.map(({ account }) => account))];
  const principals = [...new Set(denied.map(({ principal }) => names.get(principal.id) ?? principal.id))];
  const params = { name, accounts, principals, ...(rule === undefined ? {} : { rule }) };
  return createIssue("permission-set.denied-by-guardrail", record, "name", params);
}
