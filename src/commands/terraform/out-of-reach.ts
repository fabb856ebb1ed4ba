import { type Directory, isLockedKeyAccount } from "../../model/directory.ts";
import type { AccountId } from "../../model/ids.ts";

/** The management account, and the sync's own where records give no access to it. */
export function listOutOfReach({ managementAccount, keyAccounts }: Directory): readonly AccountId[] {
  return [...new Set([managementAccount, ...(keyAccounts.isOpen ? [] : keyAccounts.ids)])];
}

/** Whether the account is the management account, or the sync's own where records give no access to it. */
export function isOutOfReach(directory: Directory): (account: AccountId) => boolean {
  return (account) => account === directory.managementAccount || isLockedKeyAccount(directory, account);
}
