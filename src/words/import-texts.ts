import type { SetObstacle } from "../importing/judge-sets.ts";
import type { LeftOut } from "../importing/plan-import.ts";
import type { Flaw } from "../importing/prove-records.ts";
import type { Language } from "../model/config.ts";

interface ImportTexts {
  readonly obstacles: Readonly<Record<SetObstacle, string>>;
  readonly leftOut: Readonly<Record<LeftOut["reason"], string>>;
  readonly flaws: (flaws: readonly Flaw[]) => string;
  readonly count: (number: number) => string;
  readonly imported: (assignments: number) => string;
  readonly stays: string;
  readonly outOfReach: string;
  readonly ours: (sets: number) => string;
  readonly records: (sets: number, assignments: number) => string;
  readonly proof: (assignments: number) => string;
  readonly nothing: string;
  readonly begin: string;
  readonly notEmpty: (records: number) => string;
  readonly nothingWritten: (command: string) => string;
  readonly csv: (files: readonly string[]) => string;
  readonly cannotWrite: (folder: string, reason: string) => string;
  readonly added: (sets: number, assignments: number) => string;
  readonly runAgain: string;
  readonly unknownUser: string;
  readonly notProven: string;
  readonly adopted: (sets: number) => string;
}

const s = (number: number, one: string): string => `${number} ${number === 1 ? one : `${one}s`}`;

const texts: Readonly<Record<Language, ImportTexts>> = {
  en: {
    obstacles: {
      "key-account":
        "it is in the account that kintone-sso-sync runs in, or in one that holds its memory: `terraform` writes it",
      "management-account": "it is used in the management account: `terraform` writes those assignments",
      "provisioned-in-management-account":
        "it is used in the management account, and only that account can change it: `terraform` writes those assignments",
      "account-not-active": "its account is not active",
      "account-unknown": "its account is not in the organization",
      "protected-account": "its account is protected by the configuration",
      "protected-principal": "it is held by somebody the configuration protects",
      "protected-permission-set": "the configuration protects it",
      "other-owner": "another deployment manages it",
      "control-tower": "it belongs to Control Tower",
    },
    leftOut: {
      "key-account":
        "it is in the account that kintone-sso-sync runs in, or in one that holds its memory: `terraform` writes it",
      "management-account": "in the management account: `terraform` writes it",
      "provisioned-in-management-account": "its set is used in the management account",
      "account-not-active": "the account is not active",
      "account-unknown": "the account is not in the organization",
      "protected-account": "the account is protected by the configuration",
      "protected-principal": "the user or group is protected by the configuration",
      "protected-permission-set": "the set is protected by the configuration",
      "principal-deleted": "the user or group does not exist any more",
      "user-without-login": "no login name of kintone leads to this user (see principals.userTemplate)",
      "user-disabled": "the user is disabled",
      "name-not-unique": "others have the same name",
      "name-unreadable": "the name has characters that a record cannot hold",
    },
    flaws: (flaws) =>
      `records cannot say all of it: ${flaws.join(", ")}. A guardrail may deny it, or accounts may still have an older definition.`,
    count: (number) => s(number, "assignment"),
    imported: (assignments) => `${s(assignments, "assignment")}, all in records`,
    stays:
      "stays as it is: not all of it can be said in records. To import it nevertheless, and lose the rest at the next sync: --include NAME",
    outOfReach: "stays as it is",
    ours: (sets) => `${s(sets, "permission set")} managed already.`,
    records: (sets, assignments) =>
      `Records to add: ${s(sets, "permission set")}, ${s(assignments, "record")} of assignments.`,
    proof: (assignments) =>
      `Proof: decoded again, the records give exactly the ${s(assignments, "assignment")} that exist, and a plan after adopting has no change.`,
    nothing: "Nothing to import.",
    begin:
      "Next: kintone-sso-sync sync, which fills the list of accounts where there is one and changes nothing else while the apps are empty. Then add the first records in kintone.",
    notEmpty: (records) =>
      `The apps hold ${s(records, "record")} that this import would not make, so nothing was written. Where they are meant to stay, add --append.`,
    nothingWritten: (command) => `Nothing was written. To add the records and adopt the sets: ${command}`,
    csv: (files) => `Written for kintone's import from files: ${files.join(", ")}`,
    cannotWrite: (folder, reason) =>
      `${folder} cannot be written to (${reason}). Check that the folder exists and may be written to.`,
    added: (sets, assignments) =>
      `Added to kintone: ${s(sets, "permission set")}, ${s(assignments, "record")} of assignments.`,
    runAgain:
      "Not all records were added, and no set was adopted. Run the same command again: it goes on where it stopped.",
    unknownUser:
      "Where kintone refuses users, one of the login names is not kintone's: name those with --without-login NAME…, and give the token the right to add records.",
    notProven:
      "What kintone has now is not what was to be imported, so no set was adopted. Somebody may have changed records or access meanwhile: run the command again.",
    adopted: (sets) => `${s(sets, "permission set")} adopted. Next: kintone-sso-sync plan`,
  },
  ja: {
    obstacles: {
      "key-account":
        "同期を実行するアカウントか、メモリを置くアカウントにあります。`terraform` コマンドで書き出せます",
      "management-account":
        "管理アカウントで使われています。その割り当ては `terraform` コマンドで書き出せます",
      "provisioned-in-management-account":
        "管理アカウントで使われており、変更できるのは管理アカウントだけです。その割り当ては `terraform` コマンドで書き出せます",
      "account-not-active": "アカウントが有効ではありません",
      "account-unknown": "アカウントが組織にありません",
      "protected-account": "アカウントが設定で保護されています",
      "protected-principal": "ユーザーまたはグループが設定で保護されています",
      "protected-permission-set": "設定で保護されています",
      "other-owner": "別の環境が管理しています",
      "control-tower": "Control Towerのものです",
    },
    leftOut: {
      "key-account":
        "同期を実行するアカウントか、メモリを置くアカウントにあります。`terraform` コマンドで書き出せます",
      "management-account": "管理アカウントの割り当てです。`terraform` コマンドで書き出せます",
      "provisioned-in-management-account": "許可セットが管理アカウントで使われています",
      "account-not-active": "アカウントが有効ではありません",
      "account-unknown": "アカウントが組織にありません",
      "protected-account": "アカウントが設定で保護されています",
      "protected-principal": "ユーザーまたはグループが設定で保護されています",
      "protected-permission-set": "許可セットが設定で保護されています",
      "principal-deleted": "ユーザーまたはグループがもう存在しません",
      "user-without-login":
        "このユーザーに対応するkintoneのログイン名がありません（principals.userTemplateを確認してください）",
      "user-disabled": "ユーザーが無効です",
      "name-not-unique": "同じ名前がほかにもあります",
      "name-unreadable": "名前にレコードで使えない文字が含まれています",
    },
    flaws: (flaws) =>
      `レコードでは表しきれません: ${flaws.join(", ")}。ガードレールで禁止されているか、古い定義のままのアカウントがある可能性があります。`,
    count: (number) => `割り当て${number}件`,
    imported: (assignments) => `割り当て${assignments}件をすべてレコードで表せます`,
    stays:
      "レコードで表しきれないため、このまま残します。それでも取り込む場合は --include 名前 を指定してください（表せない分は次回の同期で削除されます）",
    outOfReach: "このまま残します",
    ours: (sets) => `管理対象の許可セット: ${sets}件`,
    records: (sets, assignments) => `追加するレコード: 許可セット${sets}件、割り当て${assignments}件`,
    proof: (assignments) =>
      `検証: レコードを読み直すと、既存の割り当て${assignments}件とちょうど一致します。引き継いだあとの計画に変更はありません。`,
    nothing: "取り込むものはありません。",
    begin:
      "次は: kintone-sso-sync sync（アカウントの一覧があれば反映します。アプリが空の間は、ほかに何も変更しません）。そのあと、kintoneで最初のレコードを登録してください。",
    notEmpty: (records) =>
      `この取り込みで作られるものではないレコードが${records}件あるため、何も書き込んでいません。残してよい場合は --append を付けてください。`,
    nothingWritten: (command) =>
      `まだ何も書き込んでいません。レコードを追加して許可セットを引き継ぐには: ${command}`,
    csv: (files) => `kintoneの「ファイルから読み込む」用に書き出しました: ${files.join(", ")}`,
    cannotWrite: (folder, reason) =>
      `${folder} に書き込めません（${reason}）。フォルダーの有無と書き込み権限を確認してください。`,
    added: (sets, assignments) =>
      `kintoneに追加しました: 許可セット${sets}件、割り当てのレコード${assignments}件`,
    runAgain:
      "追加できていないレコードがあり、許可セットはまだ引き継いでいません。同じコマンドをもう一度実行すると、続きから再開します。",
    unknownUser:
      "ユーザーが原因で拒否された場合は、kintoneにないログイン名が含まれています。--without-login 名前… で指定してください。APIトークンにはレコード追加の権限も必要です。",
    notProven:
      "kintoneの現在の内容が取り込むはずのものと一致しないため、許可セットは引き継いでいません。その間にレコードまたはアクセス権が変更された可能性があります。もう一度実行してください。",
    adopted: (sets) => `許可セット${sets}件を引き継ぎました。次は: kintone-sso-sync plan`,
  },
};

/** What `import` says. */
export function importTexts(language: Language): ImportTexts {
  return texts[language];
}
