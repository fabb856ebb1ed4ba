import { describe, expect, it } from "vitest";
import type { Language } from "../../src/model/config.ts";
import type { ReportedPlan } from "../../src/model/run-report.ts";
import { reportTexts } from "../../src/words/report-texts.ts";
import { renderHeld, renderLocked } from "../../src/report/render-plan-text.ts";

const happens = {
  en: { create: /^not created; /u, update: /^left as it is; /u, delete: /^kept; /u },
  ja: { create: /^作成(せずに|しない)/u, update: /^更新(せずに|しない)/u, delete: /^削除(せずに|しない)/u },
} as const;

const woulds = ["create", "update", "delete"] as const;

function heldLines(language: Language) {
  const texts = reportTexts(language);
  const reasons = Object.keys(texts.heldReasons) as ReportedPlan["held"][number]["reason"][];
  return woulds.flatMap((would) =>
    reasons.map((reason) => ({
      would,
      line: renderHeld({ target: { permissionSet: "" }, would, reason, records: [] }, texts),
    })),
  );
}

function lockedLines(language: Language) {
  const texts = reportTexts(language);
  const reasons = Object.keys(texts.lockReasons) as ReportedPlan["locked"][number]["reason"][];
  return woulds.flatMap((would) =>
    reasons.map((reason) => ({
      would,
      line: renderLocked({ target: { permissionSet: "" }, would, reason, records: [] }, texts),
    })),
  );
}

function deletions(lines: ReturnType<typeof heldLines>): string {
  return lines.flatMap(({ would, line }) => (would === "delete" ? [line] : [])).join("\n");
}

describe("what is said of something that is left alone", () => {
  it.each(["en", "ja"] as const)("begins with what happens to it, which is nothing (%s)", (language) => {
    for (const { would, line } of [...heldLines(language), ...lockedLines(language)]) {
      expect(line).toMatch(happens[language][would]);
    }
  });

  it("says in English that it is kept, and why", () => {
    expect(deletions([...heldLines("en"), ...lockedLines("en")])).toMatchInlineSnapshot(`
      "kept; would be deleted, but its record waits for approval: what was approved last stays
      kept; would be deleted, but a user of the record has not arrived yet
      kept; would be deleted, but the clock here and kintone's are more than five minutes apart: nothing begins or ends
      kept; would be deleted, but it had an end, and the app has lost the field for it; put the field back, or map it to null
      kept; would be deleted, but somebody else has the name now than when the record was saved; saving the record again gives it to them
      kept; would be deleted, but the organizational units that its record names could not be read
      kept; would be deleted, but its record stands for many fewer accounts than before, though nobody has edited it; saving the record again confirms that
      kept; would be deleted, but its record has issues
      kept; would be deleted, but the permission set's own record has issues
      kept; would be deleted, but its tags do not prove that this service made it: no record tag, or another set has the same one; remove the tag kintone-sso-sync:owner from it, or delete it
      kept; would be deleted, but the set was managed here, and its owner tag is missing or names somebody else
      kept; would be deleted, but guardrails.enforce is off: existing access that the guardrails deny is only reported, and an administrator decides
      kept; would be deleted, but it still has assignments that are left alone
      kept; would be deleted, but an assignment record still names it
      kept; would be deleted, but --only leaves it out
      kept; would be deleted, but the management account is out of reach: administrators keep it in Terraform
      kept; would be deleted, but the account is not active
      kept; would be deleted, but the account is not in the organization any more
      kept; would be deleted, but the set is provisioned in the management account
      kept; would be deleted, but who has access to the sync's own account could change the sync: administrators keep it in Terraform
      kept; would be deleted, but the account is protected
      kept; would be deleted, but the user or group is protected
      kept; would be deleted, but the permission set is protected"
    `);
  });

  it("says in Japanese that it is not deleted, and why", () => {
    expect(deletions([...heldLines("ja"), ...lockedLines("ja")])).toMatchInlineSnapshot(`
      "削除せずに保留（レコードが承認待ちのため（最後に承認された内容をそのまま残す））
      削除せずに保留（レコードのユーザーがまだ同期されていないため）
      削除せずに保留（ここの時計とkintoneの時計が5分を超えてずれていて、開始も終了もさせないため）
      削除せずに保留（終了のあるレコードだったのに、アプリからそのフィールドがなくなったため。フィールドを戻すか、設定でnullにしてください）
      削除せずに保留（レコードを保存した後に、同じ名前が別の人に付けられたため。その人に付与する場合は、レコードを保存し直してください）
      削除せずに保留（レコードが指すOUを読み取れなかったため）
      削除せずに保留（編集されていないのに、レコードが指すアカウントが大きく減ったため。そのままでよければ、レコードを保存し直してください）
      削除せずに保留（レコードに問題があるため）
      削除せずに保留（許可セットのレコードに問題があるため）
      削除せずに保留（このサービスが作成したものだとタグから確認できないため。レコードのタグがないか、ほかの許可セットと同じです。タグ kintone-sso-sync:owner を外すか、許可セットを削除してください）
      削除せずに保留（このサービスが管理していた許可セットに、所有者のタグがないか、別の所有者のタグが付いているため）
      削除せずに保留（ガードレールで禁止されている既存のアクセス権のため。guardrails.enforce が無効なので報告だけを行い、管理者の判断を待ちます）
      削除せずに保留（変更しない割り当てが残っているため）
      削除せずに保留（割り当てのレコードにまだ名前が残っているため）
      削除せずに保留（--only の対象外のため）
      削除しない（管理アカウントのため。管理者がTerraformで管理しています）
      削除しない（アカウントが有効ではないため）
      削除しない（アカウントが組織に存在しないため）
      削除しない（管理アカウントで使われている許可セットのため）
      削除しない（同期そのものを変更できるアカウントのため。管理者がTerraformで管理しています）
      削除しない（保護されたアカウントのため）
      削除しない（保護されたユーザーまたはグループのため）
      削除しない（保護された許可セットのため）"
    `);
  });

  it("says of what is not created or changed the same", () => {
    const some = (["en", "ja"] as const).flatMap((language) => [
      ...heldLines(language).filter(({ line }) => /record has issues|レコードに問題/u.test(line)),
      ...lockedLines(language).filter(({ line }) => /not active|有効/u.test(line)),
    ]);
    const lines = some.flatMap(({ would, line }) => (would === "delete" ? [] : [line]));
    expect(lines.join("\n")).toMatchInlineSnapshot(`
      "not created; would be created, but its record has issues
      not created; would be created, but the permission set's own record has issues
      left as it is; would be updated, but its record has issues
      left as it is; would be updated, but the permission set's own record has issues
      not created; would be created, but the account is not active
      left as it is; would be updated, but the account is not active
      作成せずに保留（レコードに問題があるため）
      作成せずに保留（許可セットのレコードに問題があるため）
      更新せずに保留（レコードに問題があるため）
      更新せずに保留（許可セットのレコードに問題があるため）
      作成しない（アカウントが有効ではないため）
      更新しない（アカウントが有効ではないため）"
    `);
  });
});
