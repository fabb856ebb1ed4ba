import type { Language } from "../model/config.ts";
import type { ReclassifiedSet } from "../model/desired-state.ts";
import { showValue } from "./show-value.ts";

interface ClassRulesTexts {
  readonly title: string;
  /** What stays for now. */
  readonly found: (sets: readonly ReclassifiedSet[]) => string;
  /** How a person accepts the rules. */
  readonly accept: (rules: number) => string;
  readonly over: string;
}

const texts: Readonly<Record<Language, ClassRulesTexts>> = {
  en: {
    title: "kintone-sso-sync: by the rules of a newer version, guardrails deny access that exists",
    found: (sets) =>
      `By the rules of this version, guardrails deny access that exists: ${sets.map(lineEn).join(", ")}. It stays as it is; new requests are judged by the new rules.`,
    accept: (rules) =>
      `Save the permission set's record, or set guardrails.acceptedClassRules to ${rules}, and the guardrails apply to it.`,
    over: "kintone-sso-sync: no existing access waits for the rules of a newer version any more",
  },
  ja: {
    title: "kintone-sso-sync: 新しいバージョンの判定では、既存のアクセス権がガードレールの禁止に当たります",
    found: (sets) =>
      `このバージョンの判定では、次の既存のアクセス権がガードレールの禁止に当たります: ${sets.map(lineJa).join("、")}。今のまま残しています。新しい申請は新しい判定に従います。`,
    accept: (rules) =>
      `許可セットのレコードを保存するか、guardrails.acceptedClassRules に ${rules} を指定すると、ガードレールを適用します。`,
    over: "kintone-sso-sync: 新しいバージョンの判定を待っている既存のアクセス権はなくなりました",
  },
};

/** What is said of existing access that only the rules of a newer version deny. */
export function classRulesTexts(language: Language): ClassRulesTexts {
  return texts[language];
}

function lineEn({ name, assignments }: ReclassifiedSet): string {
  return `${showValue(name)} (${assignments} ${assignments === 1 ? "assignment" : "assignments"})`;
}

function lineJa({ name, assignments }: ReclassifiedSet): string {
  return `${showValue(name)}（割り当て${assignments}件）`;
}
