import {
  CreateGroupCommand,
  CreateGroupMembershipCommand,
  CreateUserCommand,
  DeleteGroupCommand,
  DeleteGroupMembershipCommand,
  DeleteUserCommand,
  GetGroupIdCommand,
  GetGroupMembershipIdCommand,
  GetUserIdCommand,
  IsMemberInGroupsCommand,
  ListGroupMembershipsForMemberCommand,
} from "@aws-sdk/client-identitystore";
import { describe, expect, test } from "vitest";
import { identityStoreId, refusal, startOrganization } from "./organization-under-test.ts";

const IdentityStoreId = identityStoreId;
const named = (AttributePath: string, AttributeValue: string) => ({
  IdentityStoreId,
  AlternateIdentifier: { UniqueAttribute: { AttributePath, AttributeValue } },
});

describe("a new hire", () => {
  test("is made, put into a group, and found by name", async () => {
    const { identityStore, sandbox } = await startOrganization();
    const { UserId } = await identityStore.send(
      new CreateUserCommand({
        IdentityStoreId,
        UserName: "jiro@example.com",
        DisplayName: "Jiro",
        Name: { GivenName: "Jiro", FamilyName: "Suzuki" },
        Emails: [{ Value: "jiro@example.com" }],
      }),
    );
    const GroupId = sandbox.state.groupId("developers");
    const membership = { IdentityStoreId, GroupId, MemberId: { UserId: UserId ?? "" } };
    await identityStore.send(new CreateGroupMembershipCommand(membership));
    expect(
      await identityStore.send(new GetUserIdCommand(named("UserName", "jiro@example.com"))),
    ).toMatchObject({
      UserId,
    });
    const { GroupMemberships } = await identityStore.send(
      new ListGroupMembershipsForMemberCommand({ IdentityStoreId, MemberId: { UserId: UserId ?? "" } }),
    );
    expect(GroupMemberships).toMatchObject([{ GroupId, MemberId: { UserId } }]);
    const { MembershipId } = await identityStore.send(new GetGroupMembershipIdCommand(membership));
    await identityStore.send(new DeleteGroupMembershipCommand({ IdentityStoreId, MembershipId }));
    const { Results } = await identityStore.send(
      new IsMemberInGroupsCommand({
        IdentityStoreId,
        MemberId: { UserId: UserId ?? "" },
        GroupIds: [GroupId],
      }),
    );
    expect(Results).toMatchObject([{ GroupId, MembershipExists: false }]);
  });

  test("cannot have the name of another user", async () => {
    const { identityStore } = await startOrganization();
    const again = identityStore.send(
      new CreateUserCommand({
        IdentityStoreId,
        UserName: "taro@example.com",
        DisplayName: "Taro",
        Name: { GivenName: "Taro", FamilyName: "Yamada" },
      }),
    );
    expect(await refusal(again)).toMatchObject({ name: "ConflictException" });
  });
});

describe("a leaver and a group made anew", () => {
  test("a user who is deleted is in no group any more", async () => {
    const { identityStore, sandbox } = await startOrganization();
    const UserId = sandbox.state.userId("hanako@example.com");
    await identityStore.send(new DeleteUserCommand({ IdentityStoreId, UserId }));
    const gone = identityStore.send(
      new ListGroupMembershipsForMemberCommand({ IdentityStoreId, MemberId: { UserId } }),
    );
    expect(await refusal(gone)).toMatchObject({ name: "ResourceNotFoundException" });
  });

  test("a group of the same name has another id", async () => {
    const { identityStore, sandbox } = await startOrganization();
    const before = sandbox.state.groupId("developers");
    await identityStore.send(new DeleteGroupCommand({ IdentityStoreId, GroupId: before }));
    const { GroupId } = await identityStore.send(
      new CreateGroupCommand({ IdentityStoreId, DisplayName: "developers", Description: "again" }),
    );
    expect(GroupId).not.toBe(before);
    for (const path of ["displayName", "DisplayName"]) {
      const found = await identityStore.send(new GetGroupIdCommand(named(path, "developers")));
      expect(found.GroupId).toBe(GroupId);
    }
  });
});
