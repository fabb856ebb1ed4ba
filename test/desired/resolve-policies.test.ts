import { describe, expect, it } from "vitest";

import {
  actualState,
  definition,
  desiredState,
  directory,
  managedPolicy,
  managedSet,
  permissionSetRecord,
} from "../builders.ts";

type Values = Parameters<typeof permissionSetRecord>[0];

const definitionOf = (values: Values, actual = actualState()) =>
  desiredState({ permissionSets: [permissionSetRecord(values)], actual }).permissionSets[0]?.definition;
const issuesOf = (values: Values, actual = actualState()) =>
  desiredState({ permissionSets: [permissionSetRecord(values)], actual }).issues;

describe("an AWS managed policy", () => {
  it("is found by name whatever path it has", () => {
    expect(definitionOf({ managedPolicies: "Billing\nSecurityAudit" })?.managedPolicies).toEqual([
      "arn:aws:iam::aws:policy/SecurityAudit",
      "arn:aws:iam::aws:policy/job-function/Billing",
    ]);
  });

  it("is found by ARN", () => {
    const arn = "arn:aws:iam::aws:policy/job-function/Billing";
    expect(definitionOf({ managedPolicies: arn })?.managedPolicies).toEqual([arn]);
  });

  it("is attached once when it is given by name and by ARN", () => {
    const managedPolicies =
      "ReadOnlyAccess\narn:aws:iam::aws:policy/ReadOnlyAccess\nＲｅａｄＯｎｌｙＡｃｃｅｓｓ";
    expect(definitionOf({ managedPolicies })?.managedPolicies).toEqual([
      "arn:aws:iam::aws:policy/ReadOnlyAccess",
    ]);
  });

  it("is attached in an order that does not depend on the record's", () => {
    expect(definitionOf({ managedPolicies: "SecurityAudit\nBilling" })).toEqual(
      definitionOf({ managedPolicies: "Billing\nSecurityAudit" }),
    );
  });

  it.each([
    ["ReadOnly", ["ReadOnlyAccess"]],
    ["Auditing", []],
    ["ReadOnlyAcess", ["ReadOnlyAccess"]],
    ["readonlyaccess", ["ReadOnlyAccess"]],
    ["/job-function/Biling", ["Billing"]],
    ["arn:aws:iam::aws:policy/Billing", ["Billing"]],
  ])("that does not exist, such as %s, is told with the nearest names", (name, suggestions) => {
    expect(issuesOf({ managedPolicies: name })).toMatchObject([
      { code: "policy.managed-not-found", field: "managedPolicies", params: { name, suggestions } },
    ]);
  });

  it("that AWS has retired counts in the set that has it, and in no other", () => {
    const retired = "arn:aws:iam::aws:policy/RetiredAccess";
    const set = managedSet("ReadOnly", { definition: definition({ managedPolicies: [retired] }) });
    const actual = actualState({ permissionSets: [set] });
    const managedPolicies = "RetiredAccess";
    expect(definitionOf({ managedPolicies }, actual)?.managedPolicies).toEqual([retired]);
    expect(issuesOf({ name: "Other", managedPolicies }, actual)).toMatchObject([
      { code: "policy.managed-not-found" },
    ]);
  });

  it("that is a service's own cannot be attached, by name or by ARN", () => {
    const arn = "arn:aws:iam::aws:policy/aws-service-role/AmazonECSServiceRolePolicy";
    expect(issuesOf({ managedPolicies: `AmazonECSServiceRolePolicy\n${arn}` })).toMatchObject([
      { code: "policy.managed-not-attachable", params: { name: "AmazonECSServiceRolePolicy" } },
      { code: "policy.managed-not-attachable", params: { name: "AmazonECSServiceRolePolicy" } },
    ]);
  });

  it("of another partition is refused, and the partition of this one is told", () => {
    expect(issuesOf({ managedPolicies: "arn:aws-cn:iam::aws:policy/ReadOnlyAccess" })).toMatchObject([
      { code: "policy.wrong-partition", params: { partition: "aws" } },
    ]);
  });

  it("has the ARN of the partition that the instance is in", () => {
    const arn = "arn:aws-cn:iam::aws:policy/ReadOnlyAccess";
    const actual = actualState({
      instance: { ...actualState().instance, arn: "arn:aws-cn:sso:::instance/ssoins-1111111111111111" },
      directory: directory({ managedPolicies: [{ ...managedPolicy("ReadOnlyAccess"), arn }] }),
    });
    expect(definitionOf({ managedPolicies: "ReadOnlyAccess" }, actual)?.managedPolicies).toEqual([arn]);
    expect(issuesOf({ managedPolicies: "arn:aws:iam::aws:policy/ReadOnlyAccess" }, actual)).toMatchObject([
      { code: "policy.wrong-partition", params: { partition: "aws-cn" } },
    ]);
  });

  it("is not a policy of an account", () => {
    const arn = "arn:aws:iam::222222222222:policy/team/Own";
    expect(issuesOf({ managedPolicies: arn })).toMatchObject([
      { code: "policy.not-aws-managed", params: { arn } },
    ]);
  });

  it("that is wrong is told together with all the others", () => {
    const values = { managedPolicies: "Nope\nBilling\nNeither", permissionsBoundary: "Nothing" };
    expect(issuesOf(values).map(({ code, field }) => `${field} ${code}`)).toEqual([
      "managedPolicies policy.managed-not-found",
      "managedPolicies policy.managed-not-found",
      "permissionsBoundary policy.managed-not-found",
    ]);
  });
});

describe("a permissions boundary", () => {
  it("by an AWS managed policy's name becomes its ARN", () => {
    expect(definitionOf({ permissionsBoundary: "Billing" })?.permissionsBoundary).toEqual({
      kind: "aws-managed",
      arn: "arn:aws:iam::aws:policy/job-function/Billing",
    });
  });

  it("by a customer managed policy stays a name and a path, since it lives in each account", () => {
    expect(definitionOf({ permissionsBoundary: "customer:/team/Standard" })?.permissionsBoundary).toEqual({
      kind: "customer-managed",
      name: "Standard",
      path: "/team/",
    });
  });

  it("cannot be a service's own policy", () => {
    expect(issuesOf({ permissionsBoundary: "AmazonECSServiceRolePolicy" })).toMatchObject([
      { code: "policy.managed-not-attachable", field: "permissionsBoundary" },
    ]);
  });
});

describe("a role with more than ten policies", () => {
  it("raises a warning and is made all the same", () => {
    const managedPolicies = Array.from({ length: 11 }, (_, index) => managedPolicy(`Policy${index}`));
    const state = desiredState({
      permissionSets: [permissionSetRecord({ managedPolicies: managedPolicies.map(({ name }) => name) })],
      actual: actualState({ directory: directory({ managedPolicies }) }),
    });
    expect(state.issues).toMatchObject([{ code: "policy.over-role-default" }]);
    expect(state.permissionSets).toHaveLength(1);
    expect(state.heldPermissionSets).toEqual([]);
  });
});

describe("two policies of one IAM name", () => {
  it.each([
    ["under two paths", { customerManagedPolicies: "/a/deploy\n/b/deploy" }],
    ["in two cases", { customerManagedPolicies: "deploy\nDeploy" }],
    [
      "as boundary and policy",
      { customerManagedPolicies: "/a/deploy", permissionsBoundary: "customer:/b/deploy" },
    ],
  ])("%s are told to the author beforehand", (_, values) => {
    expect(issuesOf({ managedPolicies: "", ...values })).toMatchObject([{ code: "policy.same-name" }]);
  });

  it("are one where the boundary is the very policy that is attached", () => {
    const values = { customerManagedPolicies: "/a/deploy", permissionsBoundary: "customer:/a/deploy" };
    expect(issuesOf(values)).toEqual([]);
  });
});
