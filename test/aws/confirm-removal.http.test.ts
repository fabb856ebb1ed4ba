import { describe, expect, it } from "vitest";
import { type AccountId, accountId, principalId } from "../../src/model/ids.ts";
import { ownerTag, recordTag } from "../../src/model/ownership.ts";
import type { Removal } from "../../src/model/plan.ts";
import { arnOf, assignmentChange, setChange } from "./changes.ts";
import {
  devAccount,
  organization,
  ownSet,
  ownTags,
  refusal,
  type Scene,
  startScene,
} from "./organization.ts";

const assigned = [{ accountId: devAccount, userName: "sato" }];

async function sceneWith(assignments: readonly object[] = assigned): Promise<Scene> {
  const set = ownSet("Reader", { assignments: assignments as typeof assigned });
  return startScene({ seed: organization([set]), quotas: { consistencyLagMs: 0 } });
}

/** The removal of sato's assignment, or of the set, as a plan has it. */
function removal(scene: Scene, kind: Removal["kind"] = "unassign"): Removal {
  const change =
    kind === "unassign"
      ? assignmentChange(scene, kind, "Reader", devAccount, "sato")
      : setChange(kind, "Reader", { before: ownTags });
  const target = { ...change.target, permissionSetArn: arnOf(scene, "Reader") };
  return { ...change, target } as Removal;
}

const orphaned = (change: Removal): Removal => ({ ...change, because: "principal-deleted" }) as Removal;

describe("confirming that an assignment is still there", () => {
  it("finds it, asking for its account and set only", async () => {
    const scene = await sceneWith();
    const change = removal(scene);
    await scene.center.confirmRemoval(change);
    const before = scene.operations().length;
    expect(await scene.center.confirmRemoval(change)).toEqual({ status: "there" });
    expect(scene.operations().slice(before)).toEqual(["ListAccountAssignments"]);
  });

  it("finds it on the last page of many", async () => {
    const many = Array.from({ length: 230 }, (_, n) => ({ accountId: devAccount, userName: `user${n}` }));
    const users = many.map(({ userName }) => ({ userName }));
    const seed = organization([ownSet("Reader", { assignments: [...many, ...assigned] })]);
    const scene = await startScene({ seed: { ...seed, users: [...(seed.users ?? []), ...users] } });
    expect(await scene.center.confirmRemoval(removal(scene))).toEqual({ status: "there" });
  });

  it("says gone once somebody else has removed it", async () => {
    const scene = await sceneWith();
    const change = removal(scene);
    scene.sandbox.state.removeAssignment("Reader", { accountId: devAccount, userName: "sato" });
    expect(await scene.center.confirmRemoval(change)).toEqual({ status: "gone" });
  });

  it("does not take another account's assignment for it", async () => {
    const scene = await sceneWith();
    const change = removal(scene) as Extract<Removal, { kind: "unassign" }>;
    const elsewhere: AccountId = accountId("333333333333");
    const moved = { ...change, target: { ...change.target, account: elsewhere } };
    expect(await scene.center.confirmRemoval(moved)).toEqual({ status: "gone" });
  });

  it("knows nothing when AWS does not answer, and says why", async () => {
    const scene = await sceneWith();
    const change = removal(scene);
    scene.sandbox.failures.add({
      match: { operation: "ListAccountAssignments" },
      respond: refusal("AccessDeniedException", "not authorized to perform: sso:ListAccountAssignments"),
    });
    expect(await scene.center.confirmRemoval(change)).toMatchObject({
      status: "unknown",
      reason: { code: "AccessDeniedException" },
    });
  });
});

describe("confirming that a principal has been deleted", () => {
  it("goes on when neither the user nor the group is known to Identity Center any more", async () => {
    const scene = await sceneWith([...assigned, { accountId: devAccount, group: "Developers" }]);
    const ofUser = orphaned(removal(scene));
    const group = { type: "GROUP", id: principalId(scene.sandbox.state.groupId("Developers")) } as const;
    const ofGroup = { ...ofUser, target: { ...ofUser.target, principal: group } } as Removal;
    scene.sandbox.state.removeUser("sato");
    scene.sandbox.state.removeGroup("Developers");
    expect(await scene.center.confirmRemoval(ofUser)).toEqual({ status: "there" });
    expect(await scene.center.confirmRemoval(ofGroup)).toEqual({ status: "there" });
  });

  it("stops when the user or the group answers after all", async () => {
    const scene = await sceneWith([...assigned, { accountId: devAccount, group: "Developers" }]);
    const ofUser = orphaned(removal(scene));
    const group = { type: "GROUP", id: principalId(scene.sandbox.state.groupId("Developers")) } as const;
    const ofGroup = { ...ofUser, target: { ...ofUser.target, principal: group } } as Removal;
    expect(await scene.center.confirmRemoval(ofUser)).toEqual({ status: "principal-exists" });
    expect(await scene.center.confirmRemoval(ofGroup)).toEqual({ status: "principal-exists" });
  });

  it.each([
    ["the store is not found", { ResourceType: "IDENTITY_STORE" }],
    ["its key is not found", { ResourceType: "USER", Reason: "KMS_NotFoundException" }],
  ])("does not take it for deleted when %s", async (_, members) => {
    const scene = await sceneWith();
    const change = orphaned(removal(scene));
    const { status, body } = refusal("ResourceNotFoundException", "not found");
    scene.sandbox.failures.add({
      match: { operation: "DescribeUser" },
      respond: { status, body: { ...body, ...members } },
    });
    expect(await scene.center.confirmRemoval(change)).toMatchObject({ status: "unknown" });
  });
});

describe("confirming that a permission set is still ours", () => {
  it("finds it with the same owner and record, whatever other tags it got", async () => {
    const scene = await sceneWith([]);
    scene.sandbox.state.tagPermissionSet("Reader", { team: "security" });
    const change = removal(scene, "delete-permission-set");
    expect(await scene.center.confirmRemoval(change)).toEqual({ status: "there" });
  });

  it.each([
    ["owner", { [ownerTag]: "somebody else" }],
    ["record", { [recordTag]: "2" }],
  ])("says changed once it has another %s", async (_, tags) => {
    const scene = await sceneWith([]);
    scene.sandbox.state.tagPermissionSet("Reader", tags);
    const change = removal(scene, "delete-permission-set");
    expect(await scene.center.confirmRemoval(change)).toEqual({ status: "changed-since-read" });
  });

  it("says changed once its owner tag is gone", async () => {
    const scene = await sceneWith([]);
    scene.sandbox.state.untagPermissionSet("Reader", [ownerTag]);
    const change = removal(scene, "delete-permission-set");
    expect(await scene.center.confirmRemoval(change)).toEqual({ status: "changed-since-read" });
  });

  it("says gone once somebody else has deleted it", async () => {
    const scene = await sceneWith([]);
    const change = removal(scene, "delete-permission-set");
    await scene.center.startChange(change, arnOf(scene, "Reader"));
    expect(await scene.center.confirmRemoval(change)).toEqual({ status: "gone" });
  });

  it("says gone when somebody else deletes it between the question for the set and the one for its tags", async () => {
    const scene = await sceneWith([]);
    const change = removal(scene, "delete-permission-set");
    scene.sandbox.failures.add({
      match: { operation: "ListTagsForResource" },
      respond: refusal("ResourceNotFoundException", "Could not find PermissionSet with id ps-1111"),
    });
    expect(await scene.center.confirmRemoval(change)).toEqual({ status: "gone" });
  });
});
