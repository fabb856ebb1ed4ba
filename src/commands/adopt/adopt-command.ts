import type { RequestId } from "../../model/ids.ts";
import type { Config } from "../../model/config.ts";
import type { Outcome } from "../../model/outcome.ts";
import type { Pass } from "../../model/pass.ts";
import { planAdoption, type Adoption } from "./plan-adoption.ts";
import { proveAdoption } from "./prove-adoption.ts";
import type { Change } from "../../model/plan.ts";
import type { IdentityCenter, StartResult } from "../../ports.ts";
import { adoptCommand } from "../../report/commands-to-copy.ts";
import { adoptionTexts } from "../../words/adoption-texts.ts";
import { type AdoptionLine, renderAdoption } from "./render-adoption-text.ts";
import { describePause } from "../../words/pause-texts.ts";
import { renderReportText } from "../../report/render-report-text.ts";
import { createAudit } from "../../wiring/audit.ts";
import { type CommandContext, type GlobalOptions, openContext } from "../command-context.ts";
import type { ProcessFace } from "../../process/process-face.ts";
import { planPass } from "../../wiring/run-pass.ts";
import { sayConfigProblems } from "../say-config-problems.ts";

/** `adopt`: shows what taking over existing permission sets would mean and, with `yes`, tags them. Exit code 1 unless every set can be. */
export async function runAdopt(
  face: ProcessFace,
  options: GlobalOptions,
  names: readonly string[],
  yes: boolean,
): Promise<number> {
  const context = openContext(face, options);
  const { settings, terminal, logger, language } = context;
  if (!settings.ok) return sayConfigProblems(settings.problems, context);
  const wiring = { ...settings, surroundings: face, clock: face.clock, logger };
  const adopting = new Set(names);
  const { report, pass, identityCenter } = await planPass({ ...wiring, adopting });
  if (pass === undefined || identityCenter === undefined) {
    terminal.print(renderReportText(report, language, terminal.paint));
    return 1;
  }
  const adoptions = [...adopting].map((name) => judge(name, pass, settings.config));
  const isRefused = adoptions.some(({ kind }) => kind === "refused");
  const write = yes && !isRefused && pass.paused === undefined;
  const prove = () => proveAdoption(wiring, pass.actual.instance.arn, changesIn(adoptions));
  const unproven = write ? await prove() : undefined;
  const audit = createAudit(wiring, report.runId);
  const writing = { write, unproven, identityCenter, note: (outcome: Outcome) => audit?.add(outcome, pass) };
  const lines = await Promise.all(adoptions.map((one) => carryOut(one, writing, context)));
  await audit?.end();
  terminal.print(renderAdoption(lines, report, language, terminal.paint));
  if (pass.paused !== undefined) {
    terminal.say(describePause(pass.paused, language, settings.config.timezone));
    return Number(yes);
  }
  if (!write) terminal.say(whyNothing(adoptCommand(names, options), isRefused, context));
  return Number(!lines.every(({ good }) => good));
}

/** The tags that the possible ones of them take. */
export function changesIn(adoptions: readonly Adoption[]): readonly Change[] {
  return adoptions.flatMap((one) => (one.kind === "possible" ? [one.change] : []));
}

function judge(name: string, { actual, desired, plan }: Pass, { owner }: Config): Adoption {
  return planAdoption(name, { actual, desired, plan, owner });
}

interface Writing {
  readonly write: boolean;
  /** Why the next pass would not believe the tags; undefined when it will. */
  readonly unproven: string | undefined;
  readonly identityCenter: IdentityCenter;
  /** Told of what became of each change. */
  readonly note: (outcome: Outcome) => void;
}

/** Tags the set where that is possible and wanted, and says how it stands with it. */
export async function carryOut(
  adoption: Adoption,
  { write, unproven, identityCenter, note }: Writing,
  { face: { clock }, language }: CommandContext,
): Promise<AdoptionLine> {
  const texts = adoptionTexts(language);
  const { name } = adoption;
  if (adoption.kind === "refused") return { name, good: false, text: texts.refusals[adoption.reason] };
  if (!write) return { name, good: true, text: texts.possible };
  if (unproven !== undefined) return { name, good: false, text: unproven };
  const { change } = adoption;
  const startedAtMs = clock.now();
  const result = await identityCenter.startChange(change, change.target.permissionSetArn);
  const done = { change, startedAtMs, finishedAtMs: clock.now() };
  if (result.status !== "failed") {
    note({ ...done, status: "applied", ...requestIdOf(result) });
    return { name, good: true, text: texts.adopted };
  }
  note({ ...done, status: "failed", reason: result.reason });
  const { code, message } = result.reason;
  const hint = code === "AccessDeniedException" ? ` ${texts.takeOverNeeded}` : "";
  return { name, good: false, text: `${texts.failed(`${code}: ${message}`)}${hint}` };
}

function requestIdOf(result: StartResult): { readonly requestId?: RequestId } {
  if (result.status !== "done" || result.requestId === undefined) return {};
  return { requestId: result.requestId };
}

function whyNothing(command: string, isRefused: boolean, { language }: CommandContext): string {
  const texts = adoptionTexts(language);
  if (isRefused) return texts.nothingWrittenForRefusals;
  return texts.nothingWritten(command);
}
