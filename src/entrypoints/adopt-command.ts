import type { Config } from "../model/config.ts";
import type { Pass } from "../model/pass.ts";
import { planAdoption, type Adoption } from "../plan/plan-adoption.ts";
import type { IdentityCenter } from "../ports.ts";
import { adoptionTexts } from "../report/messages/adoption-texts.ts";
import { type AdoptionLine, renderAdoption } from "../report/render-adoption-text.ts";
import { renderReportText } from "../report/render-report-text.ts";
import { systemClock } from "./clocks.ts";
import { type CommandContext, type GlobalOptions, openContext } from "./command-context.ts";
import { digest } from "./digest.ts";
import { planPass } from "./run-pass.ts";
import { sayConfigProblems } from "./say-config-problems.ts";

/** `adopt`: shows what taking over existing permission sets would mean and, with `yes`, tags them. Exit code 1 unless every set can be. */
export async function runAdopt(
  options: GlobalOptions,
  names: readonly string[],
  yes: boolean,
): Promise<void> {
  const context = openContext(options);
  const { settings, terminal, logger, language } = context;
  if (!settings.ok) {
    sayConfigProblems(settings.problems, context);
    return;
  }
  const adopting = new Set(names);
  const { report, pass, identityCenter } = await planPass({
    ...settings,
    clock: systemClock,
    logger,
    adopting,
  });
  if (pass === undefined || identityCenter === undefined) {
    terminal.print(renderReportText(report, language, terminal.paint));
    process.exitCode = 1;
    return;
  }
  const adoptions = [...adopting].map((name) => judge(name, pass, settings.config));
  const isRefused = adoptions.some(({ kind }) => kind === "refused");
  const write = yes && !isRefused;
  const lines = await Promise.all(adoptions.map((one) => carryOut(one, write, identityCenter, context)));
  terminal.print(renderAdoption(lines, report, language, terminal.paint));
  if (!write) terminal.say(whyNothing(names, isRefused, context));
  if (lines.some(({ good }) => !good)) process.exitCode = 1;
}

function judge(name: string, { actual, desired, plan }: Pass, { owner }: Config): Adoption {
  return planAdoption(name, { actual, desired, plan, owner, digest });
}

async function carryOut(
  adoption: Adoption,
  write: boolean,
  identityCenter: IdentityCenter,
  { language }: CommandContext,
): Promise<AdoptionLine> {
  const texts = adoptionTexts(language);
  const { name } = adoption;
  if (adoption.kind === "refused") return { name, good: false, text: texts.refusals[adoption.reason] };
  if (!write) return { name, good: true, text: texts.possible };
  const { change } = adoption;
  const result = await identityCenter.startChange(change, change.target.permissionSetArn);
  if (result.status !== "failed") return { name, good: true, text: texts.adopted };
  const { code, message } = result.reason;
  return { name, good: false, text: texts.failed(`${code}: ${message}`) };
}

function whyNothing(names: readonly string[], isRefused: boolean, { language }: CommandContext): string {
  const texts = adoptionTexts(language);
  if (isRefused) return texts.nothingWrittenForRefusals;
  return texts.nothingWritten(`kintone-sso-sync adopt ${names.join(" ")} --yes`);
}
