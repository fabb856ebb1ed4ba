import type { Language } from "../model/config.ts";
import type { NotKept } from "../commands/init/keep-tokens.ts";
import type { TokenFault } from "../commands/init/await-tokens.ts";
import type { AppPart, MadeAppKind } from "../model/made-app.ts";

/** What `init` says and asks. */
export interface InitTexts {
  readonly ask: Readonly<Record<InitQuestion, string>>;
  readonly missing: (name: InitQuestion, how: string) => string;
  readonly noPassword: string;
  readonly otherApp: (variable: string, app: string, flag: string) => string;
  readonly namesake: (name: string, app: number, flag: string) => string;
  readonly signedIn: (user: string, url: string) => string;
  readonly noCompany: string;
  readonly measured: (template: string, found: number, of: number) => string;
  readonly unmeasured: (template: string) => string;
  readonly toMake: (app: string) => string;
  readonly inSpace: (space: number) => string;
  readonly there: (app: string, id: number) => string;
  readonly lacks: (app: string, id: number) => string;
  readonly goesOn: (app: string, id: number) => string;
  readonly fields: string;
  readonly views: string;
  readonly rights: Readonly<Record<MadeAppKind, (group: string) => string>>;
  readonly onlyYou: string;
  readonly comments: string;
  readonly files: string;
  readonly kept: (file: string) => string;
  readonly wrote: (file: string) => string;
  readonly dryRun: string;
  readonly declined: string;
  readonly steps: Readonly<Record<AppPart | "app" | "deploy", (app: string) => string>>;
  readonly made: string;
  readonly inTheUi: string;
  readonly tokenOf: (app: string, rights: string, url: string, variable: string) => string;
  readonly importRights: string;
  readonly afterImport: string;
  readonly updateApp: string;
  readonly addToApp: string;
  /** Of the place of what was pasted, or of the app. */
  readonly tokenFaults: Readonly<Record<TokenFault["kind"], (of: string) => string>>;
  readonly tokensKept: string;
  readonly tokensNotKept: Readonly<Record<NotKept, (names: readonly string[]) => string>>;
  readonly goOn: (commands: readonly string[]) => string;
  readonly cannotWrite: (file: string, reason: string) => string;
  readonly twoFactor: string;
  readonly noAdministrators: (group: string) => string;
}

/** What a person has to tell, as a flag, a variable or an answer. */
export type InitQuestion =
  | "baseUrl"
  | "username"
  | "password"
  | "region"
  | "setAuthors"
  | "administrators"
  | "confirm"
  | "tokens";

const en: InitTexts = {
  ask: {
    baseUrl: "Address of kintone (https://example.cybozu.com): ",
    username: "Your login name in kintone: ",
    password: "Its password (not shown, not kept): ",
    region: "Region of IAM Identity Center (such as ap-northeast-1): ",
    setAuthors: "Code of the kintone group that may add permission sets (empty: only you): ",
    administrators:
      "Group in IAM Identity Center whose members records may make administrators (empty: nobody): ",
    confirm: "Make this? [yes/no] ",
    tokens:
      "Paste the API tokens of these apps, in any order, separated by commas (not shown; doctor and the first look follow, which write nothing; empty: later): ",
  },
  missing: (_name, how) => `Missing: ${how}.`,
  noPassword:
    "init signs in as a person: an API token can neither make apps nor list them. The password is used for this run only.",
  otherApp: (name, app, flag) =>
    `${name} names app ${app}, and what the environment says wins over the file. Unset it to have an app made, or use that app: ${flag} ${app}`,
  namesake: (name, app, flag) =>
    `! App ${app} is called “${name}” too, and stays as it is. To use it instead: ${flag} ${app}`,
  signedIn: (user, url) => `Signed in to ${url} as ${user}.`,
  noCompany:
    "AWS was not looked at, so the configuration file gets the Region alone: fill in expectedAccount and userTemplate, or run init again with AWS credentials.",
  measured: (template, found, of) =>
    `${found} of the ${of} people who can sign in to kintone are found in Identity Center with userTemplate "${template}".`,
  unmeasured: (template) =>
    `kintone does not list its users to this person; most user names in Identity Center look like userTemplate "${template}".`,
  toMake: (app) => `+ make the app “${app}”`,
  inSpace: (space) => ` in space ${space}`,
  there: (app, id) => `= “${app}”, app ${id}: nothing is missing`,
  lacks: (app, id) => `~ “${app}”, app ${id}, lacks:`,
  goesOn: (app, id) => `~ go on with the app “${app}”, app ${id}`,
  fields: "fields",
  views: "views",
  rights: {
    permissionSets: (group) => `everyone sees; ${group} may add; authors edit their own`,
    assignments: () => "everyone sees and may add; authors edit their own",
    accounts: () => "everyone sees; the sync writes, with a token for this app alone",
    groups: () => "everyone sees; the sync writes, with a token for this app alone",
    reviews: (group) => `everyone sees; owners decide on their own lines, ${group} on all`,
  },
  onlyYou: "only you",
  comments: "comments switched on",
  files: "Files:",
  kept: (file) => `= ${file} is there and stays as it is`,
  wrote: (file) => `+ ${file}`,
  dryRun: "Nothing was written (--dry-run).",
  declined: "Nothing was written.",
  steps: {
    app: (app) => `Making “${app}” …`,
    fields: (app) => `“${app}”: fields …`,
    layout: (app) => `“${app}”: form …`,
    views: (app) => `“${app}”: views …`,
    settings: (app) => `“${app}”: settings …`,
    appAcl: (app) => `“${app}”: permissions …`,
    recordAcl: (app) => `“${app}”: permissions of records …`,
    fieldAcl: (app) => `“${app}”: permissions of fields …`,
    reminders: (app) => `“${app}”: reminders …`,
    deploy: (app) => `“${app}”: publishing …`,
  },
  made: "The apps are there.",
  inTheUi:
    "kintone makes API tokens on its own pages only. In each app: Generate, tick, Save, and Update App:",
  tokenOf: (app, rights, url, variable) => `“${app}”: ${rights}, into ${variable}\n     ${url}`,
  importRights: "View records, and for the import Add records as well",
  afterImport:
    "  After the import untick Add records in the first two again, and set TakeOver in aws-role.parameters to false.",
  updateApp: "View, Add and Edit records",
  addToApp: "View and Add records",
  tokenFaults: {
    unknown: (place) =>
      `Token ${place}: kintone does not know it. It is mistyped, or its app was not updated after it was generated (Update App).`,
    "other-app": (place) => `Token ${place} is of another app than these.`,
    "no-view": (app) =>
      `The token of “${app}” may not view records: tick View records, save, and Update App.`,
    "no-write": (app) =>
      `The token of “${app}” may not add and edit records: tick Add records and Edit records, save, and Update App.`,
    manages: (app) =>
      `The token of “${app}” may also manage the app, and so change who sees and edits what: untick Manage app, save, and Update App.`,
    missing: (app) => `“${app}” has no token yet.`,
  },
  tokensKept:
    "+ .env holds the tokens; only you can read it, and git leaves it alone. Before the next commands: set -a && . ./.env && set +a",
  tokensNotKept: {
    "is-there": (names) =>
      `= .env is there and stays as it is: put the tokens there yourself (${names.join(", ")})`,
    "not-ignored": (names) =>
      `The tokens were not kept: .gitignore does not name .env. Add it there, and the tokens to .env (${names.join(", ")}).`,
    "cannot-write": (names) =>
      `The tokens were not kept: .env cannot be written. Set them in your shell (${names.join(", ")}).`,
  },
  goOn: (commands) => `Then:\n${commands.map((command) => `  ${command}`).join("\n")}`,
  cannotWrite: (file, reason) => `${file} cannot be written (${reason}).`,
  twoFactor:
    "Where the person uses two-factor authentication, kintone refuses the password over its API: take an account without it for this run.",
  noAdministrators: (group) =>
    group === ""
      ? "Guardrails: records make nobody administrator."
      : `Guardrails: records make nobody administrator but members of ${group}.`,
};

const ja: InitTexts = {
  ask: {
    baseUrl: "kintoneのURL（https://example.cybozu.com）: ",
    username: "kintoneのログイン名: ",
    password: "パスワード（表示も保存もしません）: ",
    region: "IAM Identity Centerのリージョン（例: ap-northeast-1）: ",
    setAuthors: "許可セットを追加できるkintoneのグループのコード（空欄なら自分だけ）: ",
    administrators:
      "レコードで管理者権限を付与してよいIAM Identity Centerのグループ（空欄ならだれにも付与しない）: ",
    confirm: "この内容で作成しますか? [yes/no] ",
    tokens:
      "これらのアプリのAPIトークンを、順不同、カンマ区切りで貼り付けてください（表示しません。続けてdoctorと最初の確認を行いますが、何も書き込みません。空欄ならあとで）: ",
  },
  missing: (_name, how) => `不足しています: ${how}`,
  noPassword:
    "initは個人のアカウントでログインします。APIトークンではアプリを作成できず、アプリの一覧も取得できません。パスワードは今回の実行にだけ使います。",
  otherApp: (name, app, flag) =>
    `${name} がアプリ${app}を指しています。環境変数は設定ファイルより優先されます。アプリを新しく作成する場合は変数を削除し、そのアプリを使う場合は ${flag} ${app} を指定してください。`,
  namesake: (name, app, flag) =>
    `! 「${name}」という名前のアプリ${app}がすでにあります（変更しません）。作成せずにそれを使う場合: ${flag} ${app}`,
  signedIn: (user, url) => `${url} に ${user} でログインしました。`,
  noCompany:
    "AWSを確認していないため、設定ファイルにはリージョンだけを書きます。expectedAccountとuserTemplateを書き足すか、AWSの認証情報を用意してinitをもう一度実行してください。",
  measured: (template, found, of) =>
    `kintoneにログインできる${of}人のうち${found}人が、userTemplate "${template}" でIdentity Centerに見つかります。`,
  unmeasured: (template) =>
    `この人にはkintoneのユーザー一覧を取得する権限がありません。Identity Centerのユーザー名の多くは userTemplate "${template}" の形です。`,
  toMake: (app) => `+ アプリ「${app}」を作成`,
  inSpace: (space) => `（スペース${space}）`,
  there: (app, id) => `= 「${app}」（アプリ${id}）: 不足はありません`,
  lacks: (app, id) => `~ 「${app}」（アプリ${id}）に不足しているもの:`,
  goesOn: (app, id) => `~ アプリ「${app}」（アプリ${id}）の作成を続行`,
  fields: "フィールド",
  views: "一覧",
  rights: {
    permissionSets: (group) => `全員が閲覧、追加は${group}、編集は登録者本人`,
    assignments: () => "全員が閲覧と追加、編集は登録者本人",
    accounts: () => "全員が閲覧、書き込みは同期だけ（このアプリ専用のトークン）",
    groups: () => "全員が閲覧、書き込みは同期だけ（このアプリ専用のトークン）",
    reviews: (group) => `全員が閲覧、判定は確認者本人、すべての判定は${group}`,
  },
  onlyYou: "自分だけ",
  comments: "コメント機能を有効化",
  files: "ファイル:",
  kept: (file) => `= ${file} はすでにあるため変更しません`,
  wrote: (file) => `+ ${file}`,
  dryRun: "何も書き込んでいません（--dry-run）。",
  declined: "何も書き込んでいません。",
  steps: {
    app: (app) => `「${app}」を作成しています…`,
    fields: (app) => `「${app}」: フィールド…`,
    layout: (app) => `「${app}」: フォーム…`,
    views: (app) => `「${app}」: 一覧…`,
    settings: (app) => `「${app}」: 一般設定…`,
    appAcl: (app) => `「${app}」: アプリのアクセス権…`,
    recordAcl: (app) => `「${app}」: レコードのアクセス権…`,
    fieldAcl: (app) => `「${app}」: フィールドのアクセス権…`,
    reminders: (app) => `「${app}」: リマインダー…`,
    deploy: (app) => `「${app}」: 公開…`,
  },
  made: "アプリの準備ができました。",
  inTheUi:
    "APIトークンはkintoneの画面でしか作成できません。それぞれのアプリで「生成する」→ 権限にチェック →「保存」→「アプリを更新」の順に操作してください。",
  tokenOf: (app, rights, url, variable) => `「${app}」: ${rights} → ${variable}\n     ${url}`,
  importRights: "レコード閲覧（取り込みのときだけレコード追加も）",
  afterImport:
    "  取り込みが終わったら、最初の2つの「レコード追加」を外し、aws-role.parametersのTakeOverをfalseに戻してください。",
  updateApp: "レコード閲覧、レコード追加、レコード編集",
  addToApp: "レコード閲覧、レコード追加",
  tokenFaults: {
    unknown: (place) =>
      `${place}番目のトークンを、kintoneが認識できません。入力の誤りか、生成したあとに「アプリを更新」をしていない可能性があります。`,
    "other-app": (place) => `${place}番目のトークンは、これらとは別のアプリのものです。`,
    "no-view": (app) =>
      `「${app}」のトークンにレコード閲覧の権限がありません。「レコード閲覧」にチェックを入れて保存し、「アプリを更新」をクリックしてください。`,
    "no-write": (app) =>
      `「${app}」のトークンにレコードを書き込む権限がありません。「レコード追加」と「レコード編集」にチェックを入れて保存し、「アプリを更新」をクリックしてください。`,
    manages: (app) =>
      `「${app}」のトークンにアプリ管理の権限があり、アクセス権の設定まで変更できます。「アプリ管理」のチェックを外して保存し、「アプリを更新」をクリックしてください。`,
    missing: (app) => `「${app}」のトークンがまだありません。`,
  },
  tokensKept:
    "+ .env にトークンを保存しました（本人だけが読み取れ、gitの対象になりません）。次のコマンドの前に: set -a && . ./.env && set +a",
  tokensNotKept: {
    "is-there": (names) =>
      `= .env はすでにあるため変更しません。トークンを書き足してください（${names.join("、")}）`,
    "not-ignored": (names) =>
      `.gitignore に .env がないため、トークンを保存しませんでした。.gitignore に .env を追加してから、.env に書いてください（${names.join("、")}）。`,
    "cannot-write": (names) =>
      `.env に書き込めないため、トークンを保存しませんでした。シェルの環境変数に設定してください（${names.join("、")}）。`,
  },
  goOn: (commands) => `次のコマンド:\n${commands.map((command) => `  ${command}`).join("\n")}`,
  cannotWrite: (file, reason) => `${file} に書き込めません（${reason}）。`,
  twoFactor:
    "2要素認証を使っているアカウントでは、kintoneのAPIがパスワードを受け付けません。今回だけ、2要素認証を使わないアカウントで実行してください。",
  noAdministrators: (group) =>
    group === ""
      ? "ガードレール: レコードではだれも管理者になれません。"
      : `ガードレール: レコードで管理者になれるのは${group}のメンバーだけです。`,
};

/** What `init` says and asks. */
export function initTexts(language: Language): InitTexts {
  return language === "ja" ? ja : en;
}
