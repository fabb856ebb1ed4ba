import { linesField, linkField, textField } from "./form-fields.ts";

export const PERMISSION_SET_APP = 10;
/** The record that companyChanges widens. */
export const DEVELOPER_RECORD = 3;

const DENY_LEAVING_THE_REGION = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "DenyOutsideJapan",
      Effect: "Deny",
      NotAction: ["iam:*", "sts:*", "support:*", "cloudfront:*", "route53:*"],
      Resource: "*",
      Condition: { StringNotEquals: { "aws:RequestedRegion": ["ap-northeast-1", "ap-northeast-3"] } },
    },
  ],
};

const CONNECT_TO_DATABASES = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "ConnectAsOperator",
      Effect: "Allow",
      Action: ["rds-db:connect"],
      Resource: ["arn:aws:rds-db:ap-northeast-1:*:dbuser:*/operator"],
    },
  ],
};

const RECORDS = [
  {
    name: "Administrator",
    description: "障害対応のときだけ使う管理者権限です。使ったら #aws-access に理由を書いてください。",
    session_duration: "1",
    managed_policies: "AdministratorAccess",
  },
  {
    name: "ReadOnly",
    description: "View everything, change nothing",
    session_duration: "8",
    managed_policies: "ReadOnlyAccess",
  },
  {
    name: "Developer",
    description: "開発者の日常業務用です。国内リージョンだけで使えます。",
    session_duration: "PT8H",
    relay_state: "https://ap-northeast-1.console.aws.amazon.com/console/home?region=ap-northeast-1",
    managed_policies: "PowerUserAccess",
    customer_managed_policies: "/developer/DenyCostlyInstances",
    permissions_boundary: "customer:/boundaries/DeveloperBoundary",
    inline_policy: JSON.stringify(DENY_LEAVING_THE_REGION, undefined, 2),
  },
  {
    name: "Billing",
    description: "請求書と予算の確認",
    session_duration: "4",
    relay_state: "https://console.aws.amazon.com/costmanagement/home",
    managed_policies: "Billing\nAWSBillingReadOnlyAccess",
  },
  {
    name: "DatabaseOperator",
    description: "データベースの調査と運用",
    session_duration: "PT4H",
    managed_policies: "AmazonRDSReadOnlyAccess, CloudWatchReadOnlyAccess",
    inline_policy: JSON.stringify(CONNECT_TO_DATABASES, undefined, 2),
  },
  {
    name: "SecurityAudit",
    description: "Read-only access for security reviews",
    session_duration: "12",
    managed_policies: "SecurityAudit\narn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
  },
  {
    name: "DataAnalyst",
    description: "データ基盤での分析業務",
    session_duration: "6",
    managed_policies: "AmazonAthenaFullAccess",
    customer_managed_policies: "/analytics/DataLakeReader\nQuickSightAuthor",
    permissions_boundary: "PowerUserAccess",
  },
  {
    // Wrong on purpose: there is no policy of this name.
    name: "CustomerSupport",
    description: "お客様からの問い合わせ対応",
    session_duration: "8",
    managed_policies: "ReadOnlyAcess\nAWSSupportAccess",
  },
];

/** The app 許可セット: one record per permission set, one of them with a policy whose name is misspelt. */
export function permissionSetApp() {
  const fields = [
    textField("name", "許可セット名", { required: true, unique: true, maxLength: "32" }),
    linesField("description", "説明"),
    textField("session_duration", "セッション時間"),
    linkField("relay_state", "リレー状態（最初に開く画面）"),
    linesField("managed_policies", "AWS管理ポリシー"),
    linesField("customer_managed_policies", "カスタマー管理ポリシー"),
    textField("permissions_boundary", "アクセス許可の境界"),
    linesField("inline_policy", "インラインポリシー（JSON）"),
  ];
  return {
    id: PERMISSION_SET_APP,
    name: "許可セット",
    description:
      "<div>AWS IAM Identity Centerの許可セットです。レコードを保存すると自動で反映されます。</div>",
    fields: Object.fromEntries(fields.map((field) => [field.code, field])),
    records: RECORDS.map((values, index) => ({
      id: index + 1,
      values,
      creator: index % 2 === 0 ? "suzuki.ichiro" : "takahashi.kenta",
      createdAt: `2026-04-${String(index + 1).padStart(2, "0")}T01:30:00Z`,
    })),
    tokens: [{ token: "permissionSetAppToken", permissions: ["view"] as const }],
  };
}
