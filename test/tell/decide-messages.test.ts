import { describe, expect, it } from "vitest";
import type { Memory, OpenIncident } from "../../src/model/memory.ts";
import type { RunReport } from "../../src/model/run-report.ts";
import { type DecisionContext, decideMessages, type Decision } from "../../src/tell/decide-messages.ts";
import { judgedIncidents } from "../../src/tell/incidents.ts";
import { now } from "../builders.ts";
import {
  accountTypo,
  changesReport,
  failedReport,
  healthyReport,
  incidentsIn,
  layOut,
  nobody,
  recordsReport,
  refusedReport,
  typos,
} from "./incident-samples.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

function decide(
  report: RunReport,
  open: Memory["incidents"],
  context: Partial<DecisionContext> = {},
): readonly Decision[] {
  const { language = "en" } = context;
  return decideMessages(incidentsIn(report, { language }), open, {
    judged: judgedIncidents(report),
    nowMs: now,
    repeatHours: 24,
    failuresAfter: 2,
    language,
    timeZone: "Asia/Tokyo",
    ...context,
  });
}

/** What stands in the channel after the report, so long before now. */
function openAfter(report: RunReport, agoMs = 10 * minuteMs): Memory["incidents"] {
  const at = new Date(now - agoMs).toISOString();
  const open = incidentsIn(report).map(({ key, fingerprint }): [string, OpenIncident] => [
    key,
    { channel: "C1", messageId: key, fingerprint, openedAt: at, remindedAt: at },
  ]);
  return Object.fromEntries(open);
}

/** The only edit, as people read message and reply. */
function shown(decisions: readonly Decision[]): string {
  const [decision, ...others] = decisions;
  if (decision === undefined || others.length > 0 || !("reply" in decision)) {
    throw new Error("There must be one edit.");
  }
  return `${layOut(decision.message)}\n\n↳ ${decision.reply}`;
}

const summary = (decisions: readonly Decision[]): readonly string[] =>
  decisions.map(({ kind, key }) => `${kind} ${key}`);

const typo = recordsReport([accountTypo(1)]);
const everything = { ...changesReport(["anna"]), issues: typo.issues };

describe("what happens to the messages in the channel", () => {
  it.each<[string, RunReport | undefined, RunReport, readonly string[]]>([
    ["nothing open, nothing wrong", undefined, healthyReport(), []],
    ["a new wrong record", undefined, typo, ["post records"]],
    ["more than ten new wrong records", undefined, recordsReport(typos(40)), ["post records"]],
    ["a new failure", undefined, failedReport(), ["post pass-failed"]],
    ["two new incidents", undefined, everything, ["post changes-failed", "post records"]],
    ["the same record still wrong", typo, typo, []],
    ["the same record, other words", typo, recordsReport([accountTypo(1, "Elsewhere")]), []],
    ["the same refusal", refusedReport(), refusedReport(), []],
    ["one more wrong record", typo, recordsReport(typos(2)), ["change records"]],
    ["another issue in the same record", typo, recordsReport([nobody(1)]), ["change records"]],
    ["one of two records corrected", recordsReport(typos(2)), typo, ["change records"]],
    ["another plan refused", refusedReport("a1"), refusedReport("ffff"), ["change guard-refused"]],
    ["the same plan, fewer guards", refusedReport("a1", 2), refusedReport("a1", 1), ["change guard-refused"]],
    ["another reason to fail", failedReport("a"), failedReport("b"), ["change pass-failed"]],
    ["other changes fail", changesReport(["anna"]), changesReport(["ben"]), ["change changes-failed"]],
    ["all is well again", everything, healthyReport(), ["recover changes-failed", "recover records"]],
    ["the pass goes through again", failedReport(), healthyReport(), ["recover pass-failed"]],
    ["the plan was approved", refusedReport(), healthyReport(), ["recover guard-refused"]],
    ["records corrected, changes still fail", everything, changesReport(["anna"]), ["recover records"]],
    ["the pass fails before it reads anything", everything, failedReport(), ["post pass-failed"]],
    ["a failed pass after a refusal", refusedReport(), failedReport(), ["post pass-failed"]],
    ["a refusal while changes fail", changesReport(["anna"]), refusedReport(), ["post guard-refused"]],
    [
      "the pass reads again, but is refused",
      failedReport(),
      refusedReport(),
      ["post guard-refused", "recover pass-failed"],
    ],
  ])("%s", (_, before, report, decisions) => {
    const open = before === undefined ? {} : openAfter(before);
    expect(summary(decide(report, open))).toEqual(decisions);
  });

  it("leaves alone what another version of the program has open", () => {
    const open = { "certificate-expires": { ...Object.values(openAfter(typo))[0] } as OpenIncident };
    expect(decide(healthyReport(), open)).toEqual([]);
  });
});

describe("a reminder", () => {
  it.each([
    [23 * hourMs + 59 * minuteMs, []],
    [24 * hourMs, ["remind records"]],
    [100 * hourMs, ["remind records"]],
  ])("comes after repeatHours, and not before (%i ms)", (agoMs, decisions) => {
    expect(summary(decide(typo, openAfter(typo, agoMs)))).toEqual(decisions);
  });

  it("comes again so long after the last one, whenever it all began", () => {
    const [open] = Object.values(openAfter(typo, 100 * hourMs));
    const remindedAt = (agoMs: number) => ({
      records: { ...open, remindedAt: new Date(now - agoMs).toISOString() } as OpenIncident,
    });
    expect(decide(typo, remindedAt(2 * hourMs), { repeatHours: 3 })).toEqual([]);
    expect(summary(decide(typo, remindedAt(3 * hourMs), { repeatHours: 3 }))).toEqual(["remind records"]);
  });

  it("does not come beside a change", () => {
    expect(summary(decide(recordsReport(typos(2)), openAfter(typo, 100 * hourMs)))).toEqual([
      "change records",
    ]);
  });

  it("comes when the time of the last one cannot be read", () => {
    const [open] = Object.values(openAfter(typo));
    const records = { ...open, remindedAt: "once", openedAt: "once" } as OpenIncident;
    expect(shown(decide(typo, { records }))).toContain("less than a minute");
  });

  it("reads well", () => {
    expect(shown(decide(typo, openAfter(typo, 30 * hourMs)))).toMatchInlineSnapshot(`
      "⚠️ kintone-sso-sync: 1 record has issues

      <https://example.cybozu.com/k/11/show#record=1>
      ✗ The AWS account "Prodction" in "AWSアカウント" was not found.  account.unknown

      What these records granted before stays as it is until they are corrected.

      Since 2026-11-19 12:00 JST, still so 2026-11-20 18:00 JST

      ↳ Still open after 30 hours."
    `);
    expect(shown(decide(typo, openAfter(typo, 30 * hourMs), { language: "ja" }))).toMatchInlineSnapshot(`
      "⚠️ kintone-sso-sync: 1件のレコードに問題があります

      <https://example.cybozu.com/k/11/show#record=1>
      ✗ The AWS account "Prodction" in "AWSアカウント" was not found.  account.unknown

      修正されるまで、これらのレコードがこれまでに付与したアクセス権はそのまま残ります。

      発生: 2026-11-19 12:00 JST、2026-11-20 18:00 JST の時点で未解消

      ↳ 30時間たちましたが、まだ解消していません。"
    `);
  });
});

describe("a change", () => {
  it("reads well in message and thread", () => {
    const before = openAfter(recordsReport([accountTypo(1), accountTypo(2)]));
    const report = recordsReport([accountTypo(2), accountTypo(3)]);
    expect(shown(decide(report, before))).toMatchInlineSnapshot(`
      "⚠️ kintone-sso-sync: 2 records have issues

      <https://example.cybozu.com/k/11/show#record=2>
      ✗ The AWS account "Prodction" in "AWSアカウント" was not found.  account.unknown

      <https://example.cybozu.com/k/11/show#record=3>
      ✗ The AWS account "Prodction" in "AWSアカウント" was not found.  account.unknown

      What these records granted before stays as it is until they are corrected.

      Since 2026-11-20 17:50 JST, last changed 2026-11-20 18:00 JST

      ↳ New: 1
      • 11#3
      Solved: 1
      • 11#1
      As before: 1"
    `);
    expect(shown(decide(recordsReport([accountTypo(2), accountTypo(3)], "ja"), before, { language: "ja" })))
      .toMatchInlineSnapshot(`
      "⚠️ kintone-sso-sync: 2件のレコードに問題があります

      <https://example.cybozu.com/k/11/show#record=2>
      ✗ 「AWSアカウント」の「Prodction」というAWSアカウントが見つかりません。  account.unknown

      <https://example.cybozu.com/k/11/show#record=3>
      ✗ 「AWSアカウント」の「Prodction」というAWSアカウントが見つかりません。  account.unknown

      修正されるまで、これらのレコードがこれまでに付与したアクセス権はそのまま残ります。

      発生: 2026-11-20 17:50 JST、最終更新: 2026-11-20 18:00 JST

      ↳ 新しい問題: 1件
      • 11#3
      解消した問題: 1件
      • 11#1
      変わらない問題: 1件"
    `);
  });
});

describe("a recovery", () => {
  const all = [failedReport(), refusedReport(), changesReport(["anna"]), typo].map((report) =>
    openAfter(report, 2 * hourMs + 10 * minuteMs),
  );

  it("reads well for each kind of incident", () => {
    expect(all.map((open) => shown(decide(healthyReport(), open))).join("\n\n")).toMatchInlineSnapshot(`
      "✅ kintone-sso-sync: passes go through again

      kintone.no-permission

      From 2026-11-20 15:50 JST to 2026-11-20 18:00 JST (2 hours 10 minutes)

      ↳ Over after 2 hours 10 minutes.

      ✅ kintone-sso-sync: the plan is not refused any more

      From 2026-11-20 15:50 JST to 2026-11-20 18:00 JST (2 hours 10 minutes)

      ↳ Over after 2 hours 10 minutes.

      ✅ kintone-sso-sync: no change fails any more

      From 2026-11-20 15:50 JST to 2026-11-20 18:00 JST (2 hours 10 minutes)

      ↳ Over after 2 hours 10 minutes.

      ✅ kintone-sso-sync: every record can be carried out again

      From 2026-11-20 15:50 JST to 2026-11-20 18:00 JST (2 hours 10 minutes)

      ↳ Over after 2 hours 10 minutes."
    `);
  });

  it("reads well in Japanese", () => {
    const texts = all.map((open) => shown(decide(healthyReport(), open, { language: "ja" })));
    expect(texts.join("\n\n")).toMatchInlineSnapshot(`
      "✅ kintone-sso-sync: 同期が正常に戻りました

      kintone.no-permission

      2026-11-20 15:50 JST から 2026-11-20 18:00 JST まで（2時間10分）

      ↳ 2時間10分で解消しました。

      ✅ kintone-sso-sync: 計画は上限を超えなくなりました

      2026-11-20 15:50 JST から 2026-11-20 18:00 JST まで（2時間10分）

      ↳ 2時間10分で解消しました。

      ✅ kintone-sso-sync: 変更の失敗はなくなりました

      2026-11-20 15:50 JST から 2026-11-20 18:00 JST まで（2時間10分）

      ↳ 2時間10分で解消しました。

      ✅ kintone-sso-sync: すべてのレコードを反映できるようになりました

      2026-11-20 15:50 JST から 2026-11-20 18:00 JST まで（2時間10分）

      ↳ 2時間10分で解消しました。"
    `);
  });

  it.each([
    [59_999, "less than a minute", "1分未満"],
    [minuteMs, "1 minute", "1分"],
    [hourMs - 1, "59 minutes", "59分"],
    [hourMs, "1 hour", "1時間"],
    [hourMs + minuteMs, "1 hour 1 minute", "1時間1分"],
    [75 * hourMs + 2 * minuteMs, "75 hours 2 minutes", "75時間2分"],
    [-hourMs, "less than a minute", "1分未満"],
  ])("after %i ms tells the duration", (agoMs, en, ja) => {
    const open = openAfter(typo, agoMs);
    expect(shown(decide(healthyReport(), open))).toMatch(
      new RegExp(`\\(${en}\\)\\n\\n↳ Over after ${en}\\.$`),
    );
    expect(shown(decide(healthyReport(), open, { language: "ja" }))).toContain(`↳ ${ja}で解消しました。`);
  });

  it("does not show what somebody else wrote into the memory as it is", () => {
    const [open] = Object.values(openAfter(failedReport()));
    const tampered = { ...open, fingerprint: "a\n::error::\u001B[31m" } as OpenIncident;
    expect(shown(decide(healthyReport(), { "pass-failed": tampered }))).toContain("a ::error:: [31m");
  });
});
