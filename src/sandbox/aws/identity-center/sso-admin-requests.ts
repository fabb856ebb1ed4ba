import { required, structure } from "../protocol/request-shapes.ts";
import type { ValueOf } from "../protocol/request-shapes.ts";
import type { Output } from "../protocol/service.ts";

// Constraints of the sso-admin service model, patterns anchored.
// https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_Operations.html

const arnPrefix = String.raw`arn:aws(-[a-z]{1,5}){0,3}:sso:::`;
const instancePath = String.raw`instance/(sso)?ins-[a-zA-Z0-9-.]{16}`;
const permissionSetPath = String.raw`permissionSet/(sso)?ins-[a-zA-Z0-9-.]{16}/ps-[a-zA-Z0-9-./]{16}`;
const tagCharacters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

const instanceArn = {
  type: "string",
  min: 10,
  max: 1224,
  pattern: new RegExp(`^${arnPrefix}${instancePath}$`),
} as const;
const permissionSetArn = {
  type: "string",
  min: 10,
  max: 1224,
  pattern: new RegExp(`^${arnPrefix}${permissionSetPath}$`),
} as const;
const applicationPath = String.raw`application/(sso)?ins-[a-zA-Z0-9-.]{16}/apl-[a-zA-Z0-9]{16}`;
const issuerPath = String.raw`trustedTokenIssuer/(sso)?ins-[a-zA-Z0-9-.]{16}/tti-[a-f0-9]{8}(-[a-f0-9]{4}){3}-[a-f0-9]{12}`;
const taggableArn = {
  type: "string",
  min: 10,
  max: 2048,
  pattern: new RegExp(
    String.raw`^arn:aws(-[a-z]{1,5}){0,3}:sso::(:(${instancePath}|${permissionSetPath})|\d{12}:(${applicationPath}|${issuerPath}))$`,
  ),
} as const;
const name = { type: "string", min: 1, max: 32, pattern: /^[\w+=,.@-]+$/ } as const;
const description = {
  type: "string",
  min: 1,
  max: 700,
  pattern: /^[\t\n\r\u0020-\u007E\u00A1-\u00FF]*$/,
} as const;
const sessionDuration = {
  type: "string",
  min: 1,
  max: 100,
  pattern:
    /^(-?)P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)([DW]))?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/,
} as const;
const relayState = {
  type: "string",
  min: 1,
  max: 240,
  pattern: /^[a-zA-Z0-9&$@#\\/%?=~\-_'"|!:,.;*+[\] (){}]+$/,
} as const;
const inlinePolicy = { type: "string", min: 1, max: 32_768, pattern: /^[\t\n\r\u0020-\u00FF]+$/ } as const;
const managedPolicyArn = {
  type: "string",
  min: 20,
  max: 2048,
  pattern: /^arn:aws(-[a-z]{1,5}){0,3}:iam::aws:policy((\/[A-Za-z0-9.,+@=_-]+)*)\/([A-Za-z0-9.,+=@_-]+)$/,
} as const;
const customerManagedPolicyReference = structure({
  Name: required({ type: "string", min: 1, max: 128, pattern: /^[\w+=,.@-]+$/ }),
  Path: { type: "string", min: 1, max: 512, pattern: /^((\/[A-Za-z0-9.,+@=_-]+)*)\/$/ },
});
const permissionsBoundary = structure({
  CustomerManagedPolicyReference: customerManagedPolicyReference,
  ManagedPolicyArn: managedPolicyArn,
});
const tagKey = { type: "string", min: 1, max: 128, pattern: tagCharacters } as const;
const tags = {
  type: "list",
  max: 75,
  of: structure({
    Key: required(tagKey),
    Value: required({ type: "string", min: 0, max: 256, pattern: tagCharacters }),
  }),
} as const;
const accountId = { type: "string", min: 12, max: 12, pattern: /^\d{12}$/ } as const;
const principalType = { type: "string", oneOf: ["USER", "GROUP"] } as const;
const principalId = {
  type: "string",
  min: 1,
  max: 47,
  pattern: /^([0-9a-f]{10}-|)[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}$/,
} as const;
const requestId = {
  type: "string",
  min: 36,
  max: 36,
  pattern: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
} as const;
const nextToken = { type: "string", min: 0, max: 2048, pattern: /^[-a-zA-Z0-9+=/_]*$/ } as const;
const provisioningStatus = {
  type: "string",
  oneOf: ["LATEST_PERMISSION_SET_PROVISIONED", "LATEST_PERMISSION_SET_NOT_PROVISIONED"],
} as const;
const statusFilter = structure({
  Status: { type: "string", oneOf: ["IN_PROGRESS", "FAILED", "SUCCEEDED"] },
});

const ofInstance = { InstanceArn: required(instanceArn) } as const;
const ofPermissionSet = { ...ofInstance, PermissionSetArn: required(permissionSetArn) } as const;
const paged = { MaxResults: { type: "integer", min: 1, max: 100 }, NextToken: nextToken } as const;
const assignment = structure({
  ...ofPermissionSet,
  TargetId: required(accountId),
  TargetType: required({ type: "string", oneOf: ["AWS_ACCOUNT"] }),
  PrincipalType: required(principalType),
  PrincipalId: required(principalId),
});
const details = {
  Description: description,
  SessionDuration: sessionDuration,
  RelayState: relayState,
} as const;
const statusList = structure({ ...ofInstance, ...paged, Filter: statusFilter });

const regionName = { type: "string", min: 1, max: 32, pattern: /^([a-z]+-){2,3}\d$/ } as const;

/** The request of every sso-admin operation that the sandbox models. */
export const ssoAdminRequests = {
  ListInstances: structure(paged),
  DescribeInstance: structure(ofInstance),
  ListRegions: structure({ ...ofInstance, ...paged }),
  DescribeRegion: structure({ ...ofInstance, RegionName: required(regionName) }),
  ListApplications: structure({
    ...ofInstance,
    ...paged,
    Filter: structure({
      ApplicationAccount: accountId,
      ApplicationProvider: {
        type: "string",
        min: 10,
        max: 1224,
        pattern: /^arn:aws(-[a-z]{1,5}){0,3}:sso::aws:applicationProvider\/[a-zA-Z0-9-/]+$/,
      },
    }),
  }),
  ListPermissionSets: structure({ ...ofInstance, ...paged }),
  DescribePermissionSet: structure(ofPermissionSet),
  CreatePermissionSet: structure({ ...ofInstance, ...details, Name: required(name), Tags: tags }),
  UpdatePermissionSet: structure({ ...ofPermissionSet, ...details }),
  DeletePermissionSet: structure(ofPermissionSet),
  PutInlinePolicyToPermissionSet: structure({ ...ofPermissionSet, InlinePolicy: required(inlinePolicy) }),
  GetInlinePolicyForPermissionSet: structure(ofPermissionSet),
  DeleteInlinePolicyFromPermissionSet: structure(ofPermissionSet),
  AttachManagedPolicyToPermissionSet: structure({
    ...ofPermissionSet,
    ManagedPolicyArn: required(managedPolicyArn),
  }),
  DetachManagedPolicyFromPermissionSet: structure({
    ...ofPermissionSet,
    ManagedPolicyArn: required(managedPolicyArn),
  }),
  ListManagedPoliciesInPermissionSet: structure({ ...ofPermissionSet, ...paged }),
  AttachCustomerManagedPolicyReferenceToPermissionSet: structure({
    ...ofPermissionSet,
    CustomerManagedPolicyReference: required(customerManagedPolicyReference),
  }),
  DetachCustomerManagedPolicyReferenceFromPermissionSet: structure({
    ...ofPermissionSet,
    CustomerManagedPolicyReference: required(customerManagedPolicyReference),
  }),
  ListCustomerManagedPolicyReferencesInPermissionSet: structure({ ...ofPermissionSet, ...paged }),
  PutPermissionsBoundaryToPermissionSet: structure({
    ...ofPermissionSet,
    PermissionsBoundary: required(permissionsBoundary),
  }),
  GetPermissionsBoundaryForPermissionSet: structure(ofPermissionSet),
  DeletePermissionsBoundaryFromPermissionSet: structure(ofPermissionSet),
  TagResource: structure({
    InstanceArn: instanceArn,
    ResourceArn: required(taggableArn),
    Tags: required(tags),
  }),
  UntagResource: structure({
    InstanceArn: instanceArn,
    ResourceArn: required(taggableArn),
    TagKeys: required({ type: "list", min: 1, max: 75, of: tagKey }),
  }),
  ListTagsForResource: structure({
    InstanceArn: instanceArn,
    ResourceArn: required(taggableArn),
    NextToken: nextToken,
  }),
  ListAccountsForProvisionedPermissionSet: structure({
    ...ofPermissionSet,
    ...paged,
    ProvisioningStatus: provisioningStatus,
  }),
  ListPermissionSetsProvisionedToAccount: structure({
    ...ofInstance,
    ...paged,
    AccountId: required(accountId),
    ProvisioningStatus: provisioningStatus,
  }),
  ListAccountAssignments: structure({ ...ofPermissionSet, ...paged, AccountId: required(accountId) }),
  ListAccountAssignmentsForPrincipal: structure({
    ...ofInstance,
    ...paged,
    PrincipalId: required(principalId),
    PrincipalType: required(principalType),
    Filter: structure({ AccountId: accountId }),
  }),
  CreateAccountAssignment: assignment,
  DeleteAccountAssignment: assignment,
  ProvisionPermissionSet: structure({
    ...ofPermissionSet,
    TargetId: accountId,
    TargetType: required({ type: "string", oneOf: ["AWS_ACCOUNT", "ALL_PROVISIONED_ACCOUNTS"] }),
  }),
  DescribeAccountAssignmentCreationStatus: structure({
    ...ofInstance,
    AccountAssignmentCreationRequestId: required(requestId),
  }),
  DescribeAccountAssignmentDeletionStatus: structure({
    ...ofInstance,
    AccountAssignmentDeletionRequestId: required(requestId),
  }),
  DescribePermissionSetProvisioningStatus: structure({
    ...ofInstance,
    ProvisionPermissionSetRequestId: required(requestId),
  }),
  ListAccountAssignmentCreationStatus: statusList,
  ListAccountAssignmentDeletionStatus: statusList,
  ListPermissionSetProvisioningStatus: statusList,
} as const;

/** The validated request of an sso-admin operation. */
export type SsoAdminRequest<Operation extends keyof typeof ssoAdminRequests> = ValueOf<
  (typeof ssoAdminRequests)[Operation]
>;

/** What every sso-admin operation does; `Context` is what it works on. */
export type SsoAdminOperations<Context> = {
  readonly [Operation in keyof typeof ssoAdminRequests]: (
    context: Context,
    input: SsoAdminRequest<Operation>,
  ) => Output;
};
