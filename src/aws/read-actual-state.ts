import type { ActualState, Instance } from "../model/actual-state.ts";
import type { AccountId } from "../model/ids.ts";
import { readAssignments } from "./assignments.ts";
import type { AwsClients } from "./clients.ts";
import { readAccounts, readGroups, readManagedPolicies, readUsers } from "./directory.ts";
import { type Ownership, readPermissionSets } from "./permission-sets.ts";
import type { Reader } from "./reader.ts";

/** Where the state is read. */
export interface ActualStateSource {
  readonly instance: Instance;
  readonly managementAccount: AccountId;
}

/**
 * Everything the plan compares with, in an order that does not depend on that of the answers. Throws a PassError when
 * any part could not be read whole.
 */
export async function readActualState(
  reader: Reader,
  clients: AwsClients,
  { instance, managementAccount }: ActualStateSource,
  ownership: Ownership,
): Promise<ActualState> {
  const source = { reader, client: clients.ssoAdmin, instanceArn: instance.arn };
  const [accounts, users, groups, managedPolicies, permissionSets] = await Promise.all([
    readAccounts(reader, clients),
    readUsers(reader, clients, instance.identityStoreId),
    readGroups(reader, clients, instance.identityStoreId),
    readManagedPolicies(reader, clients),
    readPermissionSets(source, ownership, managementAccount),
  ]);
  const assignments = await readAssignments(source, permissionSets);
  const directory = { managementAccount, accounts, users, groups, managedPolicies };
  return { instance, directory, permissionSets, assignments };
}
