import { randomUUID } from "node:crypto";

import { ListPoliciesCommand } from "@aws-sdk/client-iam";
import {
  DescribeGroupCommand,
  DescribeUserCommand,
  ListGroupMembershipsCommand,
  ListGroupsCommand,
  ListUsersCommand,
} from "@aws-sdk/client-identitystore";
import { ListAccountsCommand } from "@aws-sdk/client-organizations";
import {
  DescribeAccountAssignmentCreationStatusCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
  DescribePermissionSetCommand,
  DescribePermissionSetProvisioningStatusCommand,
  GetInlinePolicyForPermissionSetCommand,
  GetPermissionsBoundaryForPermissionSetCommand,
  ListAccountAssignmentCreationStatusCommand,
  ListAccountAssignmentDeletionStatusCommand,
  ListAccountAssignmentsCommand,
  ListAccountsForProvisionedPermissionSetCommand,
  ListCustomerManagedPolicyReferencesInPermissionSetCommand,
  ListManagedPoliciesInPermissionSetCommand,
  ListPermissionSetProvisioningStatusCommand,
  ListPermissionSetsCommand,
  ListPermissionSetsProvisionedToAccountCommand,
  ListTagsForResourceCommand,
} from "@aws-sdk/client-sso-admin";

import type { Instance } from "../model/actual-state.ts";
import type { AwsClients } from "./clients.ts";
import type { Reader } from "./reader.ts";

/** Tries one permission with a call that only reads. */
export interface PermissionProbe {
  /** As IAM names it, e.g. `sso:ListPermissionSets`. */
  readonly action: string;
  /** Resolves when the call is allowed; throws a PassError when it is not. */
  readonly run: () => Promise<void>;
}

export interface ProbeSubject {
  readonly reader: Reader;
  readonly clients: AwsClients;
  readonly instance: Instance;
  /** Any account of the organization. */
  readonly account: string;
}

/** The permissions that a pass reads with and that need no permission set to try them on. */
export function listProbes({ reader, clients, instance, account }: ProbeSubject): readonly PermissionProbe[] {
  const { ssoAdmin, identityStore, organizations, iam } = clients;
  const InstanceArn = instance.arn;
  const IdentityStoreId = instance.identityStoreId;
  const read = probesWith(reader);
  return [
    read("organizations:ListAccounts", () => organizations.send(new ListAccountsCommand({ MaxResults: 1 }))),
    read("identitystore:ListUsers", () =>
      identityStore.send(new ListUsersCommand({ IdentityStoreId, MaxResults: 1 })),
    ),
    read("identitystore:ListGroups", () =>
      identityStore.send(new ListGroupsCommand({ IdentityStoreId, MaxResults: 1 })),
    ),
    ...principalProbes(read, clients, IdentityStoreId),
    read("iam:ListPolicies", () => iam.send(new ListPoliciesCommand({ Scope: "AWS", MaxItems: 1 }))),
    read("sso:ListPermissionSets", () =>
      ssoAdmin.send(new ListPermissionSetsCommand({ InstanceArn, MaxResults: 1 })),
    ),
    read("sso:ListPermissionSetsProvisionedToAccount", () =>
      ssoAdmin.send(
        new ListPermissionSetsProvisionedToAccountCommand({ InstanceArn, AccountId: account, MaxResults: 1 }),
      ),
    ),
    ...statusProbes(read, clients, InstanceArn),
  ];
}

type ReadProbe = (action: string, send: () => Promise<unknown>) => PermissionProbe;

/** That something does not exist is an answer as well: only who is allowed to ask gets it. */
function probesWith(reader: Reader): ReadProbe {
  return (action, send) => ({
    action,
    run: async () => {
      await reader.readIfFound(action.split(":")[1] ?? action, send);
    },
  });
}

/** No user has this id, so nothing is told of a person. */
function principalProbes(
  read: ReadProbe,
  { identityStore }: AwsClients,
  IdentityStoreId: string,
): readonly PermissionProbe[] {
  const id = randomUUID();
  return [
    read("identitystore:DescribeUser", () =>
      identityStore.send(new DescribeUserCommand({ IdentityStoreId, UserId: id })),
    ),
    read("identitystore:DescribeGroup", () =>
      identityStore.send(new DescribeGroupCommand({ IdentityStoreId, GroupId: id })),
    ),
    read("identitystore:ListGroupMemberships", () =>
      identityStore.send(new ListGroupMembershipsCommand({ IdentityStoreId, GroupId: id, MaxResults: 1 })),
    ),
  ];
}

/** An operation of this id never was, so nothing is told of a real one. */
function statusProbes(
  read: ReadProbe,
  { ssoAdmin }: AwsClients,
  InstanceArn: string,
): readonly PermissionProbe[] {
  const id = randomUUID();
  const list = { InstanceArn, MaxResults: 1 };
  return [
    read("sso:ListAccountAssignmentCreationStatus", () =>
      ssoAdmin.send(new ListAccountAssignmentCreationStatusCommand(list)),
    ),
    read("sso:ListAccountAssignmentDeletionStatus", () =>
      ssoAdmin.send(new ListAccountAssignmentDeletionStatusCommand(list)),
    ),
    read("sso:ListPermissionSetProvisioningStatus", () =>
      ssoAdmin.send(new ListPermissionSetProvisioningStatusCommand(list)),
    ),
    read("sso:DescribeAccountAssignmentCreationStatus", () =>
      ssoAdmin.send(
        new DescribeAccountAssignmentCreationStatusCommand({
          InstanceArn,
          AccountAssignmentCreationRequestId: id,
        }),
      ),
    ),
    read("sso:DescribeAccountAssignmentDeletionStatus", () =>
      ssoAdmin.send(
        new DescribeAccountAssignmentDeletionStatusCommand({
          InstanceArn,
          AccountAssignmentDeletionRequestId: id,
        }),
      ),
    ),
    read("sso:DescribePermissionSetProvisioningStatus", () =>
      ssoAdmin.send(
        new DescribePermissionSetProvisioningStatusCommand({
          InstanceArn,
          ProvisionPermissionSetRequestId: id,
        }),
      ),
    ),
  ];
}

/** The permissions that need a permission set to try them on; without one they cannot be tried. */
export function listSetProbes(
  { reader, clients, instance, account }: ProbeSubject,
  permissionSetArn: string,
): readonly PermissionProbe[] {
  const { ssoAdmin } = clients;
  const set = { InstanceArn: instance.arn, PermissionSetArn: permissionSetArn };
  const page = { ...set, MaxResults: 1 };
  const read = probesWith(reader);
  return [
    read("sso:DescribePermissionSet", () => ssoAdmin.send(new DescribePermissionSetCommand(set))),
    read("sso:ListTagsForResource", () =>
      ssoAdmin.send(
        new ListTagsForResourceCommand({ InstanceArn: instance.arn, ResourceArn: permissionSetArn }),
      ),
    ),
    read("sso:GetInlinePolicyForPermissionSet", () =>
      ssoAdmin.send(new GetInlinePolicyForPermissionSetCommand(set)),
    ),
    read("sso:GetPermissionsBoundaryForPermissionSet", () =>
      ssoAdmin.send(new GetPermissionsBoundaryForPermissionSetCommand(set)),
    ),
    read("sso:ListManagedPoliciesInPermissionSet", () =>
      ssoAdmin.send(new ListManagedPoliciesInPermissionSetCommand(page)),
    ),
    read("sso:ListCustomerManagedPolicyReferencesInPermissionSet", () =>
      ssoAdmin.send(new ListCustomerManagedPolicyReferencesInPermissionSetCommand(page)),
    ),
    read("sso:ListAccountsForProvisionedPermissionSet", () =>
      ssoAdmin.send(new ListAccountsForProvisionedPermissionSetCommand(page)),
    ),
    read("sso:ListAccountAssignments", () =>
      ssoAdmin.send(new ListAccountAssignmentsCommand({ ...page, AccountId: account })),
    ),
  ];
}
