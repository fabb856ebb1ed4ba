import { describe, expect, it } from "vitest";
import type { ReportedPlan, RunReport } from "../../../src/model/run-report.ts";
import { permissionSetName } from "../../../src/model/ids.ts";
import type { Change } from "../../../src/model/plan.ts";
import { changeId } from "../../../src/plan/change-targets.ts";
import { renderReportText } from "../../../src/report/render-report-text.ts";
import { createIssue } from "../../../src/model/issue.ts";
import { noPaint } from "../../../src/process/terminal.ts";
import { renderGithubSummary } from "../../../src/tell/github-summary.ts";
import {
  actualState,
  definition,
  development,
  directory,
  managedSet,
  production,
  recordRef,
} from "../../builders.ts";
import {
  applied,
  assign,
  attachPolicy,
  createSet,
  deleteSet,
  failed,
  passOf,
  passWithIssues,
  planOf,
  reportOf,
  skipped,
  unassign,
} from "../builders.ts";
import { accounts, bigReport, everybody, mallory, people } from "./big-report.ts";

function textOf(report: RunReport, verbose = false): string {
  return renderReportText(report, "en", noPaint, { verbose });
}

describe("a plan of 300 changes", () => {
  it("says in its first twelve lines what is dangerous", () => {
    const top = textOf(bigReport()).split("\n").slice(0, 12).join("\n");
    expect(top).toMatchInlineSnapshot(`
      "1 permission set changes (1 deleted) · 301 assignments + · 13 − · 32 people · 1 new administrator
      Look at this first
        ! 1 new administrator by Admin: mallory@example.co.jp → Account 3 (100000000003)
        ! no administrator is left in Account 7 (100000000007)
        ! 1 person loses all access: olga@example.co.jp
        ! Legacy is deleted, 12 assignments in 1 account removed: user00@example.co.jp, user01@example.co.jp, user02@example.co.jp, user03@example.co.jp, user04@example.co.jp … and 7 more

      Changes
          ReadOnly
          + assign ×300  user00@example.co.jp, user01@example.co.jp, user02@example.co.jp, user03@example.co.jp, user04@example.co.jp … and 25 more → Account 0 (100000000000), Account 1 (100000000001), Account 2 (100000000002), Account 3 (100000000003), Account 4 (100000000004) … and 5 more  (record 10#1)
          Admin
          + assign  mallory@example.co.jp → Account 3 (100000000003)  (no record)"
    `);
  });

  it("is short, and whole with every name where all is asked for", () => {
    const report = bigReport();
    expect(textOf(report).split("\n").length).toBeLessThan(40);
    const all = textOf(report, true);
    for (const { userName } of people) expect(all).toContain(userName);
    for (const index of accounts.slice(0, 10).keys()) expect(all).toContain(`Account ${index} `);
  });

  it("says the same at the top of GitHub's summary", () => {
    const [, headline, , dangers] = renderGithubSummary(bigReport(), "en").split("\n\n");
    expect(headline).toBe(`**${textOf(bigReport()).split("\n")[0] ?? ""}**`);
    expect(dangers).toContain("mallory@example.co.jp");
    expect(dangers).toContain("Account 7");
  });
});

describe("an edit of an inline policy", () => {
  const policy = (actions: readonly string[]): string =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }],
    });
  const actions = ["a:1", "a:2", "a:3", "a:4", "a:5", "a:6", "a:7", "a:8", "a:9"];
  const edit = (before: string, after: string): readonly string[] => {
    const target = { permissionSet: permissionSetName("ReadOnly") };
    const kind = "put-inline-policy";
    const change: Change = {
      id: changeId(kind, "ReadOnly"),
      kind,
      target,
      before,
      after,
      records: [recordRef()],
      dependsOn: [],
      accounts: [],
    };
    const [, changes = ""] = textOf(reportOf(passOf({ mode: "plan", plan: planOf([change]) }))).split("\n\n");
    return changes.split("\n").slice(3);
  };

  it("is shown line by line, with three lines around", () => {
    const changed = actions.map((action) => (action === "a:5" ? "iam:*" : action));
    expect(edit(policy(actions), policy(changed)).map((line) => line.trimEnd())).toEqual([
      "        … 7 lines as before",
      '                "a:2",',
      '                "a:3",',
      '                "a:4",',
      '      -         "a:5",',
      '      +         "iam:*",',
      '                "a:6",',
      '                "a:7",',
      '                "a:8",',
      "        … 6 lines as before",
    ]);
  });

  it("does not take another layout of the same document for a change of lines", () => {
    const spaced = JSON.stringify(JSON.parse(policy(actions)), null, 4);
    const lines = edit(spaced, policy([...actions, "iam:PassRole"]));
    expect(lines.filter((line) => /^ *[+-]/u.test(line)).map((line) => line.trim())).toEqual([
      '-         "a:9"',
      '+         "a:9",',
      '+         "iam:PassRole"',
    ]);
  });
});

describe("a rename", () => {
  const policies = { managedPolicies: ["arn:aws:iam::aws:policy/A"] };
  const was = managedSet("Old", { definition: definition(policies) });
  const movers = people.slice(0, 12);
  const actual = actualState({ directory: directory({ users: everybody }), permissionSets: [was] });
  const create = createSet("New");
  const renamed = {
    ...create,
    after: {
      attributes: was.definition.attributes,
      tags: { "kintone-sso-sync:former-name": "Old" },
    },
  } as Change;
  const changes = [
    renamed,
    attachPolicy("New", "arn:aws:iam::aws:policy/A"),
    attachPolicy("New", "arn:aws:iam::aws:policy/B"),
    ...movers.map((one) => assign("New", production, one)),
    ...movers.map((one) => unassign("Old", production, one)),
    unassign("Old", development, mallory),
    deleteSet("Old"),
  ];
  const report = reportOf(passOf({ mode: "plan", actual, plan: planOf(changes) }));

  it("is one line, with what really changes below it", () => {
    const [top = "", lines = ""] = textOf(report).split("\n\n");
    expect(top.split("\n")[0]).toBe(
      "1 permission set changes (1 renamed) · 1 assignment − · 12 move · 13 people",
    );
    expect(lines.split("\n")).toEqual([
      "Changes",
      "  ~ Old → New  renamed (12 users and groups move)  (record 10#1)",
      "    + attach AWS managed policy  arn:aws:iam::aws:policy/B",
      "    - unassign  mallory@example.co.jp → Development (333333333333)  (no record)",
    ]);
  });
});

describe("a pass that was interrupted", () => {
  it("ends with what was done and what was not, in counts", () => {
    const grants = people.map((one) => assign("ReadOnly", production, one));
    const [first, second, ...rest] = grants;
    if (first === undefined || second === undefined) throw new Error("no grants");
    const outcomes = [applied(first), failed(second), ...rest.map((change) => skipped(change))];
    const text = textOf(reportOf(passOf({ plan: planOf(grants), outcomes })));
    expect(text).toContain(
      "Applied 1 of 30 assignments (AWS operations: 1 applied, 1 failed, 28 not tried).",
    );
    expect(text.split("\n").filter((line) => line.includes("the pass was stopped"))).toHaveLength(1);
    expect(text.split("\n").length).toBeLessThan(25);
  });
});

describe("many records with the same mistake", () => {
  const issues = Array.from({ length: 29 }, (_, index) =>
    createIssue("session-duration.out-of-range", recordRef({ id: String(index + 1) }), "sessionDuration", {
      value: "24",
    }),
  );

  it("are told with one hint, and the rest is counted", () => {
    const text = textOf(reportOf(passWithIssues(issues)));
    expect(text.match(/How to fix/gu)).toHaveLength(1);
    expect(text).toContain("… and 24 more: session-duration.out-of-range");
  });
});

describe("what a plan of before there were effects and links", () => {
  it("lacks is not missed", () => {
    const report = bigReport();
    const { effects: _effects, links: _links, ...plan } = report.plan as ReportedPlan;
    expect(textOf({ ...report, plan })).toContain("Legacy is deleted");
  });
});
