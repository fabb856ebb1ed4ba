import type {
  AccountState,
  PrincipalType,
  SeedAccount,
  SeedAssignment,
  SeedGroup,
  SeedPermissionSet,
  SeedUser,
} from "./aws-seed.ts";
import { startDeletion } from "./identity-center/account-assignments.ts";
import type { IdentityCenter } from "./identity-center/identity-center.ts";
import {
  assignmentsInAccount,
  isProvisionedLatest,
  withAssignment,
  withDefinition,
  withPermissionSet,
  withProvisioned,
  withoutAssignment,
  withoutProvisioned,
} from "./identity-center/identity-center-state.ts";
import type {
  PermissionSet,
  PermissionsBoundary,
  PolicyReference,
} from "./identity-center/identity-center-state.ts";
import { seededAssignment, seededDefinition } from "./seeded-state.ts";

/** A permission set as it is now, in plain data. */
interface PermissionSetSnapshot {
  readonly arn: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly sessionDuration: string;
  readonly relayState: string | undefined;
  readonly inlinePolicy: string | undefined;
  readonly managedPolicies: readonly string[];
  readonly customerManagedPolicies: readonly PolicyReference[];
  readonly boundary: PermissionsBoundary | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly provisionedAccounts: readonly { readonly accountId: string; readonly stale: boolean }[];
}

/** An account assignment as it is now. */
interface AssignmentSnapshot {
  readonly permissionSet: string;
  readonly accountId: string;
  readonly principalType: PrincipalType;
  readonly principalId: string;
}

/** One way of a person into an account. */
export interface WayIn {
  readonly accountId: string;
  readonly accountName: string;
  readonly permissionSet: string;
  readonly userName: string;
  readonly displayName: string;
  /** The group that it is through. */
  readonly group: string | undefined;
}

/**
 * Looks past the API: reads that do not lag, and changes made by others, which show at once and are finished
 * at once. Permission sets are named by name; every function throws when what it names does not exist.
 */
export interface SandboxState {
  permissionSets(): readonly PermissionSetSnapshot[];
  permissionSet(name: string): PermissionSetSnapshot;
  assignments(): readonly AssignmentSnapshot[];
  /** What the access portal offers to whom, in accounts that are active. */
  waysIn(): readonly WayIn[];
  userId(userName: string): string;
  groupId(displayName: string): string;
  /** Adds a user and gives its id. */
  addUser(user: SeedUser): string;
  removeUser(userNameOrId: string): void;
  disableUser(userNameOrId: string): void;
  /** Adds a group and gives its id. */
  addGroup(group: SeedGroup): string;
  removeGroup(displayNameOrId: string): void;
  addAccount(account: SeedAccount): void;
  setAccountState(accountId: string, state: AccountState): void;
  addAssignment(permissionSet: string, assignment: SeedAssignment): void;
  removeAssignment(permissionSet: string, assignment: SeedAssignment): void;
  /** Begins to remove an assignment, as a request of others would: it is outstanding until it is over. */
  startRemoving(permissionSet: string, assignment: SeedAssignment): void;
  tagPermissionSet(permissionSet: string, tags: Readonly<Record<string, string>>): void;
  untagPermissionSet(permissionSet: string, keys: readonly string[]): void;
  /** Replaces the mentioned parts of a definition, which makes the accounts it is provisioned to stale. */
  changePermissionSet(
    permissionSet: string,
    changes: Omit<SeedPermissionSet, "name" | "tags" | "assignments">,
  ): void;
}

/** The way past the API of an Identity Center. */
export function createSandboxState(center: IdentityCenter): SandboxState {
  const { directory, organization, timeline } = center;
  const sets = () => [...timeline.newest().values()];

  function rewrite(name: string, change: (set: PermissionSet) => PermissionSet): void {
    const set = sets().find((each) => each.name === name);
    if (set === undefined) throw new Error(`There is no permission set "${name}" in the sandbox.`);
    timeline.rewrite((state) => withPermissionSet(state, change(set)));
  }

  return {
    permissionSets: () => sets().map(snapshot),
    permissionSet(name) {
      const set = sets().find((each) => each.name === name);
      if (set === undefined) throw new Error(`There is no permission set "${name}" in the sandbox.`);
      return snapshot(set);
    },
    assignments: () =>
      sets().flatMap(({ name, assignments }) =>
        [...assignments.values()].map((assignment) => ({ permissionSet: name, ...assignment })),
      ),
    waysIn: () => sets().flatMap((set) => waysThrough(set, center)),
    userId: (userName) => directory.user(userName).id,
    groupId: (displayName) => directory.group(displayName).id,
    addUser: directory.addUser,
    removeUser: directory.removeUser,
    disableUser: directory.disableUser,
    addGroup: directory.addGroup,
    removeGroup: directory.removeGroup,
    addAccount: organization.addAccount,
    setAccountState: organization.setAccountState,
    addAssignment(name, seed) {
      const assignment = seededAssignment(directory, seed);
      rewrite(name, (set) => assigned(set, assignment));
    },
    removeAssignment(name, seed) {
      const assignment = seededAssignment(directory, seed);
      rewrite(name, (set) => unassigned(set, assignment));
    },
    startRemoving(name, seed) {
      const set = sets().find((each) => each.name === name);
      if (set !== undefined) startDeletion(center, set, seededAssignment(directory, seed));
    },
    tagPermissionSet(name, tags) {
      rewrite(name, (set) => ({ ...set, tags: new Map([...set.tags, ...Object.entries(tags)]) }));
    },
    untagPermissionSet(name, keys) {
      rewrite(name, (set) => ({
        ...set,
        tags: new Map([...set.tags].filter(([key]) => !keys.includes(key))),
      }));
    },
    changePermissionSet(name, changes) {
      rewrite(name, (set) => withDefinition(set, seededDefinition(changes)));
    },
  };
}

function waysThrough(set: PermissionSet, { directory, organization }: IdentityCenter): readonly WayIn[] {
  return [...set.assignments.values()].flatMap(({ accountId, principalType, principalId }) => {
    const account = organization.account(accountId);
    if (account?.state !== "ACTIVE") return [];
    const group = directory.groups().find(({ id }) => principalType === "GROUP" && id === principalId);
    const isMeant = (id: string) => group?.memberIds.has(id) ?? id === principalId;
    const users = directory.users().filter(({ id, status }) => status === "ENABLED" && isMeant(id));
    return users.map(({ userName, displayName }) => ({
      accountId,
      accountName: account.name,
      permissionSet: set.name,
      userName,
      displayName,
      group: group?.displayName,
    }));
  });
}

type Seeded = ReturnType<typeof seededAssignment>;

function assigned(set: PermissionSet, assignment: Seeded): PermissionSet {
  const added = withAssignment(set, assignment);
  if (set.provisioned.has(assignment.accountId)) return added;
  return withProvisioned(added, assignment.accountId, set.definition);
}

function unassigned(set: PermissionSet, assignment: Seeded): PermissionSet {
  const rest = withoutAssignment(set, assignment);
  const isUnused = assignmentsInAccount(rest, assignment.accountId).length === 0;
  return isUnused ? withoutProvisioned(rest, assignment.accountId) : rest;
}

function snapshot(set: PermissionSet): PermissionSetSnapshot {
  return {
    arn: set.arn,
    name: set.name,
    ...set.definition,
    tags: Object.fromEntries(set.tags),
    provisionedAccounts: [...set.provisioned.keys()]
      .sort()
      .map((accountId) => ({ accountId, stale: !isProvisionedLatest(set, accountId) })),
  };
}
