import type { TokenClaims, TokenHost } from "../errors.ts";
import { isPullRequest, issuerHost, trustCommand, trustLine } from "./pass-error-facts.ts";
import type { CredentialErrorCode, PassErrorMessages } from "./pass-error-messages.ts";

const nextPass = "次回の同期で自動的に再試行します。";
const token = ({ iss, sub, aud, leftAside }: TokenClaims & { readonly leftAside?: string }): string =>
  `トークンの内容: iss ${iss}、sub ${sub}、aud ${aud}${
    leftAside === undefined ? "" : `。${leftAside}ではなく、ジョブ自身のトークンを使っています`
  }`;

const tokenSettings: Readonly<Record<TokenHost, string>> = {
  GitHub:
    "ジョブに permissions: { id-token: write } を指定してください。フォークからのプルリクエストのワークフローでは、トークンを取得できません。",
  "Azure DevOps":
    "ステップのenvで、SYSTEM_ACCESSTOKENに $(System.AccessToken)、AZURE_SERVICE_CONNECTION_IDにサービス接続のID（サービス接続のページのURLにあるresourceId）を指定してください。",
};

const refusedTokens: Readonly<Record<TokenHost, string>> = {
  GitHub:
    "ジョブに permissions: { id-token: write } を指定し、もう一度実行してください。終了したジョブはトークンを取得できません。",
  "Azure DevOps":
    "サービス接続のセキュリティの設定で、このパイプラインにサービス接続の使用を許可し、AZURE_SERVICE_CONNECTION_IDとSYSTEM_ACCESSTOKENを確認してください。",
};

/** Reasons why there are no credentials, or not the right ones, in Japanese. */
export const credentialErrorsJa: {
  readonly [Code in CredentialErrorCode]: PassErrorMessages[Code];
} = {
  "aws.token-settings-missing": ({ host, missing }) => ({
    message: `AWS_ROLE_ARNが設定されていますが、この${host}のジョブではOpenID Connectのトークンを取得できません（${missing.join("、")}がありません）。`,
    hint: tokenSettings[host],
  }),
  "aws.token-unavailable": ({ host, reason }) => ({
    message: `${host}からOpenID Connectのトークンを取得できませんでした（${reason}）。`,
    hint: `${host}の稼働状況を確認してください。自社のマシンで実行している場合は、ネットワーク、HTTPS_PROXY、ファイアウォールも確認してください。${nextPass}`,
  }),
  "aws.token-refused": ({ host, status }) => ({
    message: `${host}がOpenID Connectのトークンの発行を拒否しました（ステータス${status}）。`,
    hint: refusedTokens[host],
  }),
  "aws.role-invalid": ({ role }) => ({
    message: `AWS_ROLE_ARNの値がロールのARNではありません（${role}）。`,
    hint: "IAMに表示されるロールのARNを指定してください（例: arn:aws:iam::111122223333:role/kintone-sso-sync）。",
  }),
  "aws.no-identity-provider": (refused) => ({
    message: `${refused.role}のアカウントに、このジョブのためのOpenID Connectプロバイダーがありません（${token(refused)}）。`,
    hint: `そのアカウントに、プロバイダー${refused.iss}（末尾のスラッシュなし）を対象者${refused.aud}で作成してください。infra/aws-role.yamlとinfra/terraformで作成できます。信頼ポリシーでは"Federated": "…:oidc-provider/${issuerHost(refused.iss)}"と書きます。`,
  }),
  "aws.wrong-audience": (refused) => ({
    message: `${refused.role}について、AWSがこのジョブのトークンの対象者（aud）を受け付けません（${token(refused)}）。`,
    hint: `IAMのプロバイダー${issuerHost(refused.iss)}の対象者に${refused.aud}を追加し、ロールの信頼ポリシーに${trustLine(refused, "aud", refused.aud)}と書いてください。`,
  }),
  "aws.wrong-subject": (refused) => ({
    message: `${refused.role}の信頼ポリシーが、このジョブを許可していません（${token(refused)}）。`,
    hint: isPullRequest(refused.sub)
      ? "これはプルリクエストのジョブで、このロールを使わせてはいけません。信頼ポリシーで指定したブランチまたは環境で実行してください。"
      : `このジョブを許可する場合は、信頼ポリシーに${trustLine(refused, "sub", refused.sub)}と${trustLine(refused, "aud", refused.aud)}を書いてください。repository_idの条件がある場合はその値と、ロールが存在することも確認してください。ポリシーの全文は${trustCommand(refused)}で表示できます。`,
  }),
  "aws.trust-denied": (refused) => ({
    message: `ポリシーにより、このジョブが${refused.role}を使うことが拒否されています（${token(refused)}）。`,
    hint: `ロールの信頼ポリシー（${trustLine(refused, "sub", refused.sub)}など）と、組織のサービスコントロールポリシー（SCP）、リソースコントロールポリシー（RCP）に、sts:AssumeRoleWithWebIdentityのDenyがないか確認してください。`,
  }),
  "aws.expired-token": (refused) => ({
    message: `AWSが受け取った時点で、${refused.role}のためのトークンの有効期限が切れていました（${token(refused)}）。`,
    hint: "マシンの時計を確認し、ジョブをもう一度実行してください。信頼ポリシーを変更する必要はありません。",
  }),
  "aws.invalid-token": (refused) => ({
    message: `${refused.role}のためのトークンを、AWSが検証できません（${token(refused)}）。`,
    hint: `IAMのプロバイダーが${issuerHost(refused.iss)}と完全に一致し、末尾にスラッシュがないことと、発行者の鍵をインターネットから取得できることを確認してください。`,
  }),
  "aws.issuer-unreachable": ({ attempts, ...refused }) => ({
    message: `AWSがトークンの発行者に接続できず、${refused.role}のためのトークンを検証できませんでした（試行回数: ${attempts}、${token(refused)}）。`,
    hint: `設定を変更する必要はありません。${nextPass}`,
  }),
  "aws.management-account": ({ account }) => ({
    message: `AWSの認証情報は、組織の管理アカウント${account}のものです。`,
    hint: "IAM Identity Centerの委任管理者のアカウントのロールを使ってください。管理アカウントで実行する必要がある場合は、「identityCenter.allowManagementAccount」にtrueを指定してください。",
  }),
  "aws.not-delegated-administrator": ({ account, operation }) => ({
    message: `アカウント${account}はIAM Identity Centerの委任管理者ではありません（AWSの${operation}が拒否されました）。`,
    hint: `委任管理者のアカウントのロールを使うか、管理アカウントで aws organizations register-delegated-administrator --account-id ${account} --service-principal sso.amazonaws.com を実行してください。プライマリリージョン以外でも同じように拒否されるため、「identityCenter.region」も確認してください。`,
  }),
};
