import { createInterface } from "node:readline/promises";
import type { RunReport } from "../../model/run-report.ts";
import { renderReportText } from "../../report/render-report-text.ts";
import { cliTexts } from "../cli-texts.ts";
import type { CommandContext } from "../command-context.ts";

/** Whether a person sits there who can be asked: in a terminal that is not a CI job's, and nobody has said yes already. */
export function asksFirst({ mode, yes = false }: { readonly mode: string; readonly yes?: boolean }): boolean {
  const isCi = (process.env["CI"] ?? "") !== "" && process.env["CI"] !== "false";
  return mode === "sync" && !yes && !isCi && process.stdin.isTTY && process.stderr.isTTY;
}

/** Shows what is planned and asks whether to apply it; anything but a clear yes is a no. */
export async function confirmPlan(
  planned: RunReport,
  { terminal, language }: Pick<CommandContext, "terminal" | "language">,
  verbose = false,
): Promise<boolean> {
  const texts = cliTexts(language);
  terminal.say(renderReportText(planned, language, terminal.paint, { verbose }));
  const isYes = await askForYes(texts.confirm);
  if (!isYes) terminal.say(texts.declined);
  return isYes;
}

async function askForYes(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl+C and the end of what is typed are a no.
  const left = new AbortController();
  lines.on("SIGINT", () => left.abort());
  lines.on("close", () => left.abort());
  try {
    const answer = await lines.question(question, { signal: left.signal });
    return /^(?:y|yes|はい)$/iu.test(answer.trim());
  } catch {
    return false;
  } finally {
    lines.close();
  }
}
