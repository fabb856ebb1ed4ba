import { expect, test } from "vitest";
import { minimalFile, problemsOf } from "./loading.ts";

const slips: readonly (readonly [string, string])[] = [
  ["identityCentre: {}", "Did you mean identityCenter?"],
  ["timeZone: Asia/Tokyo", "Did you mean timezone?"],
  ["time_zone: Asia/Tokyo", "Did you mean timezone?"],
  ["principals: { usermatch: email }", "Did you mean userMatch?"],
  ["pace: { request_per_second: 5 }", "Did you mean requestsPerSecond?"],
  ["baseUrl: https://example.cybozu.com", "Did you mean kintone.baseUrl?"],
  ["portal-url: https://example.awsapps.com/start", "Did you mean identityCenter.portalUrl?"],
  ["guards: { maxDeletion: 5 }", "Did you mean maxDeletions?"],
  ["healthcheck: { url: x }", "Known keys: kintone, identityCenter,"],
  ["comments: errors\nconstructor: 1", "Known keys: kintone"],
  ["__proto__: { owner: x }", "Known keys: kintone"],
  [`${"k".repeat(500)}: 1`, "Known keys: kintone"],
];

test.each(slips)("%s is an unknown key: %s", (line, message) => {
  const problems = problemsOf({ text: `${minimalFile}${line}\n` });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(message);
});

const secrets: readonly (readonly [string, string, string])[] = [
  ["slack: { token: CANARY }", "slack.token", "SLACK_BOT_TOKEN"],
  ["slack: { botToken: CANARY }", "slack.botToken", "SLACK_BOT_TOKEN_FILE"],
  ["slackBotToken: CANARY", "slackBotToken", "SLACK_BOT_TOKEN"],
  ["KINTONE_API_TOKEN: CANARY", "KINTONE_API_TOKEN", "KINTONE_API_TOKEN_FILE"],
  ["kintoneApiToken: CANARY", "kintoneApiToken", "KINTONE_API_TOKEN"],
  ["apiTokens: [CANARY]", "apiTokens", "KINTONE_API_TOKEN"],
  ["password: CANARY", "password", "KINTONE_PASSWORD"],
  ["username: CANARY", "username", "KINTONE_USERNAME"],
  ["basicAuth: { username: CANARY }", "basicAuth", "KINTONE_BASIC_AUTH_PASSWORD"],
  ["pfxFilePassword: CANARY", "pfxFilePassword", "KINTONE_PFX_FILE_PASSWORD"],
  ["aws: { accessKeyId: CANARY }", "aws.accessKeyId", "AWS SDK"],
  ["aws: { secretAccessKey: CANARY }", "aws.secretAccessKey", "AWS SDK"],
  ["auth: { kintone: { apiToken: CANARY } }", "auth.kintone.apiToken", "KINTONE_API_TOKEN"],
];

test.each(secrets)("%s: the secret at %s belongs in %s", (line, path, place) => {
  const problems = problemsOf({ text: `${minimalFile}${line}\n` });
  const found = problems.filter((problem) => problem.startsWith(`${path}: `));
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(/^\S+ (Secrets|Credentials) do not belong in this file/);
  expect(found[0]).toContain(place);
  expect(problems.join("\n")).not.toContain("CANARY");
});

test("a secret below an unknown key is told beside the key", () => {
  const problems = problemsOf({ text: `${minimalFile}auth: { token: a, other: { deeper: b } }\n` });
  expect(problems.map((problem) => problem.split(": ")[0])).toEqual(["auth", "auth.token"]);
});
