import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

import { runAction as runProgram } from "../../../src/commands/action/run-action.ts";
import { sandboxEnvironment } from "../../../src/commands/sandbox/sandbox-environment.ts";
import { readOutputFile } from "../../github/runner.ts";
import { type CliRun, runBundle, runHere } from "../run-cli.ts";
import type { World } from "../with-sandbox.ts";
import type { LoopbackGithub } from "./start-github.ts";

export interface ActionDefinition {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
  readonly runs: { readonly using: string; readonly main: string };
}

export const actionDefinition = parse(
  await readFile(new URL("../../../action.yml", import.meta.url), "utf8"),
) as ActionDefinition;

/** The number of the issue in the payloads, where commands count. */
const commandIssue = "42";

export interface ActionOptions {
  /** Name of a file in `events/`; what comes before the first hyphen says which event it is. */
  readonly event: string;
  /** Another text for the comment. */
  readonly body?: string;
  /** Who may see the repository; only members unless told otherwise. */
  readonly visibility?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether it is the bundle, in a process of its own, as where libraries look for things in the process itself. */
  readonly bundled?: boolean;
}

export interface ActionRun extends CliRun {
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** What the file that the output `reply` names holds. */
  readonly replyFile: string | undefined;
}

const eventNames: Readonly<Record<string, string>> = {
  schedule: "schedule",
  workflow: "workflow_dispatch",
  comment: "issue_comment",
};

/** Runs the action as GitHub's runner does, with an event's payload, against the sandbox and a loopback GitHub. */
export async function runAction(
  { environment, config }: Pick<World, "environment" | "kintone" | "aws" | "slack" | "close" | "config">,
  github: LoopbackGithub,
  options: ActionOptions,
): Promise<ActionRun> {
  const folder = await mkdtemp(join(tmpdir(), "runner-"));
  const files = {
    event: join(folder, "event.json"),
    output: join(folder, "output"),
    summary: join(folder, "summary"),
  };
  await writeFile(files.event, await readPayload(options));
  await writeFile(files.output, "");
  await writeFile(files.summary, "");
  try {
    const surroundings = {
      config,
      environment: {
        ...environment,
        ...sandboxEnvironment({ environment }),
        ...github.environment,
        GITHUB_ACTIONS: "true",
        GITHUB_EVENT_NAME: eventNames[options.event.split("-")[0] ?? ""] ?? "",
        GITHUB_EVENT_PATH: files.event,
        GITHUB_OUTPUT: files.output,
        GITHUB_STEP_SUMMARY: files.summary,
        RUNNER_TEMP: folder,
        ...inputVariables({ issue: commandIssue, lang: "en", ...options.inputs }, github.token),
        ...options.environment,
      },
    };
    const run =
      options.bundled === true
        ? await runBundle([], { entry: "action.js", ...surroundings })
        : await runHere(runProgram, surroundings);
    const outputs = readOutputFile(await readFile(files.output, "utf8"));
    const { reply } = outputs;
    return {
      ...run,
      outputs,
      summary: await readFile(files.summary, "utf8"),
      replyFile: reply === undefined ? undefined : await readFile(reply, "utf8"),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readPayload({ event, body, visibility = "private" }: ActionOptions): Promise<string> {
  const text = await readFile(fileURLToPath(new URL(`events/${event}.json`, import.meta.url)), "utf8");
  const payload = JSON.parse(text) as { readonly comment?: object; readonly repository?: object };
  const comment = body === undefined ? payload.comment : { ...payload.comment, body };
  return JSON.stringify({ ...payload, comment, repository: { ...payload.repository, visibility } });
}

/** Every input of `action.yml`, as the runner hands it over; others do not exist. */
function inputVariables(
  inputs: Readonly<Record<string, string>>,
  token: string,
): Readonly<Record<string, string>> {
  const unknown = Object.keys(inputs).filter((name) => !(name in actionDefinition.inputs));
  if (unknown.length > 0) throw new Error(`action.yml has no input ${unknown.join(", ")}`);
  const entries = Object.entries(actionDefinition.inputs).map(([name, { default: value = "" }]) => {
    const given = inputs[name] ?? value.replace("${{ github.token }}", token);
    return [`INPUT_${name.toUpperCase()}`, given] as const;
  });
  return Object.fromEntries(entries);
}
