import { readFile } from "node:fs/promises";

import { describe, expect, test } from "vitest";

import { runBundle, runCli } from "./run-cli.ts";
import { accounts, appliedSets, assignmentApp, developers, readers, userName } from "./small-company.ts";
import { reportIn, withSandbox } from "./with-sandbox.ts";

const isoTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const typo = { permission_set: "ReadOnly", users: ["misaki"], accounts: "prodution" };
const anyControl = /(?![\n\t])\p{Cc}/u;

describe.concurrent("output", () => {
  test("with --json is one document on stdout that tells everything about the pass", () =>
    withSandbox({ company: { assignments: [readers, developers, typo] } }, async (world) => {
      const run = await world.cli("sync --json --lang en");
      const report = reportIn(run);
      expect(report).toMatchObject({
        schemaVersion: 1,
        runId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        startedAt: isoTime,
        finishedAt: isoTime,
        mode: "sync",
        result: "applied",
        counts: {
          records: 5,
          changes: 9,
          applied: 9,
          failed: 0,
          skipped: 0,
          held: 0,
          waiting: 0,
          unmanaged: 0,
          issues: 1,
          deletions: 0,
        },
        plan: {
          hash: expect.stringMatching(/^[0-9a-f]{32}$/),
          held: [],
          waiting: [],
          unmanaged: [],
          locked: [],
        },
        violations: [],
      });
      expect(report.plan?.changes).toContainEqual({
        id: expect.stringContaining(`assign:ReadOnly/${accounts.production}/USER/`),
        kind: "assign",
        target: {
          permissionSet: "ReadOnly",
          account: accounts.production,
          accountName: "production",
          principal: {
            type: "USER",
            id: world.aws.state.userId(userName("hanako")),
            name: userName("hanako"),
          },
        },
        records: [{ app: assignmentApp, record: "1" }],
      });
      expect(report.outcomes.map(({ change }) => change)).toEqual(report.plan?.changes.map(({ id }) => id));
      for (const outcome of report.outcomes) {
        expect(outcome).toEqual({
          change: expect.any(String),
          status: "applied",
          requestId: expect.any(String),
          startedAt: isoTime,
          finishedAt: isoTime,
        });
      }
      expect(report.issues).toEqual([
        {
          code: "account.unknown",
          severity: "error",
          app: assignmentApp,
          record: "3",
          field: "accounts",
          fieldLabel: "AWSアカウント",
          url: `${world.kintone.url}/k/${assignmentApp}/show#record=3`,
          message: expect.stringContaining(`"prodution"`),
          hint: expect.stringContaining(`"production"`),
          example: expect.any(String),
          key: "assignments/3",
          fingerprint: expect.any(String),
          params: expect.objectContaining({ value: "prodution" }),
        },
      ]);
      const sent = (service: string) => world.aws.requests.filter((request) => request.service === service);
      expect(report.apiCalls).toMatchObject({
        sso: sent("sso-admin").length,
        identitystore: sent("identitystore").length,
        organizations: sent("organizations").length,
        iam: sent("iam").length,
        accessanalyzer: 0,
        kintone: world.kintone.requests.length,
        slack: world.slack.requests.length,
      });
    }));

  test("has the report on stdout and what is going on on stderr, without colour where there is no terminal", () =>
    withSandbox({}, async (world) => {
      const run = await world.cli("sync --lang en", { TERM: "xterm-256color", COLORTERM: "truecolor" });
      expect(run.stdout).toMatch(
        /^2 permission sets change .*\n(?:.*\n)*\nChanges\n {2}\+ Developer {2}create permission set {2}\(record 10#2\)\n/,
      );
      expect(run.stdout).toMatch(
        /\(AWS operations: 9 applied, 0 failed, 0 not tried\)\.\nAll changes were applied\.\n$/,
      );
      const [reading, applying, ...progress] = run.stderr.trim().split("\n");
      expect(reading).toBe("Reading kintone and IAM Identity Center …");
      expect(applying).toMatch(/^Applying 2 permission sets and \d+ assignments \(9 AWS operations\) …$/);
      expect(progress.at(-1)).toBe("9/9");
      expect(run.stdout + run.stderr).not.toMatch(anyControl);
    }));

  test("of a sync mentions the author of a wrong record in one comment, which is not repeated until something else is wrong", () =>
    withSandbox(
      { company: { assignments: [readers, developers, typo], aws: { permissionSets: appliedSets } } },
      async (world) => {
        const first = await world.cli("sync --lang en");
        expect(first.code).toBe(0);
        const [comment, ...others] = world.kintone.comments(assignmentApp);
        expect(others).toEqual([]);
        expect(comment).toMatchObject({ record: 3, mentions: [{ code: "misaki", type: "USER" }] });
        expect(comment?.text).toContain(`"prodution"`);
        expect(world.slack.messages).toHaveLength(1);

        await world.cli("sync --lang en");
        expect(world.kintone.comments(assignmentApp)).toHaveLength(1);
        expect(world.slack.messages).toHaveLength(1);

        world.kintone.updateRecord(assignmentApp, 3, { accounts: "stagging" }, "kenta");
        await world.cli("sync --lang en");
        const [, second] = world.kintone.comments(assignmentApp, 3);
        expect(second).toMatchObject({ mentions: [{ code: "kenta", type: "USER" }] });
        expect(second?.text).toContain(`"stagging"`);
      },
    ));

  test("of --help names every command and of --version the version, both on stdout", async () => {
    const [help, version] = await Promise.all([runBundle(["--help"]), runBundle(["--version"])]);
    expect([help.code, help.stderr, version.code, version.stderr]).toEqual([0, "", 0, ""]);
    for (const command of ["plan", "sync", "demo", "sandbox"]) {
      expect(help.stdout).toMatch(new RegExp(String.raw`^ {2}${command} .*\w`, "m"));
    }
    const packageFile = await readFile(new URL("../../package.json", import.meta.url), "utf8");
    expect(`"version": "${version.stdout.trim()}"`).toBe(/"version": ".*"/.exec(packageFile)?.[0]);
  });

  test.each([
    ["an unknown command", ["snyc"], /unknown command 'snyc'[^]*sync/],
    ["no command", [], /Usage: kintone-sso-sync/],
    ["an unknown option", ["plan", "--jsn"], /unknown option '--jsn'[^]*--json/],
    ["a code that is none", ["sync", "--approve", "all"], /32 hexadecimal digits/],
    ["an unknown language", ["--lang", "fr", "plan"], /Allowed choices are ja, en/],
  ])("for %s says on stderr what would be right, with exit code 1", async (_name, args, said) => {
    const run = await runCli(args);
    expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 1, stdout: "" });
    expect(run.stderr).toMatch(said);
    expect(run.stderr).not.toMatch(/^\s+at /m);
  });
});
