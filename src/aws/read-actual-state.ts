import type { ActualPermissionSet, ActualState, Instance } from "../model/actual-state.ts";
import type { Directory, Group, KeyAccounts } from "../model/directory.ts";
import type { AccountId, PermissionSetArn } from "../model/ids.ts";
import {
  type LiveParts,
  type Outline,
  type Pair,
  pairKey,
  type ReadingRequest,
  type StaleChoice,
} from "../model/reading.ts";
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
  unlessDeleted,
} from "./permission-sets.ts";
import type { Reader } from "./reader.ts";

/** Where the state is read. */
export interface ActualStateSource {
  readonly instance: Instance;
  readonly managementAccount: AccountId;
  readonly keyAccounts: KeyAccounts;
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

/** Which permission sets there are, and everything but them. Throws a PassError. */
export async function readOutline(
  reader: Reader,
  clients: AwsClients,
  place: ActualStateSource,
): Promise<Outline> {
  const { instance, managementAccount } = place;
  const source = { reader, client: clients.ssoAdmin, instanceArn: instance.arn };
  const [directory, arns, lockedArns] = await Promise.all([
    readDirectory(reader, clients, place),
    readPermissionSetArns(source),
    readProvisionedArns(source, managementAccount),
  ]);
  const locked = new Set(lockedArns);
  return { instance, directory, permissionSets: arns.map((arn) => ({ arn, locked: locked.has(arn) })) };
}

/** The parts that are asked for. Throws a PassError. */
export async function readParts(
  reader: Reader,
  clients: AwsClients,
  { arn: instanceArn, identityStoreId }: Instance,
  request: ReadingRequest,
): Promise<LiveParts> {
  const source = { reader, client: clients.ssoAdmin, instanceArn };
  const [heads, policies, provisionedAccounts, staleAccounts, pairs, memberships] = await Promise.all([
    readByArn(source, request.heads, readHead),
    readByArn(source, request.policies, readPolicies),
    readByArn(source, request.provisionedAccounts, readProvisionedAccounts),
    readByArn(source, request.staleAccounts, readStaleAccounts),
    readPairs(source, request.pairs),
    readMemberships(reader, clients, identityStoreId, request.groups),
  ]);
  const all = [heads, policies, provisionedAccounts, staleAccounts, pairs];
  const deleted = all.flatMap((one) => [...one.deleted].map((arn) => [arn, null] as const));
  return {
    heads: new Map([...heads.parts, ...deleted]),
    policies: policies.parts,
    provisionedAccounts: provisionedAccounts.parts,
    staleAccounts: staleAccounts.parts,
    pairs: pairs.parts,
    memberships,
  };
}

/** Parts by key, and which sets others deleted meanwhile. */
interface Found<Key, Part> {
  readonly parts: ReadonlyMap<Key, Part>;
  readonly deleted: ReadonlySet<PermissionSetArn>;
}

function readByArn<Part>(
  source: PermissionSetSource,
  arns: readonly PermissionSetArn[],
  read: (source: PermissionSetSource, arn: PermissionSetArn) => Promise<Part>,
): Promise<Found<PermissionSetArn, Part>> {
  return readEach(
    source,
    arns.map((arn) => ({ key: arn, arn, read: () => read(source, arn) })),
  );
}

function readPairs(source: PermissionSetSource, pairs: readonly Pair[]): Promise<Found<string, Principals>> {
  return readEach(
    source,
    pairs.map((pair) => ({ key: pairKey(pair), arn: pair.arn, read: () => readPrincipals(source, pair) })),
  );
}

type Principals = Awaited<ReturnType<typeof readPrincipals>>;

async function readEach<Key, Part>(
  source: PermissionSetSource,
  wanted: readonly {
    readonly key: Key;
    readonly arn: PermissionSetArn;
    readonly read: () => Promise<Part>;
  }[],
): Promise<Found<Key, Part>> {
  const found = await Promise.all(
    wanted.map(async ({ key, arn, read }) => ({ key, arn, part: await unlessDeleted(source, arn, read) })),
  );
  const parts = new Map<Key, Part>();
  const deleted = new Set<PermissionSetArn>();
  for (const { key, arn, part } of found) {
    if (part === undefined) deleted.add(arn);
    else parts.set(key, part);
  }
  return { parts, deleted };
}

async function readDirectory(
  reader: Reader,
  clients: AwsClients,
  { instance, managementAccount, keyAccounts, readsMembersOf }: ActualStateSource,
): Promise<Directory> {
  const { identityStoreId } = instance;
  const allGroups = readGroups(reader, clients, identityStoreId);
  const [accounts, users, groups, managedPolicies, memberships] = await Promise.all([
    readAccounts(reader, clients),
    readUsers(reader, clients, identityStoreId),
    allGroups,
    readManagedPolicies(reader, clients),
    allGroups.then((found) =>
      readMemberships(
        reader,
        clients,
        identityStoreId,
        found.filter(readsMembersOf).map(({ id }) => id),
      ),
    ),
  ]);
  return { managementAccount, keyAccounts, accounts, users, groups, managedPolicies, memberships };
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
      const stale = await unlessDeleted(source, set.arn, () => readStaleAccounts(source, set.arn));
      return { ...set, staleAccounts: stale ?? [] };
    }),
  );
}
