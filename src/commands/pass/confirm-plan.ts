import type { RunReport } from "../../model/run-report.ts";
import { renderReportText } from "../../report/render-report-text.ts";
import { cliTexts } from "../cli-texts.ts";
import type { ProcessFace } from "../../process/process-face.ts";
import type { CommandContext } from "../command-context.ts";

/** Whether a person sits there who can be asked: in a terminal that is not a CI job's, and `--yes` was not given. */
export function asksFirst(
  { canAsk, environment: { CI: ci = "" } }: ProcessFace,
  { mode, yes = false }: { readonly mode: string; readonly yes?: boolean },
): boolean {
  const isCi = ci !== "" && ci !== "false";
  return mode === "sync" && !yes && !isCi && canAsk;
}

/** Shows what is planned and asks whether to apply it; anything but a clear yes is a no. */
export async function confirmPlan(
  planned: RunReport,
  { face, terminal, language }: CommandContext,
  verbose = false,
): Promise<boolean> {
  const texts = cliTexts(language);
  terminal.say(renderReportText(planned, language, terminal.paint, { verbose }));
  const answer = await face.ask(texts.confirm);
  const isYes = answer !== undefined && /^(?:y|yes|はい)$/iu.test(answer.trim());
  if (!isYes) terminal.say(texts.declined);
  return isYes;
}
