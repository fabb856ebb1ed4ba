import { tmpdir } from "node:os";

import type { ProcessFace } from "../src/process/process-face.ts";
import { systemClock } from "../src/wiring/clocks.ts";

export interface FakeProcess {
  readonly face: ProcessFace;
  /** What was written so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** What was asked so far. */
  readonly questions: () => readonly string[];
  /** Tells those that listen for the signal. */
  readonly signal: (name: NodeJS.Signals) => void;
  /** How many listen for it. */
  readonly listenersOf: (name: NodeJS.Signals) => number;
}

/** Thrown in place of ending this process. */
export class Exit extends Error {
  readonly exitCode: number;
  constructor(exitCode: number) {
    super(`exit ${exitCode}`);
    this.exitCode = exitCode;
  }
}

interface FakeOptions extends Partial<
  Pick<ProcessFace, "args" | "clock" | "environment" | "directory" | "nodeVersion">
> {
  /** Whether stdout and stderr are a terminal. */
  readonly isTTY?: boolean;
  /** What a person at the terminal answers, one question after the other; then they leave. */
  readonly answers?: readonly (string | (() => string))[];
}

/** A process that a command can have to itself: nothing of this one's gets in or out. */
export function fakeProcess({
  args = [],
  environment = {},
  directory = tmpdir(),
  nodeVersion = "24.0.0",
  clock = systemClock,
  isTTY = false,
  answers = [],
}: FakeOptions = {}): FakeProcess {
  const written = { stdout: "", stderr: "" };
  const questions: string[] = [];
  const ask = async (question: string): Promise<string | undefined> => {
    questions.push(question);
    written.stderr += question;
    const answer = answers[questions.length - 1];
    return typeof answer === "function" ? answer() : answer;
  };
  const listeners: { readonly name: NodeJS.Signals; readonly listener: () => void }[] = [];
  const streamTo = (name: keyof typeof written) => ({
    isTTY,
    write: (text: string) => {
      written[name] += text;
    },
  });
  return {
    face: {
      args,
      environment,
      directory,
      nodeVersion,
      clock,
      usesProxies: false,
      stdout: streamTo("stdout"),
      stderr: streamTo("stderr"),
      canAsk: isTTY,
      ask,
      askSecretly: ask,
      onSignal: (names, listener) => {
        const added = names.map((name) => ({ name, listener }));
        listeners.push(...added);
        return () => {
          for (const one of added) listeners.splice(listeners.indexOf(one), 1);
        };
      },
      exit: (code) => {
        throw new Exit(code);
      },
    },
    stdout: () => written.stdout,
    stderr: () => written.stderr,
    questions: () => questions,
    signal: (name) => {
      for (const one of listeners.filter((each) => each.name === name)) one.listener();
    },
    listenersOf: (name) => listeners.filter((each) => each.name === name).length,
  };
}
