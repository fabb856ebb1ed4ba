import { AwsError } from "../protocol/aws-error.ts";
import type { Output } from "../protocol/service.ts";
import type { SeedExternalId } from "../aws-seed.ts";
import type { OtherBeliefs } from "../../beliefs.ts";
import { principalIdFor } from "../sandbox-id.ts";
import type { Directory, DirectoryGroup, DirectoryUser } from "./directory.ts";

/** What the operations of the identity store work on. */
export interface IdentityStore {
  readonly directory: Directory;
  readonly others: OtherBeliefs;
}

/** The user of this id. Throws a ResourceNotFoundException when there is none. */
export function storedUser({ directory }: IdentityStore, userId: string): DirectoryUser {
  const user = directory.users().find(({ id }) => id === userId);
  if (user === undefined) throw notFound("USER", userId);
  return user;
}

/** The group of this id. Throws a ResourceNotFoundException when there is none. */
export function storedGroup({ directory }: IdentityStore, groupId: string): DirectoryGroup {
  const group = directory.groups().find(({ id }) => id === groupId);
  if (group === undefined) throw notFound("GROUP", groupId);
  return group;
}

/** A user's place in a group. */
export interface Membership {
  readonly group: DirectoryGroup;
  readonly userId: string;
}

/** Every membership of the store. */
export function memberships({ directory }: IdentityStore): readonly Membership[] {
  return directory.groups().flatMap((group) => [...group.memberIds].map((userId) => ({ group, userId })));
}

/** The id of a membership, which follows from its group and its user. */
export function membershipId({ directory }: IdentityStore, { group, userId }: Membership): string {
  return principalIdFor(directory.identityStoreId, `${group.id} ${userId}`);
}

/** Nothing in the sandbox is changed after it was made. */
function timesOf(createdAt: string): { readonly CreatedAt: number; readonly UpdatedAt: number } {
  const seconds = Date.parse(createdAt) / 1_000;
  return { CreatedAt: seconds, UpdatedAt: seconds };
}

function externalIdsOf(ids: readonly SeedExternalId[]): Output {
  if (ids.length === 0) return {};
  return { ExternalIds: ids.map(({ issuer, id }) => ({ Issuer: issuer, Id: id })) };
}

/** A membership as the service gives it. */
export function membershipOutput(store: IdentityStore, membership: Membership): Output {
  return {
    IdentityStoreId: store.directory.identityStoreId,
    MembershipId: membershipId(store, membership),
    GroupId: membership.group.id,
    MemberId: { UserId: membership.userId },
    ...timesOf(membership.group.createdAt),
  };
}

/** A group as the service gives it. */
export function groupOutput(
  { directory: { identityStoreId } }: IdentityStore,
  { id, displayName, description, createdAt, externalIds }: DirectoryGroup,
): Output {
  return {
    GroupId: id,
    DisplayName: displayName,
    Description: description,
    IdentityStoreId: identityStoreId,
    ...timesOf(createdAt),
    ...externalIdsOf(externalIds),
  };
}

/** A user as the service gives it. */
export function userOutput({ directory: { identityStoreId } }: IdentityStore, user: DirectoryUser): Output {
  return {
    ...user.details,
    IdentityStoreId: identityStoreId,
    UserId: user.id,
    UserName: user.userName,
    DisplayName: user.displayName,
    Emails: user.email === undefined ? undefined : [{ Value: user.email, Type: "work", Primary: true }],
    UserStatus: user.status,
    ...timesOf(user.createdAt),
    ...externalIdsOf(user.externalIds),
  };
}

/** The error for a resource that the store does not have. */
export function notFound(
  type: "USER" | "GROUP" | "GROUP_MEMBERSHIP" | "IDENTITY_STORE",
  id: string | undefined,
): AwsError {
  return new AwsError("ResourceNotFoundException", `${type} not found.`, {
    members: { ResourceType: type, ResourceId: id },
  });
}
