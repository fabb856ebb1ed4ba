import { choicesField, linesField, textField, usersField } from "./form-fields.ts";
import { PERMISSION_SET_APP } from "./permission-set-app.ts";

export const ASSIGNMENT_APP = 11;
/** The record from which companyChanges takes a person. */
export const ADMINISTRATORS_RECORD = 1;

/** The choices are kept by hand: shop-qa was closed long ago and still stands here. */
const ACCOUNT_CHOICES = [
  "shop-production",
  "shop-staging",
  "shop-development",
  "shop-qa",
  "data-platform",
  "232323232323",
  "network",
  "identity",
  "log-archive",
  "audit",
  "sandbox",
];

interface Assignment {
  readonly users?: readonly string[];
  readonly groups?: readonly string[];
  readonly accounts: readonly string[];
}

const ASSIGNMENTS: readonly (readonly [permissionSet: string, Assignment])[] = [
  ["Administrator", { users: ["sato.hanako", "suzuki.ichiro"], accounts: ["shop-production"] }],
  ["Administrator", { groups: ["SRE"], accounts: ["network", "shop-staging"] }],
  ["ReadOnly", { groups: ["ショップ開発"], accounts: ["shop-production", "shop-staging"] }],
  [
    "ReadOnly",
    { groups: ["情報セキュリティ"], accounts: ["log-archive", "audit", "network", "data-platform"] },
  ],
  ["ReadOnly", { users: ["tanaka.misaki", "ito.daisuke"], accounts: ["data-platform"] }],
  ["Developer", { groups: ["ショップ開発"], accounts: ["shop-development"] }],
  ["Developer", { groups: ["ショップ開発", "SRE"], accounts: ["shop-staging"] }],
  ["Developer", { users: ["kobayashi.sho", "kato.sakura"], accounts: ["sandbox"] }],
  ["Developer", { users: ["yoshida.ryo"], accounts: ["data-platform", "sandbox"] }],
  ["Billing", { groups: ["経理"], accounts: ["232323232323"] }],
  ["Billing", { users: ["yamada.taro"], accounts: ["shop-production", "data-platform"] }],
  ["DatabaseOperator", { users: ["sasaki.mai", "yamaguchi.naoki"], accounts: ["shop-production"] }],
  [
    "DatabaseOperator",
    { groups: ["SRE"], accounts: ["shop-production", "shop-staging", "shop-development"] },
  ],
  ["DatabaseOperator", { users: ["matsumoto.rina"], accounts: ["232323232323"] }],
  [
    "SecurityAudit",
    {
      groups: ["情報セキュリティ"],
      accounts: [
        "log-archive",
        "audit",
        "shop-production",
        "shop-staging",
        "shop-development",
        "data-platform",
      ],
    },
  ],
  ["SecurityAudit", { users: ["inoue.shota"], accounts: ["network", "audit"] }],
  ["DataAnalyst", { groups: ["データ分析"], accounts: ["data-platform"] }],
  ["DataAnalyst", { users: ["kimura.ayaka", "hayashi.yusuke"], accounts: ["data-platform"] }],
  ["DataAnalyst", { users: ["shimizu.miho"], accounts: ["shop-staging"] }],
  ["ReadOnly", { users: ["yamazaki.koji", "mori.chihiro", "abe.tatsuya"], accounts: ["shop-production"] }],
  // Wrong on purpose: there is no such account.
  ["ReadOnly", { users: ["ikeda.nana"], accounts: ["shop-qa"] }],
  ["CustomerSupport", { users: ["hashimoto.jun", "ishikawa.emi"], accounts: ["shop-production"] }],
  ["Developer", { users: ["yamashita.hiroki", "ogawa.kaori"], accounts: ["shop-development"] }],
  // The group's half stands in another record already.
  ["Billing", { users: ["ishii.makoto"], groups: ["経理"], accounts: ["232323232323"] }],
  ["ReadOnly", { users: ["hasegawa.yuka"], groups: ["SRE"], accounts: ["log-archive", "sandbox"] }],
];

/** The app 許可セット割当: who gets which permission set where, one record with an account that does not exist. */
export function assignmentApp() {
  const fields = [
    textField("permission_set", "許可セット", {
      required: true,
      lookup: {
        relatedApp: { app: String(PERMISSION_SET_APP), code: "" },
        relatedKeyField: "name",
        fieldMappings: [{ field: "permission_set_description", relatedField: "description" }],
        lookupPickerFields: ["name", "description"],
        filterCond: "",
        sort: "name asc",
      },
    }),
    linesField("permission_set_description", "許可セットの説明"),
    usersField("users", "ユーザー"),
    linesField("groups", "グループ"),
    choicesField("accounts", "AWSアカウント", ACCOUNT_CHOICES),
  ];
  return {
    id: ASSIGNMENT_APP,
    name: "許可セット割当",
    description:
      "<div>どのユーザーとグループが、どのAWSアカウントで、どの許可セットを使えるかを決めます。</div>",
    fields: Object.fromEntries(fields.map((field) => [field.code, field])),
    records: ASSIGNMENTS.map(([permissionSet, { users = [], groups = [], accounts }], index) => ({
      id: index + 1,
      values: { permission_set: permissionSet, users, groups: groups.join("\n"), accounts },
      creator: users[0] ?? "suzuki.ichiro",
      modifier: "suzuki.ichiro",
      createdAt: `2026-05-${String(index + 1).padStart(2, "0")}T02:15:00Z`,
    })),
    tokens: [{ token: "assignmentAppToken", permissions: ["view"] as const }],
  };
}
