import { execFile } from "node:child_process";

/** What a program said and how it ended. */
export interface ToolRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
}

const longestRunMs = 300_000;

/** Runs a program to its end; one that is not installed ends with 127. */
export function runTool(
  program: string,
  args: readonly string[],
  { cwd, environment, input }: RunOptions = {},
): Promise<ToolRun> {
  return new Promise((done) => {
    const child = execFile(
      program,
      args,
      { cwd, env: { ...inherited(), ...environment }, timeout: longestRunMs, maxBuffer: 2 ** 26 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : error.code;
        done({ code: code === "ENOENT" ? 127 : typeof code === "number" ? code : 1, stdout, stderr });
      },
    );
    if (input !== undefined) child.stdin?.end(input);
  });
}

/** The first line of what a program says of its version; undefined when it is not installed. */
export async function versionOf(program: string, args: readonly string[]): Promise<string | undefined> {
  const { code, stdout, stderr } = await runTool(program, args);
  return code === 0 ? (`${stdout}${stderr}`.trim().split("\n")[0] ?? "") : undefined;
}

/** The problem of a run that was to end with this code, with the last lines of what it said; none when it did. */
export function endedWith(wanted: number, { code, stdout, stderr }: ToolRun): readonly string[] {
  if (code === wanted) return [];
  const said = `${stdout}\n${stderr}`.trim().split("\n").slice(-6).join(" | ");
  return [`it ended with ${code} instead of ${wanted}: ${said}`];
}

// What would lead a client to other services, or to a proxy that does not know this machine.
function inherited(): Record<string, string | undefined> {
  const entries = Object.entries(process.env).filter(
    ([name]) => !/^(AWS_|KINTONE_|TF_|(HTTPS?|ALL)_PROXY$)/iu.test(name),
  );
  const local = "localhost,127.0.0.1";
  return { ...Object.fromEntries(entries), NO_PROXY: local, no_proxy: local };
}
