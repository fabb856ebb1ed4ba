import { readFile } from "node:fs/promises";
import { decideEvent } from "../../github/decide-event.ts";
import { readEvent } from "../../github/read-event.ts";
import { createGithubApi } from "../../github/github-api.ts";
import { writeRunFiles } from "../../github/write-run-files.ts";
import type { Language } from "../../model/config.ts";
import type { RunReport } from "../../model/run-report.ts";
import { annotation } from "../../tell/github-annotations.ts";
import { linkTo } from "../../tell/github-markdown.ts";
import { renderGithubReply } from "../../tell/github-summary.ts";
import { githubTexts } from "../../tell/github-texts.ts";
import { commandTexts } from "../../words/command-texts.ts";
import { type ActionInputs, applyInputs, type InputProblem, readActionInputs } from "./action-inputs.ts";
import type { GlobalOptions } from "../command-context.ts";
import { environmentLanguage } from "../../config/environment-language.ts";
import { disarmCommands, showControls } from "../../process/harmless-text.ts";
import { failUnexpectedly, prepareProcess, refuseUnverifiedTls } from "../../process/prepare-process.ts";
import { unverifiedTls } from "../../words/unverified-tls.ts";
import { confirmEvent, type EventWorld, receiveEvent, type RequestedPass } from "./receive-event.ts";
import { replyToComment } from "../../tell/reply-to-comment.ts";
import { runUrl } from "../../process/run-url.ts";

/*
 * The GitHub action. What is imported above needs no dependency, so that the parts `receive` and `reply` also run from
 * the sources (`node src/commands/action/action.ts` on Node 24), where nothing is installed or built; the pass is loaded when
 * it comes to that.
 */

interface PassResult {
  readonly report: RunReport;
  readonly language: Language;
}

async function main(): Promise<void> {
  const { inputs, problems } = readActionInputs(process.env);
  const language = inputs.lang ?? environmentLanguage(process.env);
  refuseUnverifiedTls(unverifiedTls[language]);
  if (problems.length > 0) {
    refuseInputs(problems, language);
    return;
  }
  applyInputs(process.env, printCommand);
  switch (inputs.part) {
    case "all":
      await runAll(inputs, openWorld(inputs, language));
      break;
    case "receive":
      await receive(inputs, { ...openWorld(inputs, language), replyLanguage: async () => language });
      break;
    case "pass":
      await passOnly(inputs, openWorld(inputs, language));
      break;
    case "reply":
      await replyOnly(inputs, openWorld(inputs, language));
      break;
  }
}

/** A line that the runner carries out: it must not go through what disarms such lines. */
function printCommand(line: string): void {
  process.stderr.write(`${line}\n`);
}

function refuseInputs(problems: readonly InputProblem[], language: Language): void {
  for (const { name, allowed } of problems) {
    printCommand(annotation("error", title, commandTexts(language).invalidInput(name, allowed)));
  }
  process.exitCode = 1;
}

const title = "kintone-sso-sync";

function openWorld(inputs: ActionInputs, language: Language): EventWorld {
  const { GITHUB_API_URL: apiUrl, GITHUB_REPOSITORY: repository } = process.env;
  return {
    environment: process.env,
    api: createGithubApi({
      apiUrl: apiUrl ?? "https://api.github.com",
      repository: repository ?? "",
      token: inputs.token,
    }),
    language,
    replyLanguage: async () => {
      const { openContext } = await import("../command-context.ts");
      return openContext(globalOptions(inputs)).language;
    },
    say: (text) => void process.stderr.write(`${disarmCommands(showControls(text))}\n`),
    warn: (text) => printCommand(annotation("warning", title, text)),
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

/** The event's pass; undefined when there is none. */
async function receive(inputs: ActionInputs, world: EventWorld): Promise<RequestedPass | undefined> {
  const received = await receiveEvent(inputs, world);
  if (received.kind === "refused") process.exitCode = 1;
  if (received.kind !== "pass") return undefined;
  const { mode, approve } = received.pass;
  const path = process.env["GITHUB_OUTPUT"];
  if (path !== undefined) {
    for (const reason of await writeRunFiles({
      outputs: { path, values: { mode, approve: approve ?? "" } },
    })) {
      world.warn(reason);
    }
  }
  return received.pass;
}

async function runPass(inputs: ActionInputs, { mode, approve, comment }: RequestedPass): Promise<PassResult> {
  const { runPassCommand } = await import("../pass/pass-command.ts");
  return runPassCommand(globalOptions(inputs), {
    mode,
    rotates: comment === undefined,
    json: false,
    strict: inputs.strict,
    changesAreTwo: inputs.changesAreTwo,
    ...(approve === undefined ? {} : { approve }),
    ...(inputs.only === undefined ? {} : { only: inputs.only }),
  });
}

/** A pass in a job of its own, which trusts no other job in who may have it. */
async function passOnly(inputs: ActionInputs, world: EventWorld): Promise<void> {
  const confirmed = await confirmEvent(inputs, world);
  if (confirmed.kind === "pass") await runPass(inputs, confirmed.pass);
  else process.exitCode = 1;
}

async function runAll(inputs: ActionInputs, world: EventWorld): Promise<void> {
  const requested = await receive(inputs, world);
  if (requested === undefined) return;
  const { comment } = requested;
  if (comment === undefined) {
    await runPass(inputs, requested);
    return;
  }
  try {
    const { report, language } = await runPass(inputs, requested);
    const text = renderGithubReply(report, language, {
      runUrl: runUrl(process.env),
      isPrivate: comment.isPrivate,
    });
    await replyToComment(comment, { isGood: isGood(report.result), text }, world);
  } catch (error) {
    await replyToComment(comment, { isGood: false, text: noReport(world.language) }, world);
    throw error;
  }
}

function isGood(result: string | undefined): boolean {
  return result === "in-sync" || result === "applied" || result === "changes-pending";
}

function noReport(language: Language): string {
  return `${commandTexts(language).noReport}\n\n${linkTo(runUrl(process.env), githubTexts(language).run)}\n`;
}

/** Says what came of a command in a job that may write to issues, after the job that ran the pass. */
async function replyOnly({ issue, result, reply }: ActionInputs, world: EventWorld): Promise<void> {
  const { GITHUB_EVENT_NAME: name = "" } = process.env;
  const payload = await readEvent(process.env);
  const decision = decideEvent({ name, payload, issue });
  if (decision.kind !== "command") return;
  const text = await readFile(reply ?? "", "utf8").catch(() => noReport(world.language));
  await replyToComment(decision.comment, { isGood: isGood(result), text }, world);
}

prepareProcess();
try {
  await main();
} catch (error) {
  failUnexpectedly(error);
}
