import { describe, expect, test } from "vitest";
import { loadValid, problemsOf } from "./loading.ts";

const secretsOf = (environment: Record<string, string>, files: Record<string, string | Uint8Array> = {}) =>
  loadValid({ environment, files }).secrets;

describe("kintone credentials", () => {
  test("are API tokens separated by commas, each once", () => {
    expect(secretsOf({ KINTONE_API_TOKEN: " aaa , bbb,aaa,, " }).kintone).toEqual({
      kind: "api-token",
      tokens: ["aaa", "bbb"],
    });
  });

  test("are a user name and a password when there is no token", () => {
    expect(secretsOf({ KINTONE_USERNAME: "sync", KINTONE_PASSWORD: " p:w " }).kintone).toEqual({
      kind: "password",
      username: "sync",
      password: " p:w ",
    });
  });

  test("are the token when both are given", () => {
    const environment = { KINTONE_API_TOKEN: "aaa", KINTONE_USERNAME: "sync", KINTONE_PASSWORD: "pw" };
    expect(secretsOf(environment).kintone.kind).toBe("api-token");
  });
});

test("every secret can be read from a file, whose last line break does not count", () => {
  const names = [
    "KINTONE_API_TOKEN",
    "KINTONE_BASIC_AUTH_USERNAME",
    "KINTONE_BASIC_AUTH_PASSWORD",
    "KINTONE_PFX_FILE_PASSWORD",
    "SLACK_BOT_TOKEN",
  ];
  const environment = Object.fromEntries(names.map((name) => [`${name}_FILE`, `/run/secrets/${name}`]));
  const files = Object.fromEntries(names.map((name) => [`/run/secrets/${name}`, `${name}-value\r\n`]));
  const pfx = new Uint8Array([0, 255, 10]);
  const secrets = secretsOf(
    { ...environment, KINTONE_PFX_FILE_PATH: "/client.pfx", SLACK_CHANNEL: "C1" },
    { ...files, "/client.pfx": pfx },
  );
  expect(secrets).toEqual({
    kintone: { kind: "api-token", tokens: ["KINTONE_API_TOKEN-value"] },
    kintoneBasicAuth: {
      username: "KINTONE_BASIC_AUTH_USERNAME-value",
      password: "KINTONE_BASIC_AUTH_PASSWORD-value",
    },
    kintoneClientCertificate: { pfx, password: "KINTONE_PFX_FILE_PASSWORD-value" },
    slackBotToken: "SLACK_BOT_TOKEN-value",
  });
});

test("the kintone user name and password can be read from files", () => {
  const environment = { KINTONE_USERNAME_FILE: "/user", KINTONE_PASSWORD_FILE: "/password" };
  expect(secretsOf(environment, { "/user": "\uFEFFsync\n", "/password": "päss wörd\n" }).kintone).toEqual({
    kind: "password",
    username: "sync",
    password: "päss wörd",
  });
});

const token = { KINTONE_API_TOKEN: "aaa" };
const refused: readonly (readonly [string, Record<string, string>, string])[] = [
  ["no credentials", {}, "KINTONE_API_TOKEN: There are no credentials for kintone"],
  [
    "a user name alone",
    { KINTONE_USERNAME: "a" },
    "KINTONE_PASSWORD: Is required together with KINTONE_USERNAME",
  ],
  [
    "a password alone",
    { KINTONE_PASSWORD: "a" },
    "KINTONE_USERNAME: Is required together with KINTONE_PASSWORD",
  ],
  ["commas only", { KINTONE_API_TOKEN: ",," }, "KINTONE_API_TOKEN: Is not a token"],
  ["a token with a space", { KINTONE_API_TOKEN: "a b" }, "KINTONE_API_TOKEN: Is not a token"],
  ["a full-width token", { KINTONE_API_TOKEN: "\uFF21\uFF22" }, "KINTONE_API_TOKEN: Is not a token"],
  ["ten tokens", { KINTONE_API_TOKEN: "a,b,c,d,e,f,g,h,i,j" }, "KINTONE_API_TOKEN: At most 9 API tokens"],
  [
    "a token given twice",
    { ...token, KINTONE_API_TOKEN_FILE: "/a" },
    "KINTONE_API_TOKEN_FILE: KINTONE_API_TOKEN and",
  ],
  [
    "a missing file",
    { KINTONE_API_TOKEN_FILE: "/nowhere" },
    "KINTONE_API_TOKEN_FILE: The file cannot be read (ENOENT)",
  ],
  ["an empty file", { KINTONE_API_TOKEN_FILE: "/empty" }, "KINTONE_API_TOKEN_FILE: The file is empty"],
  ["a blank file", { KINTONE_API_TOKEN_FILE: "/blank" }, "KINTONE_API_TOKEN_FILE: The file is empty"],
  [
    "a file that is not text",
    { KINTONE_API_TOKEN_FILE: "/binary" },
    "KINTONE_API_TOKEN_FILE: The file is not UTF-8",
  ],
  [
    "half of Basic authentication",
    { ...token, KINTONE_BASIC_AUTH_USERNAME: "a" },
    "KINTONE_BASIC_AUTH_PASSWORD: Is required together",
  ],
  [
    "a colon in the user name of Basic authentication",
    { ...token, KINTONE_BASIC_AUTH_USERNAME: "a:b", KINTONE_BASIC_AUTH_PASSWORD: "c" },
    "KINTONE_BASIC_AUTH_USERNAME: The user name of Basic authentication",
  ],
  [
    "a certificate without its password",
    { ...token, KINTONE_PFX_FILE_PATH: "/binary" },
    "KINTONE_PFX_FILE_PASSWORD: Is required together",
  ],
  [
    "the password of no certificate",
    { ...token, KINTONE_PFX_FILE_PASSWORD: "a" },
    "KINTONE_PFX_FILE_PATH: Is required together",
  ],
  [
    "a certificate that cannot be read",
    { ...token, KINTONE_PFX_FILE_PATH: "/nowhere", KINTONE_PFX_FILE_PASSWORD: "a" },
    "KINTONE_PFX_FILE_PATH: The file cannot be read (ENOENT)",
  ],
  [
    "a Slack token with a space",
    { ...token, SLACK_BOT_TOKEN: "xoxb 1", SLACK_CHANNEL: "C1" },
    "SLACK_BOT_TOKEN: Is not a token",
  ],
];

test.each(refused)("%s is one problem", (_name, environment, expected) => {
  const files = { "/empty": "", "/blank": " \n", "/binary": new Uint8Array([255, 254, 0]), "/a": "bbb" };
  const problems = problemsOf({ environment, files });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(expected);
});

test("a token put into the variable for its path is not repeated", () => {
  const problems = problemsOf({ environment: { KINTONE_API_TOKEN_FILE: "s3cr3tt0ken" } });
  expect(problems.join("\n")).not.toContain("s3cr3tt0ken");
});
