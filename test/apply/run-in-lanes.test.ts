import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LaneLimits, runInLanes } from "../../src/apply/run-in-lanes.ts";
import { accountId, permissionSetName, principalId } from "../../src/model/ids.ts";
import type { Change } from "../../src/model/plan.ts";
import { createVirtualClock } from "../fakes/virtual-clock.ts";

const accountNumber = (index: number) => accountId(String(100_000_000_000 + index));

function assign(set: string, account: number, user: number): Change {
  const target = {
    permissionSet: permissionSetName(set),
    account: accountNumber(account),
    principal: { type: "USER", id: principalId(`user-${user}`) },
  } as const;
  const id = `assign:${set}/${account}/${user}`;
  return { id, kind: "assign", target, records: [], dependsOn: [], accounts: [target.account] };
}

function provision(set: string, accounts: readonly number[]): Change {
  const target = { permissionSet: permissionSetName(set), account: "all" } as const;
  const id = `provision:${set}/all`;
  return { id, kind: "provision", target, records: [], dependsOn: [], accounts: accounts.map(accountNumber) };
}

function define(set: string): Change {
  const target = { permissionSet: permissionSetName(set) };
  const id = `put-inline-policy:${set}`;
  return { id, kind: "put-inline-policy", target, after: "{}", records: [], dependsOn: [], accounts: [] };
}

const limits: LaneLimits = { atATime: 10, provisions: 3, definitions: 10 };

/** Runs the changes, each as long as `secondsOf` says, and tells when each started and how long it all took. */
async function run(changes: readonly Change[], secondsOf: (change: Change) => number, most = limits) {
  const clock = createVirtualClock();
  const startMs = clock.now();
  const started = new Map<string, number>();
  const busy = { all: 0, provisions: 0 };
  const accounts = new Set<string>();
  await runInLanes(changes, most, async (change) => {
    started.set(change.id, (clock.now() - startMs) / 1_000);
    const operation = change.accounts.length > 0 ? 1 : 0;
    busy.all += operation;
    busy.provisions += change.kind === "provision" ? 1 : 0;
    expect(busy.all).toBeLessThanOrEqual(most.atATime);
    expect(busy.provisions).toBeLessThanOrEqual(most.provisions);
    for (const account of change.accounts) {
      expect(accounts.has(account)).toBe(false);
      accounts.add(account);
    }
    await clock.sleep(secondsOf(change) * 1_000);
    for (const account of change.accounts) accounts.delete(account);
    busy.all -= operation;
    busy.provisions -= change.kind === "provision" ? 1 : 0;
  });
  return { seconds: (clock.now() - startMs) / 1_000, started };
}

describe("lanes", () => {
  it("end as soon as the number of operations and the longest queue allow, whatever the accounts", async () => {
    const accountsOf = fc.array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 150 });
    await fc.assert(
      fc.asyncProperty(accountsOf, async (accounts) => {
        const changes = accounts.map((account, index) => assign("Set", account, index));
        const { seconds } = await run(changes, () => 3);
        const queues = accounts.map((account) => accounts.filter((other) => other === account).length);
        const floor = Math.max(Math.ceil(accounts.length / 10), ...queues) * 3;
        // The longest queue first is optimal up to one operation at the end.
        expect(seconds).toBeLessThanOrEqual(floor + 3);
      }),
      { numRuns: 100 },
    );
  });

  it("let an account whose set is ready go on while others are still being defined", async () => {
    const { started } = await run([define("Slow"), assign("Ready", 1, 1), assign("Slow", 1, 2)], ({ id }) =>
      id === "put-inline-policy:Slow" ? 60 : 3,
    );
    expect(started.get("assign:Ready/1/1")).toBe(0);
    expect(started.get("assign:Slow/1/2")).toBe(60);
  });

  it("use an account for grants while its provisioning waits for one of the three places", async () => {
    const provisions = Array.from({ length: 9 }, (_, index) => provision(`Set${index}`, [index]));
    const grants = Array.from({ length: 9 }, (_, index) => assign("Other", index, 1));
    const { started } = await run([...provisions, ...grants], () => 10);
    expect(grants.filter(({ id }) => started.get(id) === 0)).toHaveLength(6);
  });

  it("let a change of many accounts come to its turn though each of them always has something to do", async () => {
    const everywhere = provision("Set", [0, 1, 2, 3]);
    const grants = Array.from({ length: 40 }, (_, index) => assign("Other", index % 4, index));
    const { started } = await run([define("Set"), everywhere, ...grants], ({ kind }) =>
      kind === "put-inline-policy" ? 5 : 3,
    );
    expect(started.get(everywhere.id)).toBeLessThanOrEqual(9);
  });

  it.each([
    ["one account", 1],
    ["a thousand accounts", 1_000],
  ])("take no longer per change with very many of them in %s", async (_title, accounts) => {
    const count = 50_000;
    const changes = Array.from({ length: count }, (_, index) => assign("Set", index % accounts, index));
    let carriedOut = 0;
    await runInLanes(changes, limits, async () => void (carriedOut += 1));
    expect(carriedOut).toBe(count);
  });
});
