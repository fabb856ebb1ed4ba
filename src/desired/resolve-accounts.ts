import type { Account, Directory } from "../model/directory.ts";
import { groupBy } from "../model/group-by.ts";
import type { AccountId } from "../model/ids.ts";
import { createIssue, type Issue } from "../model/issue.ts";
import type { RecordRef } from "../model/record.ts";
import { normalizeName, shorten } from "../model/text.ts";
import { suggestNames } from "./nearest-names.ts";

export interface AccountIndex {
  readonly byId: ReadonlyMap<string, Account>;
  readonly byName: ReadonlyMap<string, readonly Account[]>;
  readonly managementAccount: AccountId;
  readonly protectedAccounts: ReadonlySet<string>;
}

export function buildAccountIndex(
  directory: Directory,
  protectedAccounts: readonly AccountId[],
): AccountIndex {
  const byName = groupBy(directory.accounts, (account) => normalizeName(account.name));
  return {
    byId: new Map(directory.accounts.map((account) => [account.id, account])),
    byName,
    managementAccount: directory.managementAccount,
    protectedAccounts: new Set(protectedAccounts),
  };
}

/** The account a record names by id or exact name; an issue, and undefined, unless there is just one. */
export function resolveAccount(
  text: string,
  record: RecordRef,
  index: AccountIndex,
  issues: Issue[],
): AccountId | undefined {
  const add = (issue: Issue): undefined => void issues.push(issue);
  const value = shorten(text);
  const byId = index.byId.get(text);
  const matches = byId === undefined ? (index.byName.get(text) ?? []) : [byId];
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
  if (/^\d+$/u.test(digits)) return suggestNames(digits, index.byId.keys(), issues);
  return suggestNames(text, index.byName.keys(), issues);
}
