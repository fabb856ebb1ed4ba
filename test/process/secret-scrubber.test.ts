import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createScrubber, learnSecrets, secretTexts } from "../../src/process/secret-scrubber.ts";

const awkward = 'p"w\\ +/=é日𝒳\t&%';

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const base64url = (text: string): string => Buffer.from(text).toString("base64url");
const json = (text: string): string => JSON.stringify(text).slice(1, -1);
const lowerHex = (text: string): string => text.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
const ascii = (text: string): string =>
  text.replaceAll(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

const forms: readonly (readonly [string, (secret: string) => string])[] = [
  ["itself", (secret) => secret],
  ["a JSON string", json],
  ["a JSON string in a JSON string", (secret) => json(json(secret))],
  ["a JSON string of ASCII only", (secret) => ascii(json(secret))],
  ["a part of a URL", encodeURIComponent],
  ["a part of a URL in lower case", (secret) => lowerHex(encodeURIComponent(secret))],
  ["a form value", (secret) => new URLSearchParams([["", secret]]).toString().slice(1)],
  ["base64", base64],
  ["base64url", base64url],
  ["base64 in a URL", (secret) => encodeURIComponent(base64(secret))],
];

describe.each(["0123456789abcdefABCDEF", "xoxb-12345-abcde", "pass", awkward])("the secret %j", (secret) => {
  const scrub = createScrubber(["another secret", secret]);

  test.each(forms)("is taken out as %s", (_name, form) => {
    expect(scrub(`before ${form(secret)} after`)).toBe("before [secret] after");
  });
});

test.each(["", "a", "sy", "syn", "sync-user", "日本"])("base64 of %j:password is taken out", (username) => {
  const password = "correct horse";
  const scrubbed = createScrubber([password])(`Basic ${base64(`${username}:${password}`)}`);
  expect(Buffer.from(scrubbed.replace(/^Basic |\[secret\].*$/g, ""), "base64").toString()).not.toContain(
    "corr",
  );
  expect(scrubbed).toContain("[secret]");
  expect(scrubbed.length).toBeLessThan(`Basic ${base64(`${username}:`)}[secret]`.length + 6);
});

test("no secret is found in its whole form wherever it is put", () => {
  const secret = fc.string({ minLength: 4, maxLength: 20, unit: "grapheme" });
  const form = fc.constantFrom(...forms.map(([, transform]) => transform));
  fc.assert(
    fc.property(secret, form, fc.string(), fc.string(), (secret, form, before, after) => {
      fc.pre(!"[secret]".includes(secret) && !(before + after).includes(form(secret)));
      expect(createScrubber([secret])(`${before}${form(secret)}${after}`)).toContain("[secret]");
    }),
    { numRuns: 400, seed: 1 },
  );
});

test("a secret that is part of another one leaves nothing of the longer one", () => {
  expect(createScrubber(["abcd", "abcdefgh"])("x abcdefgh y abcd")).toBe("x [secret] y [secret]");
});

test("empty and very short secrets change nothing", () => {
  expect(createScrubber(["", "a", "abc"])("abc a")).toBe("abc a");
});

describe("secrets that arrive while the program runs", () => {
  test("are taken out by scrubbers that were there before, in every form", () => {
    const before = createScrubber(["configured-secret"]);
    const without = createScrubber([]);
    expect(before("a token-of-this-run")).toBe("a token-of-this-run");
    learnSecrets(["token-of-this-run"]);
    expect(before(`configured-secret token-of-this-run ${base64("token-of-this-run")}`)).toBe(
      "[secret] [secret] [secret]",
    );
    expect(without("token-of-this-run")).toBe("[secret]");
  });

  test("do not pile up: of a daemon's hundreds the latest are kept", () => {
    const scrub = createScrubber([]);
    for (let pass = 0; pass < 200; pass += 1) learnSecrets([`session-token-${pass}-end`]);
    expect(scrub("session-token-199-end session-token-190-end")).toBe("[secret] [secret]");
    expect(scrub("session-token-0-end")).toBe("session-token-0-end");
  });
});

describe("the texts that must not get out", () => {
  test("are tokens, passwords and user:password pairs, and no user name", () => {
    const texts = secretTexts(
      {
        kintone: { kind: "password", username: "sync", password: "kintone-pw" },
        kintoneBasicAuth: { username: "basic", password: "basic-pw" },
        kintoneClientCertificate: { pfx: new Uint8Array([1]), password: "pfx-pw" },
        slackBotToken: "xoxb-1",
      },
      {},
    );
    expect(texts).toEqual([
      "sync:kintone-pw",
      "kintone-pw",
      "basic:basic-pw",
      "basic-pw",
      "pfx-pw",
      "xoxb-1",
    ]);
  });

  test("are every API token", () => {
    expect(secretTexts({ kintone: { kind: "api-token", tokens: ["aaaa", "bbbb"] } }, {})).toEqual([
      "aaaa",
      "bbbb",
    ]);
  });

  test("are the secrets in the environment even while the configuration has a problem", () => {
    const environment = {
      KINTONE_API_TOKEN: "aaaa, bbbb",
      KINTONE_PASSWORD: "pass",
      SLACK_BOT_TOKEN: "xoxb-1",
    };
    expect(secretTexts(undefined, environment)).toEqual(["pass", "xoxb-1", "aaaa", "bbbb"]);
  });

  test("are the credentials in the environment that other programs put there", () => {
    const environment = {
      AWS_SECRET_ACCESS_KEY: "aws-secret",
      AWS_SESSION_TOKEN: "aws-session",
      AWS_ACCESS_KEY_ID: "AKIA",
      GITHUB_TOKEN: "",
      HTTPS_PROXY: "http://user:pr%40xy@proxy.example.com:8080",
      http_proxy: "not a url",
      HTTP_PROXY: "http://user:100%@proxy.example.com",
    };
    const texts = secretTexts(undefined, environment);
    expect(texts).toEqual(["aws-secret", "aws-session", "pr%40xy", "pr@xy", "100%", "100%"]);
  });
});
