import { required, structure } from "../protocol/request-shapes.ts";
import type { ValueOf } from "../protocol/request-shapes.ts";
import type { Output } from "../protocol/service.ts";

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
const attributePath = {
  type: "string",
  min: 1,
  max: 255,
  pattern: /^(?:\p{L}+:\p{L}+:\p{L}+(?:\.\p{L}+){0,3}|\p{L}+(?:\.\p{L}+){0,2})$/u,
} as const;
const text = {
  type: "string",
  min: 1,
  max: 1024,
  pattern: /^[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r \u00A0\u3000]+$/u,
} as const;
const externalId = { type: "string", min: 1, max: 256, pattern: /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u } as const;
const labelled = { Value: text, Type: text, Primary: { type: "boolean" } } as const;
const extensions = {
  type: "list",
  min: 1,
  max: 10,
  of: { type: "string", min: 1, max: 50, pattern: /^aws:identitystore:[a-z]{1,20}$/ },
} as const;
const ofStore = { IdentityStoreId: required(storeId) } as const;
const ofUser = { ...ofStore, UserId: required(resourceId) } as const;
const ofGroup = { ...ofStore, GroupId: required(resourceId) } as const;
const ofMembership = { ...ofStore, MembershipId: required(resourceId) } as const;
const memberId = required(structure({ UserId: resourceId }));
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
const byAlternateIdentifier = structure({
  ...ofStore,
  AlternateIdentifier: required(
    structure({
      ExternalId: structure({
        Issuer: required(externalId),
        Id: required(externalId),
      }),
      UniqueAttribute: structure({
        AttributePath: required(attributePath),
        AttributeValue: required({ type: "document" }),
      }),
    }),
  ),
});

/** The request of every identity store operation that the sandbox models. */
export const identityStoreRequests = {
  ListUsers: structure({ ...ofStore, ...paged, Extensions: extensions, Filters: filters }),
  ListGroups: structure({ ...ofStore, ...paged, Filters: filters }),
  ListGroupMemberships: structure({ ...ofGroup, ...paged }),
  ListGroupMembershipsForMember: structure({ ...ofStore, ...paged, MemberId: memberId }),
  IsMemberInGroups: structure({
    ...ofStore,
    MemberId: memberId,
    GroupIds: required({ type: "list", min: 1, max: 100, of: resourceId }),
  }),
  DescribeUser: structure({ ...ofUser, Extensions: extensions }),
  DescribeGroup: structure(ofGroup),
  DescribeGroupMembership: structure(ofMembership),
  GetUserId: byAlternateIdentifier,
  GetGroupId: byAlternateIdentifier,
  GetGroupMembershipId: structure({ ...ofGroup, MemberId: memberId }),
  CreateUser: structure({
    ...ofStore,
    UserName: { type: "string", min: 1, max: 128, pattern: /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u },
    DisplayName: text,
    Name: structure({
      Formatted: text,
      FamilyName: text,
      GivenName: text,
      MiddleName: text,
      HonorificPrefix: text,
      HonorificSuffix: text,
    }),
    Emails: { type: "list", min: 1, max: 1, of: structure(labelled) },
    NickName: text,
    ProfileUrl: text,
    Addresses: {
      type: "list",
      min: 1,
      max: 1,
      of: structure({
        StreetAddress: text,
        Locality: text,
        Region: text,
        PostalCode: text,
        Country: text,
        Formatted: text,
        Type: text,
        Primary: { type: "boolean" },
      }),
    },
    PhoneNumbers: { type: "list", min: 1, max: 1, of: structure(labelled) },
    UserType: text,
    Title: text,
    PreferredLanguage: text,
    Locale: text,
    Timezone: text,
    Photos: {
      type: "list",
      min: 1,
      max: 3,
      of: structure({ Value: required(text), Type: text, Display: text, Primary: { type: "boolean" } }),
    },
    Website: text,
    Birthdate: text,
    Roles: { type: "list", min: 1, max: 1, of: structure(labelled) },
  }),
  CreateGroup: structure({
    ...ofStore,
    DisplayName: {
      type: "string",
      min: 1,
      max: 1024,
      pattern: /^[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r \u00A0]+$/u,
    },
    Description: text,
  }),
  CreateGroupMembership: structure({ ...ofGroup, MemberId: memberId }),
  DeleteUser: structure(ofUser),
  DeleteGroup: structure(ofGroup),
  DeleteGroupMembership: structure(ofMembership),
} as const;

/** The validated request of an identity store operation. */
export type IdentityStoreRequest<Operation extends keyof typeof identityStoreRequests> = ValueOf<
  (typeof identityStoreRequests)[Operation]
>;

/** What identity store operations do; `Context` is what they work on. */
export type IdentityStoreOperations<Context> = {
  readonly [Operation in keyof typeof identityStoreRequests]: (
    context: Context,
    input: IdentityStoreRequest<Operation>,
  ) => Output;
};
