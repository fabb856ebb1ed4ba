import { describe, expect, it } from "vitest";

import { digest } from "../src/entrypoints/digest.ts";
import type { SourceRecords } from "../src/model/record.ts";
import { reconcile } from "../src/reconcile.ts";
import {
  actualState,
  assignmentOf,
  definition,
  managedSet,
  now,
  production,
  rawAssignment,
  rawPermissionSet,
  recordUrl,
  user,
} from "./builders.ts";
import { createIdentityCenterTwin } from "./fakes/in-memory-identity-center.ts";
import { createVirtualClock } from "./fakes/virtual-clock.ts";
import { sourceOf } from "./report/builders.ts";
import { companyConfig } from "./report/company-pass.ts";

const [anna, ben] = [user("anna"), user("ben")];
const readOnly = managedSet("ReadOnly", {
  definition: definition({ managedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }),
  provisionedAccounts: [production],
});
const askedFor = (users: readonly string[]) =>
  sourceOf([rawPermissionSet()], [rawAssignment({ users, accounts: "Production" })]);

/** A sync in which each read of the records finds what the list has for it, and the last of it from then on. */
async function syncReading(sources: readonly SourceRecords[]) {
  const clock = createVirtualClock(now);
  const assignments = [assignmentOf("ReadOnly", production, anna)];
  const state = actualState({ permissionSets: [readOnly], assignments });
  const identityCenter = createIdentityCenterTwin(state, { clock });
  const left = sources.values();
  let source = sourceOf();
  const readAllRecords = (): Promise<SourceRecords> => {
    source = left.next().value ?? source;
    return Promise.resolve(source);
  };
  const policyAnalyzer = {
    analyzePolicy: () => Promise.resolve({ kind: "analyzed", findings: [] } as const),
  };
  const world = { records: { readAllRecords }, identityCenter, policyAnalyzer, clock, digest };
  const pass = await reconcile(world, companyConfig, { mode: "sync", recordUrl });
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
