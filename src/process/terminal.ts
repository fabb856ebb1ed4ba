import type { Environment } from "../model/environment.ts";
import type { Paint } from "../report/paint.ts";
import type { Outputs } from "./process-face.ts";
import { disarmCommands, showControls } from "./harmless-text.ts";
import type { Scrub } from "./secret-scrubber.ts";

export interface Terminal extends Messages {
  /** Data: the plan, the report. */
  readonly print: (text: string, isJson?: boolean) => void;
  readonly paint: Paint;
}

/** Where a person is told what goes on. */
export interface Messages {
  readonly say: (text: string) => void;
  readonly isInteractive: boolean;
}

const plain = (text: string): string => text;
const ansi =
  (code: number) =>
  (text: string): string =>
    `\u001B[${code}m${text}\u001B[0m`;

export const noPaint: Paint = {
  heading: plain,
  create: plain,
  update: plain,
  remove: plain,
  dim: plain,
  link: plain,
};
const colours: Paint = {
  heading: ansi(1),
  create: ansi(32),
  update: ansi(33),
  remove: ansi(31),
  dim: ansi(2),
  // https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda
  link: (text, address) => `\u001B]8;;${encodeURI(address)}\u001B\\${text}\u001B]8;;\u001B\\`,
};

/** The same JSON value, spelled so that no CI runner finds a command in it and no terminal carries anything out. */
function disarmJson(text: string): string {
  return showControls(text).replaceAll(/#(?=#)/gu, String.raw`\u0023`);
}

/** Data on stdout, messages on stderr; colours on a terminal unless NO_COLOR or `--no-color` says otherwise. */
export function openTerminal(
  wantsColour: boolean,
  scrub: Scrub,
  { stdout, stderr, environment }: Outputs & { readonly environment: Environment },
): Terminal {
  const colourful = wantsColour && stdout.isTTY === true && (environment["NO_COLOR"] ?? "") === "";
  return {
    print: (text, isJson = false) =>
      void stdout.write(isJson ? disarmJson(scrub(text)) : disarmCommands(scrub(text))),
    say: (text) => void stderr.write(`${disarmCommands(scrub(text))}\n`),
    paint: colourful ? colours : noPaint,
    isInteractive: stderr.isTTY === true && environment["TERM"] !== "dumb",
  };
}
