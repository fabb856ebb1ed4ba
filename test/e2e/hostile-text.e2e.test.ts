import { describe, expect, test } from "vitest";

import type { CliRun } from "./run-cli.ts";
import {
  accounts,
  assignmentApp,
  developer,
  permissionSetApp,
  readers,
  readOnly,
  userName,
} from "./small-company.ts";
import { reportIn, withSandbox, type World } from "./with-sandbox.ts";

const hostileTexts = [
  "::add-mask::x",
  "  ::stop-commands::x",
  "a\r\n::set-output name=x::y",
  "##vso[task.setvariable variable=PATH]x",
  "a ##[error]x",
  "###vso[task.complete]x",
  "\u001B[31mred\u001B[0m",
  "\u001B]0;title\u0007",
  "\u009B31mred",
  "a\rb",
  "a\u0085::error::x",
  "a\u2028::error::x",
  "a\u2029::error::x",
  "\u202Etxt.exe",
  "\u2066x\u200F",
  "<!channel> <@U1> <https://example.com|x> *b* `c`",
  "${{ github.token }} %0A::error::x",
];

const company = {
  permissionSets: [
    readOnly,
    developer,
    ...hostileTexts.flatMap((text) => [
      { name: text },
      { name: `A${text}`, description: text, session_duration: text, relay_state: text },
      { ...readOnly, name: text.replaceAll(/[^A-Za-z]/g, "").slice(0, 20), managed_policies: text },
      {
        name: "Fine",
        inline_policy: `{"${text}": 1}`,
        permissions_boundary: text,
        customer_managed_policies: text,
      },
    ]),
  ],
  assignments: [
    readers,
    { ...readers, accounts: accounts.development },
    ...hostileTexts.map((text) => ({ permission_set: "Developer", groups: text, accounts: "staging" })),
    ...hostileTexts.map((text) => ({ permission_set: text, groups: text, accounts: text })),
  ],
  aws: {
    groups: hostileTexts.map((displayName) => ({ displayName, members: [userName("kenta")] })),
    accounts: Object.entries(accounts).map(([name, id]) => ({
      id,
      name: name === "development" ? hostileTexts.join(" ") : name,
    })),
  },
};

/** The same, but that most accounts and policies are found: authors are told nothing where hardly any are. */
const companyThatIsTold = {
  ...company,
  permissionSets: [
    readOnly,
    developer,
    ...hostileTexts.flatMap((text) => [
      { name: text },
      { name: `A${text}`, description: text, session_duration: text, relay_state: text },
      { name: "Fine", inline_policy: `{"${text}": 1}` },
    ]),
  ],
  assignments: [
    readers,
    ...hostileTexts.flatMap((text) => [
      { permission_set: "Developer", groups: text, accounts: "staging" },
      { permission_set: text, groups: text, accounts: "staging" },
    ]),
  ],
};

/** Everything that a runner of GitHub Actions or Azure Pipelines, or a terminal, would act on. */
function expectHarmless(text: string): void {
  const lines = text.split(/\r\n|[\r\n\u0085\u2028\u2029]/);
  const live = [/^\s*::/, /##(vso)?\[/i, /(?!\t)[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/u];
  const found = lines.filter((line) => live.some((pattern) => pattern.test(line)));
  expect(found.map((line) => line.slice(0, 200))).toEqual([]);
}

/** Of every Slack object that holds the text, its type; only of a "text" is nothing interpreted. */
function placesOf(text: string, value: unknown, type = "none"): readonly string[] {
  if (typeof value === "string") return value.includes(text) ? [type] : [];
  if (typeof value !== "object" || value === null) return [];
  const own = "type" in value && typeof value.type === "string" ? value.type : type;
  return Object.values(value).flatMap((item) => placesOf(text, item, own));
}

async function expectHarmlessRun(world: World, args: string): Promise<CliRun> {
  const run = await world.cli(args);
  expectHarmless(run.stdout);
  expectHarmless(run.stderr);
  return run;
}

describe.concurrent("hostile text in records and names", () => {
  test.each(["en", "ja"])("gives no live command or escape in the text of a plan in %s", (language) =>
    withSandbox({ company }, async (world) => {
      const run = await expectHarmlessRun(world, `plan --lang ${language}`);
      expect(run.code).toBe(0);
      expect(run.stdout).toContain("add-mask");
    }),
  );

  test("comes back whole from the JSON, in which no live command or escape stands", () =>
    withSandbox({ company }, async (world) => {
      const report = reportIn(await expectHarmlessRun(world, "plan --json"));
      const names = report.plan?.changes.flatMap(({ target }) => target.principal?.name ?? []) ?? [];
      expect(names).toContain("##vso[task.setvariable variable=PATH]x");
      expect(JSON.stringify(report.issues)).toContain("##vso[");
    }));

  test("reaches nobody's attention in Slack, and no log line when telling people fails", () =>
    withSandbox({ company: companyThatIsTold }, async (world) => {
      world.aws.failures.add({
        match: { operation: "CreateAccountAssignment" },
        respond: {
          status: 400,
          headers: { "x-amzn-errortype": "ValidationException" },
          body: { __type: "ValidationException", message: hostileTexts.join(" ") },
        },
      });
      world.kintone.failures.add({
        match: { operation: "addRecordComment" },
        nth: 1,
        respond: { status: 403, body: { code: "X", id: "1", message: hostileTexts.join("\n") } },
      });
      const run = await expectHarmlessRun(world, "sync --log-level debug");
      expect(run.code).toBe(4);
      expect(run.stderr).toContain("could not be told");
      const places = world.slack.messages.flatMap(({ text, blocks }) =>
        placesOf("<!channel>", { text, blocks }),
      );
      expect(new Set(places)).toEqual(new Set(["text"]));
      expect(world.slack.messages.map(({ text }) => text).filter((text) => /<[!@#h]/.test(text))).toEqual([]);
      const comments = [permissionSetApp, assignmentApp].flatMap((app) => world.kintone.comments(app));
      expect(comments.length).toBeGreaterThan(hostileTexts.length);
      expect(comments.filter(({ text }) => /(?!\n)\p{Cc}/u.test(text))).toEqual([]);
    }));
});
