import type { ManagedPermissionSet } from "../../model/actual-state.ts";
import { formerNameIn, type Tags } from "../../model/ownership.ts";
import type { Change } from "../../model/plan.ts";
import { protectedPrincipalTest } from "../../model/protected-principals.ts";
import type { Violation } from "../../model/violation.ts";
import type { GuardInput } from "./guard-input.ts";

/**
 * Sets that the plan deletes although a record still names them, unless a renamed set keeps their name in its tags so that
 * it goes on meaning something. The planner holds these; this is the second look.
 */
export function checkStillNamed({ plan, actual, desired }: GuardInput): readonly Violation[] {
  const defined = [...desired.permissionSets, ...desired.heldPermissionSets].map(({ name }) => name);
  const named = new Set<string | undefined>([...desired.namedPermissionSets.keys(), ...defined]);
  const tagged = plan.changes.flatMap((change) => formerNameIn(tagsIn(change)));
  const managed = actual.permissionSets.filter((set) => set.managed);
  const kept = new Set<string | undefined>([...tagged, ...managed.map(({ tags }) => formerNameIn(tags))]);
  const deleted = plan.changes.filter(({ kind }) => kind === "delete-permission-set");
  const refused = deleted.filter(
    ({ target }) => named.has(target.permissionSet) && !kept.has(target.permissionSet),
  );
  if (refused.length === 0) return [];
  const subjects = refused.map(({ target }) => target.permissionSet);
  const numbers = { permissionSets: subjects.length };
  const refuses = refused.map(({ id }) => id);
  return [{ guard: "permission-set-still-named", numbers, subjects, refuses }];
}

function tagsIn(change: Change): Tags {
  if (change.kind === "create-permission-set") return change.after?.tags ?? {};
  return change.kind === "tag-permission-set" ? (change.after ?? {}) : {};
}

/**
 * Changes of what must never be written to: the management account, the sync's own, what the configuration
 * protects, and sets that are not ours. The planner locks these; this is the second look, which shares nothing with the first.
 */
export function checkProtected(input: GuardInput): readonly Violation[] {
  if (input.plan.changes.length === 0) return [];
  const isUntouchable = untouchableTest(input);
  const touched = input.plan.changes.filter(isUntouchable);
  if (touched.length === 0) return [];
  const subjects = touched.map(({ id }) => id);
  return [{ guard: "protected", numbers: { changes: touched.length }, subjects, refuses: subjects }];
}

function untouchableTest({ actual, protected: things }: GuardInput): (change: Change) => boolean {
  const { directory, permissionSets } = actual;
  const { managementAccount, keyAccounts } = directory;
  const keys = keyAccounts.isOpen ? [] : keyAccounts.ids;
  const accounts = new Set<string>([managementAccount, ...keys, ...things.accounts]);
  const isProtected = protectedPrincipalTest(things.principals);
  const principals = new Set<string>([
    ...[...directory.users, ...directory.groups].filter(isProtected).map(({ id }) => id),
    ...things.principals,
  ]);
  const sets = new Set<string>(things.permissionSets);
  const ours = new Map<string, ManagedPermissionSet>(
    permissionSets.flatMap((set) => (set.managed && !set.locked ? [[set.name, set]] : [])),
  );
  const taken = new Set<string>(permissionSets.map(({ name }) => name));
  const isOurs = ({ permissionSet, permissionSetArn }: Change["target"]): boolean => {
    // A set that the plan creates has no ARN yet, and no other set may have its name.
    if (permissionSetArn === undefined && !taken.has(permissionSet)) return true;
    const own = ours.get(permissionSet);
    return own !== undefined && own.arn === (permissionSetArn ?? own.arn);
  };
  return ({ target, accounts: written }) => {
    return (
      !isOurs(target) ||
      sets.has(target.permissionSet) ||
      written.some((account) => accounts.has(account)) ||
      ("account" in target && accounts.has(target.account)) ||
      ("principal" in target && principals.has(target.principal.id))
    );
  };
}
