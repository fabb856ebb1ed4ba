import type { ComparedAnswer } from "./compared-server.ts";
import type { RandomRequest } from "./random-requests.ts";

/** A request, and what two servers said to it. */
export interface Comparison {
  readonly request: RandomRequest;
  readonly ours: ComparedAnswer;
  readonly theirs: ComparedAnswer;
  /** Whether our server has the very same assignments as before. */
  readonly isUnchanged: boolean;
}

/** One way in which moto is known to differ, and why the sandbox does as it does. */
interface KnownDifference {
  readonly name: string;
  readonly reason: string;
  /** Whether the two have another state after it, so that what follows says nothing. */
  readonly diverges: boolean;
  readonly explains: (comparison: Comparison) => boolean;
}

/**
 * Of users and groups moto has an older model: no times, no status and no other ids of theirs, or an empty list of those.
 * Every answer about them would differ in these, so that they are left out of all comparisons.
 * https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_DescribeUser.html
 */
export const unknownToMoto = ["CreatedAt", "UpdatedAt", "UserStatus", "ExternalIds"] as const;

const succeeds = (answer: ComparedAnswer) => "output" in answer;
const fails = (answer: ComparedAnswer, name: string) => "error" in answer && answer.error === name;
const isOf = ({ operation }: RandomRequest, ...operations: readonly string[]) =>
  operations.includes(operation);

/** Whether both answers are the same but for these members, at any depth. */
function equalBut({ ours, theirs }: Comparison, members: readonly string[]): boolean {
  const without = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(without);
    if (typeof value !== "object" || value === null) return value;
    const kept = Object.entries(value).filter(([name]) => !members.includes(name));
    return Object.fromEntries(kept.map(([name, member]) => [name, without(member)]));
  };
  return JSON.stringify(without(ours)) === JSON.stringify(without(theirs));
}

/** Where one of them refuses with an error and the other carries it out. */
const onlyWeRefuse = ({ ours, theirs }: Comparison, error: string) => fails(ours, error) && succeeds(theirs);
const onlyTheyRefuse = ({ ours, theirs }: Comparison, error: string) =>
  succeeds(ours) && fails(theirs, error);

/** All the differences from moto 5; what is not here is a fault of one of the two. */
const knownDifferences: readonly KnownDifference[] = [
  {
    name: "an assignment that is there already, or whose principal or account is not",
    reason:
      "The first changes nothing, the second fails later (terraform-provider-aws, internal/service/ssoadmin/account_assignment.go); moto makes a row of each.",
    diverges: true,
    explains: ({ request, ours, theirs, isUnchanged }) =>
      isOf(request, "CreateAccountAssignment") && isUnchanged && succeeds(ours) && succeeds(theirs),
  },
  {
    name: "assignments take time",
    reason:
      "CreateAccountAssignment and DeleteAccountAssignment are asynchronous; moto answers SUCCEEDED at once. https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreateAccountAssignment.html",
    diverges: false,
    explains: (each) =>
      isOf(each.request, "CreateAccountAssignment", "DeleteAccountAssignment") && equalBut(each, ["Status"]),
  },
  {
    name: "members that moto does not keep",
    reason:
      "UserStatus and CreatedAt are read-only and always there; moto has an empty ExternalIds. https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_User.html",
    diverges: false,
    explains: (each) =>
      isOf(each.request, "ListUsers", "DescribeUser", "ListGroups", "DescribeGroup") &&
      equalBut(each, ["UserStatus", "ExternalIds", "CreatedAt"]),
  },
  {
    name: "a name that is taken",
    reason:
      "A permission set's name is unique in its instance; moto makes a second one. https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreatePermissionSet.html",
    diverges: true,
    explains: (each) => isOf(each.request, "CreatePermissionSet") && onlyWeRefuse(each, "ConflictException"),
  },
  {
    name: "what is not there cannot be read or taken away",
    reason:
      "The operations have a ResourceNotFoundException for it; moto lists nothing, or succeeds. https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_DeleteUser.html",
    diverges: false,
    explains: (each) =>
      isOf(
        each.request,
        "DeleteUser",
        "DeleteGroup",
        "ListGroupMemberships",
        "ListGroupMembershipsForMember",
        "ListAccountAssignments",
        "ListAccountAssignmentsForPrincipal",
        "DeleteInlinePolicyFromPermissionSet",
      ) && onlyWeRefuse(each, "ResourceNotFoundException"),
  },
  {
    name: "an assignment of what is not there",
    reason:
      "CreateAccountAssignment has a ResourceNotFoundException for its permission set, and an unknown principal fails later; moto assigns it. https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreateAccountAssignment.html",
    diverges: true,
    explains: (each) =>
      isOf(each.request, "CreateAccountAssignment") && onlyWeRefuse(each, "ResourceNotFoundException"),
  },
  {
    name: "an assignment that is not there is taken away",
    reason:
      "The deletion is accepted and fails later (terraform-provider-aws, internal/service/ssoadmin/account_assignment.go); moto refuses it at once. The belief missing-assignment-deletion plays moto's way.",
    diverges: false,
    explains: (each) =>
      isOf(each.request, "DeleteAccountAssignment") && onlyTheyRefuse(each, "ResourceNotFoundException"),
  },
  {
    name: "a permission set in use is deleted",
    reason:
      "One that is assigned or provisioned cannot be deleted; moto deletes it. https://docs.aws.amazon.com/singlesignon/latest/userguide/howtoremovepermissionset.html",
    diverges: true,
    explains: (each) => isOf(each.request, "DeletePermissionSet") && onlyWeRefuse(each, "ConflictException"),
  },
  {
    name: "an AWS managed policy that does not exist",
    reason:
      "It is accepted and fails when it is provisioned, as terraform-provider-aws #27889 shows of customer managed policies; moto refuses it at once. The belief managed-policy-at-attach plays moto's way.",
    diverges: true,
    explains: (each) =>
      isOf(each.request, "AttachManagedPolicyToPermissionSet") &&
      onlyTheyRefuse(each, "ResourceNotFoundException"),
  },
  {
    name: "two customer managed policies of one name",
    reason:
      "A role cannot have two policies of one name, whatever their paths; moto tells them apart by path. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
    diverges: true,
    explains: (each) =>
      isOf(each.request, "AttachCustomerManagedPolicyReferenceToPermissionSet") &&
      onlyWeRefuse(each, "ConflictException"),
  },
  {
    name: "what an update leaves out",
    reason:
      "Left out, a description and a session duration stay (terraform-provider-aws #41897); moto clears them. The belief description-stays plays moto's way.",
    diverges: true,
    explains: (each) =>
      isOf(each.request, "DescribePermissionSet") && equalBut(each, ["Description", "SessionDuration"]),
  },
  {
    name: "the same membership twice",
    reason:
      "CreateGroupMembership has a ConflictException for a member that is in the group; moto makes a second one. https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_CreateGroupMembership.html",
    diverges: true,
    explains: (each) =>
      isOf(each.request, "CreateGroupMembership") && onlyWeRefuse(each, "ConflictException"),
  },
  {
    name: "the assignments of a user's groups",
    reason:
      "They are listed for the user too (aws-samples/list-user-permissions-for-aws-idc, list_utils.py); moto lists only the user's own.",
    diverges: false,
    explains: (each) =>
      isOf(each.request, "ListAccountAssignmentsForPrincipal") &&
      each.request.input["PrincipalType"] === "USER" &&
      succeeds(each.ours) &&
      succeeds(each.theirs),
  },
  {
    name: "a path that is no unique attribute of a group",
    reason:
      "A group is found by its displayName only; moto says that it has no such group. https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_GetGroupId.html",
    diverges: false,
    explains: (each) => isOf(each.request, "GetGroupId") && fails(each.ours, "ValidationException"),
  },
  {
    name: "who is gone is in no group",
    reason:
      "The memberships of a user or group end with it; moto keeps them. https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_DeleteUser.html",
    diverges: true,
    explains: (each) =>
      isOf(each.request, "ListGroupMemberships", "ListGroupMembershipsForMember") &&
      succeeds(each.ours) &&
      succeeds(each.theirs),
  },
];

/** The known difference that explains why two answers are not the same. */
export function explain(comparison: Comparison): KnownDifference | undefined {
  return knownDifferences.find(({ explains }) => explains(comparison));
}
