import { describe, expect, it } from "vitest";
import type { Language } from "../../src/model/config.ts";
import type { Pass } from "../../src/model/pass.ts";
import { createIssue } from "../../src/model/issue.ts";
import type { RunReport } from "../../src/model/run-report.ts";
import { buildFailedReport } from "../../src/report/build-run-report.ts";
import { renderAnnotations } from "../../src/tell/github-annotations.ts";
import { production, recordRef, user } from "../builders.ts";
import { hostileTexts } from "../corpus/hostile-texts.ts";
import { findWorkflowCommands } from "../github/runner.ts";
import {
  applied,
  assign,
  context,
  failed,
  passOf,
  passWithIssues,
  planOf,
  reportOf,
  skipped,
} from "../report/builders.ts";
import { companyConfig, companyPass } from "../report/company-pass.ts";
import { hostileReport } from "./github-hostile-report.ts";
import { findHarm } from "../report/hostile-texts.ts";

function annotationsOf(pass: Pass, language: Language = "en"): readonly string[] {
  return renderAnnotations(reportOf(pass, { language }), language);
}

const strict = { guards: { ...companyConfig.guards, maxDeletions: 1, maxUsersLosingAllAccess: 0 } };

describe("annotations", () => {
  it("tell in English which changes failed and which records have issues", async () => {
    expect(annotationsOf(await companyPass())).toMatchInlineSnapshot(`
      [
        "::error title=kintone-sso-sync%3A a change failed::unassign Legacy Auditors → Development (333333333333): operation-failed: Received a 404 status error.",
        "::warning title=kintone-sso-sync%3A issues in record 10#3::The JSON in "ポリシーのJSON" is not valid. In line 4, column 23, a comma (,) is missing after this. https://example.cybozu.com/k/10/show#record=3",
        "::warning title=kintone-sso-sync%3A issues in record 11#4::The AWS account "Prodction" in "AWSアカウント" was not found. https://example.cybozu.com/k/11/show#record=4",
        "::warning title=kintone-sso-sync%3A issues in record 11#5::"Management" in "AWSアカウント" is the management account of the organization. https://example.cybozu.com/k/11/show#record=5",
      ]
    `);
  });

  it("tell in Japanese which changes failed and which records have issues", async () => {
    expect(annotationsOf(await companyPass(), "ja")).toMatchInlineSnapshot(`
      [
        "::error title=kintone-sso-sync%3A 変更を適用できませんでした::割り当てを解除 Legacy Auditors → Development (333333333333): operation-failed: Received a 404 status error.",
        "::warning title=kintone-sso-sync%3A レコード 10#3 に問題があります::「ポリシーのJSON」のJSONに誤りがあります。4行目の23文字目: この後ろにカンマ（,）がありません。 https://example.cybozu.com/k/10/show#record=3",
        "::warning title=kintone-sso-sync%3A レコード 11#4 に問題があります::「AWSアカウント」の「Prodction」というAWSアカウントが見つかりません。 https://example.cybozu.com/k/11/show#record=4",
        "::warning title=kintone-sso-sync%3A レコード 11#5 に問題があります::「AWSアカウント」の「Management」は、組織の管理アカウントです。 https://example.cybozu.com/k/11/show#record=5",
      ]
    `);
  });

  it("tell why a plan was refused and how to approve it", async () => {
    expect(annotationsOf(await companyPass({}, strict))[0]).toMatchInlineSnapshot(
      `"::error title=kintone-sso-sync%3A a part of the plan was refused%2C the rest was applied::2 deletions are more than guards.maxDeletions (1) and more than 10 %25 of the 4 managed assignments (guards.maxDeletionRatio). After reviewing what is refused, let exactly that through, once and within 24 hours, with: kintone-sso-sync sync --approve 1d80cb4ba28fd20729cb710d0e8e3c2c-ht9z0"`,
    );
    expect(annotationsOf(await companyPass({}, strict), "ja")[0]).toMatchInlineSnapshot(
      `"::error title=kintone-sso-sync%3A 安全のための上限を超えた一部の変更だけを止め、残りを適用しました::削除が2件あり、上限の1件（guards.maxDeletions）と、管理している割り当て4件の10 %25（guards.maxDeletionRatio）の両方を超えています。 内容を確認のうえ、中止した変更だけを1回適用するには、24時間以内に次を実行してください: kintone-sso-sync sync --approve 1d80cb4ba28fd20729cb710d0e8e3c2c-ht9z0"`,
    );
  });

  it("tell why a pass could not go on", () => {
    const error = {
      code: "aws.no-instance",
      fault: "user" as const,
      message: "There is no instance.",
      hint: "Check:\n100 %",
    };
    expect(renderAnnotations(buildFailedReport("sync", error, context), "en")).toEqual([
      "::error title=kintone-sso-sync%3A the pass failed::There is no instance. Check: 100 %25",
    ]);
  });

  it("warn of a pass that was stopped", () => {
    const changes = [
      assign("ReadOnly", production, user("anna")),
      assign("ReadOnly", production, user("ben")),
    ];
    const [one, other] = changes;
    const outcomes = one === undefined || other === undefined ? [] : [applied(one), skipped(other)];
    expect(annotationsOf(passOf({ plan: planOf(changes), outcomes }))).toEqual([
      "::warning title=kintone-sso-sync%3A stopped before everything was applied::Applied 1 of 2 assignments (AWS operations: 1 applied, 0 failed, 1 not tried).",
    ]);
  });

  it("are none of a pass in which all went well", () => {
    expect(annotationsOf(passOf())).toEqual([]);
  });

  it.each([
    [1, 0],
    [10, 0],
    [11, 1],
    [500, 490],
  ])("of %i failed changes are ten at most, and the other %i are counted", (count, rest) => {
    const changes = Array.from({ length: count }, (_, index) =>
      assign("ReadOnly", production, user(`user-${index}`)),
    );
    const pass = passOf({ plan: planOf(changes), outcomes: changes.map((change) => failed(change)) });
    const commands = findWorkflowCommands(annotationsOf(pass).join("\n"));
    expect(commands.filter(({ name }) => name === "error")).toHaveLength(Math.min(count, 10));
    expect(commands.flatMap(({ name, data }) => (name === "notice" ? [data] : []))).toEqual(
      rest === 0 ? [] : [`${rest} more ${rest === 1 ? "change" : "changes"} failed: see the log`],
    );
  });

  it.each([
    [10, 0],
    [11, 1],
    [300, 290],
  ])("of %i records with issues are ten at most, and the other %i are counted", (count, rest) => {
    const issues = Array.from({ length: count * 2 }, (_, index) =>
      createIssue("field.required", recordRef({ id: String(index % count) }), "name", {}),
    );
    const commands = findWorkflowCommands(annotationsOf(passWithIssues(issues)).join("\n"));
    expect(commands.filter(({ name }) => name === "warning")).toHaveLength(10);
    expect(commands.flatMap(({ name, data }) => (name === "notice" ? [data] : []))).toEqual(
      rest === 0 ? [] : [`${rest} more ${rest === 1 ? "record has" : "records have"} issues: see the log`],
    );
  });
});

it("annotations are ten of each level in all, whatever they are about", () => {
  const changes = Array.from({ length: 12 }, (_, index) =>
    assign("ReadOnly", production, user(`user-${index}`)),
  );
  const issues = Array.from({ length: 12 }, (_, index) =>
    createIssue("field.required", recordRef({ id: String(index) }), "name", {}),
  );
  const levelsOf = (pass: Pass, more: Partial<RunReport> = {}) =>
    findWorkflowCommands(renderAnnotations({ ...reportOf(pass), ...more }, "en").join("\n")).map(
      ({ name, data }) => (name === "notice" ? data : name),
    );
  const ten = (name: string) => Array.from({ length: 10 }, () => name);

  const stopped = passWithIssues(issues, {
    plan: planOf(changes),
    outcomes: changes.map((change) => skipped(change)),
  });
  expect(levelsOf(stopped)).toEqual([...ten("warning"), "3 more records have issues: see the log"]);

  const failing = passOf({ plan: planOf(changes), outcomes: changes.map((change) => failed(change)) });
  const error = { code: "aws.throttled", fault: "aws", message: "Throttled.", hint: "Wait." } as const;
  expect(levelsOf(failing, { error })).toEqual([...ten("error"), "3 more changes failed: see the log"]);
});

describe("a hostile text in every place of a report", () => {
  it.each(hostileTexts)("begins no command of its own and leaves no property or line (text %#)", (text) => {
    for (const language of ["ja", "en"] as const) {
      const lines = renderAnnotations(hostileReport(text), language);
      const commands = findWorkflowCommands(lines.map((line) => `${line}\n`).join(""));
      const levels = findWorkflowCommands(renderAnnotations(hostileReport("x"), language).join("\n"));
      expect(commands.map(({ name }) => name)).toEqual(levels.map(({ name }) => name));
      for (const { properties, data } of commands) {
        expect(Object.keys(properties)).toEqual(["title"]);
        expect(findHarm(data)).toBeUndefined();
        expect(data).not.toContain("\n");
        expect(findHarm(properties["title"] ?? "")).toBeUndefined();
      }
    }
  });

  it("is shown as it is", () => {
    const text = "100% a:b,c=d %0A;] ::x::";
    const [first] = findWorkflowCommands(renderAnnotations(hostileReport(text), "en").join("\n"));
    expect(first?.data).toBe(`${text} ${text}`);
    const issue = renderAnnotations(hostileReport(text), "en").find((line) => line.startsWith("::warning"));
    expect(findWorkflowCommands(issue ?? "")[0]?.properties["title"]).toBe(
      `kintone-sso-sync: issues in record 10#${text}`,
    );
  });
});
