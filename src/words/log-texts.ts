import type { Language } from "../model/config.ts";

/** What a log says in words; beside it stand the facts, under names that are the same in every language. */
export interface LogTexts {
  readonly passDue: string;
  readonly passElsewhere: string;
  readonly passBegins: string;
  readonly passEnded: (result: string) => string;
  readonly heartbeatLost: string;
  readonly operatorsUntold: string;
  readonly nobodyTold: string;
  readonly unexpected: string;
}

const en: LogTexts = {
  passDue: "a pass is due, but one is still running",
  passElsewhere: "a pass is due, which another instance runs",
  passBegins: "pass begins",
  passEnded: (result) => `pass finished: ${result}`,
  heartbeatLost: "the heartbeat did not get through",
  operatorsUntold: "operators could not be told",
  nobodyTold: "nobody could be told",
  unexpected: "unexpected error",
};

const ja: LogTexts = {
  passDue: "同期の時刻ですが、前の同期がまだ終わっていません",
  passElsewhere: "同期の時刻ですが、別のインスタンスが実行します",
  passBegins: "同期を始めます",
  passEnded: (result) => `同期が終わりました: ${result}`,
  heartbeatLost: "監視サービスへの通知が届きませんでした",
  operatorsUntold: "運用担当者に通知できませんでした",
  nobodyTold: "だれにも通知できませんでした",
  unexpected: "予期しないエラー",
};

/** The words of logs in the language. */
export function logTexts(language: Language): LogTexts {
  return { ja, en }[language];
}
