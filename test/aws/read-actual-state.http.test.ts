import { seededAt } from "../../src/sandbox/aws/directory/directory.ts";
import { describe, expect, it } from "vitest";

import { accountId, permissionSetArn, principalId } from "../../src/model/ids.ts";
import {
  callerAccount,
  devAccount,
  managementAccount,
  organization,
  ownSet,
  ownTags,
  prodAccount,
  refusal,
  type Scene,
  startScene,
} from "./organization.ts";

const readOnlyAccess = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const billing = "arn:aws:iam::aws:policy/job-function/Billing";

/** From the first request of the operation for the set on, everything about the set is answered with not found. */
function deleteJustBefore(sandbox: Scene["sandbox"], wanted: string, name: string): void {
  const { arn } = sandbox.state.permissionSet(name);
  let isDeleted = false;
  sandbox.failures.add({
    match: ({ operation, body }) => {
      if (!JSON.stringify(body).includes(arn)) return false;
      isDeleted ||= operation === wanted;
      return isDeleted;
    },
    respond: refusal("ResourceNotFoundException", "PermissionSet not found"),
  });
}

describe("the actual state", () => {
  it("has a managed set in full", async () => {
    const inlinePolicy = '{"Version":"2012-10-17","Statement":[]}';
    const { center, sandbox } = await startScene({
      seed: organization([
        ownSet("Developer", {
          description: "for developers",
          sessionDuration: "PT1H30M",
          relayState: "https://console.aws.amazon.com/",
          inlinePolicy,
          managedPolicies: [readOnlyAccess, billing],
          customerManagedPolicies: [{ name: "Zebra" }, { name: "Alpha", path: "/team/" }],
          boundary: { name: "Fence", path: "/guard/" },
          assignments: [
            { accountId: prodAccount, userName: "sato" },
            { accountId: devAccount, group: "Developers" },
          ],
        }),
      ]),
    });
    const state = await center.readActualState();
    expect(state.permissionSets).toEqual([
      {
        arn: sandbox.state.permissionSet("Developer").arn,
        name: "Developer",
        tags: ownTags,
        locked: false,
        managed: true,
        definition: {
          attributes: {
            description: "for developers",
            sessionDurationSeconds: 5400,
            relayState: "https://console.aws.amazon.com/",
          },
          inlinePolicy,
          managedPolicies: [readOnlyAccess, billing],
          customerManagedPolicies: [
            { name: "Zebra", path: "/" },
            { name: "Alpha", path: "/team/" },
          ],
          permissionsBoundary: { kind: "customer-managed", name: "Fence", path: "/guard/" },
        },
        provisionedAccounts: [devAccount, prodAccount],
        staleAccounts: [],
      },
    ]);
    expect(state.assignments).toEqual([
      {
        permissionSet: "Developer",
        account: devAccount,
        principal: { type: "GROUP", id: sandbox.state.groupId("Developers") },
      },
      {
        permissionSet: "Developer",
        account: prodAccount,
        principal: { type: "USER", id: sandbox.state.userId("sato") },
      },
    ]);
  });

  it("leaves out what a managed set does not have", async () => {
    const { center } = await startScene({ seed: organization([ownSet("Bare")]) });
    const [set] = (await center.readActualState()).permissionSets;
    expect(set).toMatchObject({
      definition: {
        attributes: { sessionDurationSeconds: 3600 },
        managedPolicies: [],
        customerManagedPolicies: [],
      },
      provisionedAccounts: [],
    });
    expect(JSON.stringify(set)).not.toMatch(/description|relayState|inlinePolicy|permissionsBoundary/u);
  });

  it("tells an AWS managed boundary from a customer managed one", async () => {
    const { center } = await startScene({ seed: organization([ownSet("A", { boundary: readOnlyAccess })]) });
    const [set] = (await center.readActualState()).permissionSets;
    expect(set).toMatchObject({
      definition: { permissionsBoundary: { kind: "aws-managed", arn: readOnlyAccess } },
    });
  });

  it("has of a set of somebody else its name and tags, and asks for nothing more", async () => {
    const theirs = {
      name: "Theirs",
      tags: { managedBy: "ControlTower" },
      assignments: [{ accountId: devAccount, userName: "sato" }],
    };
    const { center, operations } = await startScene({ seed: organization([theirs]) });
    const state = await center.readActualState();
    expect(state.permissionSets).toMatchObject([
      { name: "Theirs", managed: false, tags: { managedBy: "ControlTower" } },
    ]);
    expect(state.assignments).toEqual([]);
    expect(operations().toSorted()).toEqual(
      [
        "DescribeInstance",
        "DescribeOrganization",
        "DescribePermissionSet",
        "GetCallerIdentity",
        "ListAccounts",
        "ListGroups",
        "ListInstances",
        "ListPermissionSets",
        "ListPermissionSetsProvisionedToAccount",
        "ListPolicies",
        "ListTagsForResource",
        "ListUsers",
      ].toSorted(),
    );
  });

  it.each([
    ["another owner's", { "kintone-sso-sync:owner": "example.cybozu.com/11" }],
    ["a longer", { "kintone-sso-sync:owner": "example.cybozu.com/100" }],
    ["a differently written", { "Kintone-sso-sync:owner": "example.cybozu.com/10" }],
  ])("takes a set with %s owner tag for somebody else's", async (_description, tags) => {
    const { center } = await startScene({ seed: organization([{ name: "Theirs", tags }]) });
    expect((await center.readActualState()).permissionSets).toMatchObject([{ managed: false }]);
  });

  it("says which sets are locked because the management account has them", async () => {
    const assignments = [{ accountId: managementAccount, userName: "sato" }];
    const { center } = await startScene({
      seed: organization([
        ownSet("Locked", { assignments }),
        { name: "Theirs", assignments },
        ownSet("Free"),
      ]),
    });
    const { permissionSets } = await center.readActualState();
    expect(permissionSets.map(({ name, locked }) => [name, locked])).toEqual([
      ["Free", false],
      ["Locked", true],
      ["Theirs", true],
    ]);
  });

  it("has no locked set when AWS leaves out the list for a management account without sets", async () => {
    const { center, sandbox } = await startScene({ seed: organization([ownSet("Free")]) });
    sandbox.failures.add({
      match: { operation: "ListPermissionSetsProvisionedToAccount" },
      respond: { status: 200, body: {} },
    });
    expect((await center.readActualState()).permissionSets).toMatchObject([{ locked: false }]);
  });

  it("says in which accounts the sync itself could be changed", async () => {
    const { center } = await startScene({ seed: organization() });
    const { keyAccounts } = (await center.readActualState()).directory;
    expect(keyAccounts).toEqual({ ids: new Set([callerAccount]), isOpen: false });
  });

  it("says which accounts have an older definition", async () => {
    const assignments = [
      { accountId: devAccount, userName: "sato" },
      { accountId: prodAccount, userName: "sato" },
    ];
    const { center, sandbox } = await startScene({
      seed: organization([ownSet("Changed", { assignments })]),
    });
    sandbox.state.changePermissionSet("Changed", { description: "new" });
    expect((await center.readActualState()).permissionSets).toMatchObject([
      { provisionedAccounts: [devAccount, prodAccount], staleAccounts: [devAccount, prodAccount] },
    ]);
  });

  it("has every account with its state, and prefers State to the retired Status", async () => {
    const seed = organization();
    const { center, sandbox } = await startScene({
      seed: {
        ...seed,
        accounts: [
          ...seed.accounts,
          { id: "400000000001", name: "Closed", state: "CLOSED" },
          { id: "400000000002", name: "Suspended", state: "SUSPENDED" },
          { id: "400000000003", name: "Young", state: "PENDING_ACTIVATION" },
        ],
      },
    });
    const place = { path: "o-sandbox0001/r-sand/", emailDomain: "example.com" };
    const { directory } = await center.readActualState();
    expect(directory.managementAccount).toBe(managementAccount);
    expect(directory.accounts).toEqual([
      { id: callerAccount, name: "Audit", state: "ACTIVE", joinedAt: seededAt, ...place },
      { id: devAccount, name: "Dev", state: "ACTIVE", joinedAt: seededAt, ...place },
      { id: prodAccount, name: "Prod", state: "ACTIVE", joinedAt: seededAt, ...place },
      { id: "400000000001", name: "Closed", state: "CLOSED", joinedAt: seededAt, ...place },
      { id: "400000000002", name: "Suspended", state: "SUSPENDED", joinedAt: seededAt, ...place },
      { id: "400000000003", name: "Young", state: "PENDING_ACTIVATION", joinedAt: seededAt, ...place },
      { id: managementAccount, name: "Management", state: "ACTIVE", joinedAt: seededAt, ...place },
    ]);
    sandbox.failures.add({
      match: { operation: "ListAccounts" },
      respond: {
        status: 200,
        body: {
          Accounts: [
            { Id: devAccount, Name: "Old", Status: "SUSPENDED" },
            { Id: prodAccount, Name: "Odd", State: "MELTED" },
          ],
        },
      },
    });
    expect((await center.readActualState()).directory.accounts).toEqual([
      { id: devAccount, name: "Old", state: "SUSPENDED" },
      { id: prodAccount, name: "Odd", state: "UNKNOWN" },
    ]);
  });

  it("has all users and groups, disabled users marked", async () => {
    const { center, sandbox } = await startScene();
    const { users, groups } = (await center.readActualState()).directory;
    expect(users).toHaveLength(2);
    expect(users).toContainEqual({
      id: sandbox.state.userId("sato"),
      userName: "sato",
      emails: ["sato@example.com"],
      displayName: "佐藤",
      enabled: true,
      createdAt: seededAt,
    });
    expect(users).toContainEqual(expect.objectContaining({ userName: "suzuki", enabled: false }));
    expect(groups).toMatchObject([{ id: sandbox.state.groupId("Developers"), displayName: "Developers" }]);
  });

  it("has the members of just the groups that were asked for, over all pages, and asks for no others", async () => {
    const people = Array.from({ length: 205 }, (_, index) => ({ userName: `user${index}` }));
    const seed = {
      ...organization(),
      users: people,
      groups: [
        { displayName: "Everybody", members: people.map(({ userName }) => userName) },
        { displayName: "Nobody", members: [] },
        { displayName: "Others", members: ["user1"] },
      ],
    };
    const scene = await startScene({ seed, readsMembersOf: ({ displayName }) => displayName !== "Others" });
    const { memberships } = (await scene.center.readActualState()).directory;
    const { state } = scene.sandbox;
    const [everybody, nobody] = [state.groupId("Everybody"), state.groupId("Nobody")];
    expect(new Set<string>(memberships.keys())).toEqual(new Set([everybody, nobody]));
    const members = [...memberships].find(([id]) => id === everybody)?.[1];
    expect(new Set(members)).toEqual(new Set(people.map(({ userName }) => state.userId(userName))));
    expect(scene.operations().filter((name) => name === "ListGroupMemberships")).toHaveLength(4);
  });

  it("asks for no members where nobody needs them", async () => {
    const { center, operations } = await startScene();
    expect((await center.readActualState()).directory.memberships.size).toBe(0);
    expect(operations()).not.toContain("ListGroupMemberships");
  });

  it("has the AWS managed policies with their paths, those that cannot be attached too", async () => {
    const { center } = await startScene();
    const { managedPolicies } = (await center.readActualState()).directory;
    expect(managedPolicies).toContainEqual({ name: "Billing", arn: billing });
    expect(managedPolicies.some(({ arn }) => arn.includes(":policy/aws-service-role/"))).toBe(true);
  });

  it("is whole when lists have many pages, empty ones among them, and asks for the largest pages", async () => {
    const seed = organization(Array.from({ length: 205 }, (_, index) => ({ name: `Set${index}` })));
    const { center, sandbox } = await startScene({
      seed: {
        ...seed,
        accounts: Array.from({ length: 45 }, (_, index) => ({
          id: String(500_000_000_000 + index),
          name: `Account ${index}`,
        })),
        users: Array.from({ length: 205 }, (_, index) => ({ userName: `user${index}` })),
        groups: Array.from({ length: 101 }, (_, index) => ({ displayName: `Group ${index}` })),
        managedPolicies: Array.from({ length: 1001 }, (_, index) => ({ name: `Policy${index}`, path: "/" })),
      },
    });
    const { directory, permissionSets } = await center.readActualState();
    expect(permissionSets).toHaveLength(205);
    expect(directory.accounts).toHaveLength(47);
    expect(directory.users).toHaveLength(205);
    expect(directory.groups).toHaveLength(101);
    expect(directory.managedPolicies).toHaveLength(1001);
    const sizesOf = (name: string) =>
      sandbox.requests
        .filter(({ operation }) => operation === name)
        .map(({ input }) => input as { readonly MaxResults?: number; readonly MaxItems?: number })
        .map(({ MaxResults, MaxItems }) => Number(MaxResults ?? MaxItems));
    // 47 accounts are three pages; the sandbox adds an empty one, as Organizations may.
    expect(sizesOf("ListAccounts")).toEqual([20, 20, 20, 20]);
    expect(sizesOf("ListPermissionSets")).toEqual([100, 100, 100]);
    expect(sizesOf("ListUsers")).toEqual([100, 100, 100]);
    expect(sizesOf("ListGroups")).toEqual([100, 100]);
    expect(sizesOf("ListPolicies")).toEqual([1000, 1000]);
  });

  it("goes on after an empty page with a token", async () => {
    const assignments = [{ accountId: devAccount, userName: "sato" }];
    const { center, sandbox } = await startScene({ seed: organization([ownSet("A", { assignments })]) });
    const lists: readonly (readonly [operation: string, list: string, items: readonly unknown[]])[] = [
      ["ListPermissionSets", "PermissionSets", [sandbox.state.permissionSet("A").arn]],
      ["ListUsers", "Users", [{ UserId: "u-1", UserName: "late" }]],
      ["ListAccountAssignments", "AccountAssignments", [{ PrincipalType: "USER", PrincipalId: "u-1" }]],
    ];
    for (const [operation, list, items] of lists) {
      const pages = [
        { [list]: [], NextToken: "second" },
        { [list]: [], NextToken: "third" },
        { [list]: items },
      ];
      for (const [index, body] of pages.entries()) {
        sandbox.failures.add({ match: { operation }, nth: index + 1, respond: { status: 200, body } });
      }
    }
    const state = await center.readActualState();
    expect(state.permissionSets).toHaveLength(1);
    expect(state.directory.users).toMatchObject([{ userName: "late" }]);
    expect(state.assignments).toMatchObject([{ principal: { type: "USER", id: "u-1" } }]);
  });

  it("does not depend on the order of the answers", async () => {
    const { center, sandbox } = await startScene({
      seed: organization([ownSet("B"), ownSet("a"), ownSet("A")]),
    });
    const first = await center.readActualState();
    const arns = first.permissionSets.map(({ arn }) => arn);
    sandbox.failures.add({
      match: { operation: "ListPermissionSets" },
      respond: { status: 200, body: { PermissionSets: arns.toReversed() } },
    });
    sandbox.failures.add({
      match: { operation: "ListAccounts" },
      respond: {
        status: 200,
        body: {
          Accounts: first.directory.accounts
            .map(({ id, name, state, joinedAt = "", path, emailDomain }) => ({
              Id: id,
              Paths: [path],
              Email: `aws+${id}@${emailDomain}`,
              Name: name,
              State: state,
              JoinedTimestamp: Date.parse(joinedAt) / 1_000,
            }))
            .toReversed(),
        },
      },
    });
    const second = await center.readActualState();
    expect(first.permissionSets.map(({ name }) => name)).toEqual(["A", "B", "a"]);
    expect(second).toEqual(first);
  });

  it("counts an item once that slipped into two pages", async () => {
    const { center, sandbox } = await startScene({ seed: organization([ownSet("A")]) });
    const { arn } = sandbox.state.permissionSet("A");
    sandbox.failures.add({
      match: { operation: "ListPermissionSets" },
      respond: { status: 200, body: { PermissionSets: [arn, arn] } },
    });
    expect((await center.readActualState()).permissionSets).toHaveLength(1);
  });

  it("leaves out a set that was deleted after it was listed", async () => {
    const { center, sandbox } = await startScene({ seed: organization([ownSet("Here"), ownSet("Gone")]) });
    const { arn } = sandbox.state.permissionSet("Gone");
    sandbox.failures.add({
      match: ({ operation, body }) =>
        operation === "DescribePermissionSet" && JSON.stringify(body).includes(arn),
      respond: refusal("ResourceNotFoundException", "PermissionSet not found"),
    });
    expect((await center.readActualState()).permissionSets).toMatchObject([{ name: "Here" }]);
  });

  const reads = [
    "ListTagsForResource",
    "GetInlinePolicyForPermissionSet",
    "ListManagedPoliciesInPermissionSet",
    "ListAccountsForProvisionedPermissionSet",
  ];

  it.each(reads)("leaves out a set that is deleted while it is read, just before %s", async (operation) => {
    const { center, sandbox } = await startScene({ seed: organization([ownSet("Here"), ownSet("Gone")]) });
    deleteJustBefore(sandbox, operation, "Gone");
    expect((await center.readActualState()).permissionSets).toMatchObject([{ name: "Here" }]);
  });

  it("has nobody in a set that is deleted before its assignments are read", async () => {
    const assignments = [{ accountId: devAccount, userName: "sato" }];
    const sets = [ownSet("Here", { assignments }), ownSet("Gone", { assignments })];
    const { center, sandbox } = await startScene({ seed: organization(sets) });
    deleteJustBefore(sandbox, "ListAccountAssignments", "Gone");
    expect((await center.readActualState()).assignments).toMatchObject([{ permissionSet: "Here" }]);
  });

  it.each([...reads, "ListAccountAssignments"])(
    "has in parts no more of a set that is deleted while it is read, just before %s",
    async (operation) => {
      const assignments = [{ accountId: devAccount, userName: "sato" }];
      const sets = [ownSet("Here", { assignments }), ownSet("Gone", { assignments })];
      const { center, sandbox } = await startScene({ seed: organization(sets) });
      const arns = ["Here", "Gone"].map((name) => permissionSetArn(sandbox.state.permissionSet(name).arn));
      deleteJustBefore(sandbox, operation, "Gone");
      const { heads, ...parts } = await center.readParts({
        heads: arns,
        policies: arns,
        provisionedAccounts: arns,
        staleAccounts: arns,
        pairs: arns.map((arn) => ({ arn, account: accountId(devAccount) })),
        groups: [principalId(sandbox.state.groupId("Developers"))],
      });
      expect([...heads].map(([arn, head]) => [arn, head?.name ?? null])).toEqual([
        [arns[0], "Here"],
        [arns[1], null],
      ]);
      for (const part of Object.values(parts)) expect(part.size).toBeGreaterThan(0);
    },
  );

  it("fails when a part of a set is not found that is there", async () => {
    const { center, sandbox } = await startScene({ seed: organization([ownSet("Here")]) });
    sandbox.failures.add({
      match: { operation: "ListTagsForResource" },
      respond: refusal("ResourceNotFoundException", "PermissionSet not found"),
    });
    await expect(center.readActualState()).rejects.toMatchObject({ code: "aws.request-failed" });
  });

  it("is read without writing anything", async () => {
    const { center, sandbox } = await startScene({ seed: organization([ownSet("A")]) });
    await center.readActualState();
    expect(sandbox.requests.filter(({ kind }) => kind === "write")).toEqual([]);
  });
});
