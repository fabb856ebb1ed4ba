import { describe, expect, test } from "vitest";

import { instanceArn, refusal, startOrganization } from "./organization-under-test.ts";

const InstanceArn = instanceArn;

describe("permission sets", () => {
  test("a permission set is created with its details and tags at once", async () => {
    const { sso } = await startOrganization();
    const { PermissionSet } = await sso.createPermissionSet({
      InstanceArn,
      Name: "Developer",
      Description: "Café",
      SessionDuration: "PT8H",
      RelayState: "https://console.aws.amazon.com/ec2/",
      Tags: [{ Key: "team", Value: "開発" }],
    });
    const PermissionSetArn = PermissionSet?.PermissionSetArn;
    const described = await sso.describePermissionSet({ InstanceArn, PermissionSetArn });
    expect(described.PermissionSet).toMatchObject({
      Name: "Developer",
      Description: "Café",
      SessionDuration: "PT8H",
      RelayState: "https://console.aws.amazon.com/ec2/",
      CreatedDate: expect.any(Date),
    });
    const { Tags } = await sso.listTagsForResource({ InstanceArn, ResourceArn: PermissionSetArn });
    expect(Tags).toEqual([{ Key: "team", Value: "開発" }]);
  });

  test("a session lasts one hour unless something else is said", async () => {
    const { sso } = await startOrganization();
    const { PermissionSet } = await sso.createPermissionSet({ InstanceArn, Name: "Developer" });
    expect(PermissionSet).toMatchObject({ SessionDuration: "PT1H" });
  });

  test.each(["PT59M", "PT12H1S", "P1D"])("a session cannot last %s", async (SessionDuration) => {
    const { sso } = await startOrganization();
    const refused = await refusal(
      sso.createPermissionSet({ InstanceArn, Name: "Developer", SessionDuration }),
    );
    expect(refused.name).toBe("ValidationException");
  });

  test("two permission sets cannot have the same name", async () => {
    const { sso } = await startOrganization({ seed: { permissionSets: [{ name: "Developer" }] } });
    expect(await refusal(sso.createPermissionSet({ InstanceArn, Name: "Developer" }))).toEqual({
      name: "ConflictException",
      message: "PermissionSet with name Developer already exists.",
    });
  });

  test("an update without RelayState clears it and leaves the other details", async () => {
    const { sso, arnOf } = await startOrganization({
      seed: {
        permissionSets: [
          { name: "Developer", description: "For developers", relayState: "https://console.aws.amazon.com/" },
        ],
      },
    });
    const PermissionSetArn = arnOf("Developer");
    await sso.updatePermissionSet({ InstanceArn, PermissionSetArn, SessionDuration: "PT2H" });
    const { PermissionSet } = await sso.describePermissionSet({ InstanceArn, PermissionSetArn });
    expect(PermissionSet).toMatchObject({ Description: "For developers", SessionDuration: "PT2H" });
    expect(PermissionSet?.RelayState).toBeUndefined();
  });

  test("a permission set can be deleted when it is used nowhere", async () => {
    const { sso, arnOf } = await startOrganization({ seed: { permissionSets: [{ name: "Developer" }] } });
    const PermissionSetArn = arnOf("Developer");
    await sso.deletePermissionSet({ InstanceArn, PermissionSetArn });
    expect((await sso.listPermissionSets({ InstanceArn })).PermissionSets).toEqual([]);
    const refused = await refusal(sso.deletePermissionSet({ InstanceArn, PermissionSetArn }));
    expect(refused.name).toBe("ResourceNotFoundException");
  });

  test("a permission set cannot be deleted while it is assigned", async () => {
    const { sso, arnOf } = await startOrganization({
      seed: {
        permissionSets: [
          { name: "Developer", assignments: [{ accountId: "333333333333", userName: "hanako@example.com" }] },
        ],
      },
    });
    const refused = await refusal(
      sso.deletePermissionSet({ InstanceArn, PermissionSetArn: arnOf("Developer") }),
    );
    expect(refused.name).toBe("ConflictException");
    expect(refused.message).toMatch(/^Could not delete because /);
  });

  test("a permission set cannot be deleted while it is being provisioned, or is provisioned without an assignment", async () => {
    const { sso, arnOf, pass } = await startOrganization({
      seed: { permissionSets: [{ name: "Developer" }] },
    });
    const PermissionSetArn = arnOf("Developer");
    await sso.provisionPermissionSet({
      InstanceArn,
      PermissionSetArn,
      TargetType: "AWS_ACCOUNT",
      TargetId: "333333333333",
    });
    expect((await refusal(sso.deletePermissionSet({ InstanceArn, PermissionSetArn }))).name).toBe(
      "ConflictException",
    );
    pass(4000);
    const refused = await refusal(sso.deletePermissionSet({ InstanceArn, PermissionSetArn }));
    expect(refused.name).toBe("ConflictException");
  });
});

describe("tags", () => {
  test("tags are added, replaced and removed", async () => {
    const { sso, arnOf } = await startOrganization({
      seed: { permissionSets: [{ name: "Developer", tags: { owner: "somebody", old: "yes" } }] },
    });
    const ResourceArn = arnOf("Developer");
    await sso.tagResource({ InstanceArn, ResourceArn, Tags: [{ Key: "owner", Value: "us" }] });
    await sso.untagResource({ InstanceArn, ResourceArn, TagKeys: ["old", "never there"] });
    const { Tags } = await sso.listTagsForResource({ InstanceArn, ResourceArn });
    expect(Tags).toEqual([{ Key: "owner", Value: "us" }]);
  });

  test("a permission set has at most 50 tags", async () => {
    const { sso } = await startOrganization();
    const Tags = Array.from({ length: 51 }, (_, index) => ({ Key: `key-${index}`, Value: "" }));
    const refused = await refusal(sso.createPermissionSet({ InstanceArn, Name: "Developer", Tags }));
    expect(refused.name).toBe("ServiceQuotaExceededException");
  });

  test("tag keys that begin with aws: are refused", async () => {
    const { sso, arnOf } = await startOrganization({ seed: { permissionSets: [{ name: "Developer" }] } });
    const refused = await refusal(
      sso.tagResource({
        InstanceArn,
        ResourceArn: arnOf("Developer"),
        Tags: [{ Key: "aws:owner", Value: "us" }],
      }),
    );
    expect(refused.name).toBe("ValidationException");
  });
});
