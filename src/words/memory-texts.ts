import type { Language } from "../model/config.ts";
import type { MemoryLoss, MemoryRefusal } from "../model/memory.ts";

interface MemoryTexts {
  /** What operators read when the memory could not be kept. */
  readonly notKept: (reason: string) => string;
  readonly refusals: Readonly<Record<MemoryRefusal["code"], string>>;
  readonly withDetail: (reason: string, detail: string) => string;
  /** What operators read when what is kept as the memory does not count. */
  readonly lost: (reason: string) => string;
  readonly losses: Readonly<Record<MemoryLoss, string>>;
  /** Above that in the operators' channel, and once a memory is there again. */
  readonly lostTitle: string;
  readonly lostNoMore: string;
  /** What every report says where no memory is configured. */
  readonly none: string;
}

const texts: Readonly<Record<Language, MemoryTexts>> = {
  en: {
    notKept: (reason) =>
      `The memory could not be kept (${reason}). The next pass may repeat a notice, and the limits per day do not count this pass.`,
    refusals: {
      "too-large": "larger than 20 MB",
      "another-owner": "it is another owner's memory",
      "newer-version": "a newer version of this program wrote it; update this one",
      "not-a-file": "something else than a file is there",
      "not-loaded": "it could not be read when it was loaded",
      "no-credentials": "no AWS credentials",
      "no-answer-in-time": "no answer in time",
      "not-sent": "the request could not be sent",
      "not-s3": "not S3's answer",
      "no-permission": "no permission",
      "read-only": "the file system is read-only",
      "no-space": "no space left",
      "not-a-folder": "a file is where a folder should be",
      busy: "the file cannot be replaced; mount its folder instead of the file",
      "not-written": "it could not be written",
      "no-answer": "no answer",
      "s3-refused": "S3 refused",
    },
    withDetail: (reason, detail) => `${reason} (${detail})`,
    lost: (reason) =>
      `The memory was not used: ${reason}. This pass went on without one: the limits per day begin anew, and approvals given before do not count.`,
    losses: {
      unreadable: "it could not be read",
      damaged: "it is damaged",
      "too-large": "it is larger than 20 MB",
      "not-signed": "it is not signed (an earlier version wrote it, or something else than this service)",
      "signature-wrong":
        "none of its signatures is of a credential that is configured (all were replaced at once, or something else than this service wrote it)",
      "older-copy": "it is an older copy that was put back",
      "newer-version": "a newer version of this program wrote it; update this one",
      "another-owner": "it is another owner's",
    },
    lostTitle: "The memory was not used",
    lostNoMore: "The memory is used again",
    none: "No memory is configured: the limits per day are missing, a permission set whose tags somebody forged is not noticed, and an approval can be used twice. Configure `memory`.",
  },
  ja: {
    notKept: (reason) =>
      `メモリを保存できませんでした（${reason}）。次回の同期で同じ通知を繰り返すことがあります。また、今回の同期は1日あたりの上限に数えられません。`,
    refusals: {
      "too-large": "20MBを超えています",
      "another-owner": "ほかの所有者のメモリです",
      "newer-version": "新しいバージョンのプログラムが書いたメモリです。プログラムを更新してください",
      "not-a-file": "ファイルではないものがあります",
      "not-loaded": "読み込みのときに読み取れませんでした",
      "no-credentials": "AWSの認証情報がありません",
      "no-answer-in-time": "時間内に応答がありません",
      "not-sent": "リクエストを送信できません",
      "not-s3": "S3の応答ではありません",
      "no-permission": "権限がありません",
      "read-only": "ファイルシステムが読み取り専用です",
      "no-space": "空き容量がありません",
      "not-a-folder": "フォルダーの場所にファイルがあります",
      busy: "ファイルを置き換えられません。ファイルではなくフォルダーをマウントしてください",
      "not-written": "書き込めません",
      "no-answer": "応答がありません",
      "s3-refused": "S3に拒否されました",
    },
    withDetail: (reason, detail) => `${reason}、${detail}`,
    lost: (reason) =>
      `メモリを使いませんでした（${reason}）。今回の同期はメモリなしで行いました。1日あたりの上限は数え直しになり、以前の承認は無効です。`,
    losses: {
      unreadable: "読み取れません",
      damaged: "壊れています",
      "too-large": "20MBを超えています",
      "not-signed": "署名がありません。以前のバージョンが書いたか、このサービス以外が書いたものです",
      "signature-wrong":
        "設定されている認証情報のどれとも署名が一致しません。認証情報をすべて一度に変えたか、このサービス以外が書いたものです",
      "older-copy": "古いコピーに戻されています",
      "newer-version": "新しいバージョンのプログラムが書いたメモリです。プログラムを更新してください",
      "another-owner": "ほかの所有者のメモリです",
    },
    lostTitle: "メモリを使いませんでした",
    lostNoMore: "メモリを再び使えるようになりました",
    none: "`memory` が設定されていません。このため、1日あたりの上限がなく、許可セットのタグの偽造に気づけず、承認が2回使われる可能性があります。`memory` を設定してください。",
  },
};

export function memoryTexts(language: Language): MemoryTexts {
  return texts[language];
}

/** Why a memory could not be kept. */
export function describeMemoryRefusal(refusal: MemoryRefusal, language: Language): string {
  const { refusals, withDetail } = texts[language];
  if (refusal.code === "s3-refused") return refusal.detail;
  const reason = refusals[refusal.code];
  return "detail" in refusal ? withDetail(reason, refusal.detail) : reason;
}

/** The whole sentence on a memory that does not count. */
export function describeMemoryLoss(loss: MemoryLoss, language: Language): string {
  const { lost, losses } = texts[language];
  return lost(losses[loss]);
}
