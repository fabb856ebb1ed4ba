import { PassError } from "../../src/errors.ts";
import { decodeMemory, encodeMemory } from "../../src/remember/decode-memory.ts";
import type { ActualState } from "../../src/model/actual-state.ts";
import type { Assignment } from "../../src/model/assignment.ts";
import { dayMs } from "../../src/model/duration.ts";
import { emptyMemory, type Memory } from "../../src/model/memory.ts";
import { ownerTag, recordTag } from "../../src/model/ownership.ts";
import type { Pass, Selection } from "../../src/model/pass.ts";
import { lossesIn } from "./losses.ts";
import { isDeletion } from "../../src/model/change-kinds.ts";
import type { IdentityCenter, PolicyAnalyzer, RecordSource } from "../../src/ports.ts";
import { reconcile, type World } from "../../src/pass/reconcile.ts";
import { type AuditEntry, createAuditor } from "../../src/report/audit-lines.ts";
import { rememberPass, rememberPlanned } from "../../src/remember/remember-pass.ts";
import {
  accountIds,
  configs,
  createDirectoryTwin,
  type DirectoryTwin,
  foreignSet,
  owner,
  protectedSet,
  protectedUser,
  type Rulebook,
  setNamed,
  userName,
} from "./company.ts";
import { expectationsOf, type Request } from "./expectations.ts";
import {
  assign,
  createIdentityCenterTwin,
  type Crash,
  type IdentityCenterTwin,
  type Live,
  newSet,
  withSet,
  type Write,
} from "./identity-center-twin.ts";
import { administratorsOf } from "./invariants.ts";
import { createKintoneTwin, type KintoneTwin, type Records, type SourceFault } from "./kintone-twin.ts";
import type { Look } from "./meant-sets.ts";
import { createSimulatedClock, type SimulatedClock } from "./simulated-clock.ts";

/** One pass as the world saw it. */
export interface PassRun {
  readonly number: number;
  readonly sourceFault: SourceFault | undefined;
  readonly seen: Records;
  /** What the pass compared with; undefined when it read nothing. */
  readonly actual: ActualState | undefined;
  readonly writes: readonly Write[];
  /** Undefined when the pass failed or its process was killed. */
  readonly pass: Pass | undefined;
  readonly error: PassError | undefined;
  /** The refused plan that a person let through in this pass, or tried to. */
  readonly approved: ReviewedPlan | undefined;
  /** What records asked for when a pass last understood them, as of before this pass. */
  readonly understood: ReadonlyMap<number, Request>;
  /** Of these, what the memory this pass began with knows as well. */
  readonly remembered: ReadonlyMap<number, Request>;
  /** Deletions that unapproved passes carried out in the last day, as far as memory was there to count them. */
  readonly earlierDeletions: number;
  /** Who was an administrator where by a record that an earlier pass carried out: what is undone by hand comes back. */
  readonly administratorsGiven: ReadonlySet<string>;
  /** ARNs of sets that were not ours when memory last saw them. */
  readonly knownForeign: ReadonlySet<string>;
  /** The lines of the audit. */
  readonly audit: readonly AuditEntry[];
  /** Keys of the assignments that there are after it; undefined when others were at work at the same time. */
  readonly assignmentsAfter: ReadonlySet<string> | undefined;
  /** Others were at work at the same time. */
  readonly overlapped: boolean;
  readonly rulebook: Rulebook;
}

/** A refused plan that a person looked at. */
export interface ReviewedPlan {
  readonly code: string;
  readonly deletions: ReadonlySet<string>;
  readonly atMs: number;
}

export interface SyncOptions {
  readonly sourceFault?: SourceFault;
  /** Which read of the records is the first that goes wrong; 1 unless told otherwise. */
  readonly faultyRead?: number;
  /** Happens once this pass has read the records, and before it reads Identity Center. */
  readonly between?: () => Promise<void>;
  readonly crash?: Omit<Crash, "kill">;
  readonly approve?: boolean;
  readonly only?: Selection;
  readonly overlapped?: boolean;
  /** Reads everything, also where passes read in part. */
  readonly full?: boolean;
}

export interface WorldOptions {
  readonly records?: Records;
  /** Whether passes with a memory read only what can have changed, and the rest in turn. */
  readonly readsInPart?: boolean;
  /** The guardrails; none unless told otherwise. */
  readonly rulebook?: Rulebook;
}

/** A company with its kintone, its AWS, and the file in which passes keep their memory. */
export interface SimulatedWorld {
  readonly clock: SimulatedClock;
  readonly kintone: KintoneTwin;
  readonly people: DirectoryTwin;
  readonly aws: IdentityCenterTwin;
  readonly sync: (options?: SyncOptions) => Promise<PassRun>;
  readonly rulebook: Rulebook;
  /** Everything records asked for since they were last understood, and that included: what they may still hold. */
  readonly asked: ReadonlyMap<number, readonly Request[]>;
  /** Every pass so far. */
  readonly passes: readonly PassRun[];
  readonly reviewed: () => ReviewedPlan | undefined;
  /** Puts something else in the place of the memory's file, or takes it away. */
  readonly setMemory: (text: string | undefined) => void;
}

const analyzer: PolicyAnalyzer = {
  analyzePolicy: () => Promise.resolve({ kind: "analyzed", findings: [] }),
};

export const startMs = Date.UTC(2026, 10, 20);

export function createWorld({
  records,
  readsInPart = false,
  rulebook = "none",
}: WorldOptions = {}): SimulatedWorld {
  const config = configs[rulebook];
  const pace = { ...config.pace, ...(readsInPart ? { callBudget: 10 } : {}) };
  const clock = createSimulatedClock(startMs);
  const kintone = createKintoneTwin(clock, records ?? firstRecords(startMs));
  const people = createDirectoryTwin();
  const aws = createIdentityCenterTwin(clock, people.directory, firstState(people));
  const passes: PassRun[] = [];
  const understood = new Map<number, Request>();
  const remembered = new Map<number, Request>();
  const asked = new Map<number, readonly Request[]>();
  let deleted: readonly Deletions[] = [];
  let memory: Memory | string | undefined;
  let reviewed: ReviewedPlan | undefined;
  let runs = 0;

  const sync = async (options: SyncOptions = {}): Promise<PassRun> => {
    const { sourceFault } = options;
    const end = new AbortController();
    const crash = options.crash && { ...options.crash, kill: () => end.abort() };
    const connection = aws.connect(crash);
    const { source, seen, isFaulted } = kintone.connect(sourceFault, options.faultyRead);
    const known = open(memory, passes.length);
    const approved = options.approve === true ? reviewed : undefined;
    const before = new Map(understood);
    const startedAtMs = clock.now();
    if (known === undefined) {
      deleted = [];
      remembered.clear();
    }
    const rememberedBefore = new Map(remembered);
    const earlier = deleted;
    const current = (): Memory => open(memory, passes.length) ?? emptyMemory(owner);
    runs += 1;
    const runId = `run-${runs}`;
    let loaded = memory;
    const audit: AuditEntry[] = [];
    const auditorOf = (planned: Pass) =>
      createAuditor(planned, {
        runId,
        owner,
        language: "en",
        inForce: { version: "", configuration: "", guardrails: "" },
      });
    const isAlone = options.overlapped !== true && options.between === undefined;
    let pass: Pass | undefined;
    let error: PassError | undefined;
    try {
      const done = await reconcile(
        {
          ...interrupted(source, connection.identityCenter, options.between),
          policyAnalyzer: analyzer,
          clock: mortalClock(clock, end.signal),
        },
        { ...config, pace },
        {
          mode: "sync",
          ...(options.full === undefined ? {} : { full: options.full }),
          ...(options.only === undefined ? {} : { only: options.only }),
          runId,
          onApply: (planned, before) => {
            if (planned.plan.changes.length === 0) return "go-on";
            if (memory !== loaded) return "overtaken";
            memory = rememberPlanned(before ?? emptyMemory(owner), planned, clock.now());
            return "go-on";
          },
          onOutcome: (outcome, planned) => void audit.push(auditorOf(planned).outcome(outcome)),
          recordUrl: ({ id }) => `https://example.cybozu.com/${id}`,
          ...(approved === undefined ? {} : { approve: approved.code }),
          loadMemory: () => {
            loaded = memory;
            return Promise.resolve(open(memory, passes.length));
          },
        },
      );
      if (!connection.isDead()) pass = done;
    } catch (thrown) {
      if (thrown instanceof PassError) error = thrown;
      else if (!connection.isDead()) throw thrown;
    }
    const actual = pass?.actual ?? connection.read();
    const shown = actual === undefined ? seen() : kintone.look(seen(), lookOf(actual, known, pass));
    if (pass !== undefined) {
      audit.push(...auditorOf(pass).refusals(clock.now()));
      memory = rememberPass(current(), pass, clock.now(), config.guards);
      deleted = [...deleted, deletionsOf(pass, clock.now())];
      reviewed = review(pass, clock.now()) ?? reviewed;
      const { requests } = expectationsOf(shown, pass.actual, rulebook);
      learn(understood, requests);
      learn(remembered, requests);
      ask(asked, requests, isAlone && pass.violations.length === 0);
    }
    if (connection.isDead() && approved === undefined) {
      const begun = lossesIn(connection.writes, connection.read());
      deleted = [...deleted, { atMs: clock.now(), ids: begun }];
    }
    const administratorsGiven = new Set(passes.flatMap(administratorsOf));
    const run: PassRun = {
      number: passes.length + 1,
      administratorsGiven,
      sourceFault: isFaulted() ? sourceFault : undefined,
      seen: shown,
      actual,
      earlierDeletions: countDeletions(earlier, connection.writes, startedAtMs),
      knownForeign: new Set(known?.unmanagedSets),
      audit,
      writes: connection.writes,
      pass,
      error,
      approved,
      understood: before,
      remembered: rememberedBefore,
      assignmentsAfter: isAlone ? new Set(aws.live().assignments.keys()) : undefined,
      overlapped: options.overlapped === true,
      rulebook,
    };
    passes.push(run);
    return run;
  };

  return {
    clock,
    kintone,
    people,
    aws,
    sync,
    passes,
    rulebook,
    asked,
    reviewed: () => reviewed,
    setMemory: (text) => void (memory = text),
  };
}

/** Both sides, where something happens after the first read of the one and before any of the other. */
function interrupted(
  source: RecordSource,
  identityCenter: IdentityCenter,
  between: SyncOptions["between"],
): Pick<World, "records" | "identityCenter"> {
  if (between === undefined) return { records: source, identityCenter };
  let begin: () => void = () => undefined;
  const firstRead = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const happened = firstRead.then(between);
  const readAllRecords = () => source.readAllRecords().finally(begin);
  const later = async <Result>(read: () => Promise<Result>): Promise<Result> => {
    await happened;
    return read();
  };
  return {
    records: { readAllRecords },
    identityCenter: {
      ...identityCenter,
      readActualState: (...given) => later(() => identityCenter.readActualState(...given)),
      readOutline: (...given) => later(() => identityCenter.readOutline(...given)),
    },
  };
}

function lookOf(actual: ActualState, known: Memory | undefined, pass: Pass | undefined): Look {
  const unclear =
    pass?.desired.issues.filter(({ code }) => code === "assignment.permission-set-unclear") ?? [];
  return {
    actual,
    hasMemory: known !== undefined,
    isComplete: pass !== undefined,
    asks: new Set(unclear.map(({ record }) => record.id)),
  };
}

/** Every eighth pass finds its memory as the text it is in the file; in between, time is saved. */
function open(memory: Memory | string | undefined, passes: number): Memory | undefined {
  if (memory === undefined) return undefined;
  if (typeof memory === "string") return decodeMemory(memory, owner);
  return passes % 8 === 0 ? decodeMemory(encodeMemory(memory), owner) : memory;
}

/** Once the process is gone its sleeps end at once, each as long after the last as it was to be. */
function mortalClock(clock: SimulatedClock, end: AbortSignal): SimulatedClock {
  let afterMs = 0;
  return {
    ...clock,
    now: () => clock.now() + afterMs,
    sleep: async (ms) => {
      if (end.aborted) afterMs += ms;
      else await clock.sleep(ms, end);
    },
  };
}

interface Deletions {
  readonly atMs: number;
  readonly ids: readonly string[];
}

/** What nobody approved and was really carried out. */
function deletionsOf(pass: Pass, atMs: number): Deletions {
  const { outcomes, grantedApproval } = pass;
  const applied = outcomes.filter(({ status }) => status === "applied");
  return { atMs, ids: grantedApproval === undefined ? lossesIn(applied, pass.actual, pass) : [] };
}

/** How many different things were deleted in the last day, besides what is deleted now. */
function countDeletions(deleted: readonly Deletions[], writes: readonly Write[], nowMs: number): number {
  const ids = new Set(deleted.filter(({ atMs }) => atMs > nowMs - dayMs).flatMap((one) => one.ids));
  for (const { change } of writes) ids.delete(change.id);
  return ids.size;
}

function review(pass: Pass, atMs: number): ReviewedPlan | undefined {
  if (pass.approval === undefined) return undefined;
  const deletions = new Set(pass.plan.changes.filter(isDeletion).map(({ id }) => id));
  return { code: pass.approval.code, deletions, atMs };
}

/** Keeps what each record asked for when it could be understood as a whole. */
function learn(understood: Map<number, Request>, requests: readonly Request[]): void {
  const ids = new Set(requests.map(({ record }) => record.id));
  for (const id of understood.keys()) if (!ids.has(id)) understood.delete(id);
  for (const request of requests) {
    if (request.trust === "valid") understood.set(request.record.id, request);
    if (request.trust === "uncertain") understood.delete(request.record.id);
  }
}

/** Adds what records ask for; what they asked for before is behind a pass that was alone and not refused. */
function ask(asked: Map<number, readonly Request[]>, requests: readonly Request[], isBehind: boolean): void {
  const ids = new Set(requests.map(({ record }) => record.id));
  for (const id of asked.keys()) if (isBehind && !ids.has(id)) asked.delete(id);
  for (const request of requests) {
    const { record, trust } = request;
    const earlier = trust === "valid" && isBehind ? [] : (asked.get(record.id) ?? []);
    asked.set(record.id, [...earlier, request]);
  }
}

/** What the company begins with: three sets and four records that say who has them where. */
export function firstRecords(nowMs: number): Records {
  const base = { revision: 1, updatedAtMs: nowMs - 86_400_000 };
  return {
    sets: [
      { ...base, id: 1, name: "Alpha", hours: 1, policies: ["ReadOnlyAccess"], inline: false },
      { ...base, id: 2, name: "Beta", hours: 4, policies: ["SecurityAudit", "Billing"], inline: true },
      { ...base, id: 3, name: "Gamma", hours: 8, policies: [], inline: true },
    ],
    assignments: [
      {
        ...base,
        id: 4,
        set: "Alpha",
        users: ["anna", "ben"],
        groups: [],
        accounts: ["Production", "Staging"],
      },
      { ...base, id: 5, set: "Beta", users: ["chie"], groups: ["Auditors"], accounts: ["Production"] },
      { ...base, id: 6, set: "Beta", users: [], groups: ["Developers"], accounts: ["Development"] },
      { ...base, id: 7, set: "Gamma", users: ["dai"], groups: [], accounts: ["Staging", "Development"] },
    ],
  };
}

/** Before the first pass: a set of somebody else's and one that is ours and protected, both in use. */
function firstState(people: DirectoryTwin): Live {
  const foreign = newSet("ps-foreign", foreignSet, { managedBy: "ControlTower" });
  const emergency = newSet("ps-emergency", protectedSet, { [ownerTag]: owner, [recordTag]: "900" });
  const empty: Live = { sets: new Map(), assignments: new Map() };
  const { users } = people.directory();
  const grants = [foreignSet, protectedSet].flatMap((name) =>
    ["Production", "Vault"].flatMap((account): readonly Assignment[] => {
      const breakGlass = users.find((user) => user.userName === userName(protectedUser));
      const id = accountIds[account];
      if (id === undefined || breakGlass === undefined) return [];
      return [{ permissionSet: setNamed(name), account: id, principal: { type: "USER", id: breakGlass.id } }];
    }),
  );
  return grants.reduce(assign, withSet(withSet(empty, foreign), emergency));
}
