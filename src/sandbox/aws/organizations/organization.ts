import { seededAt } from "../directory/directory.ts";
import type { AccountState, AwsSeed } from "../aws-seed.ts";
import { hexDigits } from "../sandbox-id.ts";

export interface OrganizationAccount {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly state: AccountState;
  /** The names of its organizational units from the root down, with slashes between; empty for the root. */
  readonly unit: string;
  readonly tags: Readonly<Record<string, string>>;
  /** ISO 8601. */
  readonly joinedAt: string;
}

/** The accounts of the organization; changes show at once. */
export interface Organization {
  readonly id: string;
  readonly rootId: string;
  readonly managementAccount: string;
  readonly delegatedAdministrators: readonly string[];
  accounts(): readonly OrganizationAccount[];
  account(id: string): OrganizationAccount | undefined;
  /** The paths of all organizational units, parents included. */
  units(): readonly string[];
  /** Throws when there is no such account. */
  readonly setAccountState: (id: string, state: AccountState) => void;
  readonly addAccount: (account: AwsSeed["accounts"][number]) => void;
}

/** Creates the organization; the management account and the caller's account belong to it in any case. */
export function createOrganization(
  seed: Pick<AwsSeed, "accounts" | "managementAccount" | "callerAccount" | "delegatedAdministrator">,
): Organization {
  const accounts = new Map<string, OrganizationAccount>();
  const { callerAccount, managementAccount } = seed;

  function addAccount(account: AwsSeed["accounts"][number]): void {
    const { id, name, email, state, organizationalUnit, tags, joinedAt } = account;
    accounts.set(id, {
      id,
      name,
      email: email ?? `aws+${id}@example.com`,
      state: state ?? "ACTIVE",
      unit: organizationalUnit ?? "",
      tags: tags ?? {},
      joinedAt: joinedAt ?? new Date().toISOString(),
    });
  }

  for (const account of seed.accounts) addAccount({ joinedAt: seededAt, ...account });
  if (!accounts.has(managementAccount)) addAccount({ id: managementAccount, name: "management" });
  if (!accounts.has(callerAccount)) addAccount({ id: callerAccount, name: "identity" });

  const isDelegated = seed.delegatedAdministrator !== false && callerAccount !== managementAccount;
  return {
    id: "o-sandbox0001",
    rootId: "r-sand",
    managementAccount,
    delegatedAdministrators: isDelegated ? [callerAccount] : [],
    accounts: () => [...accounts.values()],
    account: (id) => accounts.get(id),
    units: () => [...new Set([...accounts.values()].flatMap(({ unit }) => withParents(unit)))],
    setAccountState(id, state) {
      const account = accounts.get(id);
      if (account === undefined) throw new Error(`There is no account ${id} in the sandbox.`);
      accounts.set(id, { ...account, state });
    },
    addAccount,
  };
}

/** The id of the organizational unit of this path, or of the root for the empty one. */
export function parentId({ rootId }: Organization, unit: string): string {
  return unit === "" ? rootId : `ou-sand-${hexDigits(unit, 8)}`;
}

/** The path of ids from the organization down to a unit, as `Account.Paths` has it. */
export function pathOfUnit(organization: Organization, unit: string): string {
  const ids = withParents(unit).map((each) => `${parentId(organization, each)}/`);
  return `${organization.id}/${organization.rootId}/${ids.join("")}`;
}

/** The path of the unit above; the empty one above the topmost. */
export function unitAbove(unit: string): string {
  return unit.split("/").slice(0, -1).join("/");
}

/** A unit's path and those of the units above it, the topmost first. */
function withParents(unit: string): readonly string[] {
  return unit === "" ? [] : [...withParents(unitAbove(unit)), unit];
}
