import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type CommandContext, type GlobalOptions, openContext } from "../../src/commands/command-context.ts";
import { fakeProcess } from "../fake-process.ts";

const defaults: GlobalOptions = { logLevel: "info", logFormat: "text", color: true };
const token = "0123456789abcdefABCDEF";
const yaml = `
kintone:
  baseUrl: https://example.cybozu.com
  permissionSets: { app: 10 }
  assignments: { app: 11 }
identityCenter: { region: ap-northeast-1 }
`;

let folder = "";
let environment: Record<string, string> = {};
let under = fakeProcess();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kintone-sso-sync-"));
  environment = { KINTONE_API_TOKEN: token };
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);

function open(options: Partial<GlobalOptions> = {}): CommandContext {
  under = fakeProcess({ environment, directory: folder });
  return openContext(under.face, { ...defaults, ...options });
}

function problemsOf({ settings }: CommandContext) {
  return settings.ok ? [] : settings.problems;
}

function appOf({ settings }: CommandContext): number | undefined {
  return settings.ok ? settings.config.kintone.permissionSets.app : undefined;
}

describe("the configuration of a command", () => {
  it("is kintone-sso-sync.yaml where there is one", () => {
    write("kintone-sso-sync.yaml", yaml);
    expect(appOf(open())).toBe(10);
  });

  it("is the file that --config names, and not kintone-sso-sync.yaml", () => {
    write("kintone-sso-sync.yaml", "not: valid");
    write("other.yaml", yaml.replace("10", "77"));
    expect(appOf(open({ config: "other.yaml" }))).toBe(77);
  });

  it("can come from the environment alone", () => {
    Object.assign(environment, {
      KINTONE_BASE_URL: "https://example.cybozu.com",
      KINTONE_PERMISSION_SET_APP: "12",
      KINTONE_ASSIGNMENT_APP: "13",
      AWS_REGION: "ap-northeast-1",
    });
    expect(appOf(open())).toBe(12);
  });

  it("has a problem when the file that --config names cannot be read, in the language of the command", () => {
    expect(problemsOf(open({ config: "missing.yaml", lang: "en" }))).toEqual([
      {
        path: "missing.yaml",
        message: "There is no such file. Check its name after --config.",
      },
    ]);
    expect(problemsOf(open({ config: ".", lang: "ja" }))).toEqual([
      { path: ".", message: "これはフォルダーです。--config でその中の設定ファイルを指定してください。" },
    ]);
    expect(problemsOf(open({ config: "none/missing.yaml", lang: "en" }))).toEqual([
      {
        path: "none/missing.yaml",
        message: expect.stringContaining("The folder of this file does not exist."),
      },
    ]);
  });

  it("takes secrets from the files that the environment names", () => {
    write("kintone-sso-sync.yaml", yaml);
    write("token.txt", "from-a-file\n");
    environment = { KINTONE_API_TOKEN_FILE: "token.txt" };
    const { settings } = open();
    expect(settings).toMatchObject({ ok: true, secrets: { kintone: { tokens: ["from-a-file"] } } });
  });

  it("says that the folder has no file where neither a file nor the environment says what is needed", () => {
    const [first, ...others] = problemsOf(open({ lang: "en" }));
    expect(first?.message).toMatch(/^There is no kintone-sso-sync.yaml in this folder/u);
    expect(others.length).toBeGreaterThan(0);
    write("kintone-sso-sync.yaml", "owner: me");
    expect(JSON.stringify(problemsOf(open({ lang: "en" })))).not.toContain("in this folder");
  });

  it("tells all its problems and does not throw", () => {
    expect(problemsOf(open()).length).toBeGreaterThan(1);
  });
});

describe("the language of a command", () => {
  it.each([
    ["--lang, whatever else says", "en", { KINTONE_SSO_SYNC_LANG: "ja", LANG: "ja_JP.UTF-8" }, "en"],
    ["KINTONE_SSO_SYNC_LANG", undefined, { KINTONE_SSO_SYNC_LANG: "ja", LANG: "en_US.UTF-8" }, "ja"],
    ["the locale's where nobody chose one", undefined, { LANG: "ja_JP.UTF-8" }, "ja"],
    [
      "Japanese for a tenant in cybozu.com",
      undefined,
      { KINTONE_BASE_URL: "https://example.cybozu.com" },
      "ja",
    ],
    ["English otherwise", undefined, { LANG: "de_DE.UTF-8", KINTONE_SSO_SYNC_LANG: "de" }, "en"],
  ] as const)("is %s, as long as the configuration has problems", (_, lang, variables, expected) => {
    Object.assign(environment, variables);
    const context = open(lang === undefined ? {} : { lang });
    expect(context.settings.ok).toBe(false);
    expect(context.language).toBe(expected);
  });

  it("is the configured one once the configuration is valid", () => {
    write("kintone-sso-sync.yaml", `${yaml}language: en\n`);
    expect(open().language).toBe("en");
    expect(open({ lang: "ja" }).language).toBe("ja");
  });
});

describe("what a command writes", () => {
  it.each([
    ["a valid configuration", yaml],
    ["a configuration with problems", "kintone: 1"],
  ])("never has a secret, with %s", (_, text) => {
    write("kintone-sso-sync.yaml", text);
    environment["AWS_SECRET_ACCESS_KEY"] = "aws-secret-value";
    const { terminal, logger } = open();
    terminal.print(`${token} aws-secret-value\n`);
    terminal.say(token);
    logger.error(token, { key: "aws-secret-value" });
    const written = under.stdout() + under.stderr();
    expect(written).toContain("[secret]");
    expect(written).not.toMatch(/0123456789abcdef|aws-secret-value/u);
  });

  it("is logged on stderr, from the chosen level on", () => {
    const { logger } = open({ logLevel: "warn" });
    logger.info("quiet");
    logger.warn("loud");
    expect(under.stderr()).toMatch(/WARN: loud\n$/u);
    expect(under.stderr()).not.toContain("quiet");
    expect(under.stdout()).toBe("");
  });

  it("is logged as JSON where that is chosen", () => {
    open({ logFormat: "json" }).logger.info("one");
    expect(JSON.parse(under.stderr())).toMatchObject({ level: "info", msg: "one" });
  });

  it("has times in the configured time zone, where people read", () => {
    write("kintone-sso-sync.yaml", `${yaml}timezone: Asia/Tokyo\n`);
    open().logger.info("one");
    expect(under.stderr()).toContain(" +09:00 INFO: one");
  });
});
