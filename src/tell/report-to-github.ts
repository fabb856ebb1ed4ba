import { join } from "node:path";
import { isOfPrivateRepository } from "../github/decide-event.ts";
import { readEvent } from "../github/read-event.ts";
import { type RunFiles, writeRunFiles } from "../github/write-run-files.ts";
import type { Language } from "../model/config.ts";
import type { RunReport } from "../model/run-report.ts";
import { renderAnnotations } from "./github-annotations.ts";
import { renderGithubReply, renderGithubSummary } from "./github-summary.ts";
import type { Logger } from "../process/logger.ts";
import { runUrl } from "../process/run-url.ts";
import { type Scrub, scrubTexts } from "../process/secret-scrubber.ts";

export interface GithubStep {
  readonly report: RunReport;
  readonly language: Language;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Writes the line as it is: it is a workflow command, which the terminal would disarm. Standard output may be one JSON document, so standard error is the place. */
  readonly print: (line: string) => void;
  readonly scrub: Scrub;
  readonly logger: { readonly warn: Logger["warn"] };
  /** Where the report's JSON goes; default a file in RUNNER_TEMP. */
  readonly reportPath?: string;
}

/** Tells GitHub Actions of a pass: the job summary, the step's outputs, the report as a file, and annotations. Elsewhere it does nothing. It cannot fail the pass. */
export async function reportToGithub(step: GithubStep): Promise<void> {
  const { environment, language, print, scrub, logger } = step;
  if (environment["GITHUB_ACTIONS"] !== "true") return;
  const report = scrubTexts(step.report, scrub);
  for (const line of renderAnnotations(report, language)) print(line);
  const isPrivate = isOfPrivateRepository(await readEvent(environment));
  for (const reason of await writeRunFiles(runFiles(report, step, isPrivate))) logger.warn(reason);
}

function runFiles(
  report: RunReport,
  { environment, language, reportPath }: GithubStep,
  isPrivate: boolean,
): RunFiles {
  const { GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: outputs, RUNNER_TEMP: folder } = environment;
  const inFolder = (name: string): string | undefined =>
    folder === undefined ? undefined : join(folder, `kintone-sso-sync-${name}`);
  const path = reportPath ?? inFolder("report.json");
  const reply = inFolder("reply.md");
  return {
    ...(path === undefined ? {} : { report: { path, text: `${JSON.stringify(report)}\n` } }),
    ...(reply === undefined
      ? {}
      : {
          reply: {
            path: reply,
            text: renderGithubReply(report, language, { runUrl: runUrl(environment), isPrivate }),
          },
        }),
    ...(summary === undefined
      ? {}
      : { summary: { path: summary, text: renderGithubSummary(report, language) } }),
    ...(outputs === undefined ? {} : { outputs: { path: outputs, values: outputValues(report) } }),
  };
}

function outputValues({ result, counts, plan }: RunReport): Readonly<Record<string, string>> {
  const numbers = Object.entries(counts).map(([name, number]) => [name, String(number)] as const);
  return { result, ...(plan === undefined ? {} : { hash: plan.hash }), ...Object.fromEntries(numbers) };
}
