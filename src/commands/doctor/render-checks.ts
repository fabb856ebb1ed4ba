import type { ConfigProblem, PassError } from "../../errors.ts";
import type { Language } from "../../model/config.ts";
import type { CheckResult, CheckStatus, FindingCode, FindingParams } from "./checks.ts";
import { type CheckTexts, checkTexts, type FindingText, subjectTitle } from "../../words/check-texts.ts";
import { describePassError } from "../../words/pass-errors.ts";
import type { Paint } from "../../report/paint.ts";
import { safeLine } from "../../report/safe-text.ts";
import { configProblemLine } from "../../words/pass-error-messages.ts";
import { cliTexts } from "../cli-texts.ts";

/** What `doctor --json` prints: one document. */
export interface CheckReport {
  readonly schemaVersion: 1;
  readonly result: "passed" | "failed";
  readonly checks: readonly {
    readonly check: string;
    /** Id of the kintone app kind, or the IAM action. */
    readonly of?: string;
    readonly status: CheckStatus;
    readonly message: string;
    readonly hint?: string;
  }[];
}

/** Every check with its words in the language. */
export function buildCheckReport(results: readonly CheckResult[], language: Language): CheckReport {
  const texts = checkTexts(language);
  const checks = results.map((result) => {
    const { check, ...of } = result.subject;
    const [about] = Object.values<string>(of);
    const found = describe(result, texts, language);
    return { check, ...(about === undefined ? {} : { of: about }), status: result.status, ...found };
  });
  const result = checks.some(({ status }) => status === "failed") ? "failed" : "passed";
  return { schemaVersion: 1, result, checks };
}

const marks: Readonly<Record<CheckStatus, string>> = { passed: "✓", failed: "✗", skipped: "–" };

/** One line per check, and under it what to do. */
export function renderChecks(results: readonly CheckResult[], language: Language, paint: Paint): string {
  const texts = checkTexts(language);
  const colours = { passed: paint.create, failed: paint.remove, skipped: paint.dim };
  const lines = results.flatMap((result) => {
    const alike = results.filter((other) => isFolded(other) && other.status === result.status);
    if (isFolded(result) && alike.length > 1) {
      const line = `${colours[result.status](marks[result.status])} ${texts.folded[result.status](alike.length)}`;
      return result === alike[0] ? [line] : [];
    }
    const { message, hint } = describe(result, texts, language);
    const title = subjectTitle(result.subject, texts);
    const problems = problemsIn(result);
    const line =
      problems.length === 0 ? safeLine(message) : cliTexts(language).configInvalid(problems.length);
    return [
      `${colours[result.status](marks[result.status])} ${title}: ${line}`,
      ...problems.map((problem) => `    ${safeLine(configProblemLine(problem))}`),
      ...(hint === undefined ? [] : [`    → ${safeLine(hint)}`]),
    ];
  });
  const count = (wanted: CheckStatus): number => results.filter(({ status }) => status === wanted).length;
  return `${lines.join("\n")}\n\n${paint.heading(texts.summary(count("failed"), count("skipped")))}\n`;
}

/** Permissions that are there, and those that cannot be tried, are one line: the others are what has to be read. */
function isFolded({ subject, status }: CheckResult): boolean {
  return subject.check === "aws-permission" && status !== "failed";
}

/** Problems of the configuration, each of which has a line of its own. */
function problemsIn(result: CheckResult): readonly ConfigProblem[] {
  return "error" in result && isInvalidConfig(result.error) ? result.error.params.problems : [];
}

function isInvalidConfig(error: PassError): error is PassError<"config.invalid"> {
  return error.code === "config.invalid";
}

function describe(result: CheckResult, texts: CheckTexts, language: Language): FindingText {
  if ("error" in result) return describePassError(result.error, language);
  if ("after" in result) return { message: texts.after(subjectTitle(result.after, texts)) };
  return describeFinding(result.code, result.params, texts);
}

function describeFinding<Code extends FindingCode>(
  code: Code,
  params: FindingParams[Code],
  { findings }: CheckTexts,
): FindingText {
  return findings[code](params);
}
