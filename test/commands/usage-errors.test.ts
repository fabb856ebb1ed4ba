import { describe, expect, it } from "vitest";
import { translateUsageError, usageLanguage } from "../../src/commands/usage-errors.ts";

describe("the language in which a wrong command line is told", () => {
  it("is the one that it asks for, or the environment's", () => {
    expect(usageLanguage(["sync", "--lang", "ja", "--bogus"], { LANG: "en_GB" })).toBe("ja");
    expect(usageLanguage(["--lang=en", "sync"], { KINTONE_SSO_SYNC_LANG: "ja" })).toBe("en");
    expect(usageLanguage(["sync", "--lang", "xx"], { KINTONE_SSO_SYNC_LANG: "ja" })).toBe("ja");
    expect(usageLanguage(["sync", "--lang"], {})).toBe("en");
  });
});

describe("what is wrong with a command line", () => {
  const errors = [
    "error: option '--approve <code>' argument 'x' is invalid. コードを指定してください。",
    "error: option '--only <half>' argument 'x' is invalid. Allowed choices are permission-sets, assignments.",
    "error: option '--approve <code>' argument missing",
    "error: unknown option '--appove'\n(Did you mean --approve?)",
    "error: unknown command 'synk'\n(Did you mean one of sync, serve?)",
    "error: missing required argument 'name'",
    "error: too many arguments for 'plan'. Expected 0 arguments but got 1.",
  ];

  it("is told in English as it is", () => {
    expect(errors.map((text) => translateUsageError(text, "en"))).toEqual(errors);
  });

  it("is told in Japanese where Japanese is spoken", () => {
    const told = errors.map((text) => translateUsageError(text, "ja")).join("\n");
    expect(told).toMatchInlineSnapshot(`
      "オプション --approve <code> に「x」は指定できません。コードを指定してください。
      オプション --only <half> に「x」は指定できません。指定できる値: permission-sets, assignments
      オプション --approve <code> の値を指定してください。
      --appove というオプションはありません。
      「--approve」の入力誤りではありませんか。
      synk というコマンドはありません。
      次のどれかの入力誤りではありませんか: sync, serve
      引数 name を指定してください。
      引数が多すぎます（1個。指定できるのは0個まで）。"
    `);
    expect(told).not.toMatch(/error|option |argument|Allowed|Did you/u);
  });

  it("keeps the beginning in Japanese where it is an unknown one", () => {
    expect(translateUsageError("error: something else", "ja")).toBe("エラー: something else");
  });
});
