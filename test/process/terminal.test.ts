import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { Environment } from "../../src/model/environment.ts";
import { createScrubber } from "../../src/process/secret-scrubber.ts";
import { noPaint, openTerminal, type Terminal } from "../../src/process/terminal.ts";
import { hostileText } from "../report/hostile-texts.ts";
import { companyPass } from "../report/company-pass.ts";
import { reportOf } from "../report/builders.ts";

const secret = "s3cret-t0ken+/=";
const stdout: string[] = [];
const stderr: string[] = [];

beforeEach(() => {
  stdout.length = 0;
  stderr.length = 0;
});

interface Opening {
  readonly wantsColour?: boolean;
  readonly isTTY?: boolean;
  readonly environment?: Environment;
}

function open({ wantsColour = false, isTTY = false, environment = {} }: Opening = {}): Terminal {
  return openTerminal(wantsColour, createScrubber([secret]), {
    environment,
    stdout: { isTTY, write: (text) => stdout.push(text) },
    stderr: { isTTY, write: (text) => stderr.push(text) },
  });
}

const ciCommand = /^\s*::|##(?:vso)?\[/imu;

describe("data", () => {
  it("goes to stdout, as it is when it is harmless", () => {
    open().print("Plan: 1 to create\n  a::b ## c\n");
    expect(stdout.join("")).toBe("Plan: 1 to create\n  a::b ## c\n");
    expect(stderr).toEqual([]);
  });

  it("has no command of a CI system when it is text", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        stdout.length = 0;
        open().print(text);
        expect(stdout.join("")).not.toMatch(ciCommand);
      }),
      { numRuns: 500 },
    );
  });

  it("is the same value, and no command or escape, when it is JSON", () => {
    fc.assert(
      fc.property(fc.dictionary(hostileText, fc.oneof(hostileText, fc.array(hostileText))), (value) => {
        stdout.length = 0;
        open().print(`${JSON.stringify(value)}\n`, true);
        const printed = stdout.join("");
        expect(JSON.parse(printed)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(printed).not.toMatch(ciCommand);
        expect(printed).not.toMatch(/[^\P{Cc}\n]|[\u200E\u200F\u2028-\u202E\u2066-\u2069]/u);
        expect(printed.split("\n")).toHaveLength(2);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    "##[group]",
    "###[group]",
    "####[error]",
    "##vso[x]",
    String.raw`\##[x]`,
    "##",
    "\u009B2J",
    "a\u202Eb",
  ])("keeps %j what it is in JSON", (text) => {
    open().print(JSON.stringify({ [text]: text }), true);
    expect(JSON.parse(stdout.join(""))).toEqual({ [text]: text });
    expect(stdout.join("")).not.toMatch(/##(?:vso)?\[|[\u0080-\u009F\u202E]/u);
  });

  it("is the whole report again after JSON", async () => {
    const report = reportOf(await companyPass());
    open().print(`${JSON.stringify(report)}\n`, true);
    expect(JSON.parse(stdout.join(""))).toEqual(report);
  });

  it("never has a secret, in text or in JSON", () => {
    const terminal = open();
    terminal.print(`the token is ${secret}.\n`);
    terminal.print(JSON.stringify({ token: secret, url: encodeURIComponent(secret) }), true);
    expect(stdout.join("")).toBe('the token is [secret].\n{"token":"[secret]","url":"[secret]"}');
  });

  it("has no command that only comes about where a secret was", () => {
    const terminal = open();
    terminal.print(`##${secret}\n`);
    terminal.print(JSON.stringify(`##${secret}`), true);
    expect(stdout.join("")).not.toMatch(ciCommand);
  });
});

describe("messages", () => {
  it("go to stderr, a line each, without commands and secrets", () => {
    const terminal = open();
    terminal.say("Reading …");
    terminal.say(`::error::##[x] ${secret}`);
    expect(stderr.join("")).toBe("Reading …\n: :error::# #[x] [secret]\n");
    expect(stdout).toEqual([]);
  });
});

describe("colours", () => {
  const isColourful = (terminal: Terminal): boolean => terminal.paint.create("x") !== "x";

  it.each([
    ["are there on a terminal", true, true, "", true],
    ["are not there where no terminal is", true, false, "", false],
    ["are not there with --no-color", false, true, "", false],
    ["are not there with NO_COLOR", true, true, "1", false],
    ["are not there with NO_COLOR=0, whose value does not matter", true, true, "0", false],
  ])("%s", (_, wantsColour, isTTY, noColor, expected) => {
    const environment = { NO_COLOR: noColor };
    expect(isColourful(open({ wantsColour, isTTY, environment }))).toBe(expected);
  });

  it("end with the text that they are for", () => {
    const { paint } = open({ wantsColour: true, isTTY: true });
    for (const name of ["heading", "create", "update", "remove", "dim"] as const) {
      expect(paint[name]("text")).toMatch(new RegExp(String.raw`^\u001B\[\d+mtext\u001B\[0m$`, "u"));
    }
  });

  it("leave a text alone where there are none", () => {
    expect(Object.values(noPaint).map((paint) => paint("text", "https://example.com"))).toEqual(
      Array(6).fill("text"),
    );
  });
});

describe("animation", () => {
  it.each([
    ["is for a terminal", true, "xterm", true],
    ["is not for a terminal that cannot move", true, "dumb", false],
    ["is not for a log", false, "xterm", false],
  ])("%s", (_, isTTY, term, expected) => {
    expect(open({ isTTY, environment: { TERM: term } }).isInteractive).toBe(expected);
  });
});
