import { expect } from "vitest";

import type { RunReport } from "../../src/model/run-report.ts";
import type { FailureSwitch } from "../../src/sandbox/failure-switch.ts";
import { sandboxEnvironment } from "../../src/commands/sandbox/sandbox-environment.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { type CliRun, runBundle, runCli, type RunningCli, startCli } from "./run-cli.ts";
import { type Company, companyConfig, smallCompany } from "./small-company.ts";

/** A sandbox, and the command with its environment. */
export interface World extends Sandbox {
  /** The text of the configuration file. */
  readonly config: string;
  /** The command in this process. */
  readonly cli: (args: string, environment?: Readonly<Record<string, string>>) => Promise<CliRun>;
  /** The bundled command in a process of its own: for what libraries find in the process itself. */
  readonly bundle: (args: string, environment?: Readonly<Record<string, string>>) => Promise<CliRun>;
  readonly startCli: (args: string, environment?: Readonly<Record<string, string>>) => Promise<RunningCli>;
}

export interface WorldOptions extends Partial<SandboxOptions> {
  readonly company?: Company;
  /** More lines for the configuration file. */
  readonly config?: string;
}

const defaultSpeed = 100;

/** Starts a sandbox, by default a small company's in which time runs fast, and closes it when `use` is through. */
export async function withSandbox<Result>(
  { company, config = "", ...options }: WorldOptions,
  use: (world: World) => Promise<Result>,
): Promise<Result> {
  const sandbox = await startSandbox({ seed: smallCompany(company), speed: defaultSpeed, ...options });
  const file = `${companyConfig}${config}\n`;
  const cliOptions = (environment?: Readonly<Record<string, string>>) => ({
    environment: { ...sandboxEnvironment(sandbox), ...environment },
    config: file,
  });
  try {
    return await use({
      ...sandbox,
      config: file,
      cli: (args, environment) => runCli(args.split(" "), cliOptions(environment)),
      bundle: (args, environment) => runBundle(args.split(" "), cliOptions(environment)),
      startCli: (args, environment) => startCli(args.split(" "), cliOptions(environment)),
    });
  } finally {
    await sandbox.close();
  }
}

/** Every request so far that changes something in AWS or kintone. */
export function writesTo({ kintone, aws }: Pick<Sandbox, "kintone" | "aws">): readonly string[] {
  return [
    ...aws.requests.filter(({ kind }) => kind === "write").map(({ operation }) => operation),
    ...kintone.requests.filter(({ kind }) => kind === "write").map(({ path }) => `kintone ${path}`),
  ];
}

/** How many requests there were so far, of all three services. */
export function countRequests({ kintone, aws, slack }: Sandbox): number {
  return aws.requests.length + kintone.requests.length + slack.requests.length;
}

/** Who can do what where, as Identity Center has it, in order. */
export function grantsIn({ aws }: Sandbox): readonly string[] {
  return aws.state
    .assignments()
    .map(({ permissionSet, accountId, principalId }) => `${permissionSet} ${accountId} ${principalId}`)
    .sort();
}

/** The run report that `--json` printed, which must be the only thing on stdout. */
export function reportIn({ stdout }: CliRun): RunReport {
  expect(stdout.trim().split("\n")).toHaveLength(1);
  return JSON.parse(stdout) as RunReport;
}

/** Resolves when the operation has been asked for so many times. */
export function requestsOf(failures: FailureSwitch, wanted: string, count: number): Promise<void> {
  let seen = 0;
  return new Promise((resolve) => {
    failures.add({
      match: ({ operation }) => {
        if (operation === wanted) seen += 1;
        if (seen >= count) resolve();
        return false;
      },
      respond: { delayMs: 0 },
    });
  });
}
