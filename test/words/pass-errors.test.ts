import { describe, expect, test } from "vitest";
import { PassError, type PassErrorCode, type PassErrorParams } from "../../src/errors.ts";
import type { Language } from "../../src/model/config.ts";
import { describePassError } from "../../src/words/pass-errors.ts";

const refusedToken = {
  role: "arn:aws:iam::111122223333:role/sync",
  iss: "https://token.actions.githubusercontent.com",
  sub: "repo:o/r:ref:refs/heads/main",
  aud: "sts.amazonaws.com",
};

const samples: PassErrorParams = {
  "config.invalid": { problems: [{ path: "pace.perAccount", message: "Must be 1." }] },
  "kintone.unreachable": { baseUrl: "https://example.cybozu.com", reason: "ECONNREFUSED" },
  "kintone.unavailable": { status: 503, attempts: 5 },
  "kintone.not-authenticated": { status: 401, kintoneCode: "CB_WA01" },
  "kintone.no-permission": { appId: 10, kintoneCode: "CB_NO02" },
  "kintone.unknown-token": { kintoneCode: "GAIA_IA02" },
  "kintone.token-of-other-app": { appId: 11 },
  "kintone.app-not-found": { appId: 10 },
  "kintone.guest-space": { appId: 10, kintoneCode: "GAIA_IL23" },
  "kintone.query-invalid": { appId: 10, query: "状態 = 1", message: "クエリが不正です。" },
  "kintone.fields-unusable": {
    appId: 11,
    problems: [
      { field: "accounts", code: "accounts", problem: "missing", allowedTypes: ["CHECK_BOX"] },
      {
        field: "inlinePolicy",
        code: "ポリシー",
        problem: "type",
        foundType: "FILE",
        allowedTypes: ["SINGLE_LINE_TEXT", "MULTI_LINE_TEXT"],
      },
      {
        field: "users",
        code: "利用者",
        problem: "table-columns",
        foundType: "SUBTABLE",
        allowedTypes: ["USER_SELECT", "SUBTABLE"],
      },
    ],
  },
  "kintone.incomplete-read": { appId: 11, problem: "12 records are missing" },
  "kintone.request-failed": {
    request: "GET records.json",
    status: 400,
    kintoneCode: "CB_IJ01",
    message: "不正なJSON文字列です。",
  },
  "kintone.app-answer-lost": { name: "割り当て" },
  "kintone.settings-overtaken": { appId: 10 },
  "kintone.changes-waiting": { appId: 10 },
  "kintone.deploy-failed": { appId: 10, baseUrl: "https://example.cybozu.com", status: "FAIL" },
  "aws.no-credentials": { message: "Could not load credentials from any providers" },
  "aws.unreachable": { operation: "ListInstances", reason: "ETIMEDOUT" },
  "aws.file-unreadable": { path: "/var/run/token", reason: "ENOENT" },
  "aws.access-denied": { operation: "ListPermissionSets", message: "not authorized." },
  "aws.expired-credentials": { operation: "ListUsers" },
  "aws.token-settings-missing": { host: "GitHub", missing: ["ACTIONS_ID_TOKEN_REQUEST_URL"] },
  "aws.token-unavailable": { host: "GitHub", reason: "ECONNREFUSED" },
  "aws.token-refused": { host: "Azure DevOps", status: 401 },
  "aws.role-invalid": { role: "sync" },
  "aws.no-identity-provider": refusedToken,
  "aws.wrong-audience": refusedToken,
  "aws.wrong-subject": refusedToken,
  "aws.trust-denied": refusedToken,
  "aws.expired-token": refusedToken,
  "aws.invalid-token": refusedToken,
  "aws.issuer-unreachable": { ...refusedToken, attempts: 16 },
  "aws.management-account": { account: "111122223333" },
  "aws.not-delegated-administrator": { account: "444455556666", operation: "ListAccounts" },
  "aws.unexpected-account": { expected: "111122223333", actual: "444455556666" },
  "aws.no-instance": { region: "us-east-1" },
  "aws.several-instances": {
    region: "us-east-1",
    instanceArns: ["arn:aws:sso:::instance/ssoins-1", "arn:aws:sso:::instance/ssoins-2"],
  },
  "aws.instance-not-found": {
    region: "us-east-1",
    instanceArn: "arn:aws:sso:::instance/ssoins-1",
    found: ["arn:aws:sso:::instance/ssoins-2"],
  },
  "aws.wrong-region": { region: "us-east-1", primaryRegion: "ap-northeast-1" },
  "aws.throttled": { operation: "ListUsers", attempts: 12 },
  "aws.incomplete-read": { operation: "ListAccounts", problem: "the same page token twice" },
  "aws.request-failed": {
    operation: "ListUsers",
    name: "InternalServerException",
    message: "Sorry,\nnot now.",
  },
  "config.pause-needs-memory": {},
  "pass.stopped": {},
  "pass.pause-not-kept": {},
  "bug.unexpected": { name: "TypeError" },
};

function told<Code extends PassErrorCode>(
  code: Code,
  language: Language,
  params: PassErrorParams[Code] = samples[code],
): string {
  const { message, hint } = describePassError(new PassError(code, params), language);
  return `${message}\n${hint}`;
}

const codes = Object.keys(samples) as PassErrorCode[];

describe.each(codes)("%s", (code) => {
  const ja = describePassError(new PassError(code, samples[code]), "ja");
  const en = describePassError(new PassError(code, samples[code]), "en");

  test("is told in both languages, each in its own words", () => {
    expect(en.message).toMatch(/^[A-Zk“].*\.$/);
    expect(en.hint).toMatch(/^[A-Z].*\.$/);
    expect(ja.message).toMatch(/[ぁ-ん].*[。.]$/);
    expect(ja.hint).toMatch(/[ぁ-ん].*。$/);
  });

  test("is told in one line each, without a sign of a missing value", () => {
    for (const text of [ja.message, ja.hint, en.message, en.hint]) {
      expect(text).not.toMatch(/\n|undefined|\[object|（）|\(\)|。。|\.\.|「」| {2}/);
    }
  });

  test("names every fact that it knows", () => {
    // Types and kinds of field problems are words of kintone's API; they are told in words of its forms.
    const facts = leaves(samples[code]).filter(
      (fact) => !/^[A-Z_]{4}|^(missing|type|table-columns)$/.test(fact),
    );
    const texts = [`${en.message} ${en.hint}`, `${ja.message} ${ja.hint}`];
    for (const fact of facts) {
      for (const text of texts) expect(text).toContain(fact.replace("\n", " ").replace(/[.。]$/, ""));
    }
  });
});

test("the Japanese texts read like this", () => {
  expect(codes.map((code) => `${code}\n${told(code, "ja")}`).join("\n\n")).toMatchInlineSnapshot(`
    "config.invalid
    設定に問題が1件あります。pace.perAccount: Must be 1.
    設定ファイルまたは環境変数を修正し、もう一度実行してください。

    kintone.unreachable
    kintone（https://example.cybozu.com）から応答がありません（ECONNREFUSED）。
    ネットワーク、HTTPS_PROXY、ファイアウォールを確認してください。次回の同期で自動的に再試行します。

    kintone.unavailable
    kintoneがエラー（ステータス503）を返しました（試行回数: 5）。
    kintone側の問題のため、対応は不要です。次回の同期で自動的に再試行します。続く場合は、kintoneの稼働状況を確認してください。

    kintone.not-authenticated
    kintoneにログインできません（ステータス401、CB_WA01）。
    KINTONE_API_TOKEN、またはKINTONE_USERNAMEとKINTONE_PASSWORDを確認してください。APIトークンを生成したら、保存したあとで「アプリを更新」をクリックしてください。更新するまで変更は反映されません。2要素認証を使っているユーザーのパスワードは使えません。ドメインでBasic認証を使っている場合は、KINTONE_BASIC_AUTH_USERNAMEとKINTONE_BASIC_AUTH_PASSWORDを設定してください。IPアドレス制限をしている場合は、このマシンのIPアドレスを許可するか、クライアント証明書（KINTONE_PFX_FILE_PATH）とhttps://サブドメイン名.s.cybozu.comを使ってください。

    kintone.no-permission
    アプリ10を読み取る権限がありません（CB_NO02）。
    アプリ10の設定の「APIトークン」で「レコード閲覧」にチェックを入れ、保存したあとで「アプリを更新」をクリックしてください。更新するまで変更は反映されません。パスワードを使う場合は、アプリと、そのすべてのレコードとフィールドを閲覧できる権限をユーザーに付与してください。

    kintone.unknown-token
    APIトークンのうち1つを、kintoneが認識できません（GAIA_IA02）。ほかのトークンが正しくても、この応答になります。どのトークンかは示されません。
    KINTONE_API_TOKENの各トークンを、アプリの設定の「APIトークン」に表示される値と照合してください。入力の誤り、再生成、アプリの未更新が考えられます。トークンを生成したら、保存したあとで「アプリを更新」をクリックしてください。更新するまで変更は反映されません。

    kintone.token-of-other-app
    アプリ11のAPIトークンがありません。
    アプリ11の設定の「APIトークン」で「レコード閲覧」を許可したトークンを生成し、保存したあとで「アプリを更新」をクリックしてください。更新するまで変更は反映されません。そのトークンをKINTONE_API_TOKENにカンマ区切りで追加してください。APIトークンはアプリごとに必要です。

    kintone.app-not-found
    kintoneにアプリ10がありません。
    各アプリのURLの「/k/」に続く数字を、「kintone.permissionSets.app」と「kintone.assignments.app」に指定してください。アプリが別のドメインにある場合は「kintone.baseUrl」を修正し、ゲストスペースにある場合は「kintone.guestSpaceId」も指定してください。

    kintone.guest-space
    アプリ10は、設定されているスペースにありません（GAIA_IL23）。
    アプリのURLの「/k/guest/」に続く数字を「kintone.guestSpaceId」（KINTONE_GUEST_SPACE_ID）に指定してください。URLに「/guest/」がない場合は、この設定を削除してください。

    kintone.query-invalid
    アプリ10の絞り込み条件「状態 = 1」をkintoneが受け付けません（クエリが不正です）。
    「kintone.query」を修正してください。フィールドはフィールドコードで指定し、選択肢やステータスは in ("…") で比較してください。

    kintone.fields-unusable
    アプリ11に使えないフィールドがあります。フィールドコードが「accounts」のフィールドがありません（accounts）。「ポリシー」（inlinePolicy）の種類はFILEですが、使えるのは文字列（1行）、文字列（複数行）です。テーブル「利用者」（users）には、使える種類（ユーザー選択）の列が1つだけ必要です。
    フォームを変更して「アプリを更新」をクリックするか、設定の「kintone.assignments.fields.accounts」「kintone.permissionSets.fields.inlinePolicy」「kintone.assignments.fields.users」に別のフィールドコードを指定してください。必須でないフィールドをアプリに置かない場合は、そこにnullを指定してください。

    kintone.incomplete-read
    アプリ11のレコードをすべて読み取れませんでした（12 records are missing）。
    読み取れなかったものを削除されたものと取り違えないよう、何も変更していません。次回の同期で自動的に再試行します。毎回起こる場合は、「kintone.query」で対象のレコードを減らせないか確認してください。

    kintone.request-failed
    kintoneがGET records.jsonを拒否しました（ステータス400、CB_IJ01）。不正なJSON文字列です。
    kintoneのメッセージに従って対応し、もう一度実行してください。

    kintone.app-answer-lost
    アプリ「割り当て」の作成を依頼しましたが、kintoneの応答が失われ、作成されたアプリも見つかりません。
    kintoneでアプリを探し（「kintoneシステム管理」の「アプリ管理」にすべてのアプリが表示されます）、見つかったら --permission-set-app、--assignment-app、--account-app、--group-app でアプリIDを指定してください。なければ kintone-sso-sync.init.json を削除し、もう一度実行してください。

    kintone.settings-overtaken
    ほかの人がアプリ10の設定を変更しているため、設定の変更を中断しました。
    その変更が終わってから、もう一度実行してください。続きから再開します。

    kintone.changes-waiting
    アプリ10の設定に、ほかの人の変更が反映されないまま残っているため、何も変更していません。
    アプリの設定画面でその変更を反映（「アプリを更新」）するか取り消してから、もう一度実行してください。

    kintone.deploy-failed
    アプリ10の設定を反映できませんでした（FAIL）。
    理由はkintoneの画面に表示されます。https://example.cybozu.com/k/admin/app/flow?app=10 を開いて「アプリを更新」を押してください。そのあとでもう一度実行すると、続きから再開します。

    aws.no-credentials
    使えるAWSの認証情報がありません（Could not load credentials from any providers）。
    CIでは、AWS_ROLE_ARNを設定するか、aws-actions/configure-aws-credentialsを使い、OpenID Connectでロールを引き受けてください。手元のPCでは、aws sso loginを実行し、AWS_PROFILEを設定してください。システムの時計がずれていても認証に失敗します。

    aws.unreachable
    AWSのListInstancesから応答がありません（ETIMEDOUT）。
    ネットワーク、HTTPS_PROXY、ファイアウォールを確認してください。次回の同期で自動的に再試行します。

    aws.file-unreadable
    AWSの認証情報のファイル/var/run/tokenを読み込めません（ENOENT）。
    AWS_WEB_IDENTITY_TOKEN_FILEなどの環境変数またはAWSの設定で指定されているファイルです。ファイルを置くか、このプロセスに読み取りの権限を付与するか、環境変数を削除してください。セルフホストランナーでは、マシン側で設定されていることがあります。ジョブ自身のトークンを取得できる場合は、そちらを使います。

    aws.access-denied
    AWSのListPermissionSetsが拒否されました（not authorized）。
    ロールにsso:ListPermissionSetsを許可してください。許可済みの場合は、IAM Identity Centerの委任管理者のアカウントで実行しているか確認してください。委任管理者でも、管理アカウントにプロビジョニングされた許可セットと、プライマリリージョン以外では拒否されます。

    aws.expired-credentials
    AWSの認証情報の有効期限が切れています（ListUsers）。
    CIではジョブを再実行し、手元のPCではaws sso loginを実行してください。実行中に期限が切れる場合は、ロールのセッション時間を長くしてください。

    aws.token-settings-missing
    AWS_ROLE_ARNが設定されていますが、このGitHubのジョブではOpenID Connectのトークンを取得できません（ACTIONS_ID_TOKEN_REQUEST_URLがありません）。
    ジョブに permissions: { id-token: write } を指定してください。フォークからのプルリクエストのワークフローでは、トークンを取得できません。

    aws.token-unavailable
    GitHubからOpenID Connectのトークンを取得できませんでした（ECONNREFUSED）。
    GitHubの稼働状況を確認してください。自社のマシンで実行している場合は、ネットワーク、HTTPS_PROXY、ファイアウォールも確認してください。次回の同期で自動的に再試行します。

    aws.token-refused
    Azure DevOpsがOpenID Connectのトークンの発行を拒否しました（ステータス401）。
    サービス接続のセキュリティの設定で、このパイプラインにサービス接続の使用を許可し、AZURE_SERVICE_CONNECTION_IDとSYSTEM_ACCESSTOKENを確認してください。

    aws.role-invalid
    AWS_ROLE_ARNの値がロールのARNではありません（sync）。
    IAMに表示されるロールのARNを指定してください（例: arn:aws:iam::111122223333:role/kintone-sso-sync）。

    aws.no-identity-provider
    arn:aws:iam::111122223333:role/syncのアカウントに、このジョブのためのOpenID Connectプロバイダーがありません（トークンの内容: iss https://token.actions.githubusercontent.com、sub repo:o/r:ref:refs/heads/main、aud sts.amazonaws.com）。
    そのアカウントに、プロバイダーhttps://token.actions.githubusercontent.com（末尾のスラッシュなし）を対象者sts.amazonaws.comで作成してください。infra/aws-role.yamlとinfra/terraformで作成できます。信頼ポリシーでは"Federated": "…:oidc-provider/token.actions.githubusercontent.com"と書きます。

    aws.wrong-audience
    arn:aws:iam::111122223333:role/syncについて、AWSがこのジョブのトークンの対象者（aud）を受け付けません（トークンの内容: iss https://token.actions.githubusercontent.com、sub repo:o/r:ref:refs/heads/main、aud sts.amazonaws.com）。
    IAMのプロバイダーtoken.actions.githubusercontent.comの対象者にsts.amazonaws.comを追加し、ロールの信頼ポリシーに"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"と書いてください。

    aws.wrong-subject
    arn:aws:iam::111122223333:role/syncの信頼ポリシーが、このジョブを許可していません（トークンの内容: iss https://token.actions.githubusercontent.com、sub repo:o/r:ref:refs/heads/main、aud sts.amazonaws.com）。
    このジョブを許可する場合は、信頼ポリシーに"token.actions.githubusercontent.com:sub": "repo:o/r:ref:refs/heads/main"と"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"を書いてください。repository_idの条件がある場合はその値と、ロールが存在することも確認してください。ポリシーの全文はkintone-sso-sync doctor --trust githubで表示できます。

    aws.trust-denied
    ポリシーにより、このジョブがarn:aws:iam::111122223333:role/syncを使うことが拒否されています（トークンの内容: iss https://token.actions.githubusercontent.com、sub repo:o/r:ref:refs/heads/main、aud sts.amazonaws.com）。
    ロールの信頼ポリシー（"token.actions.githubusercontent.com:sub": "repo:o/r:ref:refs/heads/main"など）と、組織のサービスコントロールポリシー（SCP）、リソースコントロールポリシー（RCP）に、sts:AssumeRoleWithWebIdentityのDenyがないか確認してください。

    aws.expired-token
    AWSが受け取った時点で、arn:aws:iam::111122223333:role/syncのためのトークンの有効期限が切れていました（トークンの内容: iss https://token.actions.githubusercontent.com、sub repo:o/r:ref:refs/heads/main、aud sts.amazonaws.com）。
    マシンの時計を確認し、ジョブをもう一度実行してください。信頼ポリシーを変更する必要はありません。

    aws.invalid-token
    arn:aws:iam::111122223333:role/syncのためのトークンを、AWSが検証できません（トークンの内容: iss https://token.actions.githubusercontent.com、sub repo:o/r:ref:refs/heads/main、aud sts.amazonaws.com）。
    IAMのプロバイダーがtoken.actions.githubusercontent.comと完全に一致し、末尾にスラッシュがないことと、発行者の鍵をインターネットから取得できることを確認してください。

    aws.issuer-unreachable
    AWSがトークンの発行者に接続できず、arn:aws:iam::111122223333:role/syncのためのトークンを検証できませんでした（試行回数: 16、トークンの内容: iss https://token.actions.githubusercontent.com、sub repo:o/r:ref:refs/heads/main、aud sts.amazonaws.com）。
    設定を変更する必要はありません。次回の同期で自動的に再試行します。

    aws.management-account
    AWSの認証情報は、組織の管理アカウント111122223333のものです。
    IAM Identity Centerの委任管理者のアカウントのロールを使ってください。管理アカウントで実行する必要がある場合は、「identityCenter.allowManagementAccount」にtrueを指定してください。

    aws.not-delegated-administrator
    アカウント444455556666はIAM Identity Centerの委任管理者ではありません（AWSのListAccountsが拒否されました）。
    委任管理者のアカウントのロールを使うか、管理アカウントで aws organizations register-delegated-administrator --account-id 444455556666 --service-principal sso.amazonaws.com を実行してください。プライマリリージョン以外でも同じように拒否されるため、「identityCenter.region」も確認してください。

    aws.unexpected-account
    AWSの認証情報はアカウント444455556666のものですが、「identityCenter.expectedAccount」は111122223333です。
    アカウント111122223333の認証情報を使うか、「identityCenter.expectedAccount」を修正してください。IAM Identity Centerの委任管理者のアカウントを指定します。

    aws.no-instance
    この認証情報で使えるIAM Identity Centerのインスタンスがus-east-1にありません。
    IAM Identity Centerコンソールの「設定」に表示されるプライマリリージョンを「identityCenter.region」（AWS_REGION）に指定し、委任管理者のアカウントの認証情報を使ってください。

    aws.several-instances
    us-east-1にIAM Identity Centerのインスタンスが複数あります（arn:aws:sso:::instance/ssoins-1、arn:aws:sso:::instance/ssoins-2）。
    組織のインスタンスのARNを「identityCenter.instanceArn」に指定してください。

    aws.instance-not-found
    インスタンスarn:aws:sso:::instance/ssoins-1がus-east-1にありません（見つかったインスタンス: arn:aws:sso:::instance/ssoins-2）。
    「identityCenter.instanceArn」または「identityCenter.region」（AWS_REGION）を修正してください。インスタンスが1つだけの場合、instanceArnは省略できます。

    aws.wrong-region
    IAM Identity Centerのプライマリリージョンはus-east-1ではなくap-northeast-1です。
    「identityCenter.region」にap-northeast-1を指定してください。環境変数AWS_REGIONがある場合は設定ファイルより優先されるため、そちらを変更してください。

    aws.throttled
    AWSのListUsersが、リクエストが多すぎるため拒否されました（試行回数: 12）。
    この上限は、IAM Identity Centerを使うすべての人やツールで共有されています。次回の同期で自動的に再試行します。頻繁に起こる場合は、「pace.requestsPerSecond」を小さくしてください。

    aws.incomplete-read
    AWSのListAccountsの応答が完全ではありません（the same page token twice）。
    読み取れなかったものを削除されたものと取り違えないよう、何も変更していません。次回の同期で自動的に再試行します。

    aws.request-failed
    AWSのListUsersに失敗しました（InternalServerException: Sorry, not now）。
    次回の同期で自動的に再試行します。毎回失敗する場合は、AWSのメッセージに従って対応するか、AWSサポートに問い合わせてください。

    config.pause-needs-memory
    /sync pause と /sync resume にはメモリが必要ですが、設定されていません。何も変更していません。
    メモリ（memory:）を設定してください。設定に readOnly: 理由 と書いて一時停止することもできます。

    pass.stopped
    何も書き込まないうちに停止されました。
    都合のよいときに、もう一度実行してください。

    pass.pause-not-kept
    メモリに書き込めなかったため、同期はこれまでどおり続きます。
    kintone-sso-sync doctor でメモリを確認し、もう一度コメントしてください。設定に readOnly: 理由 と書いて一時停止することもできます。

    bug.unexpected
    kintone-sso-syncの不具合により停止しました（TypeError）。
    --log-level debugを付けてもう一度実行し、そのログを添えて開発元に報告してください。kintoneやAWSの設定を変更する必要はありません。"
  `);
});

test("the English texts read like this", () => {
  expect(codes.map((code) => `${code}\n${told(code, "en")}`).join("\n\n")).toMatchInlineSnapshot(`
    "config.invalid
    The configuration has a problem: pace.perAccount: Must be 1.
    Correct the configuration file or the environment variables and run the command again.

    kintone.unreachable
    kintone at https://example.cybozu.com did not answer (ECONNREFUSED).
    Check the network, HTTPS_PROXY and the firewall. The next pass tries again.

    kintone.unavailable
    kintone answered with status 503 (attempts: 5).
    The trouble is on kintone's side and there is nothing to do here. The next pass tries again. If it lasts, look at the operation status of kintone.

    kintone.not-authenticated
    kintone does not accept the credentials (status 401, CB_WA01).
    Check KINTONE_API_TOKEN, or KINTONE_USERNAME and KINTONE_PASSWORD. After generating a token, save, and press Update App: until then the change has no effect. Users with two-factor authentication cannot use a password here. If the domain uses Basic authentication, set KINTONE_BASIC_AUTH_USERNAME and KINTONE_BASIC_AUTH_PASSWORD. If it restricts IP addresses, have the address of this machine allowed, or use a client certificate (KINTONE_PFX_FILE_PATH) with https://SUBDOMAIN.s.cybozu.com.

    kintone.no-permission
    The credentials may not read app 10 (CB_NO02).
    In the settings of app 10, under API Token, tick View records, save, and press Update App: until then the change has no effect. With a password, give the user the permission to view the app and all of its records and fields.

    kintone.unknown-token
    kintone does not know one of the API tokens (GAIA_IA02); it does not say which, and answers so even when the others are right.
    Compare each token in KINTONE_API_TOKEN with those under API Token in the settings of its app: it may be mistyped or generated anew, or the app was not updated after it was generated (save, and press Update App: until then the change has no effect).

    kintone.token-of-other-app
    None of the API tokens belongs to app 11.
    In the settings of app 11, under API Token, generate a token with View records, save, and press Update App: until then the change has no effect. Then add it to KINTONE_API_TOKEN after a comma; each app has its own token.

    kintone.app-not-found
    kintone has no app 10.
    Set kintone.permissionSets.app and kintone.assignments.app to the number after /k/ in the URL of each app. If the apps are on another domain, correct kintone.baseUrl; if they are in a guest space, set kintone.guestSpaceId as well.

    kintone.guest-space
    App 10 is not in the space that is configured (GAIA_IL23).
    Set kintone.guestSpaceId (KINTONE_GUEST_SPACE_ID) to the number after /k/guest/ in the URL of the app, and remove it when the URL has no such part.

    kintone.query-invalid
    kintone does not understand the condition “状態 = 1” for app 10: クエリが不正です.
    Correct kintone.query. Fields are named by their field code, and choices and statuses are compared with in ("…").

    kintone.fields-unusable
    App 11 has fields that cannot be used: no field has the code “accounts” (accounts); “ポリシー” (inlinePolicy) is of the type FILE, but it must be Text or Text area; the table “利用者” (users) must have exactly one column of the type User selection.
    Change the field in the form and press Update App, or name another field code in kintone.assignments.fields.accounts, kintone.permissionSets.fields.inlinePolicy, kintone.assignments.fields.users. A field that the app does not have on purpose is set to null there.

    kintone.incomplete-read
    The records of app 11 could not be read completely: 12 records are missing.
    Nothing was changed, because whatever is not read would look deleted. The next pass tries again. If it happens every time, see whether kintone.query leaves fewer records.

    kintone.request-failed
    kintone refused GET records.json (status 400, CB_IJ01): 不正なJSON文字列です.
    Do what kintone's message says, and run the command again.

    kintone.app-answer-lost
    kintone was asked to make the app “割り当て”, its answer was lost, and the app was not found again.
    Look for the app in kintone (Administration > App Management lists all): give its number with --permission-set-app, --assignment-app, --account-app or --group-app. If it is not there, delete kintone-sso-sync.init.json and run the command again.

    kintone.settings-overtaken
    Somebody else is changing the settings of app 10, so no more of them were changed.
    Run the command again when the other person is done: it goes on where it stopped.

    kintone.changes-waiting
    In the settings of app 10 changes of somebody else wait to be published, so nothing was changed there.
    Have them published (Update App) or discarded in the app's settings, and run the command again.

    kintone.deploy-failed
    The settings of app 10 could not be published (FAIL).
    Open https://example.cybozu.com/k/admin/app/flow?app=10 and press Update App: there kintone shows why. Then run the command again, which goes on where it stopped.

    aws.no-credentials
    There are no AWS credentials that work: Could not load credentials from any providers.
    In CI, assume a role with OpenID Connect: set AWS_ROLE_ARN, or use aws-actions/configure-aws-credentials; on your own computer, run aws sso login and set AWS_PROFILE. A wrong system clock makes good credentials fail too.

    aws.unreachable
    AWS did not answer ListInstances (ETIMEDOUT).
    Check the network, HTTPS_PROXY and the firewall. The next pass tries again.

    aws.file-unreadable
    The AWS credentials are in the file /var/run/token, which cannot be read (ENOENT).
    AWS_WEB_IDENTITY_TOKEN_FILE, another variable or the AWS configuration names it: put the file there, let this process read it, or remove the variable. On a self-hosted runner it often comes from the machine; a job that can get a token of its own uses that instead.

    aws.access-denied
    AWS denied ListPermissionSets: not authorized.
    Allow the role sso:ListPermissionSets. If it is allowed, the account may not be the delegated administrator of IAM Identity Center; and even that one gets this answer for permission sets that are provisioned in the management account, and in any Region but the primary one.

    aws.expired-credentials
    The AWS credentials had expired at ListUsers.
    Get new ones: run the job again in CI, or run aws sso login on your own computer. If a pass takes longer than they last, raise the session duration of the role.

    aws.token-settings-missing
    AWS_ROLE_ARN is set, but this GitHub job cannot get an OpenID Connect token: it lacks ACTIONS_ID_TOKEN_REQUEST_URL.
    Give the job permissions: { id-token: write }. A workflow for a pull request from a fork never gets it.

    aws.token-unavailable
    GitHub gave no OpenID Connect token (ECONNREFUSED).
    Check the operation status of GitHub; on a machine of your own, the network, HTTPS_PROXY and the firewall as well. The next pass tries again.

    aws.token-refused
    Azure DevOps refused to give an OpenID Connect token (status 401).
    Let this pipeline use the service connection (its page, Security, Pipeline permissions), and check AZURE_SERVICE_CONNECTION_ID and SYSTEM_ACCESSTOKEN.

    aws.role-invalid
    AWS_ROLE_ARN is not the ARN of a role: sync.
    Set it to the role's ARN as IAM shows it, e.g. arn:aws:iam::111122223333:role/kintone-sso-sync.

    aws.no-identity-provider
    The account of arn:aws:iam::111122223333:role/sync has no OpenID Connect provider for this job: the token says iss https://token.actions.githubusercontent.com, sub repo:o/r:ref:refs/heads/main, aud sts.amazonaws.com.
    Create the provider https://token.actions.githubusercontent.com (no slash at the end) with the audience sts.amazonaws.com in that account; infra/aws-role.yaml and infra/terraform do it. The trust policy names it as "Federated": "…:oidc-provider/token.actions.githubusercontent.com".

    aws.wrong-audience
    AWS does not accept the audience of this job's token for arn:aws:iam::111122223333:role/sync: the token says iss https://token.actions.githubusercontent.com, sub repo:o/r:ref:refs/heads/main, aud sts.amazonaws.com.
    Add sts.amazonaws.com to the audiences of the provider token.actions.githubusercontent.com in IAM, and let the trust policy of the role say "token.actions.githubusercontent.com:aud": "sts.amazonaws.com".

    aws.wrong-subject
    The trust policy of arn:aws:iam::111122223333:role/sync does not let this job in: the token says iss https://token.actions.githubusercontent.com, sub repo:o/r:ref:refs/heads/main, aud sts.amazonaws.com.
    If this job is to be let in, the policy has to say "token.actions.githubusercontent.com:sub": "repo:o/r:ref:refs/heads/main" and "token.actions.githubusercontent.com:aud": "sts.amazonaws.com"; a condition on repository_id has to fit as well, and the role has to exist. kintone-sso-sync doctor --trust github prints the whole policy.

    aws.trust-denied
    A policy denies this job the role arn:aws:iam::111122223333:role/sync: the token says iss https://token.actions.githubusercontent.com, sub repo:o/r:ref:refs/heads/main, aud sts.amazonaws.com.
    Look for a Deny of sts:AssumeRoleWithWebIdentity in the role's trust policy, e.g. one on "token.actions.githubusercontent.com:sub": "repo:o/r:ref:refs/heads/main", and in the organization's service and resource control policies.

    aws.expired-token
    The job's token for arn:aws:iam::111122223333:role/sync had expired when AWS got it: the token says iss https://token.actions.githubusercontent.com, sub repo:o/r:ref:refs/heads/main, aud sts.amazonaws.com.
    Check the clock of the machine and run the job again. The trust policy needs no change.

    aws.invalid-token
    AWS cannot verify the job's token for arn:aws:iam::111122223333:role/sync: the token says iss https://token.actions.githubusercontent.com, sub repo:o/r:ref:refs/heads/main, aud sts.amazonaws.com.
    Check that the provider in IAM is exactly token.actions.githubusercontent.com, without a slash at the end, and that the issuer's keys can be read from the internet.

    aws.issuer-unreachable
    AWS could not reach the token's issuer to verify it for arn:aws:iam::111122223333:role/sync (attempts: 16): the token says iss https://token.actions.githubusercontent.com, sub repo:o/r:ref:refs/heads/main, aud sts.amazonaws.com.
    There is nothing to change. The next pass tries again.

    aws.management-account
    The AWS credentials belong to 111122223333, the organization's management account.
    Use a role in the account that is the delegated administrator of IAM Identity Center. If it has to be this account, set identityCenter.allowManagementAccount to true.

    aws.not-delegated-administrator
    Account 444455556666 is not the delegated administrator of IAM Identity Center: AWS denied ListAccounts.
    Use a role of the account that is, or, in the management account, run aws organizations register-delegated-administrator --account-id 444455556666 --service-principal sso.amazonaws.com. In a Region other than the primary one AWS gives the same answer: check identityCenter.region too.

    aws.unexpected-account
    The AWS credentials belong to account 444455556666, but identityCenter.expectedAccount is 111122223333.
    Use credentials of account 111122223333, or correct identityCenter.expectedAccount. It should be the delegated administrator of IAM Identity Center.

    aws.no-instance
    IAM Identity Center has no instance in us-east-1 that these credentials can see.
    Set identityCenter.region (AWS_REGION) to the primary Region on the Settings page of the IAM Identity Center console, and use credentials of the account that is its delegated administrator.

    aws.several-instances
    There are several instances of IAM Identity Center in us-east-1: arn:aws:sso:::instance/ssoins-1, arn:aws:sso:::instance/ssoins-2.
    Set identityCenter.instanceArn to the instance of the organization.

    aws.instance-not-found
    The instance arn:aws:sso:::instance/ssoins-1 is not in us-east-1; found: arn:aws:sso:::instance/ssoins-2.
    Correct identityCenter.instanceArn or identityCenter.region (AWS_REGION), or remove instanceArn to use the only instance.

    aws.wrong-region
    The primary Region of IAM Identity Center is ap-northeast-1, not us-east-1.
    Set identityCenter.region to ap-northeast-1. If AWS_REGION is set, change it there: it wins over the file.

    aws.throttled
    AWS asked for fewer requests at ListUsers (attempts: 12).
    The limit is shared with everybody who uses IAM Identity Center. The next pass tries again. If it happens often, lower pace.requestsPerSecond.

    aws.incomplete-read
    AWS answered ListAccounts incompletely: the same page token twice.
    Nothing was changed, because whatever is not read would look deleted. The next pass tries again.

    aws.request-failed
    AWS could not carry out ListUsers (InternalServerException): Sorry, not now.
    The next pass tries again. If it fails every time, do what AWS's message says, or show it to AWS Support.

    config.pause-needs-memory
    The comments /sync pause and /sync resume need a memory, and none is configured: nothing was changed.
    Configure a memory (memory:), or pause with readOnly: REASON in the configuration.

    pass.stopped
    The pass was stopped before it had written anything.
    Run it again when it suits.

    pass.pause-not-kept
    The memory could not be written, so that passes go on as before.
    Look at the memory with kintone-sso-sync doctor and comment again; or set readOnly: REASON in the configuration.

    bug.unexpected
    kintone-sso-sync stopped because of a defect of its own (TypeError).
    Run the command again with --log-level debug, and report the defect to its maintainers with that log. There is nothing to change in kintone or AWS."
  `);
});

describe("what to do depends on", () => {
  test.each([
    ["PROXY_AUTHENTICATION_REQUIRED", "user:password@host"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "NODE_EXTRA_CA_CERTS"],
    ["EPROTO", "KINTONE_PFX_FILE_PATH"],
    ["ENOTFOUND", "KINTONE_BASE_URL"],
    ["REDIRECTED", "KINTONE_BASE_URL"],
    ["ETIMEDOUT", "HTTPS_PROXY"],
  ])("why kintone did not answer: %s leads to %s", (reason, advice) => {
    const params = { baseUrl: "https://example.cybozu.com", reason };
    expect(told("kintone.unreachable", "en", params)).toContain(advice);
    expect(told("kintone.unreachable", "ja", params)).toContain(advice);
  });

  test("why AWS did not answer", () => {
    const params = { operation: "ListUsers", reason: "ENOTFOUND" };
    expect(told("aws.unreachable", "en", params)).toContain("AWS_REGION");
    expect(told("aws.unreachable", "ja", params)).toContain("AWS_REGION");
  });

  test("whether kintone is busy or broken", () => {
    expect(told("kintone.unavailable", "en", { status: 429, attempts: 5 })).toContain("other tools");
    expect(told("kintone.unavailable", "ja", { status: 429, attempts: 5 })).toContain("ほかのツール");
  });

  test("whether the request got as far as kintone", () => {
    const params = { status: 403, kintoneCode: "" };
    expect(told("kintone.not-authenticated", "en", params)).not.toContain("KINTONE_API_TOKEN");
    expect(told("kintone.not-authenticated", "en", params)).toContain("KINTONE_BASIC_AUTH_USERNAME");
    expect(told("kintone.not-authenticated", "ja", params)).toContain("IPアドレス制限");
  });

  test("a code that kintone did not give is not in the text", () => {
    expect(told("kintone.no-permission", "en", { appId: 1, kintoneCode: "" })).toMatch(
      /^The credentials may not read app 1\./,
    );
    expect(told("kintone.no-permission", "ja", { appId: 1, kintoneCode: "" })).toMatch(/権限がありません。/);
    const refusal = { request: "GET app.json", status: 400, kintoneCode: "", message: "no" };
    expect(told("kintone.request-failed", "en", refusal)).toContain("(status 400)");
    expect(told("kintone.request-failed", "ja", refusal)).toContain("（ステータス400）");
  });

  test.each([
    ["CreatePermissionSet", "", "sso:CreatePermissionSet", "management account"],
    ["ListUsers", "", "identitystore:ListUsers", "service control policy"],
    ["ListAccounts", "", "organizations:ListAccounts", "delegated administrator of some service"],
    ["ListPolicies", "", "iam:ListPolicies", "service control policy"],
    ["ValidatePolicy", "", "access-analyzer:ValidatePolicy", "service control policy"],
    ["GetCallerIdentity", "", "sts:GetCallerIdentity", "service control policy"],
    [
      "ListInstances",
      "User: arn:aws:sts::111122223333:assumed-role/sync is not authorized to perform: sso:DescribeInstance on resource: x",
      "sso:DescribeInstance",
      "delegated administrator",
    ],
    [
      "ListPermissionSets",
      "denied (Reason=KMS_AccessDeniedException)",
      "kms:Decrypt",
      "customer managed key",
    ],
  ])("which action was denied: %s with the message '%s' needs %s", (operation, message, action, advice) => {
    const params = { operation, message };
    expect(told("aws.access-denied", "en", params)).toContain(action);
    expect(told("aws.access-denied", "en", params)).toContain(advice);
    expect(told("aws.access-denied", "ja", params)).toContain(action);
  });
});

test("several problems of the configuration are all told", () => {
  const problems = [
    { path: "owner", message: "Is wrong." },
    { path: "--lang", message: "Must be ja or en." },
  ];
  expect(told("config.invalid", "en", { problems })).toMatch(
    /^The configuration has 2 problems:\n {2}owner: Is wrong\.\n {2}--lang: Must be ja or en\.\n/,
  );
  expect(told("config.invalid", "ja", { problems })).toMatch(
    /^設定に問題が2件あります。\n {2}owner: Is wrong\.\n {2}--lang: /,
  );
});

/** Every text and number in the value. */
function leaves(value: unknown): readonly string[] {
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(leaves);
  return [String(value)];
}
