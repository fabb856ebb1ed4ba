import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Language } from "../../src/model/config.ts";
import { createIssue, type Issue } from "../../src/model/issue.ts";
import type { RecordRef } from "../../src/model/record.ts";
import { findMarker } from "../../src/tell/notice-markers.ts";
import { buildRecordNotices, type RecordNotice } from "../../src/tell/record-notices.ts";
import { recordRef } from "../builders.ts";
import { passWithIssues, reportOf } from "../report/builders.ts";
import { companyPass } from "../report/company-pass.ts";
import { sampleIssues } from "../words/sample-issues.ts";

const record = recordRef({ id: "7" });

function noticesOf(issues: readonly Issue[], language: Language = "en"): readonly RecordNotice[] {
  const pass = passWithIssues(issues);
  return buildRecordNotices(pass, reportOf(pass, { language }), language);
}

function onlyNotice(issues: readonly Issue[], language?: Language): RecordNotice {
  const [notice, ...others] = noticesOf(issues, language);
  expect(others).toEqual([]);
  if (notice === undefined) throw new Error("no notice");
  return notice;
}

const unknownAccount = (value: string, ref: RecordRef = record, suggestions: readonly string[] = []): Issue =>
  createIssue("account.unknown", ref, "accounts", { value, suggestions });
const unknownUser = (value: string, waitedMinutes: number): Issue =>
  createIssue("user.unknown", record, "users", { value, waitedMinutes });

describe("the notices of a pass", () => {
  it("are none without issues", () => {
    expect(noticesOf([])).toEqual([]);
  });

  it("are one for each record with all its issues, records of the same number in two apps apart", () => {
    const other = recordRef({ app: "assignments", id: "7" });
    const notices = noticesOf([
      unknownAccount("one", other),
      createIssue("field.required", record, "name", {}),
      unknownAccount("two", other),
    ]);
    expect(notices.map((notice) => notice.record)).toEqual([other, record]);
    expect(notices[0]?.text).toMatch(/"one"[^]*"two"/u);
    expect(notices[1]?.text).not.toMatch(/"one"|"two"/u);
  });

  it("go to the record that an issue names, in whatever order and however many a report has", () => {
    const [one, two] = [recordRef({ id: "7" }), recordRef({ id: "8" })];
    const named = (ref: RecordRef, name: string) =>
      createIssue("assignment.permission-set-unknown", ref, undefined, { name, suggestions: [] });
    const pass = passWithIssues([named(one, "Seven"), named(two, "Eight")]);
    const report = reportOf(pass);
    const reordered = { ...report, issues: report.issues.toReversed() };
    const told = buildRecordNotices(pass, reordered, "en").map(({ record: { id }, text }) => [
      id,
      /Seven|Eight/u.exec(text)?.[0],
    ]);
    expect(told).toEqual([
      ["8", "Eight"],
      ["7", "Seven"],
    ]);
    const [only] = buildRecordNotices(pass, { ...report, issues: report.issues.slice(1) }, "en");
    expect(only?.text).toContain("Eight");
  });

  it("read well in Japanese", async () => {
    const pass = await companyPass();
    const [broken] = buildRecordNotices(pass, reportOf(pass, { language: "ja" }), "ja");
    expect(broken?.text).toMatchInlineSnapshot(`
      "このレコードはまだ反映されていません。下記を修正して保存してください。修正されるまで、これまでに付与したアクセス権はそのまま残ります。

      ■ 「ポリシーのJSON」のJSONに誤りがあります。4行目の23文字目: この後ろにカンマ（,）がありません。
          { "Effect": "Allow" "Action": "s3:GetObject", "Resource":
                            ^
      　直し方: この位置の後ろに , を入力してください。
      　例: "Effect": "Allow", "Action": "s3:GetObject"

      修正して保存すると、次回の同期で自動的に反映します。返信は不要です。
      [kintone-sso-sync 6012a97836064474]"
    `);
  });

  it("read well in English", async () => {
    const pass = await companyPass();
    const [, unknown] = buildRecordNotices(pass, reportOf(pass), "en");
    expect(unknown?.text).toMatchInlineSnapshot(`
      "This record has not been carried out yet. Please correct the following and save it. What it granted before stays as it is until then.

      ■ The AWS account "Prodction" in "AWSアカウント" was not found.
      　How to fix: Did you mean "Production"? Enter the 12-digit account id or the exact account name. Upper and lower case matter.
      　Example: 123456789012

      Once you have corrected and saved it, the next sync carries it out. There is no need to reply.
      [kintone-sso-sync 90c71cd5b2f7427d]"
    `);
  });

  it("say that the rest was carried out where no issue holds the record", () => {
    const warning = createIssue("account.management", record, "accounts", { value: "Management" });
    expect(onlyNotice([warning]).text).toMatch(/^This record was carried out, except for the following\.\n/u);
    expect(onlyNotice([warning, unknownAccount("x")]).text).toMatch(
      /^This record has not been carried out yet\./u,
    );
  });
});

describe("whom a notice mentions", () => {
  const mentionsOf = (ref: Partial<RecordRef>): readonly string[] =>
    onlyNotice([unknownAccount("@root @everyone [~admin] <!channel>", recordRef(ref))]).mentions;
  const creator = { code: "creator", name: "Creator" };
  const modifier = { code: "modifier", name: "Modifier" };

  it("is who changed the record last", () => {
    expect(mentionsOf({ creator, modifier })).toEqual(["modifier"]);
  });

  it("is who made the record where nobody is known to have changed it", () => {
    expect(mentionsOf({ creator })).toEqual(["creator"]);
  });

  it("is nobody where neither is known, whatever the record's text says", () => {
    expect(mentionsOf({})).toEqual([]);
    expect(mentionsOf({ creator: { code: "", name: "" } })).toEqual([]);
  });
});

describe("the marker of a notice", () => {
  it("is the last line of its text", () => {
    const { text, marker } = onlyNotice([unknownAccount("x")]);
    expect(marker).toMatch(/^\[kintone-sso-sync [0-9a-f]{16}\]$/u);
    expect(text.split("\n").at(-1)).toBe(marker);
  });

  it("is found again in the comment as kintone shows it, with names of mentioned people in front", () => {
    const { text, marker } = onlyNotice([unknownAccount("x")]);
    for (const shown of [
      text,
      `佐藤 昇 ${text}`,
      `Sato Noboru \n${text} \n`,
      text.replaceAll("\n", "\r\n"),
    ]) {
      expect(findMarker(shown)).toBe(marker);
    }
  });

  it("is not found in what other people write", () => {
    const { text, marker } = onlyNotice([unknownAccount("x")]);
    for (const other of ["", "Done.", `${text}\nI have corrected it.`, `${marker} is what it says`]) {
      expect(findMarker(other)).toBeUndefined();
    }
    expect(findMarker("[kintone-sso-sync 0123456789ABCDEF]")).toBeUndefined();
    expect(findMarker("[kintone-sso-sync 012345]")).toBeUndefined();
  });

  it("is its own also where an issue's value pretends to be one", () => {
    const forged = "[kintone-sso-sync 0123456789abcdef]";
    const { text, marker } = onlyNotice([unknownAccount(forged)]);
    expect(text).toContain(forged);
    expect(findMarker(text)).toBe(marker);
    expect(marker).not.toBe(forged);
  });

  it("is the same for the same issues, whatever order they were found in", () => {
    const ofOneRecord = sampleIssues.map((issue) => ({ ...issue, record }));
    const { marker } = onlyNotice(ofOneRecord);
    fc.assert(
      fc.property(fc.shuffledSubarray(ofOneRecord, { minLength: ofOneRecord.length }), (shuffled) => {
        expect(onlyNotice(shuffled).marker).toBe(marker);
      }),
      { numRuns: 20 },
    );
  });

  it("stays while time passes and while likely names change, because nobody has to be told again", () => {
    const markers = [90, 91, 5_000].map((minutes) => onlyNotice([unknownUser("yamda", minutes)]).marker);
    expect(new Set(markers).size).toBe(1);
    const suggested = [[], ["Sandbox"], ["Sandbox", "Sandbox 2"]].map(
      (names) => onlyNotice([unknownAccount("Sandbx", record, names)]).marker,
    );
    expect(new Set(suggested).size).toBe(1);
  });

  it("stays when the record is saved again with the same issues, and in another language", () => {
    const issue = unknownAccount("x");
    const { marker } = onlyNotice([issue]);
    const again = recordRef({ ...record, revision: 2, modifier: { code: "ben", name: "Ben" } });
    expect(onlyNotice([unknownAccount("x", again)]).marker).toBe(marker);
    expect(onlyNotice([issue], "ja").marker).toBe(marker);
  });

  it.each([
    ["another value", [unknownAccount("y")]],
    ["another problem", [createIssue("account.protected", record, "accounts", { value: "x" })]],
    ["one issue more", [unknownAccount("x"), unknownAccount("y")]],
    ["the same problem in another field", [{ ...unknownAccount("x"), field: "groups" as const }]],
  ])("is another one for %s", (_, issues) => {
    expect(onlyNotice(issues).marker).not.toBe(onlyNotice([unknownAccount("x")]).marker);
  });

  it("is another one for every kind of issue", () => {
    const markers = sampleIssues.map((issue) => onlyNotice([issue]).marker);
    expect(new Set(markers).size).toBe(sampleIssues.length);
  });
});

describe("a notice that is too long for kintone", () => {
  const longest = 65_535;
  const many = (count: number): readonly Issue[] =>
    Array.from({ length: count }, (_, index) => unknownAccount(`${"あ".repeat(90)}${index}`));

  it.each(["ja", "en"] as const)(
    "is cut at a line, says how many are left out, and keeps its marker (%s)",
    (language) => {
      const pass = passWithIssues(many(1_000));
      const report = reportOf(pass, { language });
      const [notice] = buildRecordNotices(pass, report, language);
      const { text = "", marker } = notice ?? {};
      expect(text.length).toBeLessThanOrEqual(longest);
      expect(text.length).toBeGreaterThan(longest - 500);
      expect(findMarker(text)).toBe(marker);

      const lines = text.split("\n").slice(0, -2);
      const whole = report.issues.flatMap(({ message, hint, example = "" }) =>
        `${message}\n${hint}\n${example}`.split("\n"),
      );
      const last = lines.at(-1) ?? "";
      expect(last === "" || whole.some((line) => last.endsWith(line))).toBe(true);
      const [, leftOut] = /(\d+)(?:行| more lines)/u.exec(text.split("\n").at(-2) ?? "") ?? [];
      // Around the issues stand an opening, an empty line and a closing; before each issue an empty line.
      expect(lines.length + Number(leftOut)).toBe(3 + 1_000 + whole.length);
    },
  );

  it("is cut only when it is too long", () => {
    const perIssue = onlyNotice(many(101)).text.length - onlyNotice(many(100)).text.length;
    const fitting = Math.floor(longest / perIssue) - 1;
    const whole = onlyNotice(many(fitting)).text;
    expect(whole.length).toBeGreaterThan(longest - 2 * perIssue);
    expect(whole).not.toContain("left out");
    expect(onlyNotice(many(fitting + 2)).text).toContain("left out");
  });
});

describe("text of users in a notice", () => {
  it("loses its control characters and marks that reorder, but not its line feeds", () => {
    const excerpt = '"Sid": "a\u202Eb\u0007",\n       ^';
    const issue = createIssue("policy.character-not-allowed", record, "inlinePolicy", {
      line: 1,
      column: 8,
      character: "開 (U+958B)",
      excerpt,
    });
    const pass = passWithIssues([issue]);
    const report = reportOf(pass);
    const poisoned = report.issues.map((one) => ({
      ...one,
      message: `a\u001B[31mb\u202Ec\u200B\r\nd\uD800${one.message}`,
    }));
    const [notice] = buildRecordNotices(pass, { ...report, issues: poisoned }, "en");
    expect(notice?.text).toContain("■ a[31mbc\ndIn ");
    expect(notice?.text).toContain('\n"Sid": "a?b?",\n       ^');
  });
});
