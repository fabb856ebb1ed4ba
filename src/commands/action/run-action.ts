import type { Environment } from "../../model/environment.ts";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { decideEvent } from "../../github/decide-event.ts";
import { readEvent } from "../../github/read-event.ts";
import { createGithubApi } from "../../github/github-api.ts";
import { writeRunFiles } from "../../github/write-run-files.ts";
import type { Language } from "../../model/config.ts";
import type { RunReport } from "../../model/run-report.ts";
import { annotation, escapeData } from "../../tell/github-annotations.ts";
import { linkTo } from "../../tell/github-markdown.ts";
import { renderGithubReply } from "../../tell/github-summary.ts";
import { githubTexts } from "../../tell/github-texts.ts";
import { commandTexts } from "../../words/command-texts.ts";
import {
  type ActionInputs,
  inputEnvironment,
  type InputProblem,
  readActionInputs,
  secretsToMask,
} from "./action-inputs.ts";
import type { GlobalOptions } from "../command-context.ts";
import { environmentLanguage } from "../../config/environment-language.ts";
import { disarmCommands, showControls } from "../../process/harmless-text.ts";
import type { ProcessFace, Output } from "../../process/process-face.ts";
import { refusesUnverifiedTls } from "../../process/prepare-process.ts";
import { unverifiedTls } from "../../words/unverified-tls.ts";
import {
  confirmEvent,
  type EventWorld,
  type Received,
  receiveEvent,
  type RequestedPass,
} from "./receive-event.ts";
import { isGood } from "../../report/exit-codes.ts";
import { replyToComment } from "../../tell/reply-to-comment.ts";
import { runUrl } from "../../process/run-url.ts";

interface PassResult {
  readonly report: RunReport;
  readonly language: Language;
  readonly exitCode: number;
}

/** Does what the event and the action's inputs ask for and resolves with the exit code. */
export async function runAction(face: ProcessFace): Promise<number> {
  const { inputs, problems } = readActionInputs(face.environment);
  const language = inputs.lang ?? environmentLanguage(face.environment);
  if (refusesUnverifiedTls(face, unverifiedTls[language])) return 1;
  if (problems.length > 0) return refuseInputs(problems, language, face);
  const environment = { ...face.environment, ...inputEnvironment(face.environment) };
  for (const secret of secretsToMask(environment)) printCommand(face, `::add-mask::${escapeData(secret)}`);
  const world = openWorld(inputs, language, { ...face, environment });
  return runPart[inputs.part](inputs, world);
}

const runPart: Readonly<
  Record<ActionInputs["part"], (inputs: ActionInputs, world: ActionWorld) => Promise<number>>
> = {
  all: runAll,
  receive: async (inputs, world) =>
    exitCodeOf(await receive(inputs, { ...world, replyLanguage: async () => world.language })),
  pass: passOnly,
  reply: replyOnly,
};

/** A line that the runner carries out: it must not go through what disarms such lines. */
function printCommand({ stderr }: { readonly stderr: Output }, line: string): void {
  stderr.write(`${line}\n`);
}

function refuseInputs(problems: readonly InputProblem[], language: Language, face: ProcessFace): number {
  for (const { name, allowed } of problems) {
    printCommand(face, annotation("error", title, commandTexts(language).invalidInput(name, allowed)));
  }
  return 1;
}

const title = "kintone-sso-sync";

/** What the event concerns, and the process that deals with it. */
interface ActionWorld extends EventWorld {
  readonly face: ProcessFace;
}

function openWorld(inputs: ActionInputs, language: Language, face: ProcessFace): ActionWorld {
  const { environment } = face;
  const { GITHUB_API_URL: apiUrl, GITHUB_REPOSITORY: repository } = environment;
  return {
    face,
    environment,
    api: createGithubApi({
      apiUrl: apiUrl ?? "https://api.github.com",
      repository: repository ?? "",
      token: inputs.token,
    }),
    language,
    replyLanguage: async () => {
      const { openContext } = await import("../command-context.ts");
      return openContext(face, globalOptions(inputs)).language;
    },
    say: (text) => void face.stderr.write(`${disarmCommands(showControls(text))}\n`),
    warn: (text) => printCommand(face, annotation("warning", title, text)),
  };
}

function globalOptions({ config, lang, logLevel }: ActionInputs): GlobalOptions {
  return {
    ...(config === undefined ? {} : { config }),
    ...(lang === undefined ? {} : { lang }),
    logLevel,
    logFormat: "text",
    color: false,
  };
}

/** What the event asks for; a pass is also told to the jobs that follow. */
async function receive(inputs: ActionInputs, world: EventWorld): Promise<Received> {
  const received = await receiveEvent(inputs, world);
  if (received.kind !== "pass") return received;
  const { mode, approve } = received.pass;
  const path = world.environment["GITHUB_OUTPUT"];
  if (path !== undefined) {
    for (const reason of await writeRunFiles({
      outputs: { path, values: { mode, approve: approve ?? "" } },
    })) {
      world.warn(reason);
    }
  }
  return received;
}

function exitCodeOf({ kind }: Received): number {
  return kind === "refused" ? 1 : 0;
}

async function runPass(
  inputs: ActionInputs,
  { mode, approve, comment, stopSwitch }: RequestedPass,
  { face }: ActionWorld,
): Promise<PassResult> {
  const { runPassCommand } = await import("../pass/pass-command.ts");
  return runPassCommand(face, globalOptions(inputs), {
    mode,
    rotates: comment === undefined,
    json: false,
    strict: inputs.strict,
    changesAreTwo: inputs.changesAreTwo,
    ...(stopSwitch && { stopSwitch }),
    ...(approve === undefined ? {} : { approve, ...approverOf(comment, face) }),
    ...(inputs.only === undefined ? {} : { only: inputs.only }),
  });
}

/** Who gave the comment, or started the run by hand; a repeated run belongs to the user who repeats it. */
function approverOf(
  comment: RequestedPass["comment"],
  { environment }: { readonly environment: Environment },
): { readonly approver?: string } {
  const approver = comment?.author ?? environment["GITHUB_TRIGGERING_ACTOR"];
  return approver === undefined ? {} : { approver };
}

/** A pass in a job of its own, which trusts no other job in who may have it. */
async function passOnly(inputs: ActionInputs, world: ActionWorld): Promise<number> {
  const confirmed = await confirmEvent(inputs, world);
  return confirmed.kind === "pass" ? (await runPass(inputs, confirmed.pass, world)).exitCode : 1;
}

async function runAll(inputs: ActionInputs, world: ActionWorld): Promise<number> {
  const received = await receive(inputs, world);
  if (received.kind !== "pass") return exitCodeOf(received);
  const { comment } = received.pass;
  if (comment === undefined) return (await runPass(inputs, received.pass, world)).exitCode;
  try {
    const { report, language, exitCode } = await runPass(inputs, received.pass, world);
    const text = renderGithubReply(report, language, {
      runUrl: runUrl(world.environment),
      isPrivate: comment.isPrivate,
    });
    await replyToComment(comment, { isGood: isGood(report), text }, world);
    return exitCode;
  } catch (error) {
    await replyToComment(comment, { isGood: false, text: noReport(world) }, world);
    throw error;
  }
}

const goodResults: ReadonlySet<string | undefined> = new Set<RunReport["result"]>([
  "in-sync",
  "removals-waiting",
  "paused",
  "applied",
  "changes-pending",
]);

function isGoodResult(result: string | undefined): boolean {
  return goodResults.has(result);
}

function noReport({ language, environment }: EventWorld): string {
  return `${commandTexts(language).noReport}\n\n${linkTo(runUrl(environment), githubTexts(language).run)}\n`;
}

/** Says what came of a command in a job that may write to issues, after the job that ran the pass. */
async function replyOnly({ issue, result, reply }: ActionInputs, world: ActionWorld): Promise<number> {
  const { GITHUB_EVENT_NAME: name = "" } = world.environment;
  const payload = await readEvent(world.environment);
  const decision = decideEvent({ name, payload, issue });
  if (decision.kind !== "command") return 0;
  const text = await readFile(resolve(world.face.directory, reply ?? ""), "utf8").catch(() =>
    noReport(world),
  );
  await replyToComment(decision.comment, { isGood: isGoodResult(result), text }, world);
  return 0;
}
