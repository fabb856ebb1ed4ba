import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { PassError } from "../../src/errors.ts";
import { createLogger, type Logger, type LogLevel } from "../../src/process/logger.ts";

interface Given {
  readonly level?: LogLevel;
  readonly secrets?: readonly string[];
  readonly isTTY?: boolean;
  readonly noColor?: boolean;
  readonly timeZone?: string;
}

/** What the calls write. */
function logged(format: "text" | "json", calls: (logger: Logger) => void, given: Given = {}): string {
  const written: string[] = [];
  const stream = { isTTY: given.isTTY, write: (text: string) => written.push(text) };
  calls(createLogger({ level: "info", secrets: [], ...given, format, stream }));
  return written.join("");
}

const formats = ["text", "json"] as const;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-11-20T09:55:03.120Z"), toFake: ["Date"] });
});

afterEach(() => {
  vi.useRealTimers();
});

describe("a line", () => {
  const call = (logger: Logger): void => logger.info("Read 12 records", { app: 10, fields: ["name"] });

  test("is one JSON object in JSON", () => {
    expect(logged("json", call)).toBe(
      '{"level":"info","time":"2026-11-20T09:55:03.120Z","app":10,"fields":["name"],"msg":"Read 12 records"}\n',
    );
  });

  test("is time, level, message and fields in text", () => {
    expect(logged("text", call)).toBe(
      '2026-11-20 09:55:03 +00:00 INFO: Read 12 records {"app":10,"fields":["name"]}\n',
    );
  });

  test("has the time of the time zone in text", () => {
    expect(logged("text", call, { timeZone: "Asia/Tokyo" })).toMatch(
      /^2026-11-20 18:55:03 \+09:00 INFO: Read/,
    );
    expect(logged("text", call, { timeZone: "America/New_York" })).toMatch(
      /^2026-11-20 04:55:03 -05:00 INFO: Read/,
    );
  });

  test("is written before the call returns", () => {
    const written: string[] = [];
    const stream = { write: (text: string) => written.push(text) };
    const logger = createLogger({ level: "info", format: "text", secrets: [], stream });
    logger.info("one");
    expect(written).toHaveLength(1);
    logger.error("two");
    expect(written).toHaveLength(2);
  });

  test("keeps %s and the like as they are", () => {
    expect(logged("text", (logger) => logger.info("100%s %d %o", { app: 1 }))).toContain(
      '100%s %d %o {"app":1}',
    );
  });
});

test.each([
  ["debug", 4],
  ["info", 3],
  ["warn", 2],
  ["error", 1],
  ["silent", 0],
] as const)("at level %s, %i of four messages are written", (level, count) => {
  const calls = (logger: Logger): void => {
    logger.debug("d");
    logger.info("i");
    logger.warn("w");
    logger.error("e");
  };
  for (const format of formats) {
    expect(logged(format, calls, { level }).split("\n").filter(Boolean)).toHaveLength(count);
  }
});

describe("colour", () => {
  const escape = "\u001B[";
  const call = (logger: Logger): void => logger.warn("careful");

  test("is for terminals", () => {
    expect(logged("text", call, { isTTY: true })).toContain(escape);
    expect(logged("text", call)).not.toContain(escape);
    expect(logged("json", call, { isTTY: true })).not.toContain(escape);
  });

  test("can be switched off", () => {
    expect(logged("text", call, { isTTY: true, noColor: true })).not.toContain(escape);
  });
});

describe("an error", () => {
  /** Like the errors of an HTTP client: the request hangs on it, credentials and all. */
  const clientError = Object.assign(new Error("connect ECONNREFUSED"), {
    code: "ECONNREFUSED",
    hint: "Check the proxy.",
    config: { headers: { "X-Cybozu-API-Token": "CANARY" } },
    cause: { token: "CANARY" },
    toJSON: () => ({ token: "CANARY" }),
  });

  test("is its name, code, message and hint, and nothing else", () => {
    const line = logged("json", (logger) => logger.error("failed", { error: clientError }));
    expect(JSON.parse(line)).toMatchObject({ level: "error", msg: "failed" });
    expect((JSON.parse(line) as { error: unknown }).error).toEqual({
      name: "Error",
      code: "ECONNREFUSED",
      message: "connect ECONNREFUSED",
      hint: "Check the proxy.",
    });
  });

  test("is reduced to that wherever it is among the fields", () => {
    const fields = { cause: clientError, list: [{ deep: { error: clientError } }] };
    for (const format of formats) {
      const line = logged(format, (logger) => logger.error("failed", fields));
      expect(line).not.toContain("CANARY");
      expect(line).toContain("ECONNREFUSED");
    }
  });

  test("of a pass has its parameters too", () => {
    const error = new PassError("kintone.app-not-found", { appId: 10 });
    const line = logged("json", (logger) => logger.error("failed", { error }));
    expect(JSON.parse(line)).toMatchObject({
      error: { code: "kintone.app-not-found", params: { appId: 10 } },
    });
  });

  test("has its stack at level debug only", () => {
    const error = new TypeError("x is not a function");
    const call = (logger: Logger): void => logger.error("failed", { error });
    expect(logged("text", call)).not.toContain("logger.test.ts");
    expect(logged("text", call, { level: "debug" })).toMatch(/\n +at .*logger\.test\.ts/);
  });
});

test("objects that are not plain data are named, not written", () => {
  class Client {
    readonly token = "CANARY";
  }
  const fields = { client: new Client(), map: new Map([["a", "CANARY"]]), bytes: Buffer.from("CANARY") };
  const line = logged("json", (logger) =>
    logger.info("x", { ...fields, at: new Date(0), bad: new Date(Number.NaN) }),
  );
  expect(JSON.parse(line)).toMatchObject({
    client: "[Client]",
    map: "[Map]",
    bytes: "[Buffer]",
    at: "1970-01-01T00:00:00.000Z",
    bad: null,
  });
});

test("a circle among the fields ends somewhere", () => {
  const circle: Record<string, unknown> = { name: "round" };
  circle["self"] = circle;
  expect(logged("json", (logger) => logger.info("x", { circle }))).toContain("round");
});

describe("a secret", () => {
  const secret = 'Pä"ss\\word +1';
  const forms = [
    secret,
    JSON.stringify({ secret }),
    JSON.stringify(JSON.stringify({ secret })),
    encodeURIComponent(secret),
    Buffer.from(secret).toString("base64"),
    Buffer.from(`user:${secret}`).toString("base64"),
    Buffer.from(`日本:${secret}`).toString("base64url"),
  ];
  const recognisable = ["word", "w%C3", "ss\\", encodeURIComponent(secret).slice(4), ...forms.slice(4)];

  test.each(formats)("gets out in no form of it as %s, be it in message, field, key or error", (format) => {
    for (const form of forms) {
      const line = logged(
        format,
        (logger) => {
          logger.info(`message ${form}.`, { field: form, list: [{ form }], [form]: 1 });
          logger.error("failed", { error: Object.assign(new Error(form), { code: form, hint: form }) });
          logger.error("failed", {
            error: new PassError("kintone.query-invalid", { appId: 1, query: form, message: form }),
          });
        },
        { secrets: [secret], level: "debug" },
      );
      for (const piece of recognisable) expect(line.replaceAll(/"stack".*/g, "")).not.toContain(piece);
      expect(line.split("[secret]").length).toBeGreaterThan(9);
    }
  });

  test("that looks like JSON is taken out even if the line is no JSON then", () => {
    const line = logged("text", (logger) => logger.info('it is ","msg":" here'), {
      secrets: ['","msg":"', '"info",'],
    });
    expect(line).not.toContain('"info",');
    expect(line).toContain("[secret]");
  });
});

describe("text that CI systems would carry out", () => {
  const commands = [
    "::add-mask::x",
    "first\n::stop-commands::token",
    "first\r\n  ::error::x",
    "first\r::error::x",
    "first\u2028::error::x",
    "first\n\t::error::x",
    "##vso[task.setvariable variable=a]b",
    "in the middle ##VSO[task.complete]",
    "##[error]x",
    "text ##[group]x",
    "###[error]x",
  ];
  // GitHub's runner trims the line and looks for `::`; the older form and Azure's are looked for anywhere.
  const isCommand = (line: string): boolean => line.trimStart().startsWith("::") || /##(vso)?\[/i.test(line);

  test.each(commands)("%j is harmless", (text) => {
    for (const format of formats) {
      const output = logged(
        format,
        (logger) => {
          logger.info(text, { [text]: text, nested: { [text]: [text] } });
          logger.error(text, { error: new PassError("aws.no-credentials", { message: text }) });
          logger.error("failed", { error: new Error(text) });
        },
        { level: "debug" },
      );
      expect(output.split(/\r\n|[\r\n\u2028\u2029\u0085]/).filter(isCommand)).toEqual([]);
    }
  });

  test("keeps the further lines of a message readable", () => {
    const line = logged("text", (logger) => logger.info("first\r\n::error::second\nthird"));
    expect(line).toBe("2026-11-20 09:55:03 +00:00 INFO: first\n  | ::error::second\n  | third\n");
  });
});

test.each(["\u001B[31mred", "\u009B31mred", "\u0007", "\b\b\b", "a\u202Eb", "\u0000", "\u007F"])(
  "the control character in %j is shown instead of taking effect",
  (text) => {
    for (const format of formats) {
      const line = logged(format, (logger) => logger.info(text, { text, error: new Error(text) }));
      expect(line).not.toMatch(/[^\P{Cc}\n]|\u202E/u);
      expect(line).toMatch(/\\u(001b|009b|0007|0008|202e|0000|007f)|\\b/);
    }
  },
);
