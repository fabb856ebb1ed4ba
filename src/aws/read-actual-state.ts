import type { ActualPermissionSet, ActualState, Instance } from "../model/actual-state.ts";
import type { Directory, Group } from "../model/directory.ts";
import type { AccountId, PermissionSetArn } from "../model/ids.ts";
import { type LiveParts, pairKey, type ReadingRequest, type StaleChoice } from "../model/reading.ts";
import type { OutlineRead } from "../ports.ts";
import { readAssignments, readPrincipals } from "./assignments.ts";
import type { AwsClients } from "./clients.ts";
import { readAccounts, readGroups, readManagedPolicies, readMemberships, readUsers } from "./directory.ts";
import {
  type Ownership,
  type PermissionSetSource,
  readHead,
  readPermissionSetArns,
  readPermissionSets,
  readPolicies,
  readProvisionedAccounts,
  readProvisionedArns,
  readStaleAccounts,
} from "./permission-sets.ts";
import type { Reader } from "./reader.ts";

/** Where the state is read. */
export interface ActualStateSource {
  readonly instance: Instance;
  readonly managementAccount: AccountId;
  /** Whether the members of a group are read as well. */
  readonly readsMembersOf: (group: Group) => boolean;
}

/**
 * Everything the plan compares with, in an order that does not depend on that of the answers; accounts that miss a
 * definition only of the sets that are chosen. Throws a PassError when any part could not be read whole.
 */
export async function readActualState(
  reader: Reader,
  clients: AwsClients,
  place: ActualStateSource,
  ownership: Ownership,
  isStaleDue: StaleChoice,
): Promise<ActualState> {
  const { instance, managementAccount } = place;
  const source = { reader, client: clients.ssoAdmin, instanceArn: instance.arn };
  const [directory, sets] = await Promise.all([
    readDirectory(reader, clients, place),
    readPermissionSets(source, ownership, managementAccount),
  ]);
  const [permissionSets, assignments] = await Promise.all([
    readStaleOf(source, sets, isStaleDue),
    readAssignments(source, sets),
  ]);
  return { instance, directory, permissionSets, assignments };
}

/** Which permission sets there are, everything but them, and where the sets of the given ARNs are provisioned. Throws a PassError. */
export async function readOutline(
  reader: Reader,
  clients: AwsClients,
  place: ActualStateSource,
  expected: ReadonlySet<PermissionSetArn>,
): Promise<OutlineRead> {
  const { instance, managementAccount } = place;
  const source = { reader, client: clients.ssoAdmin, instanceArn: instance.arn };
  const [directory, [arns, provisionedAccounts], lockedArns] = await Promise.all([
    readDirectory(reader, clients, place),
    readPermissionSetArns(source).then(async (found) => {
      const known = found.filter((arn) => expected.has(arn));
      return [found, await readByArn(known, (arn) => readProvisionedAccounts(source, arn))] as const;
    }),
    readProvisionedArns(source, managementAccount),
  ]);
  const locked = new Set(lockedArns);
  const permissionSets = arns.map((arn) => ({ arn, locked: locked.has(arn) }));
  return { outline: { instance, directory, permissionSets }, provisionedAccounts };
}

/** The parts that are asked for. Throws a PassError. */
export async function readParts(source: PermissionSetSource, request: ReadingRequest): Promise<LiveParts> {
  const [heads, policies, provisionedAccounts, staleAccounts, pairs] = await Promise.all([
    readByArn(request.heads, (arn) => readHead(source, arn)),
    readByArn(request.policies, (arn) => readPolicies(source, arn)),
    readByArn(request.provisionedAccounts, (arn) => readProvisionedAccounts(source, arn)),
    readByArn(request.staleAccounts, (arn) => readStaleAccounts(source, arn)),
    Promise.all(
      request.pairs.map(async (pair) => [pairKey(pair), await readPrincipals(source, pair)] as const),
    ),
  ]);
  return { heads, policies, provisionedAccounts, staleAccounts, pairs: new Map(pairs) };
}

async function readByArn<Part>(
  arns: readonly PermissionSetArn[],
  read: (arn: PermissionSetArn) => Promise<Part>,
): Promise<ReadonlyMap<PermissionSetArn, Part>> {
  return new Map(await Promise.all(arns.map(async (arn) => [arn, await read(arn)] as const)));
}

async function readDirectory(
  reader: Reader,
  clients: AwsClients,
  { instance, managementAccount, readsMembersOf }: ActualStateSource,
): Promise<Directory> {
  const { identityStoreId } = instance;
  const allGroups = readGroups(reader, clients, identityStoreId);
  const [accounts, users, groups, managedPolicies, memberships] = await Promise.all([
    readAccounts(reader, clients),
    readUsers(reader, clients, identityStoreId),
    allGroups,
    readManagedPolicies(reader, clients),
    allGroups.then((found) =>
      readMemberships(reader, clients, identityStoreId, found.filter(readsMembersOf)),
    ),
  ]);
  return { managementAccount, accounts, users, groups, managedPolicies, memberships };
}

async function readStaleOf(
  source: PermissionSetSource,
  sets: readonly ActualPermissionSet[],
  isStaleDue: StaleChoice,
): Promise<readonly ActualPermissionSet[]> {
  const managed = sets.filter((set) => set.managed);
  const pairs = managed.reduce((sum, { provisionedAccounts }) => sum + provisionedAccounts.length, 0);
  const sizes = { permissionSets: managed.length, pairs };
  return Promise.all(
    sets.map(async (set) => {
      if (!set.managed || set.provisionedAccounts.length === 0 || !isStaleDue(set, sizes)) return set;
      return { ...set, staleAccounts: await readStaleAccounts(source, set.arn) };
    }),
  );
}
