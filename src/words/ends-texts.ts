import type { Language } from "../model/config.ts";
import type { EndingDay } from "../model/period.ts";

/** What people are told of ends that are still to come, and of the clock they are judged by. */
export interface EndsTexts {
  readonly manyTitle: string;
  readonly manyOver: string;
  readonly many: (day: EndingDay) => string;
  /** Below the day when it waits for a person. */
  readonly asks: string;
  readonly soonTitle: (records: number) => string;
  readonly soonOver: string;
}

const texts: Readonly<Record<Language, EndsTexts>> = {
  en: {
    manyTitle: "kintone-sso-sync: a large part of all access ends on one day",
    manyOver: "kintone-sso-sync: no day ends a large part of all access any more",
    many: ({ day, records, assignments }) =>
      `On ${day}, ${assignments} assignments of ${records} records end, which is more than guards.maxDeletionRatioPerDay of all.`,
    asks: "One person has put so much on that day within one day: what ends then waits for an approval.",
    soonTitle: (records) =>
      `kintone-sso-sync: ${records} ${records === 1 ? "record ends" : "records end"} within a week`,
    soonOver: "kintone-sso-sync: no record ends within a week",
  },
  ja: {
    manyTitle: "kintone-sso-sync: アクセス権の多くが同じ日に終了します",
    manyOver: "kintone-sso-sync: アクセス権の多くが同じ日に終了する予定はなくなりました",
    many: ({ day, records, assignments }) =>
      `${day} に${records}件のレコードの割り当て${assignments}件が終了します。全体に対して guards.maxDeletionRatioPerDay を超えています。`,
    asks: "1人が1日のうちにこの日に集中させたため、その日に終了する分は承認があるまで解除しません。",
    soonTitle: (records) => `kintone-sso-sync: 1週間以内に${records}件のレコードが終了します`,
    soonOver: "kintone-sso-sync: 1週間以内に終了するレコードはなくなりました",
  },
};

/** The words for ends in the language. */
export function endsTexts(language: Language): EndsTexts {
  return texts[language];
}
