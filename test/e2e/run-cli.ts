import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { runCommandLine } from "../../src/commands/command-line.ts";
import type { Clock } from "../../src/ports.ts";
import type { ProcessFace } from "../../src/process/process-face.ts";
import { Exit, fakeProcess } from "../fake-process.ts";

const bundles = fileURLToPath(new URL("../../dist/", import.meta.url));
/** Less than a test may take, so that it can tell what the command had to say. */
const longestRunMs = 100_000;

export interface CliRun {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  /** All that the command finds in its environment besides PATH and HOME. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What stands in `kintone-sso-sync.yaml` in the directory it runs in. */
  readonly config?: string;
  /** Where it runs, and what stays when it has ended; default an empty folder that is removed then. */
  readonly directory?: string;
  /** The program in the bundle's folder, or its whole path; default the command line. */
  readonly entry?: string;
}

interface HereOptions extends Pick<CliOptions, "environment" | "config" | "directory"> {
  /** The machine's when absent. */
  readonly clock?: Clock;
}

export interface RunningCli {
  /** Resolves once a text like this is on stdout or stderr; throws when the command ends before. */
  readonly shows: (wanted: RegExp) => Promise<void>;
  /** Resolves when the moment has come; throws when the command ends before. */
  readonly reaches: (moment: Promise<void>) => Promise<void>;
  /** What is on stdout so far. */
  readonly printed: () => string;
  /** What is on stderr so far. */
  readonly logged: () => string;
  readonly signal: (name: NodeJS.Signals) => void;
  /** Resolves when the command has ended and its directory is removed. */
  readonly ended: Promise<CliRun>;
}

/** Runs the command to its end in this process, with a directory, an environment and streams of its own. */
export function runCli(args: readonly string[], options: HereOptions = {}): Promise<CliRun> {
  return runHere((face) => runCommandLine(face, "0.0.0"), { ...options, args });
}

/** Runs one of our programs as `runCli` runs the command. */
export async function runHere(
  program: (face: ProcessFace) => Promise<number>,
  {
    args = [],
    environment,
    config,
    directory: given,
    clock,
  }: HereOptions & { readonly args?: readonly string[] } = {},
): Promise<CliRun> {
  const directory = given ?? (await emptyDirectory(config));
  const { face, stdout, stderr } = fakeProcess({
    args,
    environment: { HOME: directory, ...environment },
    directory,
    ...(clock && { clock }),
  });
  try {
    const code = await program(face);
    return { code, stdout: stdout(), stderr: stderr() };
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
    return { code: error.exitCode, stdout: stdout(), stderr: stderr() };
  } finally {
    if (given === undefined) await rm(directory, { recursive: true, force: true });
  }
}

/** Runs the bundled command to its end in a process of its own. */
export async function runBundle(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  return (await startCli(args, options)).ended;
}

async function emptyDirectory(config: string | undefined): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "cli-under-test-"));
  if (config !== undefined) await writeFile(join(directory, "kintone-sso-sync.yaml"), config);
  return directory;
}

/** Starts the bundled command in an empty directory that is also its home, so that nothing of this machine gets in. */
export async function startCli(args: readonly string[], options: CliOptions = {}): Promise<RunningCli> {
  const directory = options.directory ?? (await emptyDirectory(options.config));
  const child = spawn(process.execPath, [resolve(bundles, options.entry ?? "cli.js"), ...args], {
    cwd: directory,
    env: { PATH: process.env["PATH"], HOME: directory, ...options.environment },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: longestRunMs,
    killSignal: "SIGKILL",
  });
  const output = collectOutput(child);
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  return {
    shows: async (wanted) => {
      while (!wanted.test(output.stdout) && !wanted.test(output.stderr)) {
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error(`It ended without showing ${wanted}: ${output.stderr}`);
        await wait(10);
      }
    },
    reaches: (moment) =>
      Promise.race([
        moment,
        exited.then((code) => {
          throw new Error(`It ended too early, with exit code ${code}: ${output.stderr}`);
        }),
      ]),
    printed: () => output.stdout,
    logged: () => output.stderr,
    signal: (name) => void child.kill(name),
    ended: exited.then(async (code) => {
      if (options.directory === undefined) await rm(directory, { recursive: true, force: true });
      return { code, ...output };
    }),
  };
}

function collectOutput({ stdout, stderr }: ChildProcess): { stdout: string; stderr: string } {
  const output = { stdout: "", stderr: "" };
  stdout?.setEncoding("utf8").on("data", (text: string) => {
    output.stdout += text;
  });
  stderr?.setEncoding("utf8").on("data", (text: string) => {
    output.stderr += text;
  });
  return output;
}
