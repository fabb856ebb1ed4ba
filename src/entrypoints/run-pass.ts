import { randomUUID } from "node:crypto";
import { createAwsClients } from "../aws/clients.ts";
import { createIdentityCenter } from "../aws/identity-center.ts";
import { createPolicyAnalyzer } from "../aws/policy-analyzer.ts";
import { faultOf, PassError } from "../errors.ts";
import { createKintoneClient } from "../kintone/client.ts";
import { createRecordComments } from "../kintone/record-comments.ts";
import { createRecordSource } from "../kintone/record-source.ts";
import { openMemory } from "../memory/open-memory.ts";
import type { Config, Secrets } from "../model/config.ts";
import type { Mode, Pass } from "../model/pass.ts";
import type { ReportedNote, RunReport } from "../model/run-report.ts";
import type { Clock, IdentityCenter } from "../ports.ts";
import { reconcile, type PassOptions, type World } from "../reconcile.ts";
import { buildFailedReport, buildRunReport, type ReportContext } from "../report/build-run-report.ts";
import { describePassError } from "../report/messages/pass-errors.ts";
import { recordUrls } from "../report/record-urls.ts";
import { createOperatorChannel } from "../slack/operator-channel.ts";
import { createAudit } from "./audit.ts";
import { awsCredentials } from "./aws-credentials.ts";
import { awsProxy } from "./aws-proxy.ts";
import { createRequestCounter, type RequestCounter } from "./count-requests.ts";
import { digest } from "./digest.ts";
import type { Logger } from "./logger.ts";
import { createScrubber, scrubTexts, secretTexts } from "./secret-scrubber.ts";
import { tell, type Tellers } from "./tell.ts";

export interface RunPassInput extends Omit<PassOptions, "recordUrl" | "memory" | "onOutcome"> {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Wires the adapters, runs one pass, tells whom it concerns (a sync only) and returns the report. Never throws for an expected problem. */
export async function runPass(input: RunPassInput): Promise<RunReport> {
  const { clock, mode } = input;
  const counter = createRequestCounter();
  const context = reportContext(input, counter, clock.now());
  const { pass, tellers, ...attempted } = await attempt(input, counter, context);
  const scrub = createScrubber(secretTexts(input.secrets, process.env));
  const report = scrubTexts(attempted.report, scrub);
  if (mode === "plan" || tellers === undefined) return report;
  try {
    const told = await tell(report, pass, { ...tellers, scrub }, clock.now());
    return { ...told, apiCalls: counter.snapshot() };
  } catch (error) {
    // The pass is over: whatever is wrong with the telling must not take its report away.
    input.logger.error("nobody could be told", { error });
    return { ...report, apiCalls: counter.snapshot() };
  }
}

/** A pass that only reads and plans, with everything it knows; without the pass, the report says why it could not go on. */
export async function planPass(
  input: Omit<RunPassInput, "mode">,
): Promise<Pick<Attempt, "report" | "pass" | "identityCenter">> {
  const counter = createRequestCounter();
  const startedAtMs = input.clock.now();
  const context = reportContext(input, counter, startedAtMs);
  const { report, ...attempted } = await attempt({ ...input, mode: "plan" }, counter, context);
  return {
    ...attempted,
    report: scrubTexts(report, createScrubber(secretTexts(input.secrets, process.env))),
  };
}

function reportContext(
  { config, clock }: Pick<RunPassInput, "config" | "clock">,
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
    fields: config.kintone.fields,
    recordUrl,
  });
}

const commentDeadlineMs = 10_000;

type WiredTellers = Omit<Tellers, "scrub">;

interface Attempt {
  readonly report: RunReport;
  readonly pass?: Pass;
  readonly tellers?: WiredTellers;
  readonly identityCenter?: IdentityCenter;
}

async function attempt(
  input: RunPassInput,
  counter: RequestCounter,
  context: () => ReportContext,
): Promise<Attempt> {
  let tellers: WiredTellers | undefined;
  try {
    const wired = wire(input, counter);
    tellers = wired.tellers;
    const memory = await tellers.memory?.load();
    const audit = input.mode === "sync" ? createAudit(input, context().runId) : undefined;
    const pass = await reconcile(wired.world, input.config, {
      ...input,
      ...(memory === undefined ? {} : { memory }),
      ...(audit === undefined ? {} : { onOutcome: audit.add }),
      recordUrl: tellers.recordUrl,
    });
    const { identityCenter } = wired.world;
    audit?.addRefusals(pass);
    const report = withNote(buildRunReport(pass, context()), audit?.noteMissing());
    return { report, pass, tellers, identityCenter };
  } catch (error) {
    const report = failedReport(error, input.mode, input.logger, context());
    return tellers === undefined ? { report } : { report, tellers };
  }
}

function withNote(report: RunReport, note: ReportedNote | undefined): RunReport {
  return note === undefined ? report : { ...report, notes: [...report.notes, note] };
}

function failedReport(error: unknown, mode: Mode, logger: Logger, context: ReportContext): RunReport {
  if (!(error instanceof PassError)) {
    logger.error("unexpected error", { error });
    const unexpected = new PassError("bug.unexpected", {
      name: error instanceof Error ? error.name : "unknown",
    });
    return failedReport(unexpected, mode, logger, context);
  }
  const text = describePassError(error, context.language);
  return buildFailedReport(mode, { code: error.code, fault: faultOf(error.code), ...text }, context);
}

function wire(
  { config, secrets, clock, logger, adopting }: RunPassInput,
  counter: RequestCounter,
): { readonly world: World; readonly tellers: WiredTellers } {
  const kintone = {
    client: createKintoneClient({ config: config.kintone, secrets }),
    config: config.kintone,
    clock,
    onRequest: () => counter.count("kintone"),
  };
  const { region } = config.identityCenter;
  const connection = { region, clock, onRequest: counter.count, ...awsProxy(region) };
  const credentials = awsCredentials(process.env, connection);
  const clients = createAwsClients({ ...connection, pace: config.pace, credentials });
  const { owner, language } = config;
  const policyAnalyzer = createPolicyAnalyzer({ client: clients.accessAnalyzer, clock, language });
  const identityCenter = createIdentityCenter({
    clients,
    clock,
    owner,
    ...config.identityCenter,
    adopting,
  });
  return {
    world: { records: createRecordSource(kintone), identityCenter, policyAnalyzer, clock, digest },
    tellers: {
      config,
      comments:
        config.comments === "off"
          ? undefined
          : createRecordComments({ ...kintone, deadlineMs: commentDeadlineMs }),
      ownLogin: secrets.kintone.kind === "password" ? secrets.kintone.username : undefined,
      operators: operatorChannel(config, secrets, counter),
      memory:
        config.memory === undefined
          ? undefined
          : openMemory(config.memory, owner, { region, credentials, ...awsProxy(region) }),
      logger,
      clock,
      recordUrl: recordUrls(config.kintone),
    },
  };
}

function operatorChannel(
  { slack }: Config,
  { slackBotToken }: Secrets,
  counter: RequestCounter,
): Tellers["operators"] {
  if (slack === undefined || slackBotToken === undefined) return undefined;
  return createOperatorChannel({ token: slackBotToken, ...slack, onRequest: () => counter.count("slack") });
}
