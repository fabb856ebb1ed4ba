import { describe, expect, it } from "vitest";

import { digest } from "../../src/model/digest.ts";
import type { ManagedPermissionSet } from "../../src/model/actual-state.ts";
import { emptyMemory, type Memory } from "../../src/model/memory.ts";
import type { SourceRecords } from "../../src/model/record.ts";
import { type PassOptions, reconcile } from "../../src/pass/reconcile.ts";
import type { IdentityCenter } from "../../src/ports.ts";
import { rememberPass } from "../../src/remember/remember-pass.ts";
import {
  actualState,
  assignmentOf,
  definition,
  directory,
  managedSet,
  now,
  production,
  rawAssignment,
  rawPermissionSet,
  recordUrl,
  user,
} from "../builders.ts";
import { createIdentityCenterTwin } from "../fakes/in-memory-identity-center.ts";
import { createVirtualClock } from "../fakes/virtual-clock.ts";
import { sourceOf } from "../report/builders.ts";
import { companyConfig } from "../report/company-pass.ts";

const [anna, ben] = [user("anna"), user("ben")];
const readOnly = managedSet("ReadOnly", {
  definition: definition({ managedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }),
  provisionedAccounts: [production],
});
const askedFor = (users: readonly string[]) =>
  sourceOf([rawPermissionSet()], [rawAssignment({ users, accounts: "Production" })]);

const policyAnalyzer = {
  analyzePolicy: () => Promise.resolve({ kind: "analyzed", findings: [] } as const),
};

/** A sync in which each read of the records finds what the list has for it, and the last of it from then on. */
async function syncReading(
  sources: readonly SourceRecords[],
  options: Partial<PassOptions> = {},
  others: readonly ManagedPermissionSet[] = [],
) {
  const clock = createVirtualClock(now);
  const assignments = [assignmentOf("ReadOnly", production, anna)];
  const state = actualState({ permissionSets: [readOnly, ...others], assignments });
  const identityCenter = createIdentityCenterTwin(state, { clock });
  const left = sources.values();
  let source = sourceOf();
  const readAllRecords = (): Promise<SourceRecords> => {
    source = left.next().value ?? source;
    return Promise.resolve(source);
  };
  const world = { records: { readAllRecords }, identityCenter, policyAnalyzer, clock, digest };
  const pass = await reconcile(world, companyConfig, {
    mode: "sync",
    runId: "run-1",
    recordUrl,
    ...options,
  });
  return { pass, started: identityCenter.started };
}

describe("an app that is empty at the second look before anything is written", () => {
  it("is refused as much as one that was empty at the first", async () => {
    const { pass, started } = await syncReading([askedFor(["anna", "ben"]), sourceOf()]);
    expect(pass.violations.map(({ guard }) => guard)).toContain("source-empty");
    expect({ started, outcomes: pass.outcomes }).toEqual({ started: [], outcomes: [] });
  });

  it("would have had the grant of the first look made otherwise", async () => {
    const { started } = await syncReading([askedFor(["anna", "ben"])]);
    expect(started).toEqual([`assign:ReadOnly/${production}/USER/${ben.id}`]);
  });
});

describe("a memory that is there at the first look and cannot be read at the second", () => {
  const payroll = managedSet("Payroll", { record: "99" });
  const without: Memory = { ...emptyMemory(companyConfig.owner), instanceArn: actualState().instance.arn };
  const distrusting: Memory = { ...without, unmanagedSets: [payroll.arn] };

  it.each<[string, readonly (Memory | undefined)[], "overtaken" | "go-on"]>([
    ["", [distrusting, undefined], "go-on"],
    [", also one that another pass wrote in between", [without, distrusting, undefined], "overtaken"],
  ])(
    "goes on to keep a set from being taken for ours whose tags somebody wrote%s",
    async (_, loads, first) => {
      const [found, answers] = [loads.values(), [first, "go-on" as const].values()];
      const { started } = await syncReading(
        [askedFor(["anna", "ben"])],
        {
          loadMemory: () => Promise.resolve(found.next().value),
          onApply: () => answers.next().value ?? "go-on",
        },
        [payroll],
      );
      expect(started).toEqual([`assign:ReadOnly/${production}/USER/${ben.id}`]);
    },
  );
});

describe("a pass before whose first change another one has written the memory", () => {
  it("looks at the records again, and only then at what is left to do", async () => {
    const answers = ["overtaken", "go-on"] as const;
    let asked = 0;
    const onApply = () => answers[asked++] ?? "go-on";
    const both = askedFor(["anna", "ben"]);
    const { started } = await syncReading([both, both, askedFor(["anna"])], { onApply });
    expect({ started, asked }).toEqual({ started: [], asked: 2 });
  });

  it("goes on all the same where something writes there again and again", async () => {
    let asked = 0;
    const onApply = () => {
      asked += 1;
      return "overtaken" as const;
    };
    const { started } = await syncReading([askedFor(["anna", "ben"])], { onApply });
    expect(started).toHaveLength(1);
    expect(asked).toBeLessThan(10);
  });
});

describe("a pass that reads a part of Identity Center only at the second look", () => {
  it("takes away from nobody what another one has given them since the records were read", async () => {
    const clock = createVirtualClock(now);
    const carol = user("carol");
    const others = Array.from({ length: 24 }, (_, index) => `Other${index}`);
    const sets = others.map((name, index) =>
      managedSet(name, {
        record: `${100 + index}`,
        definition: readOnly.definition,
        provisionedAccounts: [production],
      }),
    );
    const state = actualState({
      directory: directory({ users: [anna, ben, carol] }),
      permissionSets: [readOnly, ...sets],
      assignments: ["ReadOnly", ...others].map((name) => assignmentOf(name, production, anna)),
    });
    const twin = createIdentityCenterTwin(state, { clock });
    const config = { ...companyConfig, pace: { ...companyConfig.pace, callBudget: 1 } };
    /** Everybody who is to have ReadOnly, and who is to have the last of the other sets. */
    const recordsFor = (users: readonly string[], ofLast: readonly string[] = ["anna"]) =>
      sourceOf(
        [
          rawPermissionSet(),
          ...others.map((name, index) => rawPermissionSet({ name }, { id: `${100 + index}` })),
        ],
        [
          rawAssignment({ users, accounts: "Production" }),
          ...others.map((permissionSet, index) =>
            rawAssignment(
              { permissionSet, accounts: "Production", users: index === 23 ? ofLast : ["anna"] },
              { id: `${100 + index}` },
            ),
          ),
        ],
      );
    let memory = emptyMemory(companyConfig.owner);
    const sync = async (readAllRecords: () => SourceRecords, identityCenter: IdentityCenter = twin) => {
      const records = { readAllRecords: () => Promise.resolve(readAllRecords()) };
      const pass = await reconcile({ records, identityCenter, policyAnalyzer, clock }, config, {
        mode: "sync",
        runId: "run-1",
        recordUrl,
        loadMemory: () => Promise.resolve(memory),
      });
      memory = rememberPass(memory, pass, clock.now(), config.guards);
      return pass;
    };
    for (let pass = 1; pass <= 3; pass += 1) await sync(() => recordsFor(["anna"]));

    // First somebody is to have another set; then Ben, and while that pair is read, Carol, whom another pass lets in.
    let source = recordsFor(["anna"], ["anna", "ben"]);
    let reads = 0;
    const pass = await sync(
      () => {
        reads += 1;
        if (reads === 2) source = recordsFor(["anna", "ben"], ["anna", "ben"]);
        return source;
      },
      {
        ...twin,
        readParts: (request) => {
          if (reads === 2) {
            source = recordsFor(["anna", "ben", "carol"], ["anna", "ben"]);
            twin.meddle((now) => ({
              ...now,
              assignments: [...now.assignments, assignmentOf("ReadOnly", production, carol)],
            }));
          }
          return twin.readParts(request);
        },
      },
    );
    expect(pass.reading.mode).toBe("partial");
    expect(pass.plan.changes.map(({ id }) => id)).toEqual([
      `assign:Other23/${production}/USER/${ben.id}`,
      `assign:ReadOnly/${production}/USER/${ben.id}`,
    ]);
  });
});
