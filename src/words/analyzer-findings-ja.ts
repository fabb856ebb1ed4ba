/**
 * What the commoner findings of IAM Access Analyzer say; it answers in the language that it is asked in, and not in every
 * Region in Japanese. https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
const findings: Readonly<Record<string, string>> = {
  PASS_ROLE_WITH_STAR_IN_RESOURCE:
    "iam:PassRole の Resource に * は使えません。渡してよいロールのARNを指定してください。",
  PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE:
    "Action と Resource の両方が * を含み、すべてのロールの iam:PassRole を許可しています。操作とロールのARNを指定してください。",
  PASS_ROLE_WITH_STAR_IN_ACTION:
    "Action の * が iam:PassRole を含んでいます。必要な操作だけを指定してください。",
  PASS_ROLE_WITH_NOT_ACTION:
    "NotAction が iam:PassRole を許可しています。Action で必要な操作を指定してください。",
  PASS_ROLE_WITH_NOT_RESOURCE:
    "NotResource と iam:PassRole の組み合わせは広すぎます。Resource でロールのARNを指定してください。",
  CREATE_SLR_WITH_STAR_IN_RESOURCE:
    "iam:CreateServiceLinkedRole の Resource に * は使えません。ロールのARNを指定してください。",
  CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE:
    "Action と Resource の両方が * を含み、すべてのサービスの iam:CreateServiceLinkedRole を許可しています。操作とロールのARNを指定してください。",
  INVALID_ACTION: "存在しない操作が Action にあります。つづりを確認してください。",
  INVALID_SERVICE_IN_ACTION:
    "存在しないサービスが Action にあります。サービス名（: の前）のつづりを確認してください。",
  INVALID_CONDITION_KEY_FORMAT:
    "条件キーの書き方が正しくありません。サービス名:キー名 の形式で入力してください。",
  INVALID_SERVICE_CONDITION_KEY: "このサービスにない条件キーです。つづりを確認してください。",
  INVALID_GLOBAL_CONDITION_KEY: "存在しない条件キー（aws: で始まるもの）です。つづりを確認してください。",
  INVALID_CONDITION_OPERATOR: "存在しない条件演算子です。つづりを確認してください。",
  INVALID_ARN:
    "ARNの書き方が正しくありません。arn:aws:サービス:リージョン:アカウント:リソース の形式か確認してください。",
  INVALID_ARN_RESOURCE: "ARNのリソースの部分が、このサービスの形式と合いません。",
  INVALID_ARN_REGION: "ARNのリージョンの部分が正しくありません。",
  INVALID_ARN_ACCOUNT: "ARNのアカウントIDは12桁の数字か * にしてください。",
  INVALID_PARTITION: "ARNのパーティションが正しくありません。arn:aws: で始めてください。",
  UNSUPPORTED_RESOURCE_ARN_IN_POLICY: "この Action では、指定された種類のリソースのARNは使えません。",
  DATA_TYPE_MISMATCH: '値の型が条件演算子に合いません。文字列は " で囲んでください。',
  MISSING_VERSION: 'Version がありません。先頭に "Version": "2012-10-17" を追加してください。',
  MISSING_STATEMENT: "Statement がありません。",
  MISSING_ACTION: "Action も NotAction もないステートメントがあります。",
  MISSING_RESOURCE: "Resource も NotResource もないステートメントがあります。",
  MISSING_EFFECT: "Effect がないステートメントがあります。Allow か Deny を指定してください。",
  INVALID_EFFECT: "Effect には Allow か Deny を指定してください。",
  INVALID_VERSION: "Version には 2012-10-17 を指定してください。",
  UNSUPPORTED_PRINCIPAL: "許可セットのポリシーに Principal は使えません。",
  DEPRECATED_GLOBAL_CONDITION_KEY: "この条件キーは廃止予定です。",
};

/** What the finding says, in Japanese; undefined for one that is told in AWS's own words. */
export function findingJa(code: string): string | undefined {
  return Object.hasOwn(findings, code) ? findings[code] : undefined;
}
