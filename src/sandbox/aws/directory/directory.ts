import type { PrincipalType, SeedExternalId, SeedGroup, SeedUser } from "../aws-seed.ts";
import { principalIdFor } from "../sandbox-id.ts";

/** What else is known of a user, as it was given and as it is told again. */
type UserDetails = Readonly<Record<string, unknown>>;

export interface DirectoryUser {
  readonly id: string;
  readonly userName: string;
  readonly email: string | undefined;
  readonly displayName: string;
  readonly details: UserDetails;
  readonly status: "ENABLED" | "DISABLED";
  /** ISO 8601. */
  readonly createdAt: string;
  readonly externalIds: readonly SeedExternalId[];
}

/** Since when everything is there that a seed tells no time of. */
export const seededAt = "2023-11-14T22:13:20.000Z";

export interface DirectoryGroup {
  readonly id: string;
  readonly displayName: string;
  readonly description: string | undefined;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly externalIds: readonly SeedExternalId[];
  readonly memberIds: Set<string>;
}

/** The users and groups of an identity store; changes show at once. */
export interface Directory {
  readonly identityStoreId: string;
  users(): readonly DirectoryUser[];
  groups(): readonly DirectoryGroup[];
  /** Adds a user and gives its id, a new one even if there was a user of that name before. */
  readonly addUser: (user: SeedUser, details?: UserDetails) => string;
  readonly addGroup: (group: SeedGroup) => string;
  /** Removes a user by name or id. Throws when there is none. */
  readonly removeUser: (userNameOrId: string) => void;
  /** Disables a user by name or id. Throws when there is none. */
  readonly disableUser: (userNameOrId: string) => void;
  /** Removes a group by display name or id. Throws when there is none. */
  readonly removeGroup: (displayNameOrId: string) => void;
  /** The user of this name or id. Throws when there is none. */
  user(userNameOrId: string): DirectoryUser;
  /** The group of this display name or id. Throws when there is none. */
  group(displayNameOrId: string): DirectoryGroup;
  has(type: PrincipalType, id: string): boolean;
}

/** Creates the directory of an identity store. */
export function createDirectory(
  identityStoreId: string,
  seed: { readonly users: readonly SeedUser[]; readonly groups: readonly SeedGroup[] },
): Directory {
  const users = new Map<string, DirectoryUser>();
  const groups = new Map<string, DirectoryGroup>();
  let created = 0;

  function newId(name: string): string {
    created += 1;
    return principalIdFor(identityStoreId, `${created} ${name}`);
  }

  const user = (userNameOrId: string) =>
    find(users, userNameOrId, (candidate) => candidate.userName) ?? missing("user", userNameOrId);
  const group = (displayNameOrId: string) =>
    find(groups, displayNameOrId, (candidate) => candidate.displayName) ?? missing("group", displayNameOrId);

  function addUser(added: SeedUser, details: UserDetails = {}): string {
    const id = added.id ?? newId(added.userName);
    users.set(id, userOf(id, added, details));
    return id;
  }

  function addGroup(added: SeedGroup, createdAt = new Date().toISOString()): string {
    const id = added.id ?? newId(added.displayName);
    const memberIds = new Set((added.members ?? []).map((member) => user(member).id));
    const { displayName, description, externalIds = [] } = added;
    groups.set(id, { id, displayName, description, createdAt, externalIds, memberIds });
    return id;
  }

  for (const seedUser of seed.users) addUser({ createdAt: seededAt, ...seedUser });
  for (const seedGroup of seed.groups) addGroup(seedGroup, seededAt);

  return {
    identityStoreId,
    users: () => [...users.values()],
    groups: () => [...groups.values()],
    addUser,
    addGroup: (added) => addGroup(added),
    removeUser(userNameOrId) {
      const { id } = user(userNameOrId);
      users.delete(id);
      for (const { memberIds } of groups.values()) memberIds.delete(id);
    },
    disableUser(userNameOrId) {
      const found = user(userNameOrId);
      users.set(found.id, { ...found, status: "DISABLED" });
    },
    removeGroup: (displayNameOrId) => {
      groups.delete(group(displayNameOrId).id);
    },
    user,
    group,
    has: (type, id) => (type === "USER" ? users.has(id) : groups.has(id)),
  };
}

function userOf(id: string, added: SeedUser, details: UserDetails): DirectoryUser {
  return {
    id,
    userName: added.userName,
    email: added.email,
    displayName: added.displayName ?? added.userName,
    details,
    status: added.status ?? "ENABLED",
    createdAt: added.createdAt ?? new Date().toISOString(),
    externalIds: added.externalIds ?? [],
  };
}

function find<Entry>(
  entries: ReadonlyMap<string, Entry>,
  nameOrId: string,
  nameOf: (entry: Entry) => string,
): Entry | undefined {
  return entries.get(nameOrId) ?? [...entries.values()].find((entry) => nameOf(entry) === nameOrId);
}

function missing(kind: string, nameOrId: string): never {
  throw new Error(`There is no ${kind} "${nameOrId}" in the sandbox.`);
}
