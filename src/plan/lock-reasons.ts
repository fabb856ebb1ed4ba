import type { ActualPermissionSet } from "../model/actual-state.ts";
import type { Principal } from "../model/assignment.ts";
import type { Config } from "../model/config.ts";
import { type Directory, type Group, isLockedKeyAccount, type User } from "../model/directory.ts";
import type { AccountId } from "../model/ids.ts";
import type { LockReason } from "../model/plan.ts";
import { protectedPrincipalTest } from "../model/protected-principals.ts";

/** Tells why something must not be written to; undefined when it may be. */
export interface LockReasons {
  readonly ofAccount: (account: AccountId) => LockReason | undefined;
  readonly ofPrincipal: (principal: Principal) => LockReason | undefined;
  readonly ofPermissionSet: (name: string) => LockReason | undefined;
}

/** The management account, the sync's own, accounts that are not ACTIVE, locked sets and everything the configuration protects. */
export function buildLockReasons(
  directory: Directory,
  actualSets: readonly ActualPermissionSet[],
  protectedThings: Config["protected"],
): LockReasons {
  const states = new Map(directory.accounts.map(({ id, state }) => [id, state]));
  const protectedAccounts = new Set(protectedThings.accounts);
  const protectedSets = new Set(protectedThings.permissionSets);
  const lockedSets = new Set<string>(actualSets.filter(({ locked }) => locked).map(({ name }) => name));
  const protectedPrincipals = protectedPrincipalIds(directory, protectedThings.principals);
  return {
    ofAccount: (account) => {
      if (account === directory.managementAccount) return "management-account";
      if (isLockedKeyAccount(directory, account)) return "key-account";
      if (protectedAccounts.has(account)) return "protected-account";
      const state = states.get(account);
      if (state === undefined) return "account-unknown";
      return state === "ACTIVE" ? undefined : "account-not-active";
    },
    ofPrincipal: ({ id }) => (protectedPrincipals.has(id) ? "protected-principal" : undefined),
    ofPermissionSet: (name) => {
      if (protectedSets.has(name)) return "protected-permission-set";
      return lockedSets.has(name) ? "provisioned-in-management-account" : undefined;
    },
  };
}

function protectedPrincipalIds(directory: Directory, protectedTexts: readonly string[]): ReadonlySet<string> {
  const isProtected = protectedPrincipalTest(protectedTexts);
  const principals: readonly (User | Group)[] = [...directory.users, ...directory.groups];
  // An id stays protected when its user has left the directory, so that nothing of theirs is removed by accident.
  return new Set([...principals.filter(isProtected).map(({ id }) => id), ...protectedTexts]);
}
