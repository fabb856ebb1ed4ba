import type { ActualState, Instance } from "../model/actual-state.ts";
import type { Group } from "../model/directory.ts";
import type { AccountId } from "../model/ids.ts";
import { readAssignments } from "./assignments.ts";
import type { AwsClients } from "./clients.ts";
import { readAccounts, readGroups, readManagedPolicies, readMemberships, readUsers } from "./directory.ts";
import { type Ownership, readPermissionSets } from "./permission-sets.ts";
import type { Reader } from "./reader.ts";

/** Where the state is read. */
export interface ActualStateSource {
  readonly instance: Instance;
  readonly managementAccount: AccountId;
  /** Whether the members of a group are read as well. */
  readonly readsMembersOf: (group: Group) => boolean;
}

/**
 * Everything the plan compares with, in an order that does not depend on that of the answers. Throws a PassError when
 * any part could not be read whole.
 */
export async function readActualState(
  reader: Reader,
  clients: AwsClients,
  { instance, managementAccount, readsMembersOf }: ActualStateSource,
  ownership: Ownership,
): Promise<ActualState> {
  const source = { reader, client: clients.ssoAdmin, instanceArn: instance.arn };
  const { identityStoreId } = instance;
  const allGroups = readGroups(reader, clients, identityStoreId);
  const [accounts, users, groups, managedPolicies, permissionSets, memberships] = await Promise.all([
    readAccounts(reader, clients),
    readUsers(reader, clients, identityStoreId),
    allGroups,
    readManagedPolicies(reader, clients),
    readPermissionSets(source, ownership, managementAccount),
    allGroups.then((found) =>
      readMemberships(reader, clients, identityStoreId, found.filter(readsMembersOf)),
    ),
  ]);
  const assignments = await readAssignments(source, permissionSets);
  const directory = { managementAccount, accounts, users, groups, managedPolicies, memberships };
  return { instance, directory, permissionSets, assignments };
}
