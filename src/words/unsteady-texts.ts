import type { Language } from "../model/config.ts";

/** What operators read of changes that do not stay as set. */
export interface UnsteadyTexts {
  readonly title: (changes: number) => string;
  readonly about: string;
  readonly over: string;
}

const texts: Readonly<Record<Language, UnsteadyTexts>> = {
  en: {
    title: (changes) =>
      `kintone-sso-sync: ${changes === 1 ? "1 change does" : `${changes} changes do`} not stay as set`,
    about:
      "They were applied pass after pass, and the next pass found what was there before. Find out in CloudTrail who else writes there, for example Terraform or a script; if nobody does, AWS does not keep the value: change the record. Definitions and ordinary grants are set once an hour from now on; removals, and what takes an administrator's rights away, in every pass.",
    over: "kintone-sso-sync: everything stays as set again",
  },
  ja: {
    title: (changes) => `kintone-sso-sync: ${changes}件の変更が、適用しても元に戻ります`,
    about:
      "同期のたびに適用しましたが、次の同期では元の状態に戻っていました。Terraformやスクリプトなど、ほかに書き込んでいるものがないかCloudTrailで確認してください。なければAWSがその値を保持していないため、レコードを変更してください。今後、定義と通常の付与は1時間に1回だけ適用します。削除と、管理者権限を取り上げる変更は、同期のたびに適用します。",
    over: "kintone-sso-sync: 適用した変更が元に戻らなくなりました",
  },
};

/** The words in the language. */
export function unsteadyTexts(language: Language): UnsteadyTexts {
  return texts[language];
}
