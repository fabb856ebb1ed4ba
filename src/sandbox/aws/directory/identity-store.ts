import { AwsError } from "../protocol/aws-error.ts";
import type { Directory, DirectoryGroup, DirectoryUser } from "./directory.ts";
import { required, structure } from "../protocol/request-shapes.ts";
import type { ValueOf } from "../protocol/request-shapes.ts";
import { principalIdFor } from "../sandbox-id.ts";
import { createService } from "../protocol/service.ts";
import type { Service, Output } from "../protocol/service.ts";
import { hundredAtMost } from "../protocol/hundred-at-most.ts";
import { createTokenBucket } from "../protocol/token-bucket.ts";
import type { TokenBucket } from "../protocol/token-bucket.ts";

// Constraints of the identity store service model, patterns anchored.
// https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_Operations.html

const storeId = {
  type: "string",
  min: 1,
  pattern:
    /^(d-[0-9a-f]{10}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|arn:aws(-[a-z]{1,5}){0,3}:identitystore::\d{12}:identitystore\/d-[0-9a-f]{10})$/,
} as const;
const resourceId = {
  type: "string",
  min: 1,
  max: 47,
  pattern: /^([0-9a-f]{10}-|)[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}$/,
} as const;
const attributePath = { type: "string", min: 1, max: 255, pattern: /^\p{L}+(?:\.\p{L}+){0,2}$/u } as const;
const ofStore = { IdentityStoreId: required(storeId) } as const;
const paged = {
  MaxResults: { type: "integer", min: 1, max: 100 },
  NextToken: { type: "string", min: 1, max: 65_535, pattern: /^[-a-zA-Z0-9+=/:_]*$/ },
} as const;
const filters = {
  type: "list",
  max: 1,
  of: structure({
    AttributePath: required(attributePath),
    AttributeValue: required({ type: "string", min: 1, max: 1024 }),
  }),
} as const;

const requests = {
  ListUsers: structure({ ...ofStore, ...paged, Filters: filters }),
  ListGroups: structure({ ...ofStore, ...paged, Filters: filters }),
  ListGroupMemberships: structure({ ...ofStore, ...paged, GroupId: required(resourceId) }),
  DescribeUser: structure({ ...ofStore, UserId: required(resourceId) }),
  DescribeGroup: structure({ ...ofStore, GroupId: required(resourceId) }),
  GetUserId: structure({
    ...ofStore,
    AlternateIdentifier: required(
      structure({
        ExternalId: structure({
          Issuer: required({ type: "string", min: 1, max: 100 }),
          Id: required({ type: "string", min: 1, max: 256 }),
        }),
        UniqueAttribute: structure({
          AttributePath: required(attributePath),
          AttributeValue: required({ type: "document" }),
        }),
      }),
    ),
  }),
} as const;

type Operations = {
  readonly [Operation in keyof typeof requests]: (
    directory: Directory,
    input: ValueOf<(typeof requests)[Operation]>,
  ) => Output;
};

const operations: Operations = {
  ListUsers(directory, input) {
    refuseFilters(input.Filters);
    const { items, nextToken } = hundredAtMost("ListUsers", input, directory.users(), ({ id }) => id);
    return { Users: items.map((user) => userOutput(directory, user)), NextToken: nextToken };
  },

  ListGroups(directory, input) {
    refuseFilters(input.Filters);
    const { items, nextToken } = hundredAtMost("ListGroups", input, directory.groups(), ({ id }) => id);
    const groups = items.map((group) => groupOutput(directory, group));
    return { Groups: groups, NextToken: nextToken };
  },

  ListGroupMemberships(directory, input) {
    const group = directory.groups().find(({ id }) => id === input.GroupId);
    if (group === undefined) throw notFound("GROUP", input.GroupId);
    const { items, nextToken } = hundredAtMost(
      "ListGroupMemberships",
      input,
      [...group.memberIds],
      (id) => id,
    );
    const memberships = items.map((userId) => ({
      IdentityStoreId: directory.identityStoreId,
      MembershipId: principalIdFor(directory.identityStoreId, `${group.id} ${userId}`),
      GroupId: group.id,
      MemberId: { UserId: userId },
    }));
    return { GroupMemberships: memberships, NextToken: nextToken };
  },

  DescribeUser(directory, input) {
    const user = directory.users().find(({ id }) => id === input.UserId);
    if (user === undefined) throw notFound("USER", input.UserId);
    return userOutput(directory, user);
  },

  DescribeGroup(directory, input) {
    const group = directory.groups().find(({ id }) => id === input.GroupId);
    if (group === undefined) throw notFound("GROUP", input.GroupId);
    return groupOutput(directory, group);
  },

  GetUserId(directory, { AlternateIdentifier: { ExternalId, UniqueAttribute } }) {
    if ((ExternalId === undefined) === (UniqueAttribute === undefined)) {
      throw new AwsError("ValidationException", "Exactly one alternate identifier must be given.");
    }
    const user =
      UniqueAttribute === undefined
        ? undefined
        : findUser(directory, UniqueAttribute.AttributePath, UniqueAttribute.AttributeValue);
    if (user === undefined) throw notFound("USER", undefined);
    return { UserId: user.id, IdentityStoreId: directory.identityStoreId };
  },
};

/** The identity store; a store is known only in the Region of its instance, and each operation has its own rate. */
export function createIdentityStore(
  directory: Directory,
  options: { readonly primaryRegion: string; readonly requestsPerSecond: number; readonly now: () => number },
): Service {
  const buckets = new Map<string, TokenBucket>(
    Object.keys(requests).map((operation) => [
      operation,
      createTokenBucket({ perSecond: options.requestsPerSecond, burst: options.requestsPerSecond }),
    ]),
  );
  return createService({
    name: "identitystore",
    requests,
    operations,
    context: directory,
    throttle(operation) {
      if (buckets.get(operation)?.take(options.now()) === false) {
        throw new AwsError("ThrottlingException", "Rate exceeded", { members: { RetryAfterSeconds: 1 } });
      }
    },
    admit(_operation, input, { region }) {
      const { IdentityStoreId: given } = input as { IdentityStoreId: string };
      if (region !== options.primaryRegion || given.split("/").at(-1) !== directory.identityStoreId) {
        throw notFound("IDENTITY_STORE", given);
      }
      return undefined;
    },
  });
}

function groupOutput({ identityStoreId }: Directory, { id, displayName }: DirectoryGroup): Output {
  return { GroupId: id, DisplayName: displayName, IdentityStoreId: identityStoreId };
}

function userOutput({ identityStoreId }: Directory, user: DirectoryUser): Output {
  return {
    IdentityStoreId: identityStoreId,
    UserId: user.id,
    UserName: user.userName,
    DisplayName: user.displayName,
    Emails: user.email === undefined ? undefined : [{ Value: user.email, Type: "work", Primary: true }],
    UserStatus: user.status,
  };
}

// Compared exactly: whether letter case matters is not documented.
function findUser(directory: Directory, path: string, value: unknown): DirectoryUser | undefined {
  if (path === "userName") return directory.users().find(({ userName }) => userName === value);
  if (path === "emails.value") return directory.users().find(({ email }) => email === value);
  throw new AwsError("ValidationException", `The attribute path ${path} is not supported.`);
}

function refuseFilters(filters: readonly unknown[] | undefined): void {
  if (filters === undefined || filters.length === 0) return;
  throw new AwsError("ValidationException", "Filter is deprecated, please remove filter from request.");
}

function notFound(type: "USER" | "GROUP" | "IDENTITY_STORE", id: string | undefined): AwsError {
  return new AwsError("ResourceNotFoundException", `${type} not found.`, {
    members: { ResourceType: type, ResourceId: id },
  });
}
