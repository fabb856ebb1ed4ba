import type { IssueMessages } from "./issue-messages.ts";
import { placeEn, quoteEn, restCarriedOutEn } from "./phrases-en.ts";
import { placeJa, quoteJa, restCarriedOutJa } from "./phrases-ja.ts";

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
  "period.too-long": ({ name, rule, limit }, context) => ({
    message: `${placeEn(context)} is too far away: the rule ${quoteEn(rule)} allows ${quoteEn(name)} for at most ${lengthEn(limit)}.`,
    hint: `Enter an earlier end. It counts from the beginning, or from when the record was first carried out; for longer make a new record. ${restCarriedOutEn}`,
  }),
  "period.end-required": ({ name, rule }, context) => ({
    message: `${placeEn(context)} is empty, and the rule ${quoteEn(rule)} allows ${quoteEn(name)} only for a time.`,
    hint: `Enter when the access is to end. ${restCarriedOutEn}`,
    example: "2027-03-31 18:00",
  }),
} satisfies Partial<IssueMessages>;

function lengthEn(limit: string): string {
  return `${limit.slice(0, -1)} ${limit.endsWith("d") ? "days" : "hours"}`;
}

function lengthJa(limit: string): string {
  return `${limit.slice(0, -1)}${limit.endsWith("d") ? "日" : "時間"}`;
}

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
  "period.too-long": ({ name, rule, limit }, context) => ({
    message: `${placeJa(context)}が先すぎます。社内の利用ルール${quoteJa(rule)}では、${quoteJa(name)}を使えるのは${lengthJa(limit)}までです。`,
    hint: `終了を早めてください。開始の日時、またはこのレコードを最初に反映した日時から数えます。それより長く必要な場合は、新しいレコードを登録してください。${restCarriedOutJa}`,
  }),
  "period.end-required": ({ name, rule }, context) => ({
    message: `${placeJa(context)}が空です。社内の利用ルール${quoteJa(rule)}では、${quoteJa(name)}に期限が必要です。`,
    hint: `いつまで必要かを入力してください。${restCarriedOutJa}`,
    example: "2027-03-31 18:00",
  }),
} satisfies Partial<IssueMessages>;
