import { randomUUID } from "node:crypto";
import { faultOf, PassError } from "../../errors.ts";
import type { Language } from "../../model/config.ts";
import type { Mode, Selection } from "../../model/pass.ts";
import type { RunReport } from "../../model/run-report.ts";
import { buildFailedReport } from "../../report/build-run-report.ts";
import { defaultMapping } from "../../model/fields.ts";
import { describePassError } from "../../words/pass-errors.ts";
import { allowedChanges } from "../../model/pass.ts";
import { countPlan } from "../../report/plan-view/count-plan.ts";
import { planTexts } from "../../words/plan-texts.ts";
import { renderPlanPage } from "../../report/plan-page/render-plan-page.ts";
import { renderReportText } from "../../report/render-report-text.ts";
import { cliTexts } from "../cli-texts.ts";
import { type CommandContext, type GlobalOptions, openContext } from "../command-context.ts";
import { createRequestCounter } from "../../wiring/count-requests.ts";
import { exitCodeOf } from "../../report/exit-codes.ts";
import { runPass, type Confirming } from "../../wiring/run-pass.ts";
import { asksFirst, confirmPlan } from "./confirm-plan.ts";
import type { ProcessFace } from "../../process/process-face.ts";
import { scrubTexts } from "../../process/secret-scrubber.ts";
import type { Pass } from "../../model/pass.ts";
import { markAccess } from "../../report/plan-page/marked-access.ts";
import { recordUrls } from "../../report/record-urls.ts";
import { writeOutput } from "../write-output.ts";
import { tellConfigError } from "../tell-config-error.ts";
import { showProgress } from "../../process/show-progress.ts";
import { showReading } from "../../process/show-reading.ts";
import type { StopSwitch } from "../../tell/keep-pause.ts";
import { renderGithubSummary } from "../../tell/github-summary.ts";
import { reportToGithub } from "../../tell/report-to-github.ts";
import { listenForStop } from "../../process/stop-signals.ts";

export interface PassCommandOptions {
  readonly mode: Mode;
  readonly json: boolean;
  readonly strict: boolean;
  readonly full?: boolean;
  /** Whether the pass also looks at a share of what no record changed. */
  readonly rotates?: boolean;
  readonly changesAreTwo?: boolean;
  readonly approve?: string;
  /** GitHub login of who approves. */
  readonly approver?: string;
  /** Whether to pause or resume before the pass, where that was asked for. */
  readonly stopSwitch?: StopSwitch;
  /** Path of the audit file instead of the configured one. */
  readonly audit?: string;
  readonly only?: Selection;
  /** Write without asking, also in a terminal. */
  readonly yes?: boolean;
  /** Show every name and line of the plan. */
  readonly verbose?: boolean;
  /** Where to write the report as a page or as Markdown. */
  readonly out?: string;
}

const failed = 1;

/** `plan` and `sync`: runs one pass, prints its report on stdout and resolves with what others may see of it, and the exit code. */
export async function runPassCommand(
  face: ProcessFace,
  options: GlobalOptions,
  command: PassCommandOptions,
): Promise<{ readonly report: RunReport; readonly language: Language; readonly exitCode: number }> {
  const context = openContext(face, options);
  let shown: string | undefined;
  const confirm = asksFirst(face, command)
    ? async (planned: RunReport): Promise<boolean> => {
        shown = planned.plan?.hash;
        return confirmPlan(scrubTexts(planned, context.scrub), context, command.verbose);
      }
    : undefined;
  let pass: Pass | undefined;
  const onPass = (ended: Pass | undefined): void => {
    pass = ended;
  };
  const report = scrubTexts(
    await passReport(context, options, { ...command, confirm, onPass }),
    context.scrub,
  );
  printReport(report, context, command, shown !== undefined && shown === report.plan?.hash);
  await reportToGithub({
    ...context,
    report,
    environment: face.environment,
    print: (line) => void face.stderr.write(`${line}\n`),
  });
  const isDeclined = command.mode === "sync" && report.mode === "plan";
  const { out } = command;
  const isWritten =
    out === undefined || (await writeOutput(out, renderFile(out, report, pass, context), context));
  const exitCode = isDeclined || !isWritten ? failed : exitCodeOf(report, command);
  return { report, language: context.language, exitCode };
}

/** The report as the file's name asks for it. */
function renderFile(
  path: string,
  report: RunReport,
  pass: Pass | undefined,
  { settings, language, scrub }: CommandContext,
): string {
  if (!/\.html$/iu.test(path)) return renderGithubSummary(report, language);
  const reader = { language, timeZone: settings.ok ? settings.config.timezone : "UTC" };
  if (pass === undefined || !settings.ok) return renderPlanPage(report, reader);
  const { owner, kintone } = settings.config;
  const nowMs = Date.parse(report.finishedAt);
  const access = markAccess(pass, { nowMs, owner, recordUrl: recordUrls(kintone) });
  return renderPlanPage(report, reader, { ...access, report: scrubTexts(access.report, scrub) });
}

function printReport(
  report: RunReport,
  { terminal, language }: CommandContext,
  { json, verbose = false }: PassCommandOptions,
  isPlanKnown = false,
): void {
  const text = json
    ? `${JSON.stringify(report)}\n`
    : renderReportText(report, language, terminal.paint, { verbose, isPlanKnown });
  terminal.print(text, json);
}

interface Watching {
  /** Called when the pass is over. */
  readonly onPass?: (pass: Pass | undefined) => void;
}

type RefusedSettings = Extract<CommandContext["settings"], { readonly ok: false }>;

async function passReport(
  context: CommandContext,
  { config: configFile, lang }: GlobalOptions,
  command: PassCommandOptions & Confirming & Watching,
): Promise<RunReport> {
  const { face, settings, terminal, logger, language } = context;
  if (!settings.ok) return configReport(context, settings, command.mode);
  const texts = cliTexts(language);
  const stop = listenForStop(face, terminal, texts, () => {
    if (command.json)
      printReport(earlyReport(new PassError("pass.stopped", {}), context, command.mode), context, command);
  });
  terminal.say(texts.reading);
  const line = showReading(terminal, face.stderr, texts, () => face.clock.now());
  const { confirm, onPass } = command;
  try {
    const { audit, ...asked } = command;
    return await runPass({
      ...settings,
      ...asked,
      given: { config: configFile, lang, audit, full: command.full },
      config: audit === undefined ? settings.config : { ...settings.config, audit },
      surroundings: face,
      clock: face.clock,
      logger,
      signal: stop.signal,
      onRequest: (api, outcome) => line.onRequest(api !== "kintone" && outcome === "throttled"),
      onWaiting: line.onWaiting,
      confirm:
        confirm &&
        ((planned) => {
          line.end();
          return confirm(planned);
        }),
      onPass: (pass) => {
        line.end();
        onPass?.(pass);
      },
      onApply: (planned) => {
        line.end();
        stop.beginWriting();
        const changes = allowedChanges(planned);
        if (changes.length > 0)
          terminal.say(texts.applying(planTexts(language).size(countPlan({ changes }), changes.length)));
      },
      onProgress: showProgress(terminal, face.stderr),
    });
  } finally {
    line.end();
    stop.release();
  }
}

/** The report of a pass whose configuration cannot work, which operators hear of where that much is known. */
async function configReport(
  context: CommandContext,
  { problems, operators }: RefusedSettings,
  mode: Mode,
): Promise<RunReport> {
  const error = new PassError("config.invalid", { problems });
  const report = scrubTexts(earlyReport(error, context, mode), context.scrub);
  if (mode === "sync" && operators !== undefined) {
    const nowMs = context.face.clock.now();
    await tellConfigError(report, { ...context, settings: operators, surroundings: context.face, nowMs });
  }
  return report;
}

/** The report of a pass that ended before it had read anything. */
function earlyReport(error: PassError, { language, face }: CommandContext, mode: Mode): RunReport {
  const nowMs = face.clock.now();
  return buildFailedReport(
    mode,
    { code: error.code, fault: faultOf(error.code), ...describePassError(error, language) },
    {
      runId: randomUUID(),
      startedAtMs: nowMs,
      finishedAtMs: nowMs,
      apiCalls: createRequestCounter().snapshot(),
      language,
      timeZone: "UTC",
      fields: defaultMapping,
      recordUrl: () => "",
    },
  );
}
