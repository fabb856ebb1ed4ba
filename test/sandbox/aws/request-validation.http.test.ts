import { describe, expect, test } from "vitest";

import { ssoAdminRequests } from "../../../src/sandbox/aws/identity-center/sso-admin-requests.ts";

import { instanceArn, startOrganization } from "./organization-under-test.ts";

/** A member of a request: values that satisfy the service model, and values that do not. */
interface MemberExample {
  readonly valid: readonly [unknown, ...unknown[]];
  readonly invalid: readonly unknown[];
}

const permissionSetArn = `arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef`;
const uuid = "01234567-89ab-cdef-0123-456789abcdef";
const policyReference: MemberExample = {
  valid: [{ Name: "p" }, { Name: "x".repeat(128), Path: "/a/b.c/" }, { Name: "p", Path: "/" }],
  invalid: [
    {},
    { Path: "/" },
    { Name: "" },
    { Name: "x".repeat(129) },
    { Name: "a b" },
    { Name: "p", Path: "a/" },
    { Name: "p", Path: "/a" },
    { Name: "p", Path: "//" },
  ],
};
const tag = { Key: "key", Value: "value" };

const members: Readonly<Record<string, MemberExample>> = {
  InstanceArn: {
    valid: [instanceArn],
    invalid: [
      "arn:aws:sso:::instance/ssoins-0123456789abcde",
      "arn:aws:sso:::instance/ssoins-0123456789abcdef0",
      "arn:gcp:sso:::instance/ssoins-0123456789abcdef",
      ` ${instanceArn}`,
      "short",
    ],
  },
  PermissionSetArn: {
    valid: [permissionSetArn],
    invalid: [
      instanceArn,
      `${permissionSetArn}0`,
      permissionSetArn.replace("permissionSet", "permissionset"),
    ],
  },
  ResourceArn: {
    valid: [permissionSetArn, instanceArn],
    invalid: ["arn:aws:s3:::bucket", `${permissionSetArn}/`],
  },
  Name: {
    valid: ["x", "x".repeat(32), "Aa0_+=,.@-"],
    invalid: ["", "x".repeat(33), "開発者", "Power User", "a/b", "name\n"],
  },
  Description: {
    valid: ["x", "é".repeat(700), "line\nline\ttab"],
    invalid: ["", "x".repeat(701), "開発者向け", "\u0000", "no\u00A0break"],
  },
  SessionDuration: {
    valid: ["PT1H", "PT12H", "PT90M", "PT3600S", "P0DT2H"],
    invalid: ["", "8", "8h", "PT", "P", "PT8H ", "pt8h"],
  },
  RelayState: {
    valid: [
      "https://ap-northeast-1.console.aws.amazon.com/ec2/home?region=ap-northeast-1#Home:",
      "x".repeat(240),
    ],
    invalid: ["", "x".repeat(241), "https://example.com/<>", "https://例え.jp/"],
  },
  Tags: {
    valid: [
      [],
      [tag],
      [{ Key: "所有者 a_b.c:/=+-@", Value: "" }],
      [{ Key: "k".repeat(128), Value: "v".repeat(256) }],
    ],
    invalid: [
      [{ Key: "key" }],
      [{ Value: "value" }],
      [{ Key: "", Value: "" }],
      [{ Key: "k".repeat(129), Value: "" }],
      [{ Key: "key", Value: "v".repeat(257) }],
      [{ Key: "key", Value: "a,b" }],
      [{ Key: "key(1)", Value: "" }],
      Array.from({ length: 76 }, (_, index) => ({ Key: `key${index}`, Value: "" })),
    ],
  },
  TagKeys: {
    valid: [["key"]],
    invalid: [[], [""], ["#"], Array.from({ length: 76 }, (_, index) => `key${index}`)],
  },
  InlinePolicy: {
    valid: ['{"Statement":[]}', "é"],
    invalid: ["", "x".repeat(32_769), '{"Sid":"読み取り"}'],
  },
  ManagedPolicyArn: {
    valid: ["arn:aws:iam::aws:policy/job-function/Billing", "arn:aws-us-gov:iam::aws:policy/ReadOnlyAccess"],
    invalid: [
      "arn:aws:iam::aws:policy/",
      "arn:aws:iam::123456789012:policy/mine",
      "arn:aws:iam::aws:policy//Billing",
      "arn:aws:iam::aws:policy/名前",
      `arn:aws:iam::aws:policy/${"x".repeat(2048)}`,
    ],
  },
  CustomerManagedPolicyReference: policyReference,
  PermissionsBoundary: {
    valid: [{ ManagedPolicyArn: "arn:aws:iam::aws:policy/PowerUserAccess" }],
    invalid: [
      { ManagedPolicyArn: "PowerUserAccess" },
      ...policyReference.invalid.map((reference) => ({ CustomerManagedPolicyReference: reference })),
    ],
  },
  AccountId: { valid: ["333333333333"], invalid: ["", "33333333333", "3333333333333", "33333333333a"] },
  TargetId: {
    valid: ["333333333333"],
    invalid: ["", "33333333333", "3333333333333", "３３３３３３３３３３３３"],
  },
  PrincipalType: { valid: ["USER", "GROUP"], invalid: ["", "user", "ROLE"] },
  PrincipalId: {
    valid: [uuid, `0123456789-${uuid}`, uuid.toUpperCase()],
    invalid: ["", "hanako", `01234567890-${uuid}`, `0123456789-${uuid}0`, `A123456789-${uuid}`],
  },
  ProvisioningStatus: {
    valid: ["LATEST_PERMISSION_SET_PROVISIONED", "LATEST_PERMISSION_SET_NOT_PROVISIONED"],
    invalid: ["", "PROVISIONED"],
  },
  Filter: { valid: [{}, { Status: "IN_PROGRESS" }, { Status: "FAILED" }], invalid: [{ Status: "DONE" }] },
  RegionName: { valid: ["ap-northeast-1", "us-gov-west-1"], invalid: ["", "tokyo", "AP-NORTHEAST-1"] },
  MaxResults: { valid: [1, 100], invalid: [0, 101, -1] },
  NextToken: { valid: [""], invalid: ["a b", "{}", "x".repeat(2049)] },
  AccountAssignmentCreationRequestId: { valid: [uuid], invalid: ["", uuid.toUpperCase(), `${uuid}0`] },
  AccountAssignmentDeletionRequestId: { valid: [uuid], invalid: ["", uuid.replaceAll("-", "")] },
  ProvisionPermissionSetRequestId: { valid: [uuid], invalid: ["", "latest"] },
};

const assignmentTarget: MemberExample = { valid: ["AWS_ACCOUNT"], invalid: ["", "AWS_OU"] };
const provisionTarget: MemberExample = {
  valid: ["AWS_ACCOUNT", "ALL_PROVISIONED_ACCOUNTS"],
  invalid: ["", "ALL_ACCOUNTS"],
};

const ofInstance = "InstanceArn";
const ofSet = "InstanceArn PermissionSetArn";
const details = "Description SessionDuration RelayState";
const paged = "MaxResults NextToken";
const assignment = `${ofSet} TargetId TargetType PrincipalType PrincipalId`;

/** Per operation its required members, then its optional ones. */
const operations: readonly (readonly [name: string, required: string, optional: string])[] = [
  ["ListInstances", "", paged],
  ["DescribeInstance", ofInstance, ""],
  ["ListRegions", ofInstance, paged],
  ["DescribeRegion", `${ofInstance} RegionName`, ""],
  ["ListApplications", ofInstance, paged],
  ["ListAccountAssignmentsForPrincipal", `${ofInstance} PrincipalId PrincipalType`, paged],
  ["ListPermissionSets", ofInstance, paged],
  ["DescribePermissionSet", ofSet, ""],
  ["CreatePermissionSet", `${ofInstance} Name`, `${details} Tags`],
  ["UpdatePermissionSet", ofSet, details],
  ["DeletePermissionSet", ofSet, ""],
  ["PutInlinePolicyToPermissionSet", `${ofSet} InlinePolicy`, ""],
  ["GetInlinePolicyForPermissionSet", ofSet, ""],
  ["DeleteInlinePolicyFromPermissionSet", ofSet, ""],
  ["AttachManagedPolicyToPermissionSet", `${ofSet} ManagedPolicyArn`, ""],
  ["DetachManagedPolicyFromPermissionSet", `${ofSet} ManagedPolicyArn`, ""],
  ["ListManagedPoliciesInPermissionSet", ofSet, paged],
  ["AttachCustomerManagedPolicyReferenceToPermissionSet", `${ofSet} CustomerManagedPolicyReference`, ""],
  ["DetachCustomerManagedPolicyReferenceFromPermissionSet", `${ofSet} CustomerManagedPolicyReference`, ""],
  ["ListCustomerManagedPolicyReferencesInPermissionSet", ofSet, paged],
  ["PutPermissionsBoundaryToPermissionSet", `${ofSet} PermissionsBoundary`, ""],
  ["GetPermissionsBoundaryForPermissionSet", ofSet, ""],
  ["DeletePermissionsBoundaryFromPermissionSet", ofSet, ""],
  ["TagResource", "ResourceArn Tags", ofInstance],
  ["UntagResource", "ResourceArn TagKeys", ofInstance],
  ["ListTagsForResource", "ResourceArn", `${ofInstance} NextToken`],
  ["ListAccountsForProvisionedPermissionSet", ofSet, `${paged} ProvisioningStatus`],
  ["ListPermissionSetsProvisionedToAccount", `${ofInstance} AccountId`, `${paged} ProvisioningStatus`],
  ["ListAccountAssignments", `${ofSet} AccountId`, paged],
  ["CreateAccountAssignment", assignment, ""],
  ["DeleteAccountAssignment", assignment, ""],
  ["ProvisionPermissionSet", `${ofSet} TargetType`, "TargetId"],
  ["DescribeAccountAssignmentCreationStatus", `${ofInstance} AccountAssignmentCreationRequestId`, ""],
  ["DescribeAccountAssignmentDeletionStatus", `${ofInstance} AccountAssignmentDeletionRequestId`, ""],
  ["DescribePermissionSetProvisioningStatus", `${ofInstance} ProvisionPermissionSetRequestId`, ""],
  ["ListAccountAssignmentCreationStatus", ofInstance, `${paged} Filter`],
  ["ListAccountAssignmentDeletionStatus", ofInstance, `${paged} Filter`],
  ["ListPermissionSetProvisioningStatus", ofInstance, `${paged} Filter`],
];

describe("requests of sso-admin", () => {
  test("every operation has its row in the table of this test", () => {
    expect(new Set(operations.map(([name]) => name))).toEqual(new Set(Object.keys(ssoAdminRequests)));
  });

  test.each(operations)(
    "%s takes only what its service model allows",
    async (operation, required, optional) => {
      const { sandbox } = await startOrganization();
      const exampleOf = (member: string): MemberExample => {
        if (member === "TargetType")
          return operation === "ProvisionPermissionSet" ? provisionTarget : assignmentTarget;
        return members[member] ?? { valid: ["no example"], invalid: [] };
      };
      const validationOf = async (input: unknown) => {
        const response = await fetch(sandbox.url, {
          method: "POST",
          headers: {
            "content-type": "application/x-amz-json-1.1",
            "x-amz-target": `SWBExternalService.${operation}`,
            authorization: "AWS4-HMAC-SHA256 Credential=AKID/20261120/ap-northeast-1/sso/aws4_request",
          },
          body: JSON.stringify(input),
        });
        const answer = (await response.json()) as { __type?: string; message?: string };
        const isViolation = answer.__type === "ValidationException" && answer.message !== undefined;
        return isViolation ? answer.message : undefined;
      };
      const namesOf = (list: string) => list.split(" ").filter((name) => name !== "");
      const valid = Object.fromEntries(namesOf(required).map((name) => [name, exampleOf(name).valid[0]]));

      expect(await validationOf(valid), "the required members alone").toBeUndefined();
      for (const name of namesOf(required)) {
        const { [name]: _omitted, ...rest } = valid;
        expect(await validationOf(rest)).toMatch(
          new RegExp(
            `^1 validation error detected: Value null at '${lowerFirst(name)}' failed .* must not be null$`,
          ),
        );
      }
      for (const name of [...namesOf(required), ...namesOf(optional)]) {
        for (const value of exampleOf(name).valid) {
          expect(await validationOf({ ...valid, [name]: value }), `${name} ${String(value)}`).toBeUndefined();
        }
        for (const value of exampleOf(name).invalid) {
          expect(
            await validationOf({ ...valid, [name]: value }),
            `${name} ${JSON.stringify(value)}`,
          ).toContain(`at '${lowerFirst(name)}`);
        }
      }
    },
  );

  test("all violations are told together, each with its value and constraint", async () => {
    const { sso } = await startOrganization();
    const request = sso.createPermissionSet({
      InstanceArn: instanceArn,
      Name: "Power User",
      Description: "",
    });
    await expect(request).rejects.toThrow(
      /^2 validation errors detected: .*Value 'Power User' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: /,
    );
  });
});

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
