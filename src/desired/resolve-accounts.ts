import { type Account, type Directory, isLockedKeyAccount, type KeyAccounts } from "../model/directory.ts";
import { groupBy } from "../model/group-by.ts";
import type { AccountId } from "../model/ids.ts";
import { createIssue, type Issue } from "../model/issue.ts";
import { type RecordRef, wasSavedAfter } from "../model/record.ts";
import { normalizeName, shorten } from "../model/text.ts";
import { indexNames, type NameIndex, suggestNames } from "./nearest-names.ts";

export interface AccountIndex {
  readonly byId: ReadonlyMap<string, Account>;
  readonly byName: ReadonlyMap<string, readonly Account[]>;
  readonly managementAccount: AccountId;
  readonly keyAccounts: KeyAccounts;
  readonly protectedAccounts: ReadonlySet<string>;
  readonly suggestions: { readonly ids: NameIndex; readonly names: NameIndex };
}

export function buildAccountIndex(
  directory: Directory,
  protectedAccounts: readonly AccountId[],
): AccountIndex {
  const byName = groupBy(directory.accounts, (account) => normalizeName(account.name));
  const byId = new Map<string, Account>(directory.accounts.map((account) => [account.id, account]));
  return {
    byId,
    byName,
    suggestions: { ids: indexNames(byId.keys()), names: indexNames(byName.keys()) },
    managementAccount: directory.managementAccount,
    keyAccounts: directory.keyAccounts,
    protectedAccounts: new Set(protectedAccounts),
  };
}

/** Whether an account has the id or the name. */
export function accountExists(text: string, { byId, byName }: AccountIndex): boolean {
  return byId.has(text) || byName.has(text);
}

/** The accounts that a text may mean: of several with one name the only living one, unless the record is older than it. */
function findAccounts(text: string, record: RecordRef, { byId, byName }: AccountIndex): readonly Account[] {
  const account = byId.get(text);
  if (account !== undefined) return [account];
  const named = byName.get(text) ?? [];
  const living = named.filter(({ state }) => !closedStates.has(state));
  const [successor] = living;
  const isSuccessor = named.length > 1 && living.length === 1 && wasSavedAfter(record, successor?.joinedAt);
  return isSuccessor ? living : named;
}

/** Organizations calls a closed account suspended for 90 days. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_account_state.html */
const closedStates: ReadonlySet<Account["state"]> = new Set(["SUSPENDED", "PENDING_CLOSURE", "CLOSED"]);

/** The account a record names by id or exact name; an issue, and undefined, unless there is just one. */
export function resolveAccount(
  text: string,
  record: RecordRef,
  index: AccountIndex,
  issues: Issue[],
): AccountId | undefined {
  const add = (issue: Issue): undefined => void issues.push(issue);
  const value = shorten(text);
  const matches = findAccounts(text, record, index);
  const [account] = matches;
  if (account === undefined) {
    const suggestions = suggestAccounts(text, index, issues);
    return add(createIssue("account.unknown", record, "accounts", { value, suggestions }));
  }
  if (matches.length > 1) {
    const ids = matches.map(({ id }) => id);
    return add(createIssue("account.ambiguous", record, "accounts", { value, ids }));
  }
  if (account.id === index.managementAccount) {
    add(createIssue("account.management", record, "accounts", { value }));
  } else if (isLockedKeyAccount(index, account.id)) {
    add(createIssue("account.holds-keys", record, "accounts", { value }));
  } else if (account.state !== "ACTIVE") {
    add(createIssue("account.not-active", record, "accounts", { value, state: account.state }));
  } else if (index.protectedAccounts.has(account.id)) {
    add(createIssue("account.protected", record, "accounts", { value }));
  }
  return account.id;
}

/** Ids for what looks like one, also when it is grouped the way the AWS console prints it, names for the rest. */
function suggestAccounts(text: string, index: AccountIndex, issues: readonly Issue[]): readonly string[] {
  const digits = text.replaceAll(/[\s-]/gu, "");
  if (/^\d+$/u.test(digits)) return suggestNames(digits, index.suggestions.ids, issues);
  return suggestNames(text, index.suggestions.names, issues);
}
