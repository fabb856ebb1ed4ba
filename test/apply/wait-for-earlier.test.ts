import { describe, expect, it } from "vitest";
import { listBusyAccounts } from "../../src/apply/wait-for-earlier.ts";
import type { Pass } from "../../src/model/pass.ts";
import type { Clock, IdentityCenter } from "../../src/ports.ts";
import { type PassOptions, reconcile } from "../../src/pass/reconcile.ts";
import {
  actualState,
  definition,
  development,
  managedSet,
  now,
  production,
  rawAssignment,
  rawPermissionSet,
  recordUrl,
  user,
} from "../builders.ts";
import { createIdentityCenterTwin, type IdentityCenterTwin } from "../fakes/in-memory-identity-center.ts";
import { createVirtualClock } from "../fakes/virtual-clock.ts";
import { assign, sourceOf } from "../report/builders.ts";
import { companyConfig } from "../report/company-pass.ts";

const readOnly = managedSet("ReadOnly", {
  definition: definition({ managedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }),
});
const bothAccounts = rawAssignment({ users: ["anna", "ben"], accounts: "Production\nDevelopment" });

interface Scene {
  readonly clock: Clock;
  readonly twin: IdentityCenterTwin;
  /** Begins assignments of Anna's in the accounts and is killed before any of them has ended. */
  readonly killedPass: (accounts: readonly (typeof production)[]) => Promise<void>;
  readonly pass: (options?: Partial<PassOptions>, center?: Partial<IdentityCenter>) => Promise<Pass>;
}

function scene(operationMs: number, set = readOnly): Scene {
  const clock = createVirtualClock(now);
  const twin = createIdentityCenterTwin(actualState({ permissionSets: [set] }), { clock, operationMs });
  return {
    clock,
    twin,
    async killedPass(accounts) {
      for (const account of accounts) {
        await twin.startChange(assign("ReadOnly", account, user("anna")), set.arn);
      }
    },
    pass: (options = {}, center = {}) =>
      reconcile(
        {
          records: { readAllRecords: async () => sourceOf([rawPermissionSet()], [bothAccounts]) },
          identityCenter: { ...twin, ...center },
          policyAnalyzer: { analyzePolicy: async () => ({ kind: "analyzed", findings: [] }) },
          clock,
        },
        companyConfig,
        { mode: "sync", runId: "run-1", recordUrl, ...options },
      ),
  };
}

const granted = ({ outcomes }: Pass) =>
  outcomes.flatMap(({ change, status }) => (status === "applied" ? [change.id] : []));

describe("operations of a pass that was killed", () => {
  it("are waited for before Identity Center is read, so that nothing is asked for twice", async () => {
    const { twin, killedPass, pass } = scene(90_000);
    await killedPass([production]);
    const after = await pass();
    expect(granted(after)).toHaveLength(3);
    expect(twin.started.filter((id) => id.includes(`${production}/USER/user-anna`))).toHaveLength(1);
    expect(twin.peak().perAccount).toBe(1);
    expect(twin.state().assignments).toHaveLength(4);
  });

  it("keep everything out of their account when they last longer than 2 minutes, and the next pass does the rest", async () => {
    const { twin, killedPass, pass } = scene(200_000);
    await killedPass([production]);
    const first = await pass();
    expect(granted(first).every((id) => id.includes(development))).toBe(true);
    expect(granted(first)).toHaveLength(2);
    const skipped = first.outcomes.filter(({ status }) => status === "skipped");
    expect(skipped).toHaveLength(2);
    for (const outcome of skipped) expect(outcome).toMatchObject({ reason: { code: "account-busy" } });
    expect(granted(await pass())).toHaveLength(1);
    expect(twin.state().assignments).toHaveLength(4);
    expect(twin.peak().perAccount).toBe(1);
  });

  it("keep everything out of all accounts of the set when it is a provisioning of all of them", async () => {
    const set = { ...readOnly, provisionedAccounts: [production, development], staleAccounts: [] };
    const { twin, pass } = scene(10 * 60_000, set);
    const target = { permissionSet: set.name, permissionSetArn: set.arn, account: "all" as const };
    const accounts = set.provisionedAccounts;
    const kind = "provision";
    const change = {
      id: "provision:ReadOnly/all",
      kind,
      target,
      records: [],
      dependsOn: [],
      accounts,
    } as const;
    await twin.startChange(change, set.arn);
    const { outcomes } = await pass();
    expect(outcomes).toHaveLength(4);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: { code: "account-busy" } });
  });

  it("are not waited for by a plan, which writes nothing", async () => {
    const { clock, killedPass, pass } = scene(90_000);
    await killedPass([production]);
    const before = clock.now();
    expect((await pass({ mode: "plan" })).plan.changes).toHaveLength(4);
    expect(clock.now()).toBe(before);
  });

  it("hold nothing up when AWS does not say which there are", async () => {
    const { twin, killedPass, pass } = scene(90_000);
    await killedPass([production]);
    let asked = 0;
    const listOperationsInProgress: IdentityCenter["listOperationsInProgress"] = async (kind) => {
      asked += 1;
      return asked <= 3 ? undefined : twin.listOperationsInProgress(kind);
    };
    expect(granted(await pass({}, { listOperationsInProgress }))).toHaveLength(4);
    expect(twin.state().assignments).toHaveLength(4);
  });

  it("are still going as long as AWS does not list which are", async () => {
    const { twin, killedPass, pass } = scene(90_000);
    await killedPass([production]);
    let asked = 0;
    const listOperationsInProgress: IdentityCenter["listOperationsInProgress"] = async (kind) => {
      asked += 1;
      return asked > 3 && asked < 10 ? undefined : twin.listOperationsInProgress(kind);
    };
    expect(granted(await pass({}, { listOperationsInProgress }))).toHaveLength(3);
    expect(twin.started.filter((id) => id.includes(`${production}/USER/user-anna`))).toHaveLength(1);
  });

  it("keep an account busy that they name, and only that one, also with a set that is provisioned in others", () => {
    const set = { ...readOnly, provisionedAccounts: [development] };
    const going = [{ account: production, permissionSetArn: set.arn }];
    expect(listBusyAccounts(going, actualState({ permissionSets: [set] }))).toEqual(new Set([production]));
  });

  it("do not keep a pass from failing at once when kintone does not answer", async () => {
    const { clock, twin, killedPass } = scene(90_000);
    await killedPass([production]);
    const before = clock.now();
    const failing = reconcile(
      {
        records: { readAllRecords: () => Promise.reject(new Error("no answer")) },
        identityCenter: { ...twin, readActualState: () => Promise.reject(new Error("must not be asked")) },
        policyAnalyzer: { analyzePolicy: async () => ({ kind: "analyzed", findings: [] }) },
        clock,
      },
      companyConfig,
      { mode: "sync", runId: "run-1", recordUrl },
    );
    await expect(failing).rejects.toThrow("no answer");
    expect(clock.now()).toBe(before);
  });

  it("let the records be read again, so that what another pass granted by newer ones is not taken away", async () => {
    const { clock, twin, killedPass } = scene(60_000);
    await killedPass([production]);
    const old = sourceOf([rawPermissionSet()], []);
    const newer = sourceOf([rawPermissionSet()], [rawAssignment({ users: ["anna"] })]);
    let reads = 0;
    const { outcomes } = await reconcile(
      {
        records: { readAllRecords: async () => ((reads += 1) === 1 ? old : newer) },
        identityCenter: twin,
        policyAnalyzer: { analyzePolicy: async () => ({ kind: "analyzed", findings: [] }) },
        clock,
      },
      companyConfig,
      { mode: "sync", runId: "run-1", recordUrl },
    );
    expect(outcomes).toEqual([]);
    expect(twin.state().assignments).toHaveLength(1);
  });
});
