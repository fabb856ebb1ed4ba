import { describe, expect, it } from "vitest";

import { permissionSetArn } from "../../src/model/ids.ts";
import { ownerTag, recordTag } from "../../src/model/ownership.ts";
import { arnOf, setChange, start } from "./changes.ts";
import {
  devAccount,
  organization,
  ownSet,
  ownTags,
  refusal,
  type Scene,
  startScene,
} from "./organization.ts";

const readOnlyAccess = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const inlinePolicy =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:ListBucket","Resource":"*"}]}';
const done = { status: "done", requestId: expect.any(String) as string };

/** The writes that reached the sandbox. */
function writes(scene: Scene): { operation: string; input: unknown }[] {
  return scene.sandbox.requests
    .filter(({ kind }) => kind === "write")
    .map(({ operation, input }) => ({ operation, input }));
}

describe("creating a permission set", () => {
  const attributes = {
    description: "for developers",
    sessionDurationSeconds: 5400,
    relayState: "https://console.aws.amazon.com/",
  };
  const create = setChange("create-permission-set", "New", { after: { attributes, tags: ownTags } });

  it("sets attributes and tags in the one request that creates it", async () => {
    const scene = await startScene();
    const result = await scene.center.startChange(create, undefined);
    expect(result).toEqual({ ...done, permissionSetArn: arnOf(scene, "New") });
    expect(scene.sandbox.state.permissionSet("New")).toMatchObject({
      description: "for developers",
      sessionDuration: "PT1H30M",
      relayState: "https://console.aws.amazon.com/",
      tags: ownTags,
    });
    expect(writes(scene)).toMatchObject([{ operation: "CreatePermissionSet" }]);
  });

  it("leaves out what is not given", async () => {
    const scene = await startScene();
    const bare = { attributes: { sessionDurationSeconds: 3600 }, tags: ownTags };
    await scene.center.startChange(setChange("create-permission-set", "Bare", { after: bare }), undefined);
    const [write] = writes(scene);
    expect(Object.keys(write?.input as object).toSorted()).toEqual([
      "InstanceArn",
      "Name",
      "SessionDuration",
      "Tags",
    ]);
  });

  it("fails when the name is taken", async () => {
    const scene = await startScene({ seed: organization([{ name: "New" }]) });
    expect(await scene.center.startChange(create, undefined)).toEqual({
      status: "failed",
      reason: {
        code: "ConflictException",
        message: "PermissionSet with name New already exists.",
        requestId: expect.any(String) as string,
      },
    });
    expect(writes(scene)).toHaveLength(1);
  });

  it("is done when AWS's answer is lost and the second attempt finds the set", async () => {
    const scene = await startScene({ quotas: { consistencyLagMs: 0 } });
    scene.sandbox.failures.add({
      match: { operation: "CreatePermissionSet" },
      nth: 1,
      phase: "after",
      respond: { reset: true },
    });
    const result = await scene.center.startChange(create, undefined);
    expect(result).toEqual({ status: "done", permissionSetArn: arnOf(scene, "New") });
    expect(scene.sandbox.state.permissionSets()).toHaveLength(1);
  });

  it("is done when another pass has created the set for the same record", async () => {
    const scene = await startScene({ seed: organization([ownSet("New")]) });
    const result = await scene.center.startChange(create, undefined);
    expect(result).toEqual({ status: "done", permissionSetArn: arnOf(scene, "New") });
  });

  it("is done also while the set that another pass has just created is missing from the list", async () => {
    const scene = await startScene({ quotas: { consistencyLagMs: 3_000 } });
    const results = [
      await scene.center.startChange(create, undefined),
      await scene.center.startChange(create, undefined),
    ];
    expect(results.map(({ status }) => status)).toEqual(["done", "done"]);
    expect(scene.sandbox.state.permissionSets()).toHaveLength(1);
  });

  it("fails when the name belongs to another record or another deployment", async () => {
    for (const tags of [
      { ...ownTags, [recordTag]: "2" },
      { ...ownTags, [ownerTag]: "other" },
    ]) {
      const scene = await startScene({ seed: organization([{ name: "New", tags }]) });
      const result = await scene.center.startChange(create, undefined);
      expect(result).toMatchObject({ status: "failed", reason: { code: "ConflictException" } });
    }
  });

  it("fails when after a lost answer the name turns out to be somebody else's", async () => {
    const theirs = { name: "New", tags: { team: "other" } };
    const scene = await startScene({ seed: organization([theirs]), quotas: { consistencyLagMs: 0 } });
    scene.sandbox.failures.add({
      match: { operation: "CreatePermissionSet" },
      nth: 1,
      respond: { reset: true },
    });
    expect(await scene.center.startChange(create, undefined)).toMatchObject({
      status: "failed",
      reason: { code: "ConflictException" },
    });
  });

  it("fails when AWS does not say which set it has created", async () => {
    const scene = await startScene();
    scene.sandbox.failures.add({
      match: { operation: "CreatePermissionSet" },
      respond: { status: 200, body: {} },
    });
    expect(await scene.center.startChange(create, undefined)).toMatchObject({
      status: "failed",
      reason: { code: "incomplete-answer" },
    });
  });
});

describe("a change of a permission set", () => {
  it("replaces all three attributes together and clears those that are left out", async () => {
    const scene = await startScene({
      seed: organization([
        ownSet("A", { relayState: "https://console.aws.amazon.com/", description: "old" }),
      ]),
    });
    const both = { description: "new", sessionDurationSeconds: 28_800 };
    expect(await start(scene, setChange("update-attributes", "A", { after: both }))).toEqual(done);
    expect(writes(scene)[0]?.input).toEqual({
      InstanceArn: expect.any(String) as string,
      PermissionSetArn: arnOf(scene, "A"),
      Description: "new",
      SessionDuration: "PT8H",
    });
    const { description, sessionDuration, relayState } = scene.sandbox.state.permissionSet("A");
    expect({ description, sessionDuration, relayState }).toEqual({
      description: "new",
      sessionDuration: "PT8H",
      relayState: undefined,
    });
  });

  it("adds and replaces tags and keeps the others", async () => {
    const scene = await startScene({
      seed: organization([{ name: "A", tags: { team: "x", stage: "dev" } }]),
    });
    const after = { ...ownTags, stage: "prod" };
    expect(await start(scene, setChange("tag-permission-set", "A", { after }))).toEqual(done);
    expect(scene.sandbox.state.permissionSet("A").tags).toEqual({ ...ownTags, team: "x", stage: "prod" });
  });

  it("puts either kind of permissions boundary", async () => {
    const scene = await startScene({ seed: organization([ownSet("A")]) });
    const managed = { kind: "aws-managed", arn: readOnlyAccess };
    await start(scene, setChange("put-permissions-boundary", "A", { after: managed }));
    expect(scene.sandbox.state.permissionSet("A").boundary).toEqual({ ManagedPolicyArn: readOnlyAccess });
    const custom = { kind: "customer-managed", name: "Fence", path: "/guard/" };
    await start(scene, setChange("put-permissions-boundary", "A", { after: custom }));
    expect(scene.sandbox.state.permissionSet("A").boundary).toEqual({
      CustomerManagedPolicyReference: { Name: "Fence", Path: "/guard/" },
    });
  });

  it("puts the inline policy to the letter", async () => {
    const scene = await startScene({ seed: organization([ownSet("A")]) });
    await start(scene, setChange("put-inline-policy", "A", { after: inlinePolicy }));
    expect(scene.sandbox.state.permissionSet("A").inlinePolicy).toBe(inlinePolicy);
  });

  it.each([
    ["delete-permissions-boundary", "DeletePermissionsBoundaryFromPermissionSet", {}],
    ["delete-inline-policy", "DeleteInlinePolicyFromPermissionSet", {}],
    ["detach-managed-policy", "DetachManagedPolicyFromPermissionSet", { before: readOnlyAccess }],
    [
      "detach-customer-managed-policy",
      "DetachCustomerManagedPolicyReferenceFromPermissionSet",
      { before: { name: "Logs", path: "/team/" } },
    ],
  ] as const)(
    "%s takes away, and is done when there is nothing left to take",
    async (kind, operation, sides) => {
      const scene = await startScene({
        seed: organization([
          ownSet("A", {
            boundary: readOnlyAccess,
            inlinePolicy,
            managedPolicies: [readOnlyAccess],
            customerManagedPolicies: [{ name: "Logs", path: "/team/" }],
          }),
        ]),
      });
      const change = setChange(kind, "A", sides);
      const before = scene.sandbox.state.permissionSet("A");
      expect(await start(scene, change)).toEqual(done);
      const after = scene.sandbox.state.permissionSet("A");
      const parts = ["boundary", "inlinePolicy", "managedPolicies", "customerManagedPolicies"] as const;
      const changed = parts.filter((part) => JSON.stringify(before[part]) !== JSON.stringify(after[part]));
      expect(changed).toHaveLength(1);
      expect(await start(scene, change)).toEqual({ status: "done" });
      expect(writes(scene).map((write) => write.operation)).toEqual([operation, operation]);
    },
  );

  it.each([
    ["attach-managed-policy", { after: readOnlyAccess }],
    ["attach-customer-managed-policy", { after: { name: "Logs", path: "/team/" } }],
  ] as const)("%s attaches, and is done when it is attached already", async (kind, sides) => {
    const scene = await startScene({ seed: organization([ownSet("A")]) });
    const change = setChange(kind, "A", sides);
    expect(await start(scene, change)).toEqual(done);
    expect(await start(scene, change)).toEqual({ status: "done" });
    const { managedPolicies, customerManagedPolicies } = scene.sandbox.state.permissionSet("A");
    expect([...managedPolicies, ...customerManagedPolicies]).toEqual([
      kind === "attach-managed-policy" ? readOnlyAccess : { Name: "Logs", Path: "/team/" },
    ]);
  });

  it("fails with AWS's reason when AWS refuses it", async () => {
    const scene = await startScene({ seed: organization([ownSet("A")]) });
    expect(await start(scene, setChange("put-inline-policy", "A", { after: "{" }))).toMatchObject({
      status: "failed",
      reason: { code: "ValidationException", message: "Invalid PermissionsPolicy Document" },
    });
  });

  it("fails without a request when there is no set to change", async () => {
    const scene = await startScene();
    const change = setChange("put-inline-policy", "Gone", { after: inlinePolicy });
    expect(await scene.center.startChange(change, undefined)).toMatchObject({
      status: "failed",
      reason: { code: "permission-set-missing" },
    });
    expect(writes(scene)).toEqual([]);
  });

  it.each(["update-attributes", "put-inline-policy", "tag-permission-set", "create-permission-set"] as const)(
    "%s fails without a request when it does not say what to",
    async (kind) => {
      const scene = await startScene({ seed: organization([ownSet("A")]) });
      expect(await start(scene, setChange(kind, "A"))).toMatchObject({ status: "failed" });
      expect(writes(scene)).toEqual([]);
    },
  );

  it("fails, and throws nothing, when AWS cannot be reached", async () => {
    const scene = await startScene({ seed: organization([ownSet("A")]) });
    await scene.center.readActualState();
    scene.sandbox.failures.add({ match: { operation: "TagResource" }, respond: { reset: true } });
    expect(await start(scene, setChange("tag-permission-set", "A", { after: ownTags }))).toMatchObject({
      status: "failed",
      reason: { code: "ECONNRESET" },
    });
  });

  it("is sent again after a reset connection", async () => {
    const scene = await startScene({ seed: organization([ownSet("A")]) });
    const respond = { reset: true } as const;
    scene.sandbox.failures.add({ match: { operation: "PutInlinePolicyToPermissionSet" }, nth: 1, respond });
    expect(await start(scene, setChange("put-inline-policy", "A", { after: inlinePolicy }))).toEqual(done);
  });

  it("that AWS has made before its answer was lost is done", async () => {
    const scene = await startScene({ seed: organization([ownSet("A")]) });
    scene.sandbox.failures.add({
      match: { operation: "AttachManagedPolicyToPermissionSet" },
      nth: 1,
      phase: "after",
      respond: { reset: true },
    });
    expect(await start(scene, setChange("attach-managed-policy", "A", { after: readOnlyAccess }))).toEqual({
      status: "done",
    });
  });
});

describe("deleting a permission set", () => {
  it("removes it, and is done when it is gone already", async () => {
    const scene = await startScene({ seed: organization([ownSet("A")]) });
    const arn = arnOf(scene, "A");
    const change = setChange("delete-permission-set", "A");
    expect(await scene.center.startChange(change, arn)).toEqual(done);
    expect(scene.sandbox.state.permissionSets()).toEqual([]);
    expect(await scene.center.startChange(change, arn)).toEqual({ status: "done" });
  });

  it("waits until AWS has removed it from its last accounts", async () => {
    const seed = organization([ownSet("A", { assignments: [{ accountId: devAccount, userName: "sato" }] })]);
    const scene = await startScene({ seed });
    const refused = refusal(
      "ConflictException",
      "Could not delete because PermissionSet has ApplicationProfile",
    );
    scene.sandbox.failures.add({ match: { operation: "DeletePermissionSet" }, times: 2, respond: refused });
    scene.sandbox.state.removeAssignment("A", { accountId: devAccount, userName: "sato" });
    expect(await start(scene, setChange("delete-permission-set", "A"))).toEqual(done);
    expect(writes(scene)).toHaveLength(3);
  });

  it("fails in the end when it is still in use", async () => {
    const seed = organization([ownSet("A", { assignments: [{ accountId: devAccount, userName: "sato" }] })]);
    const scene = await startScene({ seed, speed: 1000 });
    expect(await start(scene, setChange("delete-permission-set", "A"))).toMatchObject({
      status: "failed",
      reason: {
        code: "ConflictException",
        message: expect.stringMatching(/^Could not delete because/u) as string,
      },
    });
    expect(scene.sandbox.state.permissionSets()).toHaveLength(1);
  });

  it("fails when it is locked by the management account", async () => {
    const assignments = [{ accountId: "999999999999", userName: "sato" }];
    const scene = await startScene({ seed: organization([ownSet("Locked", { assignments })]) });
    expect(await start(scene, setChange("delete-permission-set", "Locked"))).toMatchObject({
      status: "failed",
      reason: {
        code: "AccessDeniedException",
        message: expect.stringContaining("is not authorized to perform: sso:DeletePermissionSet") as string,
      },
    });
  });
});

describe("a change before anything was read", () => {
  it("finds the instance by itself", async () => {
    const scene = await startScene({ seed: organization([ownSet("A")]) });
    const change = setChange("delete-permission-set", "A");
    expect(await scene.center.startChange(change, permissionSetArn(arnOf(scene, "A")))).toEqual(done);
    expect(scene.operations()).toEqual([
      "GetCallerIdentity",
      "DescribeOrganization",
      "ListInstances",
      "DescribeInstance",
      "DeletePermissionSet",
    ]);
  });

  it("is not made as an account that is not expected", async () => {
    const scene = await startScene({ seed: organization([ownSet("A")]), expectedAccount: "777777777777" });
    await expect(start(scene, setChange("delete-permission-set", "A"))).rejects.toMatchObject({
      code: "aws.unexpected-account",
    });
    expect(writes(scene)).toEqual([]);
  });
});
