import { randomUUID } from "node:crypto";
import { faultOf, PassError } from "../errors.ts";
import { createHeartbeat } from "../heartbeat/create-heartbeat.ts";
import type { Language } from "../model/config.ts";
import type { LoadedMemory, Memory } from "../model/memory.ts";
import type { Mode, Pass } from "../model/pass.ts";
import type { ReportedNote, RunReport } from "../model/run-report.ts";
import type { IdentityCenter, MemoryStore, Clock } from "../ports.ts";
import { type BeforeApply, reconcile, type AskedOfPass } from "../pass/reconcile.ts";
import { buildFailedReport, buildRunReport, type ReportContext } from "../report/build-run-report.ts";
import type { GivenOptions } from "../report/commands-to-copy.ts";
import { keepLists } from "./keep-lists.ts";
import { guardrailNote } from "../report/guardrail-note.ts";
import { lastPassNote } from "../report/last-pass-note.ts";
import { memoryNote } from "../report/memory-note.ts";
import { logTexts } from "../words/log-texts.ts";
import { describePassError } from "../words/pass-errors.ts";
import { recordUrls } from "../report/record-urls.ts";
import { createAudit } from "./audit.ts";
import { createRequestCounter, type OnRequest, type RequestCounter } from "./count-requests.ts";
import { keepPause, type StopSwitch } from "../tell/keep-pause.ts";
import { keepIntent } from "../tell/keep-intent.ts";
import type { Logger } from "../process/logger.ts";
import { programVersion } from "../process/program-version.ts";
import { ciRunUrl } from "../process/run-url.ts";
import { createScrubber, scrubTexts, secretTexts } from "../process/secret-scrubber.ts";
import { tell } from "../tell/tell.ts";
import { watchPass } from "../tell/watch-pass.ts";
import { type Wired, wire, type Wiring, type Configured } from "./wire.ts";

/** What `serve` runs all its passes with. */
export interface ServiceWiring extends Configured {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Options that the approval of a refused plan has to repeat. */
  readonly given?: GivenOptions;
}

/** What a pass that only plans is run with. */
export interface PlanPassInput extends AskedOfPass, Wiring, ServiceWiring {
  /** Called for every request that is over. */
  readonly onRequest?: OnRequest;
}

export interface RunPassInput extends PlanPassInput, Confirming {
  readonly mode: Mode;
  /** Whether to pause or resume before the pass, where that was asked for. */
  readonly stopSwitch?: StopSwitch;
  /** Called once everything is read and allowed, before the first change. */
  readonly onApply?: (planned: Pass) => void;
  /** Called when the pass is over, and before it is told. */
  readonly onPass?: (pass: Pass | undefined) => void;
}

/** Who decides whether what is planned is written. */
export interface Confirming {
  /** Asked with the report of what is planned, before the first change: a pass that is not confirmed ends as a plan. */
  readonly confirm?: ((planned: RunReport) => Promise<boolean>) | undefined;
}

/** Wires the adapters, runs one pass, tells whom it concerns (a sync only) and returns the report. Never throws for an expected problem. */
export async function runPass(input: RunPassInput): Promise<RunReport> {
  const { heartbeatUrl } = input.secrets;
  if (input.mode === "plan" || heartbeatUrl === undefined) return passAndTell(input);
  return watchPass(
    createHeartbeat(heartbeatUrl),
    (reason) => input.logger.warn(logTexts(input.config.language).heartbeatLost, { reason }),
    () => passAndTell(input),
  );
}

async function passAndTell(input: RunPassInput): Promise<RunReport> {
  const { config, clock } = input;
  const counter = createRequestCounter();
  const startedAtMs = clock.now();
  const context = reportContext(input, counter, startedAtMs);
  const { pass, tellers, loaded, close, ...attempted } = await attempt(input, counter, context);
  const memory = loaded?.kind === "memory" ? loaded.memory : undefined;
  input.onPass?.(pass);
  const { language, timezone: timeZone } = config;
  const late = lastPassNote(memory, { startedAtMs, language, timeZone });
  const scrub = createScrubber(secretTexts(input.secrets, input.surroundings.environment));
  const report = scrubTexts(withNote(attempted.report, late), scrub);
  try {
    if (report.mode === "plan" || tellers === undefined) return report;
    const told = await tell(
      report,
      pass,
      { ...tellers, scrub, runUrl: ciRunUrl(input.surroundings.environment) },
      clock.now(),
    );
    const listNotes = await keptLists(input, pass, counter);
    const noted = listNotes.reduce(withNote, told);
    return { ...scrubTexts(noted, scrub), apiCalls: counter.snapshot() };
  } catch (error) {
    // The pass is over: whatever is wrong with the telling must not take its report away.
    input.logger.error(logTexts(config.language).nobodyTold, { error });
    return { ...report, apiCalls: counter.snapshot() };
  } finally {
    close?.();
  }
}

/** After a sync the lists that records look up are as AWS has it. */
async function keptLists(
  { config, secrets, surroundings, clock, onRequest }: RunPassInput,
  pass: Pass | undefined,
  counter: RequestCounter,
): Promise<readonly ReportedNote[]> {
  if (pass === undefined) return [];
  const count: OnRequest = (api, outcome) => {
    counter.count(api);
    onRequest?.(api, outcome);
  };
  const { usesProxies } = surroundings;
  return keepLists({ config, secrets, usesProxies, clock, onRequest: count }, pass.actual.directory);
}

/** A pass that only reads and plans, with everything it knows; without the pass, the report says why it could not go on. */
export async function planPass(input: PlanPassInput): Promise<PlannedPass> {
  const counter = createRequestCounter();
  const startedAtMs = input.clock.now();
  const context = reportContext(input, counter, startedAtMs);
  const {
    report,
    loaded: _loaded,
    ...attempted
  } = await attempt({ ...input, mode: "plan" }, counter, context);
  return {
    ...attempted,
    report: scrubTexts(report, createScrubber(secretTexts(input.secrets, input.surroundings.environment))),
  };
}

function reportContext(
  { config, clock, given }: ServiceWiring,
  counter: RequestCounter,
  startedAtMs: number,
): () => ReportContext {
  const runId = randomUUID();
  const recordUrl = recordUrls(config.kintone);
  return () => ({
    runId,
    startedAtMs,
    finishedAtMs: clock.now(),
    apiCalls: counter.snapshot(),
    language: config.language,
    timeZone: config.timezone,
    fields: config.kintone.fields,
    recordUrl,
    given,
  });
}

/** What came of a pass that only planned; the pass and its world are missing where it could not go on. */
export interface PlannedPass {
  readonly report: RunReport;
  readonly pass?: Pass;
  readonly identityCenter?: IdentityCenter;
}

/** What is left to do with after a pass, whatever came of it. */
interface LooseEnds {
  readonly tellers?: Wired["tellers"];
  readonly close?: () => void;
  /** What the store had when this pass began; undefined without a store, or when it was not asked. */
  readonly loaded?: LoadedMemory | undefined;
}

interface Attempt extends PlannedPass, LooseEnds {}

async function attempt(
  input: RunPassInput,
  counter: RequestCounter,
  context: () => ReportContext,
): Promise<Attempt> {
  let ends: LooseEnds = {};
  let restUnread: PassError | undefined;
  const { runId } = context();
  const audit = input.mode === "sync" ? createAudit(input, runId) : undefined;
  try {
    const { world, tellers, close } = wire(input, (api, outcome) => {
      counter.count(api);
      input.onRequest?.(api, outcome);
    });
    ends = { tellers, close };
    const { memory: store } = tellers;
    await turnSwitch(store, input);
    const loadMemory = async (): Promise<Memory | undefined> => {
      const loaded = await store?.load();
      ends = { loaded, ...ends };
      return loaded?.kind === "memory" ? loaded.memory : undefined;
    };
    const confirmed = askForPlans(input, context);
    const pass = await reconcile(world, input.config, {
      version: programVersion,
      ...input,
      ...(store === undefined ? {} : { loadMemory }),
      ...(audit === undefined ? {} : { onOutcome: audit.add }),
      runId,
      asksFirst: input.confirm !== undefined,
      onRestUnread: (error) => {
        restUnread = error;
      },
      onApply: async (planned, memory) => {
        const isConfirmed = await confirmed(planned);
        if (isConfirmed !== "go-on") return isConfirmed;
        const before = await keepIntent(store, planned, memory, input);
        if (before === "go-on") input.onApply?.(planned);
        return before;
      },
      recordUrl: tellers.recordUrl,
    });
    const { identityCenter } = world;
    if (pass.mode === "sync") audit?.addRefusals(pass);
    const { language, guardrails } = input.config;
    const notes = [
      await audit?.end(),
      memoryNote(store && ends.loaded, language),
      guardrailNote(guardrails, language),
      restNote(restUnread, language),
    ];
    const report = notes.reduce(withNote, buildRunReport(pass, context()));
    return { report, pass, identityCenter, ...ends };
  } catch (error) {
    const failed = failedReport(error, input.mode, input.logger, context());
    return { report: withNote(failed, await audit?.end()), ...ends };
  }
}

/** Keeps a pause that was asked for, or ends it, before the pass looks whether there is one. */
async function turnSwitch(
  store: MemoryStore | undefined,
  { stopSwitch, config, clock }: RunPassInput,
): Promise<void> {
  if (stopSwitch === undefined) return;
  await keepPause(store, stopSwitch, { owner: config.owner, nowMs: clock.now() });
}

/** Asks once for each plan. While a person thinks, others may have changed what it is made of: it is looked at once more. */
function askForPlans(
  { confirm }: Confirming,
  context: () => ReportContext,
): (planned: Pass) => Promise<BeforeApply> {
  let asked: string | undefined;
  return async (planned) => {
    const { hash, changes } = planned.plan;
    if (confirm === undefined || changes.length === 0 || hash === asked) return "go-on";
    if (!(await confirm(buildRunReport({ ...planned, mode: "plan" }, context())))) return "declined";
    const isFirst = asked === undefined;
    asked = hash;
    return isFirst ? "overtaken" : "go-on";
  };
}

/** The remark that only what records changed could be read. */
function restNote(error: PassError | undefined, language: Language): ReportedNote | undefined {
  return error && { code: "rest-not-read", message: describePassError(error, language).message };
}

function withNote(report: RunReport, note: ReportedNote | undefined): RunReport {
  return note === undefined ? report : { ...report, notes: [...report.notes, note] };
}

function failedReport(error: unknown, mode: Mode, logger: Logger, context: ReportContext): RunReport {
  if (!(error instanceof PassError)) {
    logger.error(logTexts(context.language).unexpected, { error });
    const unexpected = new PassError("bug.unexpected", {
      name: error instanceof Error ? error.name : "unknown",
    });
    return failedReport(unexpected, mode, logger, context);
  }
  const text = describePassError(error, context.language);
  return buildFailedReport(mode, { code: error.code, fault: faultOf(error.code), ...text }, context);
}
