import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { PassError } from "../../errors.ts";
import { judgeSets } from "../../importing/judge-sets.ts";
import { type ImportPlan, planImport } from "../../importing/plan-import.ts";
import { addRecords } from "../../kintone/add-records.ts";
import { createKintoneClient } from "../../kintone/client.ts";
import type { Config, Secrets } from "../../model/config.ts";
import type { Directory } from "../../model/directory.ts";
import type { Outcome } from "../../model/outcome.ts";
import type { Pass } from "../../model/pass.ts";
import { recordUrls } from "../../report/record-urls.ts";
import { renderReportText } from "../../report/render-report-text.ts";
import { safeLine } from "../../report/safe-text.ts";
import { createAudit } from "../../wiring/audit.ts";
import type { ProcessFace } from "../../process/process-face.ts";
import { keepLists } from "../../wiring/keep-lists.ts";
import { planPass, type PlannedPass } from "../../wiring/run-pass.ts";
import { importTexts } from "../../words/import-texts.ts";
import { describePause } from "../../words/pause-texts.ts";
import { describePassError } from "../../words/pass-errors.ts";
import { carryOut, changesIn } from "../adopt/adopt-command.ts";
import { proveAdoption } from "../adopt/prove-adoption.ts";
import { planAdoption } from "../adopt/plan-adoption.ts";
import { type CommandContext, type GlobalOptions, openContext } from "../command-context.ts";
import { sayConfigProblems } from "../say-config-problems.ts";
import { renderCsv } from "./render-csv.ts";
import { renderImport } from "./render-import.ts";

export interface ImportOptions {
  readonly csv?: string;
  readonly append?: boolean;
  readonly include?: readonly string[];
  readonly withoutLogin?: readonly string[];
  readonly yes?: boolean;
}

type Found = Required<PlannedPass>;

const failed = 1;

/** One import: what it works with and what is said where. */
interface Import {
  readonly settings: { readonly config: Config; readonly secrets: Secrets };
  readonly context: CommandContext;
  readonly options: ImportOptions;
}

/** `import`: shows the records that stand for what exists and, with `yes`, adds them, proves them and adopts the sets. */
export async function runImport(
  face: ProcessFace,
  globals: GlobalOptions,
  options: ImportOptions,
): Promise<number> {
  const context = openContext(face, globals);
  const { settings, terminal, language } = context;
  if (!settings.ok) return sayConfigProblems(settings.problems, context);
  const one: Import = { settings, context, options };
  const found = await readAll(one);
  if (found === undefined) return failed;
  const plan = planOf(one, found.pass);
  terminal.print(renderImport(plan, found.pass.actual.directory, language, terminal.paint));
  const isWritten = options.csv === undefined || (await writeCsv(options.csv, plan, found.pass, context));
  const isNothing = importedNames(plan).length === 0;
  if (isNothing && plan.ours + plan.foreignRecords === 0) terminal.say(importTexts(language).begin);
  const isDone = isNothing || (await carryOutImport(one, plan, found.pass));
  return isWritten && isDone ? 0 : failed;
}

/** False, and said, when not all was done. */
async function carryOutImport(one: Import, plan: ImportPlan, pass: Pass): Promise<boolean> {
  const { context, options, settings } = one;
  const { paused } = pass;
  const texts = importTexts(context.language);
  if (options.yes !== true) {
    context.terminal.say(texts.nothingWritten("kintone-sso-sync import --yes"));
    return true;
  }
  if (paused !== undefined) {
    context.terminal.say(describePause(paused, context.language, settings.config.timezone));
    return false;
  }
  const { directory } = pass.actual;
  const isComplete = plan.permissionSets.length + plan.assignments.length === 0;
  if (!isComplete && plan.foreignRecords > 0 && options.append !== true) {
    context.terminal.say(texts.notEmpty(plan.foreignRecords));
    return false;
  }
  return (isComplete || (await addAll(one, plan, directory))) && adoptProven(one, plan);
}

/** Identity Center with every set in full that may be imported; undefined, and said, when it cannot be read. */
async function readAll(one: Import): Promise<Found | undefined> {
  const outline = await readWith(one, new Set());
  if (outline === undefined) return undefined;
  const verdicts = judgeSets(outline.pass.actual, one.settings.config);
  const candidates = [...verdicts].filter(([, { kind }]) => kind === "candidate").map(([name]) => name);
  return candidates.length === 0 ? outline : readWith(one, new Set(candidates));
}

async function readWith(
  { settings, context }: Import,
  adopting: ReadonlySet<string>,
): Promise<Found | undefined> {
  const { face, terminal, logger, language } = context;
  const { report, pass, identityCenter } = await planPass({
    ...settings,
    surroundings: face,
    clock: face.clock,
    logger,
    adopting,
  });
  if (pass !== undefined && identityCenter !== undefined) return { report, pass, identityCenter };
  terminal.print(renderReportText(report, language, terminal.paint));
  return undefined;
}

function planOf(
  { settings: { config }, context: { face }, options }: Import,
  { actual, source }: Pass,
): ImportPlan {
  return planImport({
    actual,
    source,
    config,
    recordUrl: recordUrls(config.kintone),
    nowMs: face.clock.now(),
    named: new Set(options.include),
    withoutLogin: new Set(options.withoutLogin),
  });
}

function importedNames({ sets }: ImportPlan): readonly string[] {
  return sets.filter(({ kind }) => kind === "imported").map(({ name }) => name);
}

/** False, and said, when it cannot be written. */
async function writeCsv(
  folder: string,
  plan: ImportPlan,
  { source }: Pass,
  { face, terminal, language }: CommandContext,
): Promise<boolean> {
  const texts = importTexts(language);
  const files = [
    { path: join(folder, "permission-sets.csv"), kind: "permissionSets" },
    { path: join(folder, "assignments.csv"), kind: "assignments" },
  ] as const;
  try {
    for (const { path, kind } of files)
      await writeFile(resolve(face.directory, path), renderCsv(plan[kind], source[kind].form));
    terminal.say(texts.csv(files.map(({ path }) => path)));
    return true;
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    terminal.say(texts.cannotWrite(folder, reason));
    return false;
  }
}

/** The lists first, then sets, then assignments, which look both up. False, and said, when kintone did not take all. */
async function addAll(
  { settings, context }: Import,
  plan: ImportPlan,
  directory: Directory,
): Promise<boolean> {
  const { face, terminal, language } = context;
  const texts = importTexts(language);
  const { kintone } = settings.config;
  const { usesProxies, clock } = face;
  try {
    const notes = await keepLists({ ...settings, usesProxies, clock }, directory);
    for (const { message } of notes) terminal.say(message);
    const client = createKintoneClient({
      config: kintone,
      secrets: { ...settings.secrets, kintone: withListTokens(settings.secrets) },
      usesProxies,
    });
    for (const kind of ["permissionSets", "assignments"] as const)
      await addRecords(
        { client, config: kintone, clock },
        kintone[kind].app,
        plan[kind].map(({ fields }) => fields),
      );
    terminal.say(texts.added(plan.permissionSets.length, plan.assignments.length));
    return true;
  } catch (error) {
    if (!(error instanceof PassError)) throw error;
    const { message, hint } = describePassError(error, language);
    for (const text of [message, hint, texts.unknownUser, texts.runAgain])
      if (text !== undefined) terminal.say(text);
    return false;
  }
}

/** What a record looks up in a list, kintone looks up with that list's token. */
function withListTokens({ kintone, listTokens = {} }: Secrets): Secrets["kintone"] {
  if (kintone.kind === "password") return kintone;
  return { ...kintone, tokens: [...new Set([...kintone.tokens, ...Object.values(listTokens)])] };
}

/** Reads both sides again; adopts a set only when the records that are there now say all of it. */
async function adoptProven(one: Import, planned: ImportPlan): Promise<boolean> {
  const { settings, context } = one;
  const { face, terminal, language, logger } = context;
  const { clock } = face;
  const texts = importTexts(language);
  const found = await readAll(one);
  if (found === undefined) return false;
  const { pass, identityCenter, report } = found;
  const plan = planOf(one, pass);
  const isComplete = plan.permissionSets.length + plan.assignments.length === 0;
  const names = importedNames(plan);
  if (!isComplete || names.join("/") !== importedNames(planned).join("/")) {
    terminal.say(texts.notProven);
    return false;
  }
  const audit = createAudit({ ...settings, surroundings: face, clock, logger }, report.runId);
  const note = (outcome: Outcome) => audit?.add(outcome, pass);
  const { owner } = settings.config;
  const adoptions = names.map((name) => planAdoption(name, { ...pass, owner }));
  const instanceArn = pass.actual.instance.arn;
  const unproven = await proveAdoption(
    { ...settings, surroundings: face, clock },
    instanceArn,
    changesIn(adoptions),
  );
  let adopted = 0;
  for (const adoption of adoptions) {
    const line = await carryOut(adoption, { write: true, unproven, identityCenter, note }, context);
    if (line.good) adopted += 1;
    else terminal.say(`${safeLine(line.name)}: ${safeLine(line.text)}`);
  }
  await audit?.end();
  terminal.say(texts.adopted(adopted));
  return adopted === names.length;
}
