import { describe, expect, it } from "vitest";

import { requestId } from "../../src/model/ids.ts";
import type { Operation, OperationKind, StartResult } from "../../src/ports.ts";
import { arnOf, assignmentChange, outcomeOf, provisionChange, start } from "./changes.ts";
import {
  devAccount,
  managementAccount,
  organization,
  ownSet,
  prodAccount,
  refusal,
  type Scene,
  startScene,
} from "./organization.ts";

// Long enough to still be under way after a pause of the machine the tests run on.
const slowAssignments = {
  assignmentLatencyMs: [40_000, 40_000],
  existingRoleLatencyMs: [40_000, 40_000],
} as const;
const inDev = { assignments: [{ accountId: devAccount, userName: "sato" }] };

describe("an assignment", () => {
  it("is under way when AWS has taken it, and made when the operation is over", async () => {
    const scene = await startScene({ seed: organization([ownSet("A")]) });
    const result = await start(scene, assignmentChange(scene, "assign", "A", devAccount, "sato"));
    expect(result).toMatchObject({ status: "in-progress", operation: { kind: "assignment-creation" } });
    expect(await outcomeOf(scene, result)).toEqual({ status: "succeeded" });
    expect(scene.sandbox.state.assignments()).toMatchObject([{ permissionSet: "A", accountId: devAccount }]);
  });

  it("that exists already succeeds", async () => {
    const scene = await startScene({ seed: organization([ownSet("A", inDev)]) });
    const result = await start(scene, assignmentChange(scene, "assign", "A", devAccount, "sato"));
    expect(await outcomeOf(scene, result)).toEqual({ status: "succeeded" });
    expect(scene.sandbox.state.assignments()).toHaveLength(1);
  });

  it("fails late, with AWS's reason, when the account lacks a policy of the set", async () => {
    const scene = await startScene({
      seed: {
        ...organization([ownSet("A", { customerManagedPolicies: [{ name: "Logs" }] })]),
        missingCustomerManagedPolicies: [{ name: "Logs", accountId: devAccount }],
      },
    });
    const result = await start(scene, assignmentChange(scene, "assign", "A", devAccount, "sato"));
    expect(result.status).toBe("in-progress");
    expect(await outcomeOf(scene, result)).toEqual({
      status: "failed",
      reason: {
        code: "operation-failed",
        message: expect.stringMatching(/^Received a 404 status error: Not supported policy/u) as string,
        requestId: result.status === "in-progress" ? result.operation.requestId : "",
      },
    });
  });

  it("waits for another operation in the same account", async () => {
    const scene = await startScene({ seed: organization([ownSet("A")]), quotas: slowAssignments });
    const results = await Promise.all([
      start(scene, assignmentChange(scene, "assign", "A", devAccount, "sato")),
      start(scene, assignmentChange(scene, "assign", "A", devAccount, "suzuki")),
    ]);
    for (const result of results) expect(await outcomeOf(scene, result)).toEqual({ status: "succeeded" });
    expect(scene.sandbox.state.assignments()).toHaveLength(2);
    expect(scene.attempts.map(({ errorName }) => errorName)).toContain("ConflictException");
  });

  it("waits while too many operations are outstanding", async () => {
    const scene = await startScene({
      seed: organization([ownSet("A")]),
      quotas: { ...slowAssignments, outstandingAssignments: 1 },
      maxAttempts: 1,
    });
    const first = await start(scene, assignmentChange(scene, "assign", "A", devAccount, "sato"));
    const second = await start(scene, assignmentChange(scene, "assign", "A", prodAccount, "sato"));
    expect(await outcomeOf(scene, first)).toEqual({ status: "succeeded" });
    expect(await outcomeOf(scene, second)).toEqual({ status: "succeeded" });
    expect(scene.attempts.map(({ errorName }) => errorName)).toContain("ThrottlingException");
  });

  it("fails when AWS goes on throttling", async () => {
    const scene = await startScene({ seed: organization([ownSet("A")]), maxAttempts: 1, speed: 1000 });
    const respond = refusal("ThrottlingException", "Rate exceeded");
    scene.sandbox.failures.add({ match: { operation: "CreateAccountAssignment" }, respond });
    expect(await start(scene, assignmentChange(scene, "assign", "A", devAccount, "sato"))).toMatchObject({
      status: "failed",
      reason: { code: "ThrottlingException", message: "Rate exceeded" },
    });
  });

  it("is refused in the management account", async () => {
    const scene = await startScene({ seed: organization([ownSet("A")]) });
    expect(
      await start(scene, assignmentChange(scene, "assign", "A", managementAccount, "sato")),
    ).toMatchObject({
      status: "failed",
      reason: { code: "AccessDeniedException" },
    });
  });

  it.each([
    [
      { Status: "SUCCEEDED", RequestId: "r-1" },
      { status: "done", requestId: "r-1" },
    ],
    [
      { Status: "FAILED", RequestId: "r-1", FailureReason: "no role" },
      { status: "failed", reason: { code: "operation-failed", message: "no role", requestId: "r-1" } },
    ],
    [
      { Status: "IN_PROGRESS" },
      {
        status: "failed",
        reason: {
          code: "incomplete-answer",
          message: "CreateAccountAssignment answered without a request id.",
        },
      },
    ],
  ])("that AWS answers at once with %j is not polled for", async (record, expected) => {
    const scene = await startScene({ seed: organization([ownSet("A")]) });
    scene.sandbox.failures.add({
      match: { operation: "CreateAccountAssignment" },
      respond: { status: 200, body: { AccountAssignmentCreationStatus: record } },
    });
    expect(await start(scene, assignmentChange(scene, "assign", "A", devAccount, "sato"))).toEqual(expected);
  });
});

describe("taking an assignment away", () => {
  it("succeeds when the operation is over", async () => {
    const scene = await startScene({ seed: organization([ownSet("A", inDev)]) });
    const result = await start(scene, assignmentChange(scene, "unassign", "A", devAccount, "sato"));
    expect(result).toMatchObject({ status: "in-progress", operation: { kind: "assignment-deletion" } });
    expect(await outcomeOf(scene, result)).toEqual({ status: "succeeded" });
    expect(scene.sandbox.state.assignments()).toEqual([]);
  });

  it("succeeds when there was none", async () => {
    const scene = await startScene({ seed: organization([ownSet("A")]) });
    const result = await start(scene, assignmentChange(scene, "unassign", "A", devAccount, "sato"));
    expect(await outcomeOf(scene, result)).toEqual({ status: "succeeded" });
  });

  it("is done when AWS says at once that there is none", async () => {
    const scene = await startScene({ seed: organization([ownSet("A")]) });
    const respond = refusal("ResourceNotFoundException", "Assignment not found.");
    scene.sandbox.failures.add({ match: { operation: "DeleteAccountAssignment" }, respond });
    expect(await start(scene, assignmentChange(scene, "unassign", "A", devAccount, "sato"))).toEqual({
      status: "done",
    });
  });

  it("fails late in an account that is not active", async () => {
    const scene = await startScene({ seed: organization([ownSet("A", inDev)]) });
    scene.sandbox.state.setAccountState(devAccount, "SUSPENDED");
    const result = await start(scene, assignmentChange(scene, "unassign", "A", devAccount, "sato"));
    expect(await outcomeOf(scene, result)).toMatchObject({
      status: "failed",
      reason: {
        code: "operation-failed",
        message: expect.stringMatching(/^AWS SSO is unable to complete your request/u) as string,
      },
    });
  });
});

describe("provisioning", () => {
  const fromDev = { accountId: devAccount, userName: "sato" };
  const assignments = [fromDev, { accountId: prodAccount, userName: "sato" }];

  it.each([
    ["all", []],
    [devAccount, [prodAccount]],
  ])("in %s account brings the new definition there", async (account, stillStale) => {
    const scene = await startScene({ seed: organization([ownSet("A", { assignments })]) });
    scene.sandbox.state.changePermissionSet("A", { description: "new" });
    const result = await start(scene, provisionChange("A", account));
    expect(result).toMatchObject({ status: "in-progress", operation: { kind: "provisioning" } });
    expect(await outcomeOf(scene, result)).toEqual({ status: "succeeded" });
    const { provisionedAccounts } = scene.sandbox.state.permissionSet("A");
    expect(provisionedAccounts.filter(({ stale }) => stale).map(({ accountId }) => accountId)).toEqual(
      stillStale,
    );
  });

  it("fails late, with AWS's reason, when IAM refuses the definition", async () => {
    const scene = await startScene({ seed: organization([ownSet("A", { assignments })]) });
    scene.sandbox.state.changePermissionSet("A", {
      managedPolicies: ["arn:aws:iam::aws:policy/NoSuchPolicy"],
    });
    const result = await start(scene, provisionChange("A", "all"));
    expect(await outcomeOf(scene, result)).toMatchObject({
      status: "failed",
      reason: {
        code: "operation-failed",
        message: expect.stringContaining("NoSuchPolicy does not exist") as string,
      },
    });
  });

  it("that finds no assignment is not taken for a success", async () => {
    const scene = await startScene({ seed: organization([ownSet("A", { assignments })]) });
    const record = { Status: "FAILED", FailureReason: "Received a 404 status error: Assignment not found." };
    scene.sandbox.failures.add({
      match: { operation: "ProvisionPermissionSet" },
      respond: { status: 200, body: { PermissionSetProvisioningStatus: record } },
    });
    expect(await start(scene, provisionChange("A", "all"))).toMatchObject({ status: "failed" });
  });

  const provisionings = (scene: Scene): number =>
    scene.operations().filter((operation) => operation === "ProvisionPermissionSet").length;
  const whereItIs = (scene: Scene): readonly string[] =>
    scene.sandbox.state.permissionSet("A").provisionedAccounts.map(({ accountId }) => accountId);

  it("puts a set back into no account that others have taken it out of", async () => {
    const seed = organization([ownSet("A", { assignments })]);
    const scene = await startScene({ seed, quotas: { consistencyLagMs: 0 } });
    scene.sandbox.state.removeAssignment("A", fromDev);
    expect(await start(scene, provisionChange("A", devAccount))).toEqual({ status: "done" });
    expect(provisionings(scene)).toBe(0);
    expect(whereItIs(scene)).toEqual([prodAccount]);
  });

  it("looks again once another operation in the account is over, which may have taken the set out", async () => {
    const seed = organization([ownSet("A", { assignments })]);
    const scene = await startScene({ seed, quotas: { consistencyLagMs: 0 } });
    scene.sandbox.failures.add({
      match: ({ operation }) => {
        const isProvisioning = operation === "ProvisionPermissionSet";
        if (isProvisioning) scene.sandbox.state.removeAssignment("A", fromDev);
        return isProvisioning;
      },
      nth: 1,
      respond: refusal("ConflictException", "There is a conflicting operation in process."),
    });
    expect(await start(scene, provisionChange("A", devAccount))).toEqual({ status: "done" });
    expect(provisionings(scene)).toBe(1);
    expect(whereItIs(scene)).toEqual([prodAccount]);
  });

  it("goes on where AWS does not say who has the set in the account", async () => {
    const scene = await startScene({ seed: organization([ownSet("A", { assignments })]) });
    scene.sandbox.failures.add({
      match: { operation: "ListAccountAssignments" },
      respond: refusal("AccessDeniedException", "not authorized to perform: sso:ListAccountAssignments"),
    });
    const result = await start(scene, provisionChange("A", devAccount));
    expect(await outcomeOf(scene, result)).toEqual({ status: "succeeded" });
  });

  it("reaches an account where the set is provisioned although nobody has it there", async () => {
    const seed = organization([ownSet("A", { assignments })]);
    const scene = await startScene({ seed, quotas: { consistencyLagMs: 0 } });
    scene.sandbox.failures.add({
      match: { operation: "ListAccountAssignments" },
      respond: { status: 200, body: { AccountAssignments: [] } },
    });
    const result = await start(scene, provisionChange("A", devAccount));
    expect(await outcomeOf(scene, result)).toEqual({ status: "succeeded" });
  });
});

const lists: readonly (readonly [kind: OperationKind, operation: string, list: string])[] = [
  ["assignment-creation", "ListAccountAssignmentCreationStatus", "AccountAssignmentsCreationStatus"],
  ["assignment-deletion", "ListAccountAssignmentDeletionStatus", "AccountAssignmentsDeletionStatus"],
  ["provisioning", "ListPermissionSetProvisioningStatus", "PermissionSetsProvisioningStatus"],
];

describe("the operations in progress", () => {
  it("are those that have not ended, each kind for itself", async () => {
    const scene = await startScene({
      seed: organization([ownSet("A")]),
      quotas: slowAssignments,
    });
    await scene.center.readActualState();
    const creation = await start(scene, assignmentChange(scene, "assign", "A", prodAccount, "sato"));
    if (creation.status !== "in-progress") throw new Error("The assignment is not in progress.");
    expect(await scene.center.listOperationsInProgress("assignment-creation")).toEqual(
      new Set([creation.operation.requestId]),
    );
    expect(await scene.center.listOperationsInProgress("assignment-deletion")).toEqual(new Set());
    expect(await scene.center.listOperationsInProgress("provisioning")).toEqual(new Set());
    await outcomeOf(scene, creation);
    expect(await scene.center.listOperationsInProgress("assignment-creation")).toEqual(new Set());
    const asked = scene.sandbox.requests.find(
      ({ operation }) => operation === "ListAccountAssignmentCreationStatus",
    );
    expect(asked?.input).toMatchObject({ Filter: { Status: "IN_PROGRESS" }, MaxResults: 100 });
  });

  it.each(lists)("of the kind %s come from all pages of %s", async (kind, operation, list) => {
    const { center, sandbox } = await startScene();
    const pages = [
      { [list]: [{ RequestId: "r-1" }], NextToken: "second" },
      { [list]: [], NextToken: "third" },
      { [list]: [{ RequestId: "r-2" }] },
    ];
    for (const [index, body] of pages.entries()) {
      sandbox.failures.add({ match: { operation }, nth: index + 1, respond: { status: 200, body } });
    }
    expect(await center.listOperationsInProgress(kind)).toEqual(new Set(["r-1", "r-2"]));
  });

  it.each(lists)(
    "of the kind %s are unknown when %s is not answered whole",
    async (kind, operation, list) => {
      const { center, sandbox } = await startScene();
      await center.readActualState();
      const broken = [
        refusal("AccessDeniedException", "not authorized"),
        { status: 200, body: { [list]: [], NextToken: "again" } },
        { status: 200, body: { [list]: [{ Status: "IN_PROGRESS" }] } },
        { reset: true } as const,
      ];
      for (const respond of broken) {
        sandbox.failures.clear();
        sandbox.failures.add({ match: { operation }, respond });
        expect(await center.listOperationsInProgress(kind)).toBeUndefined();
      }
    },
  );

  it("are unknown when not even the instance can be asked for", async () => {
    const { center, sandbox } = await startScene();
    await sandbox.close();
    expect(await center.listOperationsInProgress("provisioning")).toBeUndefined();
    expect(await center.describeOperation({ kind: "provisioning", requestId: requestId("r-1") })).toEqual({
      status: "in-progress",
    });
  });
});

describe("an operation that AWS does not answer for", () => {
  it.each([
    ["assignment-creation", "DescribeAccountAssignmentCreationStatus"],
    ["assignment-deletion", "DescribeAccountAssignmentDeletionStatus"],
    ["provisioning", "DescribePermissionSetProvisioningStatus"],
  ] as const)("is still in progress: %s", async (kind, operation) => {
    const { center, sandbox } = await startScene();
    await center.readActualState();
    const unanswered = [
      refusal("InternalServerException", "try later", 500),
      refusal("ResourceNotFoundException", "no such request"),
      { reset: true } as const,
      { status: 200, body: {} },
    ];
    for (const respond of unanswered) {
      sandbox.failures.clear();
      sandbox.failures.add({ match: { operation }, respond });
      const status = await center.describeOperation({ kind, requestId: requestId("r-1") });
      expect(status).toEqual({ status: "in-progress" });
    }
  });
});

describe("an operation that is under way", () => {
  it("tells the account it is at work in, and the set", async () => {
    const scene = await startScene({ seed: organization([ownSet("A")]), quotas: slowAssignments });
    const result = await start(scene, assignmentChange(scene, "assign", "A", devAccount, "sato"));
    const operation = operationOf(result);
    expect(await scene.center.describeOperation(operation)).toEqual({
      status: "in-progress",
      target: { account: devAccount, permissionSetArn: arnOf(scene, "A") },
    });
  });

  it("tells only the set when it provisions all of its accounts", async () => {
    const seed = organization([ownSet("A", inDev)]);
    const scene = await startScene({ seed, quotas: { provisionLatencyMs: [40_000, 40_000] } });
    const operation = operationOf(await start(scene, provisionChange("A", "all")));
    expect(await scene.center.describeOperation(operation)).toEqual({
      status: "in-progress",
      target: { permissionSetArn: arnOf(scene, "A") },
    });
  });
});

function operationOf(result: StartResult): Operation {
  if (result.status !== "in-progress") throw new Error(`Nothing is in progress: ${JSON.stringify(result)}`);
  return result.operation;
}
