import type { Language } from "../model/config.ts";
import type { FailureCause } from "../report/failure-causes.ts";

interface FailureText {
  readonly message: string;
  readonly hint: string;
}

type Texts = Readonly<Record<FailureCause, (target: string, detail: string) => FailureText>>;

const en: Texts = {
  "customer-managed-policy-missing": (target, detail) => ({
    message: `AWS did not take "${target}": the account has no customer managed policy ${detail}.`.replace(
      " .",
      ".",
    ),
    hint: "Create the policy with the same name and path in that account, or remove it from the permission set.",
  }),
  "policy-invalid": (target) => ({
    message: `AWS did not take "${target}": the inline policy is not valid for IAM.`,
    hint: "Correct the inline policy in the record of the permission set.",
  }),
  "too-many-policies": (target) => ({
    message: `AWS did not take "${target}": the account allows fewer policies per role than the permission set has.`,
    hint: "Use fewer policies, or have the quota of managed policies per role raised in that account.",
  }),
  "principal-not-found": (target) => ({
    message: `AWS did not take "${target}": the user or group has left Identity Center meanwhile.`,
    hint: "Remove somebody who has left, or a group that is gone, from the record. Otherwise ask an administrator.",
  }),
  "too-many-roles": (target) => ({
    message: `AWS did not take "${target}": the account has as many roles as it may have.`,
    hint: "Delete roles that nobody uses, or have the quota of roles raised in that account.",
  }),
};

const ja: Texts = {
  "customer-managed-policy-missing": (target, detail) => ({
    message: `「${target}」を反映できませんでした。アカウントにカスタマー管理ポリシー${detail === "" ? "" : `「${detail}」`}がありません。`,
    hint: "同じ名前とパスのポリシーをそのアカウントに作成するか、許可セットから削除してください。",
  }),
  "policy-invalid": (target) => ({
    message: `「${target}」を反映できませんでした。インラインポリシーがIAMのポリシーとして正しくありません。`,
    hint: "許可セットのレコードのインラインポリシーを修正してください。",
  }),
  "too-many-policies": (target) => ({
    message: `「${target}」を反映できませんでした。1つのロールに付けられるポリシーの数を超えています。`,
    hint: "ポリシーを減らすか、そのアカウントでロールあたりのポリシー数の上限緩和を申請してください。",
  }),
  "principal-not-found": (target) => ({
    message: `「${target}」を反映できませんでした。ユーザーまたはグループがIdentity Centerからなくなっています。`,
    hint: "退職した人や、なくなったグループなら、レコードから外してください。そうでなければ管理者に連絡してください。",
  }),
  "too-many-roles": (target) => ({
    message: `「${target}」を反映できませんでした。アカウントのロールの数が上限に達しています。`,
    hint: "使っていないロールを削除するか、そのアカウントでロール数の上限緩和を申請してください。",
  }),
};

const catalogue: Readonly<Record<Language, Texts>> = { ja, en };

/** What authors hear beside that. */
interface RecordFailureTexts {
  /** Something of the record waits for what AWS refused. */
  readonly waits: (why: string) => string;
  readonly lockedSet: (permissionSet: string, why: string) => FailureText;
}

const ofRecords: Readonly<Record<Language, RecordFailureTexts>> = {
  en: {
    waits: (why) => `Access of this record waits for something else. ${why}`,
    lockedSet: (permissionSet, why) => ({
      message: `The permission set "${permissionSet}" stays as it is: ${why}.`,
      hint: "Ask the administrators to change it, or delete the record.",
    }),
  },
  ja: {
    waits: (why) => `このレコードのアクセス権の付与は、次の問題が解消するまで保留しています。${why}`,
    lockedSet: (permissionSet, why) => ({
      message: `許可セット「${permissionSet}」は変更しません。理由: ${why}。`,
      hint: "管理者に変更を依頼するか、レコードを削除してください。",
    }),
  },
};

/** The words in the language. */
export function failureTexts(language: Language): RecordFailureTexts {
  return ofRecords[language];
}

/** What AWS's refusal means for the author of a record, and how to mend it. */
export function describeFailure(
  cause: FailureCause,
  target: string,
  detail: string,
  language: Language,
): FailureText {
  return catalogue[language][cause](target, detail);
}
