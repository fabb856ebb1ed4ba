import type { Language } from "../model/config.ts";

/** What is said of a record that counts only for a time; every time is written as people of the company read it. */
export interface PeriodTexts {
  readonly notBegun: (starts: string) => string;
  readonly ends: (expires: string) => string;
  readonly over: (expires: string) => string;
  readonly unclear: string;
}

const texts: Readonly<Record<Language, PeriodTexts>> = {
  en: {
    notBegun: (starts) => `not begun yet: begins ${starts}`,
    ends: (expires) => `ends ${expires}`,
    over: (expires) => `over since ${expires}`,
    unclear:
      "nobody can tell whether it counts now: the clock here and kintone's are more than five minutes apart",
  },
  ja: {
    notBegun: (starts) => `開始前（${starts} から）`,
    ends: (expires) => `${expires} に終了`,
    over: (expires) => `${expires} に終了済み`,
    unclear: "ここの時計とkintoneの時計が5分を超えてずれているため、有効かどうか判断できない",
  },
};

/** The words for periods in the language. */
export function periodTexts(language: Language): PeriodTexts {
  return texts[language];
}
