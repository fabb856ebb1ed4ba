import {
  DescribeAccountAssignmentCreationStatusCommand,
  ListAccountAssignmentCreationStatusCommand,
  ListAccountAssignmentsCommand,
} from "@aws-sdk/client-sso-admin";
import { describe, expect, it } from "vitest";

import { createAwsClients } from "../src/aws/clients.ts";
import { exitCodeOf } from "../src/report/exit-codes.ts";
import { ownerTag } from "../src/model/ownership.ts";
import type { RunReport } from "../src/model/run-report.ts";
import { passInProcess } from "./e2e/pass-in-process.ts";
import {
  accounts,
  appliedSets,
  assignmentApp,
  developers,
  readers,
  readOnly,
  userName,
} from "./e2e/small-company.ts";
import { grantsIn, withSandbox, type World, writesTo } from "./e2e/with-sandbox.ts";
import { createVirtualClock } from "./fakes/virtual-clock.ts";
import { setNamed } from "./simulation/company.ts";
import { newSet, unassign, withSet } from "./simulation/identity-center-twin.ts";
import type { AssignmentRecord } from "./simulation/kintone-twin.ts";
import { createWorld, firstRecords, type PassRun, startMs } from "./simulation/simulated-world.ts";

// What tools for the same task have done wrong, or do still: each sentence is what this one does instead.

const applied = { aws: { permissionSets: appliedSets } };
const fast = 1_000;

/** Everything as recorded; then something about the operation goes wrong during a sync. */
async function syncWhile(
  operation: string,
  respond: Parameters<World["aws"]["failures"]["add"]>[0]["respond"],
): Promise<{
  report: RunReport;
  before: readonly string[];
  after: readonly string[];
  wrote: readonly string[];
}> {
  return withSandbox({ company: { ...applied, assignments: [developers] }, speed: fast }, async (world) => {
    world.aws.failures.add({ match: { operation }, respond });
    const before = grantsIn(world);
    const patience = {
      kintone: { socketTimeoutMs: 5_000 },
      aws: { requestTimeoutMs: 5_000, maxAttempts: 1 },
    };
    const report = await passInProcess(world, "sync", {}, undefined, { patience });
    const wrote = writesTo(world).filter((write) => !write.startsWith("kintone"));
    return { report, before, after: grantsIn(world), wrote };
  });
}

const refused = { status: 400, body: { __type: "AccessDeniedException", message: "no" } };
const broken = { status: 500, body: { __type: "InternalServerException", message: "no" } };

describe("a read that fails never looks like something that is gone", () => {
  it.each([
    ["D1", "ListGroups", "the groups cannot be read, no group loses an assignment", refused],
    ["D2", "ListAccountAssignments", "assignments cannot be read, nothing is removed", broken],
    ["D5", "ListUsers", "the users cannot be read, no user loses an assignment", broken],
  ] as const)("%s: when %s fails and %s", async (_id, operation, _sentence, respond) => {
    const { report, before, after, wrote } = await syncWhile(operation, respond);
    expect(report.result).toBe("failed");
    expect({ after, wrote }).toEqual({ after: before, wrote: [] });
  });

  it("D11: users who cannot be asked for end the pass; a user who is not there is told on the record", async () => {
    const failed = await syncWhile("ListUsers", refused);
    expect(failed.report.error?.code).toBe("aws.access-denied");
    const missing = { ...readers, users: ["hanako", "nobody"] };
    await withSandbox(
      {
        company: {
          ...applied,
          assignments: [missing, developers],
          kintoneUsers: [{ code: "nobody", name: "Nobody" }],
        },
        speed: fast,
      },
      async (world) => {
        const report = await passInProcess(world, "sync");
        expect(report.result).not.toBe("failed");
        expect(report.issues).toMatchObject([{ code: "user.unknown", app: assignmentApp, record: "1" }]);
      },
    );
  });
});

describe("what is ours", () => {
  it.each([
    { [ownerTag.slice(0, -1)]: "simulation" },
    { "kintone-sso-sync": "simulation" },
    { owner: "simulation" },
    { S: "simulation" },
    { [ownerTag]: "simul" },
    { [ownerTag]: "simulation-2" },
    { [ownerTag]: "Simulation" },
    { [ownerTag.toUpperCase()]: "simulation" },
  ])("D3: a tag that only resembles ours, like %j, makes no set ours", async (tags) => {
    const world = createWorld();
    world.aws.byHand((live) =>
      withSet(live, newSet("ps-alike", "Alike", { ...tags, "kintone-sso-sync:record": "77" })),
    );
    const run = await world.sync();
    expect(world.aws.live().sets.has("Alike")).toBe(true);
    expect(run.writes.filter(({ change }) => change.target.permissionSet === "Alike")).toEqual([]);
  });

  it("D4: an assignment whose removal fails stays ours, and is removed by the next pass", async () => {
    const { world, revoked } = await companyLosing("ben");
    world.aws.setFaults({ writes: { fault: "late-failure", times: 2 } });
    const failed = await world.sync();
    expect(statusesOf(failed)).toEqual(["failed", "failed"]);
    await world.sync();
    expect(revoked()).toBe(true);
  });

  it("D6: a pass over one half of the records removes nothing of the other half", async () => {
    const { world, revoked } = await companyLosing("ben");
    const half = await world.sync({ only: "permission-sets" });
    expect(half.writes).toEqual([]);
    expect(revoked()).toBe(false);
  });

  it("D7: whoever is taken out of a record loses the access", async () => {
    const { world, revoked } = await companyLosing("ben");
    await world.sync();
    expect(revoked()).toBe(true);
  });

  it("D21: a plan is made of what Identity Center has, not of what an earlier pass has written", async () => {
    const world = createWorld();
    await world.sync();
    const mine = [...world.aws.live().assignments.values()].find(
      ({ permissionSet }) => permissionSet === "Alpha",
    );
    if (mine === undefined) throw new Error("nothing of Alpha was granted");
    world.aws.byHand((live) => unassign(live, mine));
    const run = await world.sync();
    expect(run.writes.map(({ change }) => change.kind)).toEqual(["assign"]);
  });
});

describe("what AWS fails", () => {
  it("D8: a change that AWS fails late gives exit code 4, and its record a comment", async () => {
    const company = {
      permissionSets: [{ ...readOnly, customer_managed_policies: "/NotThere" }],
      assignments: [readers],
      aws: {
        missingCustomerManagedPolicies: [
          { name: "NotThere", accountId: accounts.production },
          { name: "NotThere", accountId: accounts.staging },
        ],
      },
    };
    await withSandbox({ company, speed: fast }, async (world) => {
      const report = await passInProcess(world, "sync");
      expect({ result: report.result, code: exitCodeOf(report, {}) }).toEqual({
        result: "partly-applied",
        code: 4,
      });
      expect(writesTo(world)).toContain("kintone /k/v1/record/comment.json");
    });
  });

  it("D12: a FAILED in the very first answer is told as much as one that comes later", async () => {
    const record = { Status: "FAILED", FailureReason: "Received a 404 status error", RequestId: "1" };
    const respond = { status: 200, body: { AccountAssignmentCreationStatus: record } };
    await withSandbox({ speed: fast }, async (world) => {
      world.aws.failures.add({ match: { operation: "CreateAccountAssignment" }, respond });
      const report = await passInProcess(world, "sync");
      expect(exitCodeOf(report, {})).toBe(4);
      const failed = report.outcomes.filter(({ status }) => status === "failed");
      expect(failed.map(({ reason }) => reason?.code)).toEqual(
        Array.from({ length: 5 }, () => "operation-failed"),
      );
    });
  });

  it("D13: a conflict with somebody else's operation is waited out", async () => {
    const respond = { status: 400, body: { __type: "ConflictException", message: "conflicting operation" } };
    await withSandbox({ speed: fast }, async (world) => {
      world.aws.failures.add({ match: { operation: "CreateAccountAssignment" }, times: 3, respond });
      expect((await passInProcess(world, "sync")).result).toBe("applied");
    });
  });

  it("D15: a failure is final in its pass, and tried again in the next one", async () => {
    const world = createWorld({ records: oneRecord() });
    await world.sync();
    world.kintone.replace({ assignments: [{ ...alpha(), users: ["anna", "chie"], revision: 2 }] });
    world.aws.setFaults({ writes: { fault: "late-failure", times: 1 } });
    const failed = await world.sync();
    expect({ writes: failed.writes.length, statuses: statusesOf(failed) }).toEqual({
      writes: 1,
      statuses: ["failed"],
    });
    expect(statusesOf(await world.sync())).toEqual(["applied"]);
  });

  it("D17: a provisioning that fails leaves the account behind, and the next pass provisions it again", async () => {
    const world = createWorld({ records: oneRecord() });
    await world.sync();
    changeAlpha(world);
    // The policies are written, and the provisioning after them fails.
    const planned = await world.sync({ crash: { atWrite: 5, phase: "before" } });
    expect(planned.writes.at(-1)?.change.kind).toBe("provision");
    world.aws.setFaults({ writes: { fault: "late-failure", times: 1 } });
    const failed = await world.sync();
    expect(failed.writes.map(({ change }) => change.kind)).toEqual(["provision"]);
    // The note that all accounts have the definition is not made then.
    expect(statusesOf(failed)).toEqual(["failed", "skipped"]);
    const again = await world.sync();
    expect(again.writes.map(({ change }) => change.kind)).toEqual(["provision", "end-provisioning"]);
    expect(statusesOf(again)).toEqual(["applied", "applied"]);
  });

  it("D20: one change that fails does not keep the others from being made", async () => {
    const world = createWorld({ records: oneRecord() });
    await world.sync();
    world.kintone.replace({ assignments: [{ ...alpha(), users: ["anna", "chie", "dai"], revision: 2 }] });
    world.aws.setFaults({ writes: { fault: "throttled", times: 1 } });
    expect(statusesOf(await world.sync()).toSorted()).toEqual(["applied", "failed"]);
  });
});

describe("what is sent", () => {
  it("D9: a changed record sends its differences and nothing else", async () => {
    const world = createWorld();
    await world.sync();
    const [first, ...others] = world.kintone.records().assignments;
    if (first === undefined) throw new Error("no record");
    world.kintone.replace({
      assignments: [{ ...first, users: [...first.users, "dai"], revision: 2 }, ...others],
    });
    const run = await world.sync();
    expect(run.writes.map(({ change }) => change.kind)).toEqual(["assign", "assign"]);
    expect(run.writes.map(({ change }) => change.target)).toMatchObject([
      { permissionSet: "Alpha", principal: { id: "user-dai-0" } },
      { permissionSet: "Alpha", principal: { id: "user-dai-0" } },
    ]);
  });

  it("D14: asking what has become of operations takes turns with everything else that is asked of the service", async () => {
    const clock = createVirtualClock();
    const sentAtMs: number[] = [];
    const { ssoAdmin } = createAwsClients({
      region: "ap-northeast-1",
      clock,
      pace: { requestsPerSecond: 15 },
      credentials: Object.assign(
        async () => ({
          accessKeyId: "AKIA",
          secretAccessKey: "none",
          sessionToken: "none",
          expiration: new Date(clock.now() + 3_600_000),
        }),
        { memoized: true as const },
      ),
      onRequest: () => sentAtMs.push(clock.now()),
    });
    ssoAdmin.middlewareStack.add(
      () => async () => ({ response: { statusCode: 200 }, output: { $metadata: {} } }),
      { step: "deserialize", name: "answer", priority: "high" },
    );
    const instance = { InstanceArn: "arn:aws:sso:::instance/ssoins-1111111111111111" };
    const poll = { ...instance, AccountAssignmentCreationRequestId: "00000000-0000-0000-0000-000000000000" };
    const pair = {
      ...instance,
      AccountId: "111122223333",
      PermissionSetArn: "arn:aws:sso:::permissionSet/ssoins-1/ps-1",
    };
    await Promise.all(
      Array.from({ length: 30 }, () => [
        ssoAdmin.send(new DescribeAccountAssignmentCreationStatusCommand(poll)),
        ssoAdmin.send(new ListAccountAssignmentsCommand(pair)),
        ssoAdmin.send(new ListAccountAssignmentCreationStatusCommand(instance)),
      ]).flat(),
    );
    expect(sentAtMs).toHaveLength(90);
    const mostInASecond = Math.max(
      ...sentAtMs.map((from) => sentAtMs.filter((at) => at >= from && at < from + 1_000).length),
    );
    // 15, after a burst of 3.
    expect(mostInASecond).toBeLessThanOrEqual(18);
  });

  it("D16: every grant is followed to its end, however long AWS takes", async () => {
    const world = createWorld({ records: oneRecord() });
    world.aws.setOperationMs(5 * 60_000);
    const run = await world.sync();
    expect(new Set(statusesOf(run))).toEqual(new Set(["applied"]));
    expect(world.clock.now() - startMs).toBeGreaterThanOrEqual(5 * 60_000);
    const grants = [...world.aws.live().assignments.values()];
    expect(grants.some(({ permissionSet }) => permissionSet === setNamed("Alpha"))).toBe(true);
  });

  it("D18: however much of a set changes, it is provisioned once", async () => {
    const world = createWorld({ records: oneRecord() });
    await world.sync();
    changeAlpha(world);
    const run = await world.sync();
    const kinds = run.writes.map(({ change }) => change.kind);
    expect(kinds.length).toBeGreaterThan(3);
    expect(kinds.filter((kind) => kind === "provision")).toHaveLength(1);
  });
});

describe("how much is read", () => {
  it("D10: more than a hundred permission sets are all read", async () => {
    const names = Array.from({ length: 105 }, (_, index) => `Set-${index + 1}`);
    const permissionSets = names.map((name, index) => ({
      name,
      description: name,
      tags: { "kintone-sso-sync:owner": "e2e", "kintone-sso-sync:record": String(index + 1) },
    }));
    const company = {
      permissionSets: names.map((name) => ({ name, description: name })),
      assignments: [{ ...developers, permission_set: "Set-105" }],
      aws: { permissionSets },
    };
    await withSandbox({ company, speed: fast }, async (world) => {
      const report = await passInProcess(world, "plan");
      expect(report.plan?.unchanged.permissionSets).toBe(105);
      expect(report.counts).toMatchObject({ changes: 1, deletions: 0 });
    });
  });

  it("D19: assignments are read where a set is in use, not in every account for every set", async () => {
    const ids = Array.from({ length: 30 }, (_, index) => String(600_000_000_000 + index));
    const names = Array.from({ length: 20 }, (_, index) => `Set-${index + 1}`);
    const permissionSets = names.map((name, index) => ({
      name,
      description: name,
      tags: { "kintone-sso-sync:owner": "e2e", "kintone-sso-sync:record": String(index + 1) },
      assignments: [{ accountId: ids[index] ?? "", userName: userName("hanako") }],
    }));
    const seeded = ids.map((id) => ({ id, name: `Account ${id}` }));
    const fixed = Object.entries(accounts).map(([name, id]) => ({ id, name }));
    const company = {
      permissionSets: names.map((name) => ({ name, description: name })),
      aws: { permissionSets, accounts: [...fixed, ...seeded] },
    };
    await withSandbox({ company, speed: fast }, async (world) => {
      await passInProcess(world, "plan");
      const reads = world.aws.requests.filter(({ operation }) => operation === "ListAccountAssignments");
      expect(reads).toHaveLength(names.length);
    });
  });
});

function statusesOf({ pass }: PassRun): readonly string[] {
  return pass?.outcomes.map(({ status }) => status) ?? [];
}

/** Everything applied, and then one person taken out of the one record that named them, in both accounts. */
async function companyLosing(code: string) {
  const world = createWorld();
  await world.sync();
  const { assignments } = world.kintone.records();
  world.kintone.replace({
    assignments: assignments.map((one): AssignmentRecord => {
      return { ...one, users: one.users.filter((user) => user !== code), revision: one.revision + 1 };
    }),
  });
  const revoked = (): boolean =>
    [...world.aws.live().assignments.values()].every(({ principal }) => !principal.id.includes(code));
  return { world, revoked };
}

function alpha(): AssignmentRecord {
  return {
    id: 4,
    revision: 1,
    updatedAtMs: startMs - 86_400_000,
    set: "Alpha",
    users: ["anna"],
    groups: [],
    accounts: ["Production"],
  };
}

/** One set that one person has in one account. */
function oneRecord() {
  const { sets } = firstRecords(startMs);
  return { sets: sets.slice(0, 1), assignments: [alpha()] };
}

/** Another policy, another duration and a policy of its own at once. */
function changeAlpha(world: ReturnType<typeof createWorld>): void {
  const { sets } = world.kintone.records();
  world.kintone.replace({
    sets: sets.map((one) => ({ ...one, hours: 2, policies: ["SecurityAudit"], inline: true, revision: 2 })),
  });
}
