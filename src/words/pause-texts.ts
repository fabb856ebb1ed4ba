import type { Language } from "../model/config.ts";
import type { Pause } from "../model/pass.ts";
import { renderTime } from "../report/render-time.ts";

/** What is said while passes write nothing to AWS because the configuration or a comment says so. */
export interface PauseTexts {
  readonly title: string;
  readonly byConfiguration: (reason: string) => string;
  readonly byComment: (who: string, since: string, reason: string) => string;
  readonly noReason: string;
  readonly over: string;
}

const texts: Readonly<Record<Language, PauseTexts>> = {
  en: {
    title: "kintone-sso-sync is paused, and writes nothing to AWS",
    byConfiguration: (reason) =>
      `Paused by the configuration (readOnly): ${reason}. Passes plan and tell, and write nothing to AWS, no removal either. It ends when readOnly is taken out of the configuration.`,
    byComment: (who, since, reason) =>
      `Paused by ${who} since ${since}: ${reason}. Passes plan and tell, and write nothing to AWS, no removal either. It ends with the comment “/sync resume”.`,
    noReason: "no reason was given",
    over: "kintone-sso-sync writes to AWS again",
  },
  ja: {
    title: "kintone-sso-sync: 一時停止中のため、AWSに何も書き込みません",
    byConfiguration: (reason) =>
      `設定（readOnly）により一時停止しています: ${reason}。計画と通知は続けますが、削除も含めてAWSには何も書き込みません。設定からreadOnlyを取り除くと再開します。`,
    byComment: (who, since, reason) =>
      `${since}から、${who}さんが一時停止しています: ${reason}。計画と通知は続けますが、削除も含めてAWSには何も書き込みません。「/sync resume」とコメントすると再開します。`,
    noReason: "理由の記載なし",
    over: "kintone-sso-sync: AWSへの書き込みを再開しました",
  },
};

/** The words in the language. */
export function pauseTexts(language: Language): PauseTexts {
  return texts[language];
}

/** Who has paused the sync, since when and why, and how it ends. */
export function describePause(pause: Pause, language: Language, timeZone: string): string {
  const words = pauseTexts(language);
  const reason = pause.reason === "" ? words.noReason : pause.reason;
  if (pause.from === "configuration") return words.byConfiguration(reason);
  return words.byComment(pause.by, renderTime(Date.parse(pause.at), timeZone), reason);
}
