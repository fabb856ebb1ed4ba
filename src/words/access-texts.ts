import type { AccessClass, AccessReport, AccessStanding } from "../model/access-report.ts";
import type { Language } from "../model/config.ts";

/** Everything that the list of who has what says in words. */
export interface AccessTexts {
  readonly headline: (counts: AccessReport["counts"]) => string;
  readonly classes: Readonly<Record<AccessClass, string>>;
  readonly standings: Readonly<Record<AccessStanding, string>>;
  readonly exceptions: Readonly<Record<keyof AccessReport["exceptions"], string>>;
  readonly unusual: string;
  readonly notInOrganization: string;
  readonly nobody: (principal: string) => string;
  readonly disabled: (user: string) => string;
  readonly via: (user: string, group: string) => string;
  readonly starts: (time: string) => string;
  readonly expires: (time: string) => string;
  readonly asOf: (time: string, instance: string, owner: string) => string;
  readonly complete: (hash: string) => string;
  readonly accountAccessManager: string;
  readonly reading: string;
  readonly unknownUser: (name: string) => string;
  readonly unknownAccount: (name: string) => string;
  readonly unknownSet: (name: string) => string;
  readonly fileUnreadable: (path: string, reason: string) => string;
  readonly lastUsedHeader: (path: string, missing: readonly string[]) => string;
  readonly lastUsedLine: (path: string, line: number) => string;
  readonly lastUsedUnmatched: (count: number) => string;
}

/** `1 person`, `2 people`. */
function count(number: number, one: string, several = `${one}s`): string {
  return `${number} ${number === 1 ? one : several}`;
}

const en: AccessTexts = {
  headline: ({ access, assignments, people, administrators, accounts, permissionSets }) =>
    [
      count(people, "person", "people"),
      count(administrators, "administrator"),
      count(accounts, "account"),
      count(permissionSets, "permission set"),
      `${count(assignments, "assignment")}, ${access} with groups taken apart`,
    ].join(" · "),
  classes: {
    administrator: "administrator",
    "runs-as-other-roles": "may run as other roles",
    unknown: "not known (a customer managed policy)",
    ordinary: "ordinary",
  },
  standings: {
    records: "records",
    held: "held",
    pending: "waits for approval, as approved last",
    "by-hand": "by hand: no record asks for it",
    orphan: "orphan: deleted from the directory",
    unmanaged: "unmanaged",
  },
  exceptions: {
    disabledWithAccess: "Disabled people who still have access",
    orphans: "Assigned, but deleted from the directory",
    setsWithoutPeople: "Permission sets that no person has",
    accountsWithoutPeople: "Accounts that no person can enter",
    emptyGroups: "Assigned groups without members",
  },
  unusual: "Unusual",
  notInOrganization: "not in the organization",
  nobody: (principal) => `${principal} (no person)`,
  disabled: (user) => `${user} (disabled)`,
  via: (user, group) => `${user} (via ${group})`,
  starts: (time) => `from ${time}`,
  expires: (time) => `until ${time}`,
  asOf: (time, instance, owner) => `As of ${time}. Instance ${instance}, owner ${owner}.`,
  complete: (hash) => `Every page of every list was read. Hash of the lines: ${hash}`,
  accountAccessManager:
    "AWS Account access manager, IAM users and roles of the accounts themselves may grant more; they are not in this list.",
  reading: "Reading kintone and all of IAM Identity Center …",
  unknownUser: (name) =>
    `There is no user ${name} in Identity Center. Give the user name, e-mail address or display name exactly.`,
  unknownAccount: (name) =>
    `There is no account ${name} in the organization. Give the 12-digit id or the exact name.`,
  unknownSet: (name) => `There is no permission set ${name}. Give the exact name.`,
  fileUnreadable: (path, reason) => `${path} cannot be read (${reason}).`,
  lastUsedHeader: (path, missing) =>
    `${path} lacks the columns ${missing.join(", ")}. Its first line has to name person, account, permission_set and last_used.`,
  lastUsedLine: (path, line) =>
    `${path}, line ${line}: last_used is no date. Give it as 2026-11-20, or with a time as 2026-11-20T09:00:00Z.`,
  lastUsedUnmatched: (unmatched) =>
    `${count(unmatched, "last use is", "last uses are")} of access that nobody has now, or that the filters leave out.`,
};

const ja: AccessTexts = {
  headline: ({ access, assignments, people, administrators, accounts, permissionSets }) =>
    `${people}人 · 管理者 ${administrators}人 · アカウント ${accounts}件 · 許可セット ${permissionSets}件 · 割り当て ${assignments}件（グループのメンバーに展開すると ${access}件）`,
  classes: {
    administrator: "管理者",
    "runs-as-other-roles": "ほかのロールとして実行できる",
    unknown: "判定不能（カスタマー管理ポリシー）",
    ordinary: "一般",
  },
  standings: {
    records: "レコード",
    held: "保留",
    pending: "承認待ち（最後に承認された内容）",
    "by-hand": "手作業: どのレコードにもない",
    orphan: "残存: ディレクトリから削除済み",
    unmanaged: "管理外",
  },
  exceptions: {
    disabledWithAccess: "無効なのにアクセス権が残っているユーザー",
    orphans: "ディレクトリから削除済みなのに残っている割り当て",
    setsWithoutPeople: "だれにも割り当てられていない許可セット",
    accountsWithoutPeople: "だれも入れないアカウント",
    emptyGroups: "割り当てがあるのにメンバーがいないグループ",
  },
  unusual: "確認が必要なもの",
  notInOrganization: "組織に存在しない",
  nobody: (principal) => `${principal}（該当者なし）`,
  disabled: (user) => `${user}（無効）`,
  via: (user, group) => `${user}（${group} 経由）`,
  starts: (time) => `${time} から`,
  expires: (time) => `${time} まで`,
  asOf: (time, instance, owner) => `${time} 時点。インスタンス ${instance}、所有者 ${owner}`,
  complete: (hash) => `すべての一覧を最後まで読み取りました。行のハッシュ: ${hash}`,
  accountAccessManager:
    "AWSのAccount access managerや、各アカウントのIAMユーザーとロールによるアクセス権は含みません。",
  reading: "kintone と IAM Identity Center をすべて読み込んでいます…",
  unknownUser: (name) =>
    `「${name}」というユーザーはIdentity Centerにいません。ユーザー名、メールアドレス、表示名のどれかを正確に指定してください。`,
  unknownAccount: (name) =>
    `「${name}」というアカウントは組織にありません。12桁のIDか名前を正確に指定してください。`,
  unknownSet: (name) => `「${name}」という許可セットはありません。名前を正確に指定してください。`,
  fileUnreadable: (path, reason) => `${path} を読み込めません（${reason}）。`,
  lastUsedHeader: (path, missing) =>
    `${path} に ${missing.join("、")} の列がありません。1行目に person、account、permission_set、last_used の列名を入れてください。`,
  lastUsedLine: (path, line) =>
    `${path} の${line}行目: last_used が日付ではありません。2026-11-20、または 2026-11-20T09:00:00Z のように入力してください。`,
  lastUsedUnmatched: (unmatched) =>
    `最終利用のうち${unmatched}件は、現在のアクセス権（絞り込んだ場合はその範囲）に該当しません。`,
};

/** The words of the list of who has what in the language. */
export function accessTexts(language: Language): AccessTexts {
  return { ja, en }[language];
}
