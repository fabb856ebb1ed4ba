import { type Command, InvalidArgumentError } from "commander";
import type { ProcessFace } from "../process/process-face.ts";
import { type Belief, isBelief, openBeliefs } from "../sandbox/beliefs.ts";
import type { cliTexts } from "./cli-texts.ts";
import type { GlobalOptions } from "./command-context.ts";

/** What a command is declared with. */
export interface CommandLine {
  readonly program: Command;
  readonly texts: ReturnType<typeof cliTexts>;
  /** Runs a command, whose exit code becomes the program's. */
  readonly run: (command: (globals: GlobalOptions) => Promise<number>) => Promise<void>;
  readonly face: ProcessFace;
}

type Texts = CommandLine["texts"];

/** The code of a refused plan. */
export function parseCode(texts: Texts): (text: string) => string {
  return (text) => {
    if (/^[0-9a-f]{32}-[0-9a-z]{1,8}$/u.test(text)) return text;
    throw new InvalidArgumentError(/^[0-9a-f]{32}$/u.test(text) ? texts.codeIsHash : texts.codeMalformed);
  };
}

/** A belief of the sandbox that is played the other way, after those before. */
export function parseBelief(texts: Texts): (text: string, before?: readonly Belief[]) => readonly Belief[] {
  return (text, before = []) => {
    const [, name = ""] = /^(.*)=other$/u.exec(text) ?? [];
    if (isBelief(name)) return [...before, name];
    throw new InvalidArgumentError(texts.notABelief(openBeliefs));
  };
}

/** How many times as fast as AWS the sandbox is. */
export function parseSpeed(texts: Texts): (text: string) => number {
  return (text) => {
    const speed = Number(text);
    if (text.trim() !== "" && speed >= 1 && speed <= 1_000) return speed;
    throw new InvalidArgumentError(texts.notASpeed);
  };
}

/** A whole number from 1. */
export function parseNumber(texts: Texts): (text: string) => number {
  return (text) => {
    if (/^[1-9]\d{0,15}$/u.test(text)) return Number(text);
    throw new InvalidArgumentError(texts.notANumber);
  };
}

/** A path that ends in `.md` or `.html`. */
export function parseReportFile(texts: Texts): (text: string) => string {
  return (text) => {
    if (/\.(?:md|html)$/iu.test(text)) return text;
    throw new InvalidArgumentError(texts.notAReport);
  };
}

/** A port from the first to the last. */
export function parsePort(texts: Texts, first: number, last: number): (text: string) => number {
  return (text) => {
    const port = Number(text);
    if (Number.isInteger(port) && port >= first && port <= last) return port;
    throw new InvalidArgumentError(texts.notAPort(first, last));
  };
}
