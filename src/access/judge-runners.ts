import type { ActualState } from "../model/actual-state.ts";
import { type Assignment, principalKey } from "../model/assignment.ts";
import type { PermissionSetDefinition } from "../model/permission-set.ts";
import { classify } from "./administrator-class.ts";
import { deniesEverything } from "./denies-everything.ts";

/** The state, and what the plan leads to. */
export interface RunnersToJudge {
  readonly actual: ActualState;
  readonly before: ReadonlyMap<string, PermissionSetDefinition>;
  readonly after: ReadonlyMap<string, PermissionSetDefinition>;
  readonly assignmentsLeft: readonly Assignment[];
}

/** Assignments with which a person may run as other roles of an account and could not before, neither so nor as an administrator. */
export function findNewRunners({
  actual,
  before,
  after,
  assignmentsLeft,
}: RunnersToJudge): readonly Assignment[] {
  const ran = namesWhere(before, ["runs-as-other-roles", "administrator"]);
  const runs = namesWhere(after, ["runs-as-other-roles"]);
  if (runs.size === 0) return [];
  const had = new Set(
    actual.assignments.filter(({ permissionSet }) => ran.has(permissionSet)).map(holderKey),
  );
  return assignmentsLeft.filter((one) => runs.has(one.permissionSet) && !had.has(holderKey(one)));
}

function namesWhere(
  sets: ReadonlyMap<string, PermissionSetDefinition>,
  classes: readonly string[],
): ReadonlySet<string> {
  const found = [...sets].filter(([, set]) => classes.includes(classify(set)) && !deniesEverything(set));
  return new Set(found.map(([name]) => name));
}

function holderKey({ account, principal }: Assignment): string {
  return `${account}/${principalKey(principal)}`;
}
