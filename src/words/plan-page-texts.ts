import type { Language } from "../model/config.ts";

/** What only the page of a plan says. */
export interface PlanPageTexts {
  readonly plan: string;
  readonly sync: string;
  readonly needsScript: string;
  readonly asOf: (time: string) => string;
  readonly nothing: string;
  readonly matrix: string;
  readonly legend: string;
  readonly account: string;
  readonly setItself: string;
  readonly isNew: string;
  readonly changes: string;
  readonly goes: string;
  readonly administrator: string;
  readonly what: string;
  readonly why: string;
  readonly record: string;
  readonly fix: string;
}

const en: PlanPageTexts = {
  plan: "Plan",
  sync: "Sync",
  needsScript: "This page needs JavaScript, which is inside this file; nothing is loaded from elsewhere.",
  asOf: (time) => `As of ${time}.`,
  nothing: "Nothing changes.",
  matrix: "What changes, by account and permission set",
  legend: "+ and − count assignments; ★ makes somebody a new administrator there.",
  account: "AWS account",
  setItself: "The permission set itself",
  isNew: "new",
  changes: "changes",
  goes: "deleted",
  administrator: "new administrator",
  what: "What",
  why: "Why",
  record: "Record",
  fix: "How to fix",
};

const ja: PlanPageTexts = {
  plan: "計画",
  sync: "同期",
  needsScript:
    "このページの表示にはJavaScriptが必要です（このファイルに含まれており、外部からは何も読み込みません）。",
  asOf: (time) => `${time} 時点`,
  nothing: "変更はありません。",
  matrix: "アカウントと許可セットごとの変更",
  legend: "+ と − は割り当ての数です。★ は、新しく管理者になる人がいることを表します。",
  account: "AWSアカウント",
  setItself: "許可セット自体",
  isNew: "新規",
  changes: "変更",
  goes: "削除",
  administrator: "新しい管理者",
  what: "対象",
  why: "理由",
  record: "レコード",
  fix: "直し方",
};

/** The words of the page of a plan in the language. */
export function planPageTexts(language: Language): PlanPageTexts {
  return { ja, en }[language];
}
