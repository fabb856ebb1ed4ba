import type { Random } from "../../scripts/prove/foreign/random.ts";
import { PassError } from "../../src/errors.ts";
import { emptyMemory, type Memory } from "../../src/model/memory.ts";
import type { Pass } from "../../src/model/pass.ts";
import { reconcile } from "../../src/pass/reconcile.ts";
import { rememberPass, rememberPlanned } from "../../src/remember/remember-pass.ts";
import type { PolicyAnalyzer } from "../../src/ports.ts";
import { config, foreignSet, owner, protectedSet } from "../simulation/company.ts";
import { createKintoneTwin } from "../simulation/kintone-twin.ts";
import { firstRecords } from "../simulation/simulated-world.ts";
import type { CompanyUnderBelief } from "./company-under-belief.ts";
import { differences, expectedGrants, grantKey } from "./expected-grants.ts";
import { findWrongWrites } from "./find-wrong-writes.ts";
import type { Belief } from "../../src/sandbox/beliefs.ts";
import { letHappen } from "./random-happening.ts";
import { letMatter } from "./where-it-matters.ts";

const steps = 5;
const lastPasses = 5;
const analyzer: PolicyAnalyzer = {
  analyzePolicy: () => Promise.resolve({ kind: "analyzed", findings: [] }),
};

/** The problems of a company that lives through a few random happenings, some of which show a belief, with a pass after each: wrong writes, and an end that nobody tells of. */
export async function tellStory(
  company: CompanyUnderBelief,
  random: Random,
  about: Belief | undefined,
): Promise<readonly string[]> {
  const { clock, state, before } = company;
  const kintone = createKintoneTwin(clock, firstRecords(clock.now()));
  const names = new Map<string, string>();
  const problems: string[] = [];
  const where = { isElsewhere: false };
  const run = createRunner(company, where);
  let passes = 0;

  const pass = async (approves: boolean): Promise<Ended> => {
    const earlier = company.writes().length;
    const ended = await run(kintone.connect().source, approves);
    for (const { arn, name } of state.permissionSets()) names.set(arn, name);
    passes += 1;
    problems.push(
      ...findWrongWrites(company.writes().slice(earlier), {
        records: kintone.records(),
        state,
        nameOf: (arn) => names.get(arn) ?? "",
      }).map((problem) => `pass ${passes}: ${problem}`),
    );
    for (const { arn, name } of state.permissionSets()) names.set(arn, name);
    return ended;
  };

  for (const { arn, name } of state.permissionSets()) names.set(arn, name);
  await pass(false);
  for (let step = 0; step < steps; step += 1) {
    const scene = {
      kintone,
      state,
      before,
      nowMs: () => clock.now(),
      elsewhere: () => (where.isElsewhere = true),
    };
    if (step % 2 === 0) letMatter(about, random, scene);
    letHappen(random, scene);
    await pass(random.chance(0.3));
    await company.letPass(600_000);
  }
  let ended = await pass(true);
  for (let more = 1; more < lastPasses && !isQuiet(ended); more += 1) {
    await company.letPass(600_000);
    ended = await pass(true);
  }
  const missed = missing(kintone.records(), company);
  return [...problems, ...(tells(ended) ? [] : missed.map((one) => `untold at the end: ${one}`))];
}

type Ended = Pass | PassError;
type Source = ReturnType<ReturnType<typeof createKintoneTwin>["connect"]>["source"];

/** Runs passes one after another, each with the memory that the one before has left. */
function createRunner(
  company: CompanyUnderBelief,
  where: { isElsewhere: boolean },
): (source: Source, approves: boolean) => Promise<Ended> {
  const { clock } = company;
  let memory: Memory | undefined;
  let approval: string | undefined;
  let runs = 0;
  return async (records, approves) => {
    runs += 1;
    const approve = approves ? approval : undefined;
    const identityCenter = company.identityCenter(where.isElsewhere ? "us-east-1" : undefined);
    where.isElsewhere = false;
    try {
      const pass = await reconcile({ records, identityCenter, policyAnalyzer: analyzer, clock }, config, {
        mode: "sync",
        runId: `run-${runs}`,
        onApply: (planned, before) => {
          memory = rememberPlanned(before ?? emptyMemory(owner), planned, clock.now());
          return "go-on";
        },
        recordUrl: ({ id }) => `https://example.cybozu.com/${id}`,
        loadMemory: () => Promise.resolve(memory),
        ...(approve === undefined ? {} : { approve }),
      });
      memory = rememberPass(memory ?? emptyMemory(owner), pass, clock.now(), config.guards);
      approval = pass.approval?.code;
      return pass;
    } catch (error) {
      if (error instanceof PassError) return error;
      throw error;
    }
  };
}

/** In what the end is not as the records ask for. */
function missing(
  records: ReturnType<ReturnType<typeof createKintoneTwin>["records"]>,
  { state }: CompanyUnderBelief,
): readonly string[] {
  const wanted = expectedGrants(records, state, true);
  const there = new Set(
    state
      .assignments()
      .filter(({ permissionSet }) => permissionSet !== foreignSet && permissionSet !== protectedSet)
      .map(({ permissionSet, accountId, principalId }) => grantKey(permissionSet, accountId, principalId)),
  );
  const sets = new Map(state.permissionSets().map((set) => [set.name, set]));
  return [
    ...[...wanted].filter((key) => !there.has(key)).map((key) => `${key} is not there`),
    ...[...there].filter((key) => !wanted.has(key)).map((key) => `${key} is there`),
    ...records.sets
      .filter(({ flaw }) => flaw === undefined)
      .flatMap((record) => {
        const set = sets.get(record.name);
        if (set === undefined) return [`${record.name} is not there`];
        const stale = set.provisionedAccounts.filter((account) => account.stale);
        return [
          ...differences(record, set).map((part) => `${record.name} has another ${part}`),
          ...stale.map(({ accountId }) => `${accountId} has an older ${record.name}`),
        ];
      }),
  ];
}

/** Whether a pass says that something is not as it is to be. */
function tells(ended: Ended): boolean {
  if (ended instanceof PassError) return true;
  const { plan, violations, outcomes, desired } = ended;
  return (
    violations.length > 0 ||
    plan.held.length > 0 ||
    plan.locked.length > 0 ||
    desired.issues.length > 0 ||
    outcomes.some(({ status }) => status !== "applied")
  );
}

function isQuiet(ended: Ended): boolean {
  return !(ended instanceof PassError) && ended.plan.changes.length === 0;
}
