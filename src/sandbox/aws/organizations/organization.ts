import type { AccountState, AwsSeed } from "../aws-seed.ts";

export interface OrganizationAccount {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly state: AccountState;
}

/** The accounts of the organization; changes show at once. */
export interface Organization {
  readonly id: string;
  readonly managementAccount: string;
  accounts(): readonly OrganizationAccount[];
  account(id: string): OrganizationAccount | undefined;
  /** Throws when there is no such account. */
  readonly setAccountState: (id: string, state: AccountState) => void;
  readonly addAccount: (account: AwsSeed["accounts"][number]) => void;
}

/** Creates the organization; the management account and the caller's account belong to it in any case. */
export function createOrganization(
  seed: Pick<AwsSeed, "accounts" | "managementAccount" | "callerAccount">,
): Organization {
  const accounts = new Map<string, OrganizationAccount>();

  function addAccount({ id, name, email, state }: AwsSeed["accounts"][number]): void {
    accounts.set(id, { id, name, email: email ?? `aws+${id}@example.com`, state: state ?? "ACTIVE" });
  }

  for (const account of seed.accounts) addAccount(account);
  if (!accounts.has(seed.managementAccount)) addAccount({ id: seed.managementAccount, name: "management" });
  if (!accounts.has(seed.callerAccount)) addAccount({ id: seed.callerAccount, name: "identity" });

  return {
    id: "o-sandbox0001",
    managementAccount: seed.managementAccount,
    accounts: () => [...accounts.values()],
    account: (id) => accounts.get(id),
    setAccountState(id, state) {
      const account = accounts.get(id);
      if (account === undefined) throw new Error(`There is no account ${id} in the sandbox.`);
      accounts.set(id, { ...account, state });
    },
    addAccount,
  };
}
