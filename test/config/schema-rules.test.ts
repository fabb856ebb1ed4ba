import { expect, test } from "vitest";
import { schemaMessages } from "../../src/config/schema-messages.ts";
import { minimalFile, problemsOf } from "./loading.ts";

const accepted = [
  'identityCenter: { region: us-east-1, expectedAccount: "012345678901" }',
  "identityCenter: { region: eusc-de-east-1 }",
  "identityCenter: { region: us-east-1, instanceArn: arn:aws-cn:sso:::instance/ssoins-1234567890abcdef }",
  "pace: { requestsPerSecond: 1, outstandingOperations: 1 }",
  "pace: { requestsPerSecond: 20, outstandingOperations: 15 }",
  "principals: { waitMinutes: 0 }",
  "owner: a",
  `owner: ${"a".repeat(256)}`,
  "owner: 情シス 1_.:/=+-@",
];

test.each(accepted)("%s is accepted", (line) => {
  expect(problemsOf({ text: merge(line) })).toEqual([]);
});

const refused: readonly (readonly [string, string, string])[] = [
  ["identityCenter: { region: us-east-1, expectedAccount: 012345678901 }", "expectedAccount", "quotes"],
  ["identityCenter: { region: us-east-1, expectedAccount: 111122223333 }", "expectedAccount", "quotes"],
  ['identityCenter: { region: us-east-1, expectedAccount: "1111" }', "expectedAccount", "twelve digits"],
  ["protected: { accounts: [111122223333] }", "protected.accounts.0", "quotes"],
  ['protected: { accounts: ["1111-2222-3333"] }', "protected.accounts.0", "twelve digits"],
  ["protected: { principals: [12] }", "protected.principals.0", "Must be text"],
  ["protected: { permissionSets: [''] }", "protected.permissionSets.0", "not empty"],
  ["protected: { accounts: none }", "protected.accounts", "Must be a list"],
  ["identityCenter: { region: us-east }", "identityCenter.region", "primary Region"],
  ["identityCenter: { region: us-east-1, instanceArn: ssoins-1 }", "identityCenter.instanceArn", "ARN"],
  ["pace: { requestsPerSecond: 0 }", "pace.requestsPerSecond", "from 1 to 20"],
  ["pace: { requestsPerSecond: 21 }", "pace.requestsPerSecond", "from 1 to 20"],
  ["pace: { requestsPerSecond: 1.5 }", "pace.requestsPerSecond", "from 1 to 20"],
  ["pace: { requestsPerSecond: .nan }", "pace.requestsPerSecond", "from 1 to 20"],
  ["pace: { outstandingOperations: 16 }", "pace.outstandingOperations", "from 1 to 15"],
  ["pace: { perAccount: 2 }", "pace.perAccount", "Must be 1"],
  ["guards: { maxDeletions: -1 }", "guards.maxDeletions", "0 or more"],
  ["guards: { maxDeletionRatio: 1.1 }", "guards.maxDeletionRatio", "from 0 to 1"],
  ["guards: { maxDeletionRatio: 10% }", "guards.maxDeletionRatio", "from 0 to 1"],
  ["guards: { maxUsersLosingAllAccess: some }", "guards.maxUsersLosingAllAccess", "0 or more"],
  ["guardrails: { default: refuse }", "guardrails.default", "allow or deny"],
  ["guardrails: { enforce: 1 }", "guardrails.enforce", "true or false"],
  ["guardrails: { rules: {} }", "guardrails.rules", "Must be a list"],
  [
    "guardrails: { rules: [{ name: a, effect: forbid, users: [b] }] }",
    "guardrails.rules.0.effect",
    "allow or deny",
  ],
  ["guardrails: { rules: [{ effect: deny, users: [b] }] }", "guardrails.rules.0.name", "Is required"],
  ["guardrails: { rules: [{ name: a, effect: deny }] }", "guardrails.rules.0", "at least one of accounts"],
  [
    "guardrails: { rules: [{ name: a, effect: deny, users: [] }] }",
    "guardrails.rules.0.users",
    "at least one name",
  ],
  [
    "guardrails: { rules: [{ name: a, effect: deny, users: ['!b'] }] }",
    "guardrails.rules.0.users.0",
    "exclamation",
  ],
  [
    "guardrails: { rules: [{ name: a, effect: deny, accounts: [123456789012] }] }",
    "guardrails.rules.0.accounts.0",
    "in quotes",
  ],
  [
    "guardrails: { rules: [{ name: a, effect: deny, administratorClass: yes please }] }",
    "guardrails.rules.0.administratorClass",
    "true",
  ],
  [
    "guardrails: { rules: [{ name: a, effect: deny, users: [b], groups: [c] }] }",
    "guardrails.rules.0",
    "write two rules",
  ],
  [
    "guardrails: { rules: [{ name: a, effect: deny, users: [b] }, { name: a, effect: allow, users: [c] }] }",
    "guardrails.rules.1.name",
    "a rule above",
  ],
  ["guardrails: { rules: [{ name: a, effect: deny, user: [b] }] }", "guardrails.rules.0.user", "users"],
  ["guards: { maxRecordShrink: 2 }", "guards.maxRecordShrink", "from 0 to 1"],
  ["guards: { maxDeletionsPerDay: -1 }", "guards.maxDeletionsPerDay", "0 or more"],
  ["guards: { maxDeletionRatioPerDay: -0.1 }", "guards.maxDeletionRatioPerDay", "from 0 to 1"],
  ["guards: { maxAdminGrants: few }", "guards.maxAdminGrants", "0 or more"],
  ["pace: fast", "pace", "Must hold keys of its own"],
  ["principals: { waitMinutes: -1 }", "principals.waitMinutes", "0 or more"],
  ["principals: { userMatch: mail }", "principals.userMatch", "userName or email"],
  ["principals: { disabledUsers: yes }", "principals.disabledUsers", "revoke or keep"],
  ["unlistedAssignments: delete", "unlistedAssignments", "remove or report"],
  ["comments: all", "comments", "errors, errors-and-applied or off"],
  ["notify: { repeatHours: 0 }", "notify.repeatHours", "1 or more"],
  ["notify: { slackMentionAuthor: 1 }", "notify.slackMentionAuthor", "true or false"],
  ["memory: s3://Bucket", "memory", "s3://bucket/key"],
  ["language: fr", "language", "ja or en"],
  ["timezone: 9", "timezone", "Must be text"],
  ["owner: ' '", "owner", "tag value"],
  ["owner: a#b", "owner", "tag value"],
  [`owner: ${"a".repeat(257)}`, "owner", "tag value"],
  ["slack: { channel: xoxb-123 }", "slack.channel", "never a token"],
  ["slack: { channel: one two }", "slack.channel", "never a token"],
];

test.each(refused)("%s is a problem of %s: %s", (line, path, message) => {
  const problems = problemsOf({ text: merge(line) });
  expect(problems.filter((problem) => problem.includes(path) && problem.includes(message))).toHaveLength(1);
});

const appProblems: readonly (readonly [string, string, string])[] = [
  ["permissionSets: { app: 0 }", "kintone.permissionSets.app", "1 or more"],
  ["permissionSets: { app: '10' }", "kintone.permissionSets.app", "1 or more"],
  ["assignments: {}", "kintone.assignments.app", "KINTONE_ASSIGNMENT_APP"],
  ["permissionSets: { app: 10, fields: { name: null } }", "fields.name", "null is not allowed"],
  ["permissionSets: { app: 10, fields: { name: '' } }", "fields.name", "null is not allowed"],
  ["permissionSets: { app: 10, fields: { description: '' } }", "fields.description", "or null"],
  ["assignments: { app: 11, fields: { accounts: null } }", "fields.accounts", "null is not allowed"],
  ["assignments: { app: 11, fields: { users: 5 } }", "fields.users", "or null"],
  ["guestSpaceId: 0", "kintone.guestSpaceId", "1 or more"],
];

test.each(appProblems)("kintone with %s has a problem with %s: %s", (line, path, message) => {
  const lines = [
    "baseUrl: https://example.cybozu.com",
    "permissionSets: { app: 10 }",
    "assignments: { app: 11 }",
  ];
  const key = line.split(":")[0] ?? "";
  const kept = lines.filter((other) => !other.startsWith(`${key}:`));
  const text = `kintone:\n${[...kept, line].map((each) => `  ${each}\n`).join("")}identityCenter: { region: us-east-1 }`;
  const problems = problemsOf({ text });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(path);
  expect(problems[0]).toContain(message);
});

test("every sentence of the schema differs between the languages", () => {
  for (const { ja, en } of Object.values(schemaMessages)) expect(ja).not.toBe(en);
});

/** The minimal file with one of its sections replaced or one added. */
function merge(line: string): string {
  return line.startsWith("identityCenter")
    ? minimalFile.replace(/identityCenter:\n.*\n/, `${line}\n`)
    : `${minimalFile}${line}\n`;
}
