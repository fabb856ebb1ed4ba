import { faultOf, PassError } from "../../errors.ts";
import { terraformTexts } from "../../words/terraform-texts.ts";
import { recordUrls } from "../../report/record-urls.ts";
import { writeOutput } from "../write-output.ts";
import { renderReportText } from "../../report/render-report-text.ts";
import { describePassError } from "../../words/pass-errors.ts";
import { readInPlace } from "./read-in-place.ts";
import { renderTerraform } from "./render-terraform.ts";
import { type GlobalOptions, openContext } from "../command-context.ts";
import type { ProcessFace } from "../../process/process-face.ts";
import { planPass } from "../../wiring/run-pass.ts";
import { sayConfigProblems } from "../say-config-problems.ts";

/** `terraform`: writes the management account's assignments as HCL, to the file or to stdout. Exit code 1 when it cannot. */
export async function runTerraform(
  face: ProcessFace,
  options: GlobalOptions,
  out: string | undefined,
): Promise<number> {
  const context = openContext(face, options);
  const { settings, terminal, logger, language } = context;
  if (!settings.ok) return sayConfigProblems(settings.problems, context);
  const { report, pass, identityCenter } = await planPass({
    ...settings,
    surroundings: face,
    clock: face.clock,
    logger,
  });
  if (pass === undefined || identityCenter === undefined) {
    terminal.print(renderReportText(report, language, terminal.paint));
    return 1;
  }
  const inPlace = await readInPlace(pass, identityCenter).catch(whyNot);
  if (inPlace instanceof PassError) {
    const { message, hint } = describePassError(inPlace, language);
    terminal.say(`${faultOf(inPlace.code)}: ${message}\n${hint}`);
    return 1;
  }
  const recordUrl = recordUrls(settings.config.kintone);
  const file = renderTerraform(pass, { inPlace, language, recordUrl });
  const texts = terraformTexts(language);
  if (out === undefined) terminal.print(file.text);
  else if (!(await writeOutput(out, file.text, context))) return 1;
  terminal.say(texts.written(out ?? "stdout", file.assignments, file.imports));
  if (file.kept > 0) terminal.say(texts.keptCount(file.kept));
  if (file.unlisted > 0) terminal.say(texts.unlisted(file.unlisted));
  return 0;
}

function whyNot(error: unknown): PassError {
  if (error instanceof PassError) return error;
  throw error;
}
