import type { ApprovalRejection } from "../model/approval.ts";
import type { Language } from "../model/config.ts";

/** What is said about approving a refused plan, apart from the command itself. */
export interface ApprovalTexts {
  readonly rejections: Readonly<Record<ApprovalRejection, string>>;
  /** Instead of a command, where no approval can let the plan through. */
  readonly never: string;
  readonly granted: (guards: string, code: string) => string;
}

const en: ApprovalTexts = {
  rejections: {
    malformed:
      "The approval is no code: it has 32 hexadecimal digits, a hyphen and the time at which it was shown. Copy the command that the refusal prints.",
    "plan-hash":
      "The approval is the plan's hash. A plan is approved with the code that its refusal prints, which ends in a hyphen and the time: copy the command.",
    used: "The approval has been used already; each lets one pass through. Review the plan and approve it anew.",
    "from-the-future":
      "The approval was shown at a time that is still to come. Check the clocks of both machines, and approve the plan anew.",
    expired: "The approval is more than 24 hours old. Review the plan and approve it anew.",
    never:
      "The approval does not count: a guard that no approval can pass refused this plan. Correct what it names.",
    "other-plan":
      "The approval is for another plan, or for other guards: something has changed since it was shown. Review this plan and approve it anew.",
    "own-record":
      "The approval does not count (approval.separate): whoever gave it saved one of the records last that this is about. Let somebody else review and approve it.",
    "approver-unknown":
      "The approval does not count (approval.separate): nobody knows who gave it in kintone. Approve it on GitHub, as somebody whose login is in approval.people.",
    "memory-lost":
      "The approval may have been used before: the memory that would know it was lost or could not be read. Review the plan and approve it with a code shown from now on.",
  },
  never: "No approval can let this plan through. Correct what the guards name, and the next pass goes on.",
  granted: (guards, code) => `A person let this plan through (${guards}) with the approval ${code}.`,
};

const ja: ApprovalTexts = {
  rejections: {
    malformed:
      "承認コードの形式が正しくありません。16進数32桁、ハイフン、表示された時刻からなるコードです。中止したときに表示されたコマンドをコピーしてください。",
    "plan-hash":
      "指定されたのは計画のハッシュです。承認には、中止したときに表示される、ハイフンと時刻が付いたコードが必要です。表示されたコマンドをコピーしてください。",
    used: "この承認コードは使用済みです。1つのコードで適用できるのは1回だけです。計画を確認し、あらためて承認してください。",
    "from-the-future":
      "この承認コードが表示された時刻は、現在より先になっています。両方のマシンの時計を確認し、あらためて承認してください。",
    expired: "この承認コードは24時間以上前のものです。計画を確認し、あらためて承認してください。",
    never:
      "承認しても適用できません。承認の対象にならない理由で中止しました。理由に示されたものを修正してください。",
    "other-plan":
      "この承認コードは、別の計画、または別の理由に対するものです。表示されたときから内容が変わりました。今回の計画を確認し、あらためて承認してください。",
    "own-record":
      "この承認は無効です（approval.separate）。承認した人は、対象のレコードの1つを最後に更新した人です。ほかの人が確認して承認してください。",
    "approver-unknown":
      "この承認は無効です（approval.separate）。承認した人がkintoneのだれなのか分かりません。approval.people にユーザー名がある人が、GitHubで承認してください。",
    "memory-lost":
      "この承認コードは使用済みかもしれません。使用を記録したメモリが失われたか、読み取れませんでした。計画を確認し、これから表示されるコードで承認してください。",
  },
  never: "この計画は承認しても適用できません。理由に示されたものを修正すると、次回の同期から再開します。",
  granted: (guards, code) => `担当者が承認コード ${code} でこの計画を承認しました（${guards}）。`,
};

const catalogue: Readonly<Record<Language, ApprovalTexts>> = { ja, en };

/** The words about approvals in the language. */
export function approvalTexts(language: Language): ApprovalTexts {
  return catalogue[language];
}
