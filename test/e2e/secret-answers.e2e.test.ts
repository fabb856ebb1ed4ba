import { Writable } from "node:stream";

import { expect, test } from "vitest";

import { createLogger } from "../../src/process/logger.ts";
import { secretTexts } from "../../src/process/secret-scrubber.ts";
import { renderReportText } from "../../src/report/render-report-text.ts";
import { noPaint } from "../../src/process/terminal.ts";
import { passInProcess } from "./pass-in-process.ts";
import { leaksIn } from "./secrets.ts";
import {
  accounts,
  appliedSets,
  developer,
  developers,
  readers,
  readOnly,
  userName,
} from "./small-company.ts";
import { withSandbox, type World } from "./with-sandbox.ts";
import { everyFifth } from "../share.ts";

const secretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const sessionToken = "IQoJb3JpZ2luX2VjEXAMPLE/token+==";
const setToken = "permissionSetAppToken";
const assignmentToken = "assignmentAppToken";
const slackToken = "xoxb-slack-bot-token";
const secrets = [setToken, assignmentToken, slackToken, secretKey, sessionToken];
const echo = [
  ...secrets,
  ...secrets.map((secret) => Buffer.from(secret).toString("base64")),
  ...secrets.map((secret) => encodeURIComponent(secret)),
].join(" | ");

const environment = { AWS_SECRET_ACCESS_KEY: secretKey, AWS_SESSION_TOKEN: sessionToken };

const managed = (record: string) => ({ "kintone-sso-sync:owner": "e2e", "kintone-sso-sync:record": record });
const managedPolicies = ["ReadOnlyAccess", "job-function/ViewOnlyAccess"].map(
  (name) => `arn:aws:iam::aws:policy/${name}`,
);

/** One pass of this company asks for nearly everything that a pass can ask for: it creates, changes, deletes, comments and tells. */
const company = {
  permissionSets: [
    {
      ...readOnly,
      inline_policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
      }),
    },
    { ...developer, customer_managed_policies: "/team/Reader" },
  ],
  assignments: [
    readers,
    developers,
    { permission_set: "Developer", users: ["hanako"], accounts: "prodution" },
  ],
  aws: {
    permissionSets: [
      {
        ...appliedSets[0],
        name: "ReadOnly",
        description: "Former text",
        managedPolicies,
        tags: managed("1"),
        assignments: [{ accountId: accounts.production, userName: userName("kenta") }],
      },
      { name: "Former", tags: managed("9") },
    ],
    missingCustomerManagedPolicies: [{ name: "Reader", path: "/team/", accountId: accounts.development }],
  },
};
const config = `identityCenter: { expectedAccount: "${accounts.identity}" }\nnotify: { slackMentionAuthor: true }`;

/** A refusal, a proxy's page, and something that is no answer at all. */
const answers = [
  {
    status: 400,
    headers: { "x-amzn-errortype": "ValidationException", "content-type": "application/json" },
    body: JSON.stringify({
      __type: "ValidationException",
      code: "CB_XX99",
      id: "1",
      error: echo,
      message: echo,
    }),
  },
  { status: 403, headers: { "content-type": "text/html" }, body: `<p>${echo}</p>` },
  { status: 200, headers: { "content-type": "text/plain" }, body: echo },
];

type Server = World["aws" | "kintone" | "slack"];
const serversOf = ({ aws, kintone, slack }: World): readonly Server[] => [aws, kintone, slack];

/** Everything that a pass leaves behind for somebody to read. */
async function tracesOfPass(world: World): Promise<string> {
  let logged = "";
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      logged += String(chunk);
      done();
    },
  });
  const own = { KINTONE_API_TOKEN: `${setToken},${assignmentToken}`, SLACK_BOT_TOKEN: slackToken };
  const texts = secretTexts(undefined, { ...environment, ...own });
  const logger = createLogger({ level: "debug", format: "json", secrets: texts, stream });
  const report = await passInProcess(world, "sync", environment, logger);
  const told = [world.slack.messages, world.kintone.comments(10), world.kintone.comments(11)];
  return [JSON.stringify(report), renderReportText(report, "en", noPaint), JSON.stringify(told), logged].join(
    "\n",
  );
}

const operations = await withSandbox({ company, config, speed: 1000 }, async (world) => {
  const seen = new Set<string>();
  const note = ({ operation }: { readonly operation?: string }): boolean => {
    seen.add(operation ?? "");
    return false;
  };
  for (const server of serversOf(world)) server.failures.add({ match: note, respond: { reset: true } });
  await tracesOfPass(world);
  return [...seen].toSorted();
});

test("the pass asks each of the services, to read and to write", () => {
  expect(operations.length).toBeGreaterThan(30);
  expect(operations).toEqual(
    expect.arrayContaining([
      "GetCallerIdentity",
      "ListUsers",
      "ListAccounts",
      "ListPolicies",
      "ValidatePolicy",
      "CreatePermissionSet",
      "DeleteAccountAssignment",
      "DeletePermissionSet",
      "getRecords",
      "getRecordComments",
      "addRecordComment",
      "chat.postMessage",
      "users.lookupByEmail",
    ]),
  );
});

test.each(everyFifth(operations))(
  "no secret that comes back from %s gets anywhere, whatever answer it comes in",
  async (operation) => {
    // What is asked for again and again is waited for, here in real time.
    const once = /Status$|lookupByEmail$/u.test(operation) ? { times: 1 } : {};
    // Over what is no answer, AWS's SDK takes its time.
    const isAws = /^[A-Z]/u.test(operation);
    for (const respond of isAws ? answers.slice(0, 2) : answers) {
      await withSandbox({ company, config, speed: 1000 }, async (world) => {
        for (const server of serversOf(world))
          server.failures.add({ match: { operation }, respond, ...once });
        expect(leaksIn(await tracesOfPass(world), secrets)).toEqual([]);
      });
    }
  },
);
