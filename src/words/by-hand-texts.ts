import type { Language } from "../model/config.ts";

/** What is said of administrators made by hand. */
export interface ByHandTexts {
  readonly title: (changes: number) => string;
  readonly undone: (lines: readonly string[]) => string;
  readonly toUndo: (lines: readonly string[]) => string;
  readonly about: string;
  readonly over: string;
}

const texts: Readonly<Record<Language, ByHandTexts>> = {
  en: {
    title: (changes) =>
      `kintone-sso-sync: administrator rights were made by hand, and undone (${changes === 1 ? "1 change" : `${changes} changes`})`,
    undone: (lines) => `Administrator rights made by hand, undone: ${lines.join("; ")}.`,
    toUndo: (lines) => `Administrator rights made by hand, to be undone: ${lines.join("; ")}.`,
    about:
      "No record gives these rights: somebody made them in Identity Center itself. Find out in CloudTrail who did, and whether that person was to (CreateAccountAssignment, AttachManagedPolicyToPermissionSet, PutInlinePolicyToPermissionSet, DeletePermissionsBoundaryFromPermissionSet). Who needs them asks for them with a record.",
    over: "kintone-sso-sync: administrator rights that were made by hand were undone, and none came after them",
  },
  ja: {
    title: (changes) =>
      `kintone-sso-sync: 手作業で付けられた管理者の権限を元に戻しました（変更${changes}件）`,
    undone: (lines) => `手作業で付けられた管理者の権限を元に戻しました: ${lines.join("、")}。`,
    toUndo: (lines) => `手作業で付けられた管理者の権限を元に戻します: ${lines.join("、")}。`,
    about:
      "どのレコードにもない権限で、Identity Centerで直接付けられたものです。だれが行ったか、行ってよい人かをCloudTrailで確認してください（CreateAccountAssignment、AttachManagedPolicyToPermissionSet、PutInlinePolicyToPermissionSet、DeletePermissionsBoundaryFromPermissionSet）。必要な権限はレコードで申請してください。",
    over: "kintone-sso-sync: 手作業で付けられた管理者の権限を元に戻し、その後は見つかっていません",
  },
};

/** The words in the language. */
export function byHandTexts(language: Language): ByHandTexts {
  return texts[language];
}
