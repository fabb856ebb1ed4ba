import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import type { Environment } from "../model/environment.ts";
import type { Clock } from "../ports.ts";

/** What of its process a pass depends on. */
export interface Surroundings {
  readonly environment: Environment;
  /** Where relative paths begin. */
  readonly directory: string;
  /** Whether requests go through the proxies that the environment of the process itself names. */
  readonly usesProxies: boolean;
  /** Of Node.js, without a v. */
  readonly nodeVersion: string;
}

/** Where text goes: a stream of the process. */
export interface Output {
  readonly write: (text: string) => unknown;
  readonly isTTY?: boolean | undefined;
}

/** Where a command writes. */
export interface Outputs {
  readonly stdout: Output;
  readonly stderr: Output;
}

/** What ends a command early. */
export interface Signals {
  /** Calls the listener at each of the signals, instead of what they do by default, until the returned function is called. */
  readonly onSignal: (names: readonly NodeJS.Signals[], listener: () => void) => () => void;
  /** Ends at once, whatever is in progress. */
  readonly exit: (code: number) => never;
}

/** The process as a command sees it. Only the programs' entries make the real one. */
export interface ProcessFace extends Surroundings, Outputs, Signals {
  /** Without the names of Node and of the program. */
  readonly args: readonly string[];
  readonly clock: Clock;
  /** Whether a person sits there who can be asked. */
  readonly canAsk: boolean;
  /** Asks a person and resolves with the line of the answer; undefined when the person leaves instead. */
  readonly ask: (question: string) => Promise<string | undefined>;
  /** The same for a secret: what is typed is not shown. */
  readonly askSecretly: (question: string) => Promise<string | undefined>;
}

/** The running process, with the machine's clock. */
export function thisProcess(clock: Clock): ProcessFace {
  return {
    clock,
    args: process.argv.slice(2),
    environment: process.env,
    directory: process.cwd(),
    usesProxies: true,
    nodeVersion: process.versions.node,
    stdout: process.stdout,
    stderr: process.stderr,
    canAsk: process.stdin.isTTY && process.stderr.isTTY,
    ask: (question) => ask(question, process.stderr),
    askSecretly: async (question) => {
      process.stderr.write(question);
      const answer = await ask("", new Writable({ write: (_chunk, _encoding, done) => done() }));
      process.stderr.write("\n");
      return answer;
    },
    onSignal: (names, listener) => {
      for (const name of names) process.on(name, listener);
      return () => {
        for (const name of names) process.off(name, listener);
      };
    },
    exit: (code) => process.exit(code),
  };
}

async function ask(question: string, output: NodeJS.WritableStream): Promise<string | undefined> {
  const lines = createInterface({ input: process.stdin, output, terminal: process.stdin.isTTY });
  // Ctrl+C, and the end of what is typed.
  const left = new AbortController();
  lines.on("SIGINT", () => left.abort());
  lines.on("close", () => left.abort());
  try {
    return await lines.question(question, { signal: left.signal });
  } catch {
    return undefined;
  } finally {
    lines.close();
  }
}
