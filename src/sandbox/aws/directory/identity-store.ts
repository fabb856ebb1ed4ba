import { AwsError } from "../protocol/aws-error.ts";
import { hundredAtMost } from "../protocol/hundred-at-most.ts";
import { createService } from "../protocol/service.ts";
import type { Service } from "../protocol/service.ts";
import { createTokenBucket } from "../protocol/token-bucket.ts";
import type { TokenBucket } from "../protocol/token-bucket.ts";
import { type IdentityStoreOperations, identityStoreRequests } from "./identity-store-requests.ts";
import { groupIdOf, userIdOf } from "./principal-lookup.ts";
import {
  type IdentityStore,
  type Membership,
  groupOutput,
  membershipId,
  membershipOutput,
  memberships,
  notFound,
  storedGroup,
  storedUser,
  userOutput,
} from "./stored-principals.ts";

type Operations = IdentityStoreOperations<IdentityStore>;

const reads = {
  ListUsers(store, input) {
    refuseFilters(input.Filters);
    const { items, nextToken } = hundredAtMost("ListUsers", input, store.directory.users(), ({ id }) => id);
    return { Users: items.map((user) => userOutput(store, user)), NextToken: nextToken };
  },

  ListGroups(store, input) {
    refuseFilters(input.Filters);
    const { items, nextToken } = hundredAtMost("ListGroups", input, store.directory.groups(), ({ id }) => id);
    return { Groups: items.map((group) => groupOutput(store, group)), NextToken: nextToken };
  },

  ListGroupMemberships(store, input) {
    const { id } = storedGroup(store, input.GroupId);
    return pageOfMemberships(store, "ListGroupMemberships", input, ({ group }) => group.id === id);
  },

  ListGroupMembershipsForMember(store, input) {
    const member = memberOf(store, input.MemberId);
    const list = "ListGroupMembershipsForMember";
    return pageOfMemberships(store, list, input, ({ userId }) => userId === member);
  },

  IsMemberInGroups(store, input) {
    const member = memberOf(store, input.MemberId);
    return {
      Results: input.GroupIds.map((groupId) => ({
        GroupId: groupId,
        MemberId: { UserId: member },
        MembershipExists: storedGroup(store, groupId).memberIds.has(member),
      })),
    };
  },

  DescribeUser: (store, { UserId }) => userOutput(store, storedUser(store, UserId)),
  DescribeGroup: (store, { GroupId }) => groupOutput(store, storedGroup(store, GroupId)),
  DescribeGroupMembership: (store, { MembershipId }) =>
    membershipOutput(store, storedMembership(store, MembershipId)),

  GetUserId: (store, { AlternateIdentifier }) => ({
    UserId: userIdOf(store, AlternateIdentifier),
    IdentityStoreId: store.directory.identityStoreId,
  }),
  GetGroupId: (store, { AlternateIdentifier }) => ({
    GroupId: groupIdOf(store, AlternateIdentifier),
    IdentityStoreId: store.directory.identityStoreId,
  }),
  GetGroupMembershipId(store, input) {
    const membership = { group: storedGroup(store, input.GroupId), userId: memberOf(store, input.MemberId) };
    if (!membership.group.memberIds.has(membership.userId)) throw notFound("GROUP_MEMBERSHIP", undefined);
    return {
      MembershipId: membershipId(store, membership),
      IdentityStoreId: store.directory.identityStoreId,
    };
  },
} satisfies Partial<Operations>;

const writes = {
  CreateUser({ directory }, { IdentityStoreId: _store, UserName, DisplayName, Emails, ...details }) {
    const { Name } = details;
    if (UserName === undefined) throw new AwsError("ValidationException", "userName is a required attribute");
    checkPresent({ displayname: DisplayName, givenname: Name?.GivenName, familyname: Name?.FamilyName });
    if (directory.users().some(({ userName }) => userName === UserName)) throw duplicate("UserName");
    const email = Emails?.[0]?.Value;
    const user = { userName: UserName, displayName: DisplayName ?? UserName };
    const id = directory.addUser({ ...user, ...(email === undefined ? {} : { email }) }, details);
    return { UserId: id, IdentityStoreId: directory.identityStoreId };
  },

  CreateGroup({ directory }, { DisplayName, Description }) {
    if (DisplayName === undefined) {
      throw new AwsError("ValidationException", "displayName is a required attribute");
    }
    if (directory.groups().some(({ displayName }) => displayName === DisplayName)) {
      throw duplicate("DisplayName");
    }
    const described = Description === undefined ? {} : { description: Description };
    const id = directory.addGroup({ displayName: DisplayName, ...described });
    return { GroupId: id, IdentityStoreId: directory.identityStoreId };
  },

  CreateGroupMembership(store, input) {
    const membership = { group: storedGroup(store, input.GroupId), userId: memberOf(store, input.MemberId) };
    if (membership.group.memberIds.has(membership.userId)) throw duplicate("Member");
    membership.group.memberIds.add(membership.userId);
    return {
      MembershipId: membershipId(store, membership),
      IdentityStoreId: store.directory.identityStoreId,
    };
  },

  DeleteUser(store, { UserId }) {
    store.directory.removeUser(storedUser(store, UserId).id);
    return {};
  },
  DeleteGroup(store, { GroupId }) {
    store.directory.removeGroup(storedGroup(store, GroupId).id);
    return {};
  },
  DeleteGroupMembership(store, { MembershipId }) {
    const { group, userId } = storedMembership(store, MembershipId);
    group.memberIds.delete(userId);
    return {};
  },
} satisfies Partial<Operations>;

/** The identity store; a store is known only in the Regions of its instance, and each operation has its own rate. */
export function createIdentityStore(
  store: IdentityStore,
  options: {
    readonly regions: readonly string[];
    readonly requestsPerSecond: number;
    readonly now: () => number;
  },
): Service {
  const buckets = new Map<string, TokenBucket>(
    Object.keys(identityStoreRequests).map((operation) => [
      operation,
      createTokenBucket({ perSecond: options.requestsPerSecond, burst: options.requestsPerSecond }),
    ]),
  );
  return createService({
    name: "identitystore",
    requests: identityStoreRequests,
    operations: { ...reads, ...writes },
    context: store,
    throttle(operation) {
      if (buckets.get(operation)?.take(options.now()) === false) {
        throw new AwsError("ThrottlingException", "Rate exceeded", { members: { RetryAfterSeconds: 1 } });
      }
    },
    admit(operation, input, { region }) {
      const { IdentityStoreId: given } = input as { IdentityStoreId: string };
      const known = Object.hasOwn(reads, operation) ? options.regions : options.regions.slice(0, 1);
      if (!known.includes(region) || given.split("/").at(-1) !== store.directory.identityStoreId) {
        throw notFound("IDENTITY_STORE", given);
      }
      return undefined;
    },
  });
}

function pageOfMemberships(
  store: IdentityStore,
  list: string,
  input: { readonly MaxResults?: number; readonly NextToken?: string },
  isWanted: (membership: Membership) => boolean,
): { readonly GroupMemberships: unknown; readonly NextToken: string | undefined } {
  const wanted = memberships(store).filter(isWanted);
  const page = hundredAtMost(list, input, wanted, ({ group, userId }) => `${group.id} ${userId}`);
  return {
    GroupMemberships: page.items.map((membership) => membershipOutput(store, membership)),
    NextToken: page.nextToken,
  };
}

function memberOf(store: IdentityStore, { UserId }: { readonly UserId?: string }): string {
  if (UserId === undefined) throw new AwsError("ValidationException", "MemberId must name a user.");
  return storedUser(store, UserId).id;
}

function storedMembership(store: IdentityStore, id: string): Membership {
  const membership = memberships(store).find((each) => membershipId(store, each) === id);
  if (membership === undefined) throw notFound("GROUP_MEMBERSHIP", id);
  return membership;
}

function refuseFilters(filters: readonly unknown[] | undefined): void {
  if (filters === undefined || filters.length === 0) return;
  throw new AwsError("ValidationException", "Filter is deprecated, please remove filter from request.");
}

function checkPresent(attributes: Readonly<Record<string, string | undefined>>): void {
  const missing = Object.entries(attributes).filter(([, value]) => value === undefined);
  if (missing.length === 0) return;
  const message = missing.map(([name]) => `${name}: The attribute ${name} is required`).join(", ");
  throw new AwsError("ValidationException", message);
}

function duplicate(attribute: string): AwsError {
  return new AwsError("ConflictException", `Duplicate ${attribute}`, {
    members: { Reason: "UNIQUENESS_CONSTRAINT_VIOLATION" },
  });
}
