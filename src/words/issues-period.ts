import type { IssueMessages } from "./issue-messages.ts";
import { placeEn, quoteEn } from "./phrases-en.ts";
import { placeJa, quoteJa } from "./phrases-ja.ts";

/** Issues of when a record counts, in English. */
export const periodIssuesEn = {
  "period.unreadable": ({ value }, context) => ({
    message: `${quoteEn(value)} in ${placeEn(context)} is no date and no time that can be read.`,
    hint: "Enter a date, or a date and a time. A date as an end counts to the end of that day.",
    example: "2027-03-31 18:00",
  }),
  "period.reversed": (_, context) => ({
    message: `The end of the record, ${placeEn(context)}, is not after its beginning.`,
    hint: "Correct the beginning or the end. To end the assignments now, delete this record.",
  }),
} satisfies Partial<IssueMessages>;

/** The same in Japanese. */
export const periodIssuesJa = {
  "period.unreadable": ({ value }, context) => ({
    message: `${placeJa(context)}の${quoteJa(value)}を日付や日時として読み取れません。`,
    hint: "日付か、日付と時刻を入力してください。終了に日付だけを入力すると、その日の終わりまで有効です。",
    example: "2027-03-31 18:00",
  }),
  "period.reversed": (_, context) => ({
    message: `${placeJa(context)}が、開始より後になっていません。`,
    hint: "開始か終了を修正してください。すぐに割り当てをやめる場合は、このレコードを削除してください。",
  }),
} satisfies Partial<IssueMessages>;
