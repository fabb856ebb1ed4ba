import type { Language } from "../model/config.ts";

/** What is said of a record that counts only for a time; every time is written as people of the company read it. */
export interface PeriodTexts {
  readonly notBegun: (starts: string) => string;
  readonly ends: (expires: string) => string;
  readonly over: (expires: string) => string;
}

const texts: Readonly<Record<Language, PeriodTexts>> = {
  en: {
    notBegun: (starts) => `not begun yet: begins ${starts}`,
    ends: (expires) => `ends ${expires}`,
    over: (expires) => `over since ${expires}`,
  },
  ja: {
    notBegun: (starts) => `開始前（${starts} から）`,
    ends: (expires) => `${expires} に終了`,
    over: (expires) => `${expires} に終了済み`,
  },
};

/** The words for periods in the language. */
export function periodTexts(language: Language): PeriodTexts {
  return texts[language];
}
