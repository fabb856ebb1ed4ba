import { randomUUID } from "node:crypto";
import { appendFile, stat, writeFile } from "node:fs/promises";

interface RunFile {
  readonly path: string;
  readonly text: string;
}

/** What a step leaves behind; a file that is missing is not written. */
export interface RunFiles {
  /** Replaces what is there, readable by the user of the process only. */
  readonly report?: RunFile;
  /** Markdown that a later job posts; written like the report. */
  readonly reply?: RunFile;
  /** Markdown for the file that GITHUB_STEP_SUMMARY names. */
  readonly summary?: RunFile;
  /** For the file that GITHUB_OUTPUT names. */
  readonly outputs?: { readonly path: string; readonly values: Readonly<Record<string, string>> };
}

/**
 * Writes report and reply, appends the summary and the outputs, and adds the outputs `report` and `reply`, their paths, once
 * they are written. Never rejects: resolves with why files could not be written, in words that hold no secret.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#environment-files
 */
export async function writeRunFiles(files: RunFiles): Promise<readonly string[]> {
  const { report, reply, summary, outputs } = files;
  const reportTrouble = report && (await attempt("report", () => writeReport(report)));
  const replyTrouble = reply && (await attempt("reply", () => writeReport(reply)));
  const values = {
    ...outputs?.values,
    ...(report === undefined || reportTrouble !== undefined ? {} : { report: report.path }),
    ...(reply === undefined || replyTrouble !== undefined ? {} : { reply: reply.path }),
  };
  const summaryTrouble = summary && (await attempt("job summary", () => appendSummary(summary)));
  const outputTrouble =
    outputs &&
    (await attempt("outputs", () => appendFile(outputs.path, `\n${renderOutputs(values)}`, "utf8")));
  return [reportTrouble, replyTrouble, summaryTrouble, outputTrouble].filter(
    (trouble) => trouble !== undefined,
  );
}

async function writeReport({ path, text }: RunFile): Promise<void> {
  await writeFile(path, text, { encoding: "utf8", mode: 0o600 });
}

/** A step can run several commands. GitHub drops its summary as a whole when it gets larger than this. */
const maxSummaryBytes = 1024 * 1024;

async function appendSummary({ path, text }: RunFile): Promise<void> {
  const addition = Buffer.from(`\n${text}`);
  const { size } = await stat(path);
  if (size + addition.length > maxSummaryBytes) throw new SummaryFullError();
  await appendFile(path, addition);
}

class SummaryFullError extends Error {
  readonly code = "the summary of the step is full";
}

/** Each value ends where a delimiter stands that cannot be guessed, so that it cannot end itself and begin another output. */
function renderOutputs(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => {
      const delimiter = `end-${randomUUID()}`;
      return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
    })
    .join("");
}

async function attempt(what: string, write: () => Promise<void>): Promise<string | undefined> {
  try {
    await write();
    return undefined;
  } catch (error) {
    const code: unknown = error instanceof Error && "code" in error ? error.code : undefined;
    return `the ${what} could not be written (${typeof code === "string" ? code : "unknown reason"})`;
  }
}
