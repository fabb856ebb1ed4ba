import { describe, expect, it } from "vitest";
import type { ActualState } from "../../src/model/actual-state.ts";
import type { AccountId } from "../../src/model/ids.ts";
import { ownerTag, recordTag } from "../../src/model/ownership.ts";
import type { Change } from "../../src/model/plan.ts";
import { type LiveParts, pairKey, type Seen, type SeenPermissionSet } from "../../src/model/reading.ts";
import { chooseParts } from "../../src/reading/choose-parts.ts";
import { definitionFingerprint, principalsFingerprint } from "../../src/reading/fingerprints.ts";
import { forgetWritten } from "../../src/remember/forget-written.ts";
import { knownSets } from "../../src/reading/known-sets.ts";
import { noParts } from "../../src/reading/live-parts.ts";
import { partsBehindPlan } from "../../src/reading/parts-behind-plan.ts";
import { type DueParts, dueParts, passesPerRound } from "../../src/reading/rotation.ts";
import {
  account,
  actualState,
  assignmentOf,
  assignmentRecord,
  definition,
  desiredState,
  development,
  managedSet,
  owner,
  permissionSetRecord,
  production,
  user,
} from "../builders.ts";
import { applied, assign, failed, planOf, unassign } from "../report/builders.ts";

const readOnly = managedSet("ReadOnly", {
  definition: definition({ managedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }),
  provisionedAccounts: [production, development],
});

const nothingDue: DueParts = { permissionSets: new Set(), staleAccounts: new Set(), pairs: new Set() };

/** The set as memory has it: last read in the pass of that number, with Anna in the accounts. */
function seenAs(set: typeof readOnly, pass: number, accounts: readonly AccountId[]): SeenPermissionSet {
  const anna = principalsFingerprint([assignmentOf(set.name, production, user("anna")).principal]);
  return {
    name: set.name,
    tags: { [ownerTag]: owner, [recordTag]: "1" },
    definition: definitionFingerprint(set.definition),
    pass,
    stalePass: pass,
    accounts: Object.fromEntries(accounts.map((id) => [id, [anna, pass] as const])),
  };
}

const outlineOf = (state: ActualState) => ({
  instance: state.instance,
  directory: state.directory,
  permissionSets: state.permissionSets.map(({ arn, locked }) => ({ arn, locked })),
});

describe("the rotation", () => {
  const accounts = Array.from({ length: 24 }, (_, index) => account(String(100_000_000_000 + index), "a").id);
  const seenIn = (pass: number, now: number): Seen => ({
    pass: now,
    permissionSets: { [readOnly.arn]: seenAs(readOnly, pass, accounts) },
  });
  const outline = outlineOf(actualState({ permissionSets: [readOnly] }));

  it("reads a twelfth of the pairs in a pass", () => {
    expect(dueParts(outline, seenIn(5, 5)).pairs.size).toBe(2);
  });

  it("reads everything that has not been read for 12 passes, however much that is", () => {
    const due = dueParts(outline, seenIn(5, 5 + passesPerRound - 1));
    expect(due.pairs.size).toBe(accounts.length);
    expect(due.permissionSets.size).toBe(1);
    expect(due.staleAccounts.size).toBe(1);
  });
});

describe("what is chosen to be read", () => {
  const choose = (wanted: "none" | "anna", fingerprintOf: readonly string[]) => {
    const state = actualState({ permissionSets: [readOnly] });
    const desired = desiredState({
      permissionSets: [permissionSetRecord()],
      assignments: wanted === "anna" ? [assignmentRecord()] : [],
    });
    const set = seenAs(readOnly, 1, [production]);
    const people = fingerprintOf.map((login) => assignmentOf("ReadOnly", production, user(login)).principal);
    const accounts = { [production]: [principalsFingerprint(people), 1] as const };
    const seen: Seen = { pass: 1, permissionSets: { [readOnly.arn]: { ...set, accounts } } };
    const outline = outlineOf(state);
    const live: LiveParts = { ...noParts, provisionedAccounts: new Map([[readOnly.arn, [production]]]) };
    return chooseParts({
      outline,
      known: knownSets(outline, seen, live),
      seen,
      live,
      desired,
      due: nothingDue,
      owner,
    }).pairs;
  };

  it("leaves out a pair in which the records and memory know the same people", () => {
    expect(choose("anna", ["anna"])).toEqual([]);
  });

  it("holds a pair that the records leave empty, also when memory saw it empty: it may hold a grant made by hand since", () => {
    expect(choose("none", [])).toEqual([{ arn: readOnly.arn, account: production }]);
  });
});

describe("the fingerprint of a definition", () => {
  it("tells a set with a boundary from one without, and one boundary from another", () => {
    const bounded = (arn: string) =>
      definition({ permissionsBoundary: { kind: "aws-managed", arn: `arn:aws:iam::aws:policy/${arn}` } });
    const prints = [definition(), bounded("ReadOnlyAccess"), bounded("SecurityAudit")].map((one) =>
      definitionFingerprint(one),
    );
    expect(new Set(prints).size).toBe(3);
  });
});

describe("what has been written to", () => {
  const seen: Seen = {
    pass: 3,
    permissionSets: { [readOnly.arn]: seenAs(readOnly, 3, [production, development]) },
  };
  const onReadOnly = (change: Change): Change =>
    ({ ...change, target: { ...change.target, permissionSetArn: readOnly.arn } }) as Change;
  const readNext = (outcomes: Parameters<typeof forgetWritten>[1]): readonly AccountId[] => {
    const after = forgetWritten(seen, outcomes);
    const state = actualState({ permissionSets: [readOnly] });
    const outline = outlineOf(state);
    const desired = desiredState({
      permissionSets: [permissionSetRecord()],
      assignments: [assignmentRecord({ accounts: [production, development] })],
    });
    const request = chooseParts({
      outline,
      known: knownSets(outline, after, noParts),
      seen: after,
      live: noParts,
      desired,
      due: nothingDue,
      owner,
    });
    return request.pairs.map((pair) => pair.account);
  };

  it.for(["applied", "failed"] as const)(
    "is read in the next pass when the grant was %s: its answer may have been lost",
    (status) => {
      const change = onReadOnly(assign("ReadOnly", production, user("ben")));
      expect(readNext([])).toEqual([]);
      expect(readNext([status === "applied" ? applied(change) : failed(change)])).toEqual([production]);
    },
  );
});

describe("what must be known before something is taken away", () => {
  const state = actualState({
    permissionSets: [readOnly, managedSet("Audit", { record: "2", definition: readOnly.definition })],
    assignments: [
      assignmentOf("ReadOnly", production, user("anna")),
      assignmentOf("Audit", development, user("anna")),
    ],
  });
  const seen: Seen = {
    pass: 3,
    permissionSets: Object.fromEntries(
      state.permissionSets.map((set) => [
        set.arn,
        { ...seenAs(readOnly, 3, [production, development]), name: set.name },
      ]),
    ),
  };
  const read = (live: LiveParts) =>
    partsBehindPlan({
      plan: planOf([unassign("ReadOnly", production, user("anna"))]),
      desired: desiredState(),
      actual: state,
      known: knownSets(outlineOf(state), seen, live),
      live,
    }).pairs;
  const audit = state.permissionSets[1]?.arn ?? readOnly.arn;

  it("is read: a pair that shows what the person keeps", () => {
    expect(read(noParts)).toEqual([{ arn: audit, account: development }]);
  });

  it("is not read twice", () => {
    const pairs = new Map([[pairKey({ arn: audit, account: development }), []]]);
    expect(read({ ...noParts, pairs })).toEqual([]);
  });
});
