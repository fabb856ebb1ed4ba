import { describe, expect, test } from "vitest";

import { instanceArn, refusal, startOrganization } from "./organization-under-test.ts";

const InstanceArn = instanceArn;
const billing = "arn:aws:iam::aws:policy/job-function/Billing";
const readS3 = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
});

async function startWithSet() {
  const organization = await startOrganization({ seed: { permissionSets: [{ name: "Developer" }] } });
  return { ...organization, PermissionSetArn: organization.arnOf("Developer") };
}

describe("inline policy", () => {
  test("an inline policy is put, read back as it was written, and deleted", async () => {
    const { sso, PermissionSetArn } = await startWithSet();
    await sso.putInlinePolicyToPermissionSet({ InstanceArn, PermissionSetArn, InlinePolicy: ` ${readS3}` });
    const got = await sso.getInlinePolicyForPermissionSet({ InstanceArn, PermissionSetArn });
    expect(got.InlinePolicy).toBe(` ${readS3}`);
    await sso.deleteInlinePolicyFromPermissionSet({ InstanceArn, PermissionSetArn });
    const gone = await sso.getInlinePolicyForPermissionSet({ InstanceArn, PermissionSetArn });
    expect(gone.InlinePolicy).toBe("");
  });

  test.each(["not JSON", "[]", "null", '"text"', "{}"])(
    "%s is not taken as an inline policy",
    async (InlinePolicy) => {
      const { sso, PermissionSetArn } = await startWithSet();
      const refused = await refusal(
        sso.putInlinePolicyToPermissionSet({ InstanceArn, PermissionSetArn, InlinePolicy }),
      );
      expect(refused).toEqual({ name: "ValidationException", message: "Invalid PermissionsPolicy Document" });
    },
  );

  test("an inline policy has at most 10,240 characters without white space", async () => {
    const { sso, PermissionSetArn } = await startWithSet();
    const policyOf = (length: number) => {
      const empty = JSON.stringify({ Statement: [], Id: "" });
      return JSON.stringify({ Statement: [], Id: "x".repeat(length - empty.length) });
    };
    const InlinePolicy = `${" ".repeat(1000)}${policyOf(10_240)}`;
    await sso.putInlinePolicyToPermissionSet({ InstanceArn, PermissionSetArn, InlinePolicy });
    const tooLong = { InstanceArn, PermissionSetArn, InlinePolicy: policyOf(10_241) };
    expect((await refusal(sso.putInlinePolicyToPermissionSet(tooLong))).name).toBe(
      "ServiceQuotaExceededException",
    );
  });
});

describe("AWS managed policies", () => {
  test("policies are attached, listed with their names, and detached", async () => {
    const { sso, PermissionSetArn } = await startWithSet();
    await sso.attachManagedPolicyToPermissionSet({
      InstanceArn,
      PermissionSetArn,
      ManagedPolicyArn: billing,
    });
    const listed = await sso.listManagedPoliciesInPermissionSet({ InstanceArn, PermissionSetArn });
    expect(listed.AttachedManagedPolicies).toEqual([{ Name: "Billing", Arn: billing }]);
    await sso.detachManagedPolicyFromPermissionSet({
      InstanceArn,
      PermissionSetArn,
      ManagedPolicyArn: billing,
    });
    const rest = await sso.listManagedPoliciesInPermissionSet({ InstanceArn, PermissionSetArn });
    expect(rest.AttachedManagedPolicies).toEqual([]);
  });

  test("attaching an attached policy conflicts, detaching a missing one finds nothing", async () => {
    const { sso, PermissionSetArn } = await startWithSet();
    const input = { InstanceArn, PermissionSetArn, ManagedPolicyArn: billing };
    await sso.attachManagedPolicyToPermissionSet(input);
    const again = await refusal(sso.attachManagedPolicyToPermissionSet(input));
    expect(again.name).toBe("ConflictException");
    expect(again.message).toContain("already has a typed link attachment");
    await sso.detachManagedPolicyFromPermissionSet(input);
    const missing = await refusal(sso.detachManagedPolicyFromPermissionSet(input));
    expect(missing.name).toBe("ResourceNotFoundException");
  });

  test("a permission set has at most 25 managed policies of both kinds together", async () => {
    const { sso, arnOf } = await startOrganization({
      seed: {
        permissionSets: [
          {
            name: "Developer",
            managedPolicies: Array.from({ length: 20 }, (_, index) => `arn:aws:iam::aws:policy/P${index}`),
            customerManagedPolicies: Array.from({ length: 5 }, (_, index) => ({ name: `c${index}` })),
          },
        ],
      },
    });
    const PermissionSetArn = arnOf("Developer");
    const awsManaged = await refusal(
      sso.attachManagedPolicyToPermissionSet({ InstanceArn, PermissionSetArn, ManagedPolicyArn: billing }),
    );
    expect(awsManaged.name).toBe("ServiceQuotaExceededException");
    const customerManaged = await refusal(
      sso.attachCustomerManagedPolicyReferenceToPermissionSet({
        InstanceArn,
        PermissionSetArn,
        CustomerManagedPolicyReference: { Name: "another" },
      }),
    );
    expect(customerManaged.name).toBe("ServiceQuotaExceededException");
  });
});

describe("customer managed policies", () => {
  test("references are attached with the path / by default, listed, and detached by name and path", async () => {
    const { sso, PermissionSetArn } = await startWithSet();
    const attach = (Name: string, Path?: string) =>
      sso.attachCustomerManagedPolicyReferenceToPermissionSet({
        InstanceArn,
        PermissionSetArn,
        CustomerManagedPolicyReference: { Name, ...(Path === undefined ? {} : { Path }) },
      });
    const detach = (Name: string, Path: string) =>
      sso.detachCustomerManagedPolicyReferenceFromPermissionSet({
        InstanceArn,
        PermissionSetArn,
        CustomerManagedPolicyReference: { Name, Path },
      });
    await attach("deploy");
    await attach("audit", "/security/");
    expect((await refusal(attach("deploy"))).name).toBe("ConflictException");
    const listed = await sso.listCustomerManagedPolicyReferencesInPermissionSet({
      InstanceArn,
      PermissionSetArn,
    });
    expect(listed.CustomerManagedPolicyReferences).toEqual([
      { Name: "deploy", Path: "/" },
      { Name: "audit", Path: "/security/" },
    ]);
    expect((await refusal(detach("audit", "/"))).name).toBe("ResourceNotFoundException");
    await detach("audit", "/security/");
    const rest = await sso.listCustomerManagedPolicyReferencesInPermissionSet({
      InstanceArn,
      PermissionSetArn,
    });
    expect(rest.CustomerManagedPolicyReferences).toEqual([{ Name: "deploy", Path: "/" }]);
  });
});

describe("permissions boundary", () => {
  test("a boundary is put, replaced, read and deleted, and reading an absent one finds nothing", async () => {
    const { sso, PermissionSetArn } = await startWithSet();
    const input = { InstanceArn, PermissionSetArn };
    const absent = await refusal(sso.getPermissionsBoundaryForPermissionSet(input));
    expect(absent.name).toBe("ResourceNotFoundException");
    await sso.putPermissionsBoundaryToPermissionSet({
      ...input,
      PermissionsBoundary: { ManagedPolicyArn: billing },
    });
    await sso.putPermissionsBoundaryToPermissionSet({
      ...input,
      PermissionsBoundary: { CustomerManagedPolicyReference: { Name: "limit" } },
    });
    const { PermissionsBoundary } = await sso.getPermissionsBoundaryForPermissionSet(input);
    expect(PermissionsBoundary).toEqual({ CustomerManagedPolicyReference: { Name: "limit", Path: "/" } });
    await sso.deletePermissionsBoundaryFromPermissionSet(input);
    expect((await refusal(sso.getPermissionsBoundaryForPermissionSet(input))).name).toBe(
      "ResourceNotFoundException",
    );
  });

  test.each([{}, { ManagedPolicyArn: billing, CustomerManagedPolicyReference: { Name: "limit" } }])(
    "a boundary is exactly one policy, not %o",
    async (PermissionsBoundary) => {
      const { sso, PermissionSetArn } = await startWithSet();
      const refused = await refusal(
        sso.putPermissionsBoundaryToPermissionSet({ InstanceArn, PermissionSetArn, PermissionsBoundary }),
      );
      expect(refused.name).toBe("ValidationException");
    },
  );
});
