import type { FieldProblem } from "../errors.ts";
import { credentialErrorsJa } from "./credential-errors-ja.ts";
import {
  deniedAction,
  fieldPath,
  kintoneAnswer,
  networkTrouble,
  withoutFullStop,
} from "./pass-error-facts.ts";
import { configProblemLine, type PassErrorMessages } from "./pass-error-messages.ts";

const updateApp = "保存したあとで「アプリを更新」をクリックしてください。更新するまで変更は反映されません。";
const gateway =
  "ドメインでBasic認証を使っている場合は、KINTONE_BASIC_AUTH_USERNAMEとKINTONE_BASIC_AUTH_PASSWORDを設定してください。IPアドレス制限をしている場合は、このマシンのIPアドレスを許可するか、クライアント証明書（KINTONE_PFX_FILE_PATH）とhttps://サブドメイン名.s.cybozu.comを使ってください。";
const nothingChanged = "読み取れなかったものを削除されたものと取り違えないよう、何も変更していません。";
const nextPass = "次回の同期で自動的に再試行します。";

/** Every reason why a pass cannot go on, in Japanese. */
export const passErrorsJa: PassErrorMessages = {
  ...credentialErrorsJa,
  "config.invalid": ({ problems }) => ({
    message:
      problems.length === 1
        ? `設定に問題が1件あります。${problems.map(configProblemLine).join("")}`
        : [`設定に問題が${problems.length}件あります。`, ...problems.map(configProblemLine)].join("\n  "),
    hint: "設定ファイルまたは環境変数を修正し、もう一度実行してください。",
  }),
  "kintone.unreachable": ({ baseUrl, reason }) => ({
    message: `kintone（${baseUrl}）から応答がありません（${reason}）。`,
    hint: {
      "proxy-password":
        "プロキシの認証が必要です。HTTPS_PROXYにユーザー名とパスワードを含めてください（http://user:password@host:port）。",
      certificate:
        "安全な接続を確立できません。プロキシが証明書を置き換えている場合は、その認証局をNODE_EXTRA_CA_CERTSで指定してください。クライアント証明書が必要なドメインの場合は、KINTONE_PFX_FILE_PATHとパスワードを確認してください。",
      "host-name":
        "「kintone.baseUrl」（KINTONE_BASE_URL）のホスト名を確認してください。プロキシを使う環境では、HTTPS_PROXYも設定してください。",
      redirect:
        "プロキシのログイン画面など、別の場所へ転送する応答がありました。APIトークンがほかの場所に送られないよう、転送には従いません。「kintone.baseUrl」（KINTONE_BASE_URL）とHTTPS_PROXYを確認してください。",
      "too-large":
        "応答がkintoneのものとしては大きすぎるため、最後まで読み取りませんでした。別のものが応答している可能性があります。「kintone.baseUrl」（KINTONE_BASE_URL）とHTTPS_PROXYを確認してください。",
      "no-answer": `ネットワーク、HTTPS_PROXY、ファイアウォールを確認してください。${nextPass}`,
    }[networkTrouble(reason)],
  }),
  "kintone.unavailable": ({ status, attempts, ...answer }) => ({
    message: `kintoneがエラー（${[`ステータス${status}`, kintoneAnswer(answer)].filter(Boolean).join("、")}）を返しました（試行回数: ${attempts}）。`,
    hint:
      status === 429
        ? `ドメインの同時リクエスト数の上限に達しています。kintone APIを使うほかのツールと実行時刻をずらしてください。${nextPass}`
        : `kintone側の問題のため、対応は不要です。${nextPass}続く場合は、kintoneの稼働状況を確認してください。`,
  }),
  "kintone.not-authenticated": ({ status, ...answer }) =>
    answer.kintoneCode === ""
      ? {
          message: `リクエストがkintoneに届く前に拒否されました（ステータス${status}）。`,
          hint: gateway,
        }
      : {
          message: `kintoneにログインできません（ステータス${status}、${kintoneAnswer(answer)}）。`,
          hint: `KINTONE_API_TOKEN、またはKINTONE_USERNAMEとKINTONE_PASSWORDを確認してください。APIトークンを生成したら、${updateApp}2要素認証を使っているユーザーのパスワードは使えません。${gateway}`,
        },
  "kintone.no-permission": ({ appId, ...answer }) => ({
    message: `アプリ${appId}を読み取る権限がありません${answer.kintoneCode === "" ? "" : `（${kintoneAnswer(answer)}）`}。`,
    hint: `アプリ${appId}の設定の「APIトークン」で「レコード閲覧」にチェックを入れ、${updateApp}パスワードを使う場合は、アプリと、そのすべてのレコードとフィールドを閲覧できる権限をユーザーに付与してください。`,
  }),
  "kintone.unknown-token": ({ kintoneCode }) => ({
    message: `APIトークンのうち1つを、kintoneが認識できません（${kintoneCode}）。ほかのトークンが正しくても、この応答になります。どのトークンかは示されません。`,
    hint: `KINTONE_API_TOKENの各トークンを、アプリの設定の「APIトークン」に表示される値と照合してください。入力の誤り、再生成、アプリの未更新が考えられます。トークンを生成したら、${updateApp}`,
  }),
  "kintone.token-of-other-app": ({ appId }) => ({
    message: `アプリ${appId}のAPIトークンがありません。`,
    hint: `アプリ${appId}の設定の「APIトークン」で「レコード閲覧」を許可したトークンを生成し、${updateApp}そのトークンをKINTONE_API_TOKENにカンマ区切りで追加してください。APIトークンはアプリごとに必要です。`,
  }),
  "kintone.app-not-found": ({ appId }) => ({
    message: `kintoneにアプリ${appId}がありません。`,
    hint: "各アプリのURLの「/k/」に続く数字を、「kintone.permissionSets.app」と「kintone.assignments.app」に指定してください。アプリが別のドメインにある場合は「kintone.baseUrl」を修正し、ゲストスペースにある場合は「kintone.guestSpaceId」も指定してください。",
  }),
  "kintone.guest-space": ({ appId, kintoneCode }) => ({
    message: `アプリ${appId}は、設定されているスペースにありません（${kintoneCode}）。`,
    hint: "アプリのURLの「/k/guest/」に続く数字を「kintone.guestSpaceId」（KINTONE_GUEST_SPACE_ID）に指定してください。URLに「/guest/」がない場合は、この設定を削除してください。",
  }),
  "kintone.query-invalid": ({ appId, query, message }) => ({
    message: `アプリ${appId}の絞り込み条件「${query}」をkintoneが受け付けません（${withoutFullStop(message)}）。`,
    hint: '「kintone.query」を修正してください。フィールドはフィールドコードで指定し、選択肢やステータスは in ("…") で比較してください。',
  }),
  "kintone.fields-unusable": ({ appId, problems }) => ({
    message: `アプリ${appId}に使えないフィールドがあります。${problems.map(describeField).join("")}`,
    hint: `フォームを変更して「アプリを更新」をクリックするか、設定の${problems.map(({ field }) => `「${fieldPath(field)}」`).join("")}に別のフィールドコードを指定してください。必須でないフィールドをアプリに置かない場合は、そこにnullを指定してください。`,
  }),
  "kintone.incomplete-read": ({ appId, problem }) => ({
    message: `アプリ${appId}のレコードをすべて読み取れませんでした（${withoutFullStop(problem)}）。`,
    hint: `${nothingChanged}${nextPass}毎回起こる場合は、「kintone.query」で対象のレコードを減らせないか確認してください。`,
  }),
  "kintone.request-failed": ({ request, status, kintoneCode, message }) => ({
    message: `kintoneが${request}を拒否しました（${[`ステータス${status}`, kintoneCode].filter(Boolean).join("、")}）。${withoutFullStop(message)}。`,
    hint: "kintoneのメッセージに従って対応し、もう一度実行してください。",
  }),
  "kintone.app-answer-lost": ({ name }) => ({
    message: `アプリ「${name}」の作成を依頼しましたが、kintoneの応答が失われ、作成されたアプリも見つかりません。`,
    hint: "kintoneでアプリを探し（「kintoneシステム管理」の「アプリ管理」にすべてのアプリが表示されます）、見つかったら --permission-set-app、--assignment-app、--account-app、--group-app でアプリIDを指定してください。なければ kintone-sso-sync.init.json を削除し、もう一度実行してください。",
  }),
  "kintone.settings-overtaken": ({ appId }) => ({
    message: `ほかの人がアプリ${appId}の設定を変更しているため、設定の変更を中断しました。`,
    hint: "その変更が終わってから、もう一度実行してください。続きから再開します。",
  }),
  "kintone.changes-waiting": ({ appId }) => ({
    message: `アプリ${appId}の設定に、ほかの人の変更が反映されないまま残っているため、何も変更していません。`,
    hint: "アプリの設定画面でその変更を反映（「アプリを更新」）するか取り消してから、もう一度実行してください。",
  }),
  "kintone.deploy-failed": ({ appId, baseUrl, status }) => ({
    message: `アプリ${appId}の設定を反映できませんでした（${status}）。`,
    hint: `理由はkintoneの画面に表示されます。${baseUrl}/k/admin/app/flow?app=${appId} を開いて「アプリを更新」を押してください。そのあとでもう一度実行すると、続きから再開します。`,
  }),
  "aws.no-credentials": ({ message }) => ({
    message: `使えるAWSの認証情報がありません（${withoutFullStop(message)}）。`,
    hint: "CIでは、AWS_ROLE_ARNを設定するか、aws-actions/configure-aws-credentialsを使い、OpenID Connectでロールを引き受けてください。手元のPCでは、aws sso loginを実行し、AWS_PROFILEを設定してください。システムの時計がずれていても認証に失敗します。",
  }),
  "aws.unreachable": ({ operation, reason }) => ({
    message: `AWSの${operation}から応答がありません（${reason}）。`,
    hint:
      networkTrouble(reason) === "host-name"
        ? `「identityCenter.region」（AWS_REGION）とAWS_ENDPOINT_URLを確認してください。プロキシを使う環境では、HTTPS_PROXYも設定してください。${nextPass}`
        : `ネットワーク、HTTPS_PROXY、ファイアウォールを確認してください。${nextPass}`,
  }),
  "aws.file-unreadable": ({ path, reason }) => ({
    message: `AWSの認証情報のファイル${path}を読み込めません（${reason}）。`,
    hint: "AWS_WEB_IDENTITY_TOKEN_FILEなどの環境変数またはAWSの設定で指定されているファイルです。ファイルを置くか、このプロセスに読み取りの権限を付与するか、環境変数を削除してください。セルフホストランナーでは、マシン側で設定されていることがあります。ジョブ自身のトークンを取得できる場合は、そちらを使います。",
  }),
  "aws.access-denied": ({ operation, message }) => ({
    message: `AWSの${operation}が拒否されました（${withoutFullStop(message)}）。`,
    hint: describeDenied(deniedAction(operation, message), message),
  }),
  "aws.expired-credentials": ({ operation }) => ({
    message: `AWSの認証情報の有効期限が切れています（${operation}）。`,
    hint: "CIではジョブを再実行し、手元のPCではaws sso loginを実行してください。実行中に期限が切れる場合は、ロールのセッション時間を長くしてください。",
  }),
  "aws.unexpected-account": ({ expected, actual }) => ({
    message: `AWSの認証情報はアカウント${actual}のものですが、「identityCenter.expectedAccount」は${expected}です。`,
    hint: `アカウント${expected}の認証情報を使うか、「identityCenter.expectedAccount」を修正してください。IAM Identity Centerの委任管理者のアカウントを指定します。`,
  }),
  "aws.no-instance": ({ region }) => ({
    message: `この認証情報で使えるIAM Identity Centerのインスタンスが${region}にありません。`,
    hint: "IAM Identity Centerコンソールの「設定」に表示されるプライマリリージョンを「identityCenter.region」（AWS_REGION）に指定し、委任管理者のアカウントの認証情報を使ってください。",
  }),
  "aws.several-instances": ({ region, instanceArns }) => ({
    message: `${region}にIAM Identity Centerのインスタンスが複数あります（${instanceArns.join("、")}）。`,
    hint: "組織のインスタンスのARNを「identityCenter.instanceArn」に指定してください。",
  }),
  "aws.instance-not-found": ({ region, instanceArn, found }) => ({
    message: `インスタンス${instanceArn}が${region}にありません（見つかったインスタンス: ${found.join("、")}）。`,
    hint: "「identityCenter.instanceArn」または「identityCenter.region」（AWS_REGION）を修正してください。インスタンスが1つだけの場合、instanceArnは省略できます。",
  }),
  "aws.wrong-region": ({ region, primaryRegion }) => ({
    message: `IAM Identity Centerのプライマリリージョンは${region}ではなく${primaryRegion}です。`,
    hint: `「identityCenter.region」に${primaryRegion}を指定してください。環境変数AWS_REGIONがある場合は設定ファイルより優先されるため、そちらを変更してください。`,
  }),
  "aws.throttled": ({ operation, attempts }) => ({
    message: `AWSの${operation}が、リクエストが多すぎるため拒否されました（試行回数: ${attempts}）。`,
    hint: `この上限は、IAM Identity Centerを使うすべての人やツールで共有されています。${nextPass}頻繁に起こる場合は、「pace.requestsPerSecond」を小さくしてください。`,
  }),
  "aws.incomplete-read": ({ operation, problem }) => ({
    message: `AWSの${operation}の応答が完全ではありません（${withoutFullStop(problem)}）。`,
    hint: `${nothingChanged}${nextPass}`,
  }),
  "aws.request-failed": ({ operation, name, message }) => ({
    message: `AWSの${operation}に失敗しました（${name}: ${withoutFullStop(message)}）。`,
    hint: `${nextPass}毎回失敗する場合は、AWSのメッセージに従って対応するか、AWSサポートに問い合わせてください。`,
  }),
  "pass.stopped": () => ({
    message: "何も書き込まないうちに停止されました。",
    hint: "都合のよいときに、もう一度実行してください。",
  }),
  "config.pause-needs-memory": () => ({
    message: "/sync pause と /sync resume にはメモリが必要ですが、設定されていません。何も変更していません。",
    hint: "メモリ（memory:）を設定してください。設定に readOnly: 理由 と書いて一時停止することもできます。",
  }),
  "pass.pause-not-kept": () => ({
    message: "メモリに書き込めなかったため、同期はこれまでどおり続きます。",
    hint: "kintone-sso-sync doctor でメモリを確認し、もう一度コメントしてください。設定に readOnly: 理由 と書いて一時停止することもできます。",
  }),
  "bug.unexpected": ({ name }) => ({
    message: `kintone-sso-syncの不具合により停止しました（${name}）。`,
    hint: "--log-level debugを付けてもう一度実行し、そのログを添えて開発元に報告してください。kintoneやAWSの設定を変更する必要はありません。",
  }),
};

/** What kintone's form settings call the field types that can be read. */
const fieldTypes: Readonly<Record<string, string>> = {
  SINGLE_LINE_TEXT: "文字列（1行）",
  MULTI_LINE_TEXT: "文字列（複数行）",
  DROP_DOWN: "ドロップダウン",
  RADIO_BUTTON: "ラジオボタン",
  LINK: "リンク",
  NUMBER: "数値",
  CHECK_BOX: "チェックボックス",
  MULTI_SELECT: "複数選択",
  USER_SELECT: "ユーザー選択",
  SUBTABLE: "テーブル",
};

function describeField({ field, code, problem, foundType = "", allowedTypes }: FieldProblem): string {
  const names = (types: readonly string[]): string =>
    types.map((type) => fieldTypes[type] ?? type).join("、");
  if (problem === "missing") return `フィールドコードが「${code}」のフィールドがありません（${field}）。`;
  if (problem === "type") {
    return `「${code}」（${field}）の種類は${names([foundType])}ですが、使えるのは${names(allowedTypes)}です。`;
  }
  const columns = names(allowedTypes.filter((type) => type !== "SUBTABLE"));
  return `テーブル「${code}」（${field}）には、使える種類（${columns}）の列が1つだけ必要です。`;
}

function describeDenied(action: string, message: string): string {
  if (message.includes("KMS")) {
    return "IAM Identity Centerがカスタマーマネージドキーで暗号化されています。ロールに、そのキーに対するkms:Decrypt、kms:Encrypt、kms:GenerateDataKeyWithoutPlaintextを許可してください。";
  }
  const allow = `ロールに${action}を許可してください。`;
  if (action.startsWith("organizations:")) {
    return `${allow}AWS Organizationsを読み取れるのは、管理アカウントと、いずれかのサービスの委任管理者のアカウントだけです。`;
  }
  if (!action.startsWith("sso:")) {
    return `${allow}許可済みの場合は、サービスコントロールポリシー（SCP）で拒否されていないか確認してください。`;
  }
  return `${allow}許可済みの場合は、IAM Identity Centerの委任管理者のアカウントで実行しているか確認してください。委任管理者でも、管理アカウントにプロビジョニングされた許可セットと、プライマリリージョン以外では拒否されます。`;
}
