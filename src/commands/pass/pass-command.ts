import { randomUUID } from "node:crypto";
import { faultOf, PassError } from "../../errors.ts";
import type { Language } from "../../model/config.ts";
import type { Mode, Selection } from "../../model/pass.ts";
import type { RunReport } from "../../model/run-report.ts";
import { buildFailedReport } from "../../report/build-run-report.ts";
import { defaultMapping } from "../../model/fields.ts";
import { describePassError } from "../../words/pass-errors.ts";
import { renderReportText } from "../../report/render-report-text.ts";
import { cliTexts } from "../cli-texts.ts";
import { systemClock } from "../../wiring/clocks.ts";
import { type CommandContext, type GlobalOptions, openContext } from "../command-context.ts";
import { createRequestCounter } from "../../wiring/count-requests.ts";
import { exitCodeOf } from "../../report/exit-codes.ts";
import { runPass } from "../../wiring/run-pass.ts";
import { scrubTexts } from "../../process/secret-scrubber.ts";
import { tellConfigError } from "../tell-config-error.ts";
import { showProgress } from "../../process/show-progress.ts";
import { reportToGithub } from "../../tell/report-to-github.ts";
import { listenForStop } from "../../process/stop-signals.ts";

export interface PassCommandOptions {
  readonly mode: Mode;
  readonly json: boolean;
  readonly strict: boolean;
  readonly full?: boolean;
  readonly changesAreTwo?: boolean;
  readonly approve?: string;
  /** Path of the audit file instead of the configured one. */
  readonly audit?: string;
  readonly only?: Selection;
}

/** `plan` and `sync`: runs one pass, prints its report on stdout, sets the exit code and resolves with what others may see of it. */
export async function runPassCommand(
  options: GlobalOptions,
  command: PassCommandOptions,
): Promise<{ readonly report: RunReport; readonly language: Language }> {
  const context = openContext(options);
  const report = scrubTexts(await passReport(context, options, command), context.scrub);
  printReport(report, context, command);
  await reportToGithub({
    ...context,
    report,
    environment: process.env,
    print: (line) => void process.stderr.write(`${line}\n`),
  });
  process.exitCode = exitCodeOf(report, command);
  return { report, language: context.language };
}

function printReport(
  report: RunReport,
  { terminal, language }: CommandContext,
  { json }: PassCommandOptions,
): void {
  const text = json ? `${JSON.stringify(report)}\n` : renderReportText(report, language, terminal.paint);
  terminal.print(text, json);
}

async function passReport(
  context: CommandContext,
  { config: configFile, lang }: GlobalOptions,
  command: PassCommandOptions,
): Promise<RunReport> {
  const { settings, terminal, logger, language } = context;
  if (!settings.ok) {
    const error = new PassError("config.invalid", { problems: settings.problems });
    const report = scrubTexts(earlyReport(error, context, command.mode), context.scrub);
    const { operators } = settings;
    if (command.mode === "sync" && operators !== undefined) {
      await tellConfigError(report, { ...context, settings: operators, nowMs: systemClock.now() });
    }
    return report;
  }
  const texts = cliTexts(language);
  const stop = listenForStop(terminal, texts, () => {
    if (command.json)
      printReport(earlyReport(new PassError("pass.stopped", {}), context, command.mode), context, command);
  });
  terminal.say(texts.reading);
  try {
    const { audit, ...asked } = command;
    return await runPass({
      ...settings,
      ...asked,
      given: { config: configFile, lang, audit, full: command.full },
      config: audit === undefined ? settings.config : { ...settings.config, audit },
      clock: systemClock,
      logger,
      signal: stop.signal,
      onApply: ({ plan: { changes } }) => {
        stop.beginWriting();
        if (changes.length > 0) terminal.say(texts.applying(changes.length));
      },
      onProgress: showProgress(terminal),
    });
  } finally {
    stop.release();
  }
}

/** The report of a pass that ended before it had read anything. */
function earlyReport(error: PassError, { language }: CommandContext, mode: Mode): RunReport {
  const nowMs = systemClock.now();
  return buildFailedReport(
    mode,
    { code: error.code, fault: faultOf(error.code), ...describePassError(error, language) },
    {
      runId: randomUUID(),
      startedAtMs: nowMs,
      finishedAtMs: nowMs,
      apiCalls: createRequestCounter().snapshot(),
      language,
      fields: defaultMapping,
      recordUrl: () => "",
    },
  );
}
