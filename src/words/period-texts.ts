import type { Language } from "../model/config.ts";

/** What is said of a record that counts only for a time; every time is written as people of the company read it. */
export interface PeriodTexts {
  readonly notBegun: (starts: string) => string;
  readonly ends: (expires: string) => string;
  readonly over: (expires: string) => string;
  readonly unclear: string;
  /** Its end is the one that was approved. */
  readonly pending: string;
  /** To an author with new access: its end, and the hours that an open session may last. */
  readonly until: (expires: string, hours: number) => string;
  /** To an author whose record is over: when the last open session ends. */
  readonly ended: (last: string) => string;
}

const texts: Readonly<Record<Language, PeriodTexts>> = {
  en: {
    notBegun: (starts) => `not begun yet: begins ${starts}`,
    ends: (expires) => `ends ${expires}`,
    over: (expires) => `over since ${expires}`,
    unclear:
      "nobody can tell whether it counts now: the clock here and kintone's are more than five minutes apart",
    pending: "waits for approval",
    until: (expires, hours) =>
      `It ends ${expires}: the first sync after that stops new sessions, and sessions that are open then can last another ${hours === 1 ? "hour" : `${hours} hours`}.`,
    ended: (last) => `Access has ended: no new session can begin, and those that are open end by ${last}.`,
  },
  ja: {
    notBegun: (starts) => `開始前（${starts} から）`,
    ends: (expires) => `${expires} に終了`,
    over: (expires) => `${expires} に終了済み`,
    unclear: "ここの時計とkintoneの時計が5分を超えてずれているため、有効かどうか判断できない",
    pending: "承認待ち",
    until: (expires, hours) =>
      `${expires} に終了します。その後の最初の同期で新しいセッションを始められなくなり、開いているセッションは、そこから最長${hours}時間続きます。`,
    ended: (last) =>
      `アクセス権は終了しました。新しいセッションは始められません。開いているセッションは、遅くとも ${last} に終わります。`,
  },
};

/** The words for periods in the language. */
export function periodTexts(language: Language): PeriodTexts {
  return texts[language];
}
