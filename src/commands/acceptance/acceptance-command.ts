import { type AwsStepName, createAwsSteps } from "../../aws/acceptance/aws-steps.ts";
import { createAnonymous } from "../../aws/acceptance/anonymous.ts";
import type { Bench } from "../../aws/acceptance/bench.ts";
import { cleanUp } from "../../aws/acceptance/clean-up.ts";
import { findSubjects } from "../../aws/acceptance/find-subjects.ts";
import { createTranscript, recordRequests } from "../../aws/acceptance/record-requests.ts";
import { type AwsClients, closeAwsClients, createAwsClients } from "../../aws/clients.ts";
import { createReader } from "../../aws/reader.ts";
import { errorName } from "../../aws/translate-error.ts";
import { PassError } from "../../errors.ts";
import { measureComment, measureUnknownToken, removeComments } from "../../kintone/acceptance-steps.ts";
import { createKintoneClient } from "../../kintone/client.ts";
import type {
  AcceptanceReport,
  Facts,
  MeasuredStepName,
  StepResult,
  Subjects,
} from "../../model/acceptance.ts";
import type { Config, Secrets } from "../../model/config.ts";
import type { Clock } from "../../ports.ts";
import type { ProcessFace } from "../../process/process-face.ts";
import { programVersion } from "../../process/program-version.ts";
import { listenForStop, type StopSignals } from "../../process/stop-signals.ts";
import { connectToAws } from "../../wiring/connect-to-aws.ts";
import { acceptanceTexts } from "../../words/acceptance-texts.ts";
import { describePassError } from "../../words/pass-errors.ts";
import { cliTexts } from "../cli-texts.ts";
import { type CommandContext, type GlobalOptions, openContext } from "../command-context.ts";
import { sayConfigProblems } from "../say-config-problems.ts";
import { writeOutput } from "../write-output.ts";
import { handLines, renderStep, renderSteps } from "./render-acceptance.ts";
import { runSteps } from "./run-steps.ts";

export interface AcceptanceOptions extends Partial<Subjects> {
  /** Number of a record in the app of the assignments that may get comments. */
  readonly record?: number;
  readonly out?: string;
  readonly yes: boolean;
  readonly json: boolean;
}

const failed = 1;

/** One acceptance: what it works with and what is said where. */
interface Acceptance {
  readonly context: CommandContext;
  readonly settings: { readonly config: Config; readonly secrets: Secrets };
  readonly options: AcceptanceOptions;
  readonly clock: Clock;
  readonly clients: AwsClients;
  /** In another Region. */
  readonly elsewhere: AwsClients;
}

/** `doctor --acceptance`: shows and, with `yes`, does in one account what only a real tenant can prove, and takes it away again. Exit code 1 unless all was seen as expected. */
export async function runAcceptance(
  face: ProcessFace,
  globals: GlobalOptions,
  options: AcceptanceOptions,
): Promise<number> {
  const { clock } = face;
  const context = openContext(face, globals);
  const { settings, terminal, language } = context;
  if (!settings.ok) return sayConfigProblems(settings.problems, context);
  const { pace } = settings.config;
  const { region } = settings.config.identityCenter;
  const clientsIn = (region: string) => createAwsClients({ ...connectToAws(face, { region, clock }), pace });
  const clients = clientsIn(region);
  const elsewhere = clientsIn(region === otherRegions[0] ? otherRegions[1] : otherRegions[0]);
  try {
    return await accept({ context, settings, options, clock, clients, elsewhere });
  } catch (error) {
    if (!(error instanceof PassError)) throw error;
    const { message, hint } = describePassError(error, language);
    for (const text of [message, hint]) if (text !== undefined) terminal.say(text);
    return failed;
  } finally {
    closeAwsClients(clients);
    closeAwsClients(elsewhere);
  }
}

const otherRegions = ["us-east-1", "us-west-2"] as const;

async function accept(acceptance: Acceptance): Promise<number> {
  const { context, settings, options, clock, clients } = acceptance;
  const { terminal, language, face } = context;
  const texts = acceptanceTexts(language);
  const { account, user, group } = options;
  if (account === undefined || user === undefined || group === undefined) {
    terminal.say(texts.subjectsMissing);
    return failed;
  }
  const reader = createReader(clock);
  const found = await findSubjects(reader, clients, settings.config, { account, user, group });
  if (typeof found === "string") {
    terminal.say(texts.refusals[found]);
    return failed;
  }
  terminal.say(renderSteps(language));
  if (!(await isWanted(acceptance, account))) return 0;
  const stop = listenForStop(face, terminal, cliTexts(language));
  stop.beginWriting();
  try {
    const { names, ...subjects } = found;
    const { elsewhere } = acceptance;
    const bench: Bench = { ...subjects, clients, elsewhere, clock, owner: settings.config.owner };
    return await measureAll(acceptance, bench, { [account]: "<account>", ...names }, stop);
  } finally {
    stop.release();
  }
}

/** Nothing is written without a yes. */
async function isWanted({ context, options }: Acceptance, account: string): Promise<boolean> {
  const { face, terminal, language } = context;
  const texts = acceptanceTexts(language);
  if (options.yes) return true;
  const answer = face.canAsk ? await face.ask(texts.confirm(account)) : undefined;
  const isYes = answer !== undefined && /^(?:y|yes|はい)$/iu.test(answer.trim());
  if (!isYes) terminal.say(texts.nothingWritten);
  return isYes;
}

async function measureAll(
  acceptance: Acceptance,
  bench: Bench,
  names: Readonly<Record<string, string>>,
  { signal }: StopSignals,
): Promise<number> {
  const { context, settings, options, clock } = acceptance;
  const { terminal, language, scrub } = context;
  const texts = acceptanceTexts(language);
  const startedAt = new Date(clock.now()).toISOString();
  const before = await cleanUp(bench);
  if (before > 0) terminal.say(texts.cleanedBefore(before));
  const transcript = createTranscript();
  const anonymous = createAnonymous(names);
  for (const clients of [bench.clients, bench.elsewhere])
    recordRequests(clients, transcript, (text) => anonymous(scrub(text)));
  const steps = await runSteps({
    measure: createMeasure(acceptance, bench),
    transcript,
    clock,
    signal,
    onStep: (result) => terminal.say(renderStep(result, language, terminal.paint)),
  });
  const leftNothing = await leaveNothing(acceptance, bench);
  const { region } = settings.config.identityCenter;
  const report: AcceptanceReport = {
    schemaVersion: 1,
    program: programVersion,
    startedAt,
    region,
    steps,
    leftNothing,
  };
  for (const text of handLines(language)) terminal.say(text);
  const isWritten = await writeReport(report, options, context);
  const isGood = steps.every(({ verdict, step }) => verdict === "as-expected" || isLeftOut(step, options));
  return isWritten && isGood && leftNothing ? 0 : failed;
}

/** What was not asked for. */
function isLeftOut(step: MeasuredStepName, { record }: AcceptanceOptions): boolean {
  return step === "comment" && record === undefined;
}

function createMeasure(
  { context: { face }, settings, options }: Acceptance,
  bench: Bench,
): (step: MeasuredStepName) => Promise<Facts | undefined> {
  const { config, secrets } = settings;
  const { usesProxies } = face;
  const measureAws = createAwsSteps(bench);
  const clientWith = (kintone: Secrets["kintone"]) =>
    createKintoneClient({ config: config.kintone, secrets: { ...secrets, kintone }, usesProxies });
  const { app } = config.kintone.assignments;
  const ofKintone: Readonly<
    Record<Exclude<MeasuredStepName, AwsStepName>, () => Promise<Facts | undefined>>
  > = {
    "unknown-token": () => measureUnknownToken(clientWith(unknownToken), app),
    comment: async () => {
      const { record } = options;
      if (record === undefined) return undefined;
      return measureComment(clientWith(secrets.kintone), { app, record });
    },
  };
  return (step) => (isOfKintone(step) ? ofKintone[step]() : measureAws(step));
}

function isOfKintone(step: MeasuredStepName): step is Exclude<MeasuredStepName, AwsStepName> {
  return step === "unknown-token" || step === "comment";
}

const unknownToken = { kind: "api-token", tokens: ["zzAcceptanceUnknownTokenOfNobody00000000"] } as const;

/** False, and said, when something that was made could not be taken away again. */
async function leaveNothing({ context, settings, options }: Acceptance, bench: Bench): Promise<boolean> {
  const { terminal, language, face } = context;
  const { kintone } = settings.config;
  try {
    await cleanUp(bench);
    if (options.record === undefined) return true;
    const { usesProxies } = face;
    const client = createKintoneClient({ config: kintone, secrets: settings.secrets, usesProxies });
    await removeComments(client, { app: kintone.assignments.app, record: options.record });
    return true;
  } catch (error) {
    const reason = error instanceof PassError ? error.code : errorName(error);
    terminal.say(acceptanceTexts(language).left(reason));
    return false;
  }
}

/** False, and said, when it could not be written. */
async function writeReport(
  report: AcceptanceReport,
  { out, json }: AcceptanceOptions,
  context: CommandContext,
): Promise<boolean> {
  const { terminal, language } = context;
  const texts = acceptanceTexts(language);
  const count = (wanted: StepResult["verdict"]): number =>
    report.steps.filter(({ verdict }) => verdict === wanted).length;
  terminal.say(texts.summary(count("as-expected"), count("otherwise"), count("not-done")));
  const text = `${JSON.stringify(report, undefined, 2)}\n`;
  if (json) terminal.print(text, true);
  if (json && out === undefined) return true;
  const file = out ?? "acceptance.json";
  const isWritten = await writeOutput(file, text, context);
  if (isWritten) terminal.say(texts.written(file));
  return isWritten;
}
