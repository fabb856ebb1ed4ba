import type { AwsSeed, SeedPermissionSet } from "../../src/sandbox/aws/aws-seed.ts";
import { linesField, textField, usersField } from "../../src/sandbox/company/form-fields.ts";
import type { AppSeed, PlainValues, UserSeed } from "../../src/sandbox/kintone/kintone-seed.ts";
import type { SandboxOptions } from "../../src/sandbox/start-sandbox.ts";

type CompanySeed = SandboxOptions["seed"];

export const permissionSetApp = 10;
export const assignmentApp = 11;

/** Accounts by name. */
export const accounts = {
  management: "111122223333",
  identity: "222233334444",
  production: "333344445555",
  staging: "444455556666",
  development: "555566667777",
};

const owner = "e2e";

/** The owner must be known before the sandbox has a port; the rest only makes runs shorter. */
export const companyConfig = `owner: ${owner}\npace: { requestsPerSecond: 20 }\n`;

export const readOnly = {
  name: "ReadOnly",
  description: "View everything",
  session_duration: "8",
  managed_policies: "ReadOnlyAccess",
};

export const developer = {
  name: "Developer",
  description: "Daily work",
  session_duration: "PT4H",
  managed_policies: "PowerUserAccess",
};

/** Four assignments: two people times two accounts. */
export const readers = {
  permission_set: "ReadOnly",
  users: ["hanako", "ichiro"],
  accounts: "production\nstaging",
};

/** One assignment. */
export const developers = { permission_set: "Developer", groups: "developers", accounts: "development" };

/** What Identity Center has once both records above and both assignments have been applied. */
export const appliedSets: readonly SeedPermissionSet[] = [
  {
    name: "ReadOnly",
    description: "View everything",
    sessionDuration: "PT8H",
    managedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
    tags: { "kintone-sso-sync:owner": owner, "kintone-sso-sync:record": "1" },
    assignments: ["hanako", "ichiro"].flatMap((code) =>
      [accounts.production, accounts.staging].map((accountId) => ({ accountId, userName: userName(code) })),
    ),
  },
  {
    name: "Developer",
    description: "Daily work",
    sessionDuration: "PT4H",
    managedPolicies: ["arn:aws:iam::aws:policy/PowerUserAccess"],
    tags: { "kintone-sso-sync:owner": owner, "kintone-sso-sync:record": "2" },
    assignments: [{ accountId: accounts.development, group: "developers" }],
  },
];

export interface Company {
  /** Values of the records, whose ids count from 1. */
  readonly permissionSets?: readonly PlainValues[];
  readonly assignments?: readonly PlainValues[];
  readonly kintoneUsers?: readonly UserSeed[];
  readonly apps?: { readonly permissionSets?: Partial<AppSeed>; readonly assignments?: Partial<AppSeed> };
  readonly aws?: Partial<AwsSeed>;
}

const employees: readonly UserSeed[] = [
  { code: "hanako", name: "佐藤 花子" },
  { code: "ichiro", name: "鈴木 一郎" },
  { code: "kenta", name: "高橋 健太" },
  { code: "misaki", name: "田中 美咲" },
];

/** The user name in Identity Center that belongs to a login name in kintone. */
export function userName(code: string): string {
  return `${code}@example.co.jp`;
}

/** A company of four people with five accounts; by default two sets with five assignments in kintone and nothing in AWS. */
export function smallCompany(company: Company = {}): CompanySeed {
  const { permissionSets = [readOnly, developer], assignments = [readers, developers] } = company;
  return {
    kintone: {
      language: "ja",
      users: [...employees, ...(company.kintoneUsers ?? [])],
      apps: [
        {
          id: permissionSetApp,
          name: "許可セット",
          fields: permissionSetFields(),
          records: recordsOf(permissionSets, "kenta"),
          tokens: [{ token: "permissionSetAppToken", permissions: ["view"] }],
          ...company.apps?.permissionSets,
        },
        {
          id: assignmentApp,
          name: "許可セット割当",
          fields: assignmentFields(),
          records: recordsOf(assignments, "misaki"),
          tokens: [{ token: "assignmentAppToken", permissions: ["view"] }],
          ...company.apps?.assignments,
        },
      ],
    },
    aws: {
      primaryRegion: "ap-northeast-1",
      callerAccount: accounts.identity,
      managementAccount: accounts.management,
      accounts: Object.entries(accounts).map(([name, id]) => ({ id, name })),
      users: employees.map(({ code }) => ({ userName: userName(code), email: userName(code) })),
      groups: [{ displayName: "developers", members: [userName("kenta")] }],
      ...company.aws,
    },
    slack: { token: "xoxb-slack-bot-token", channels: [{ id: "C0AWSACCESS", name: "aws-access" }] },
  };
}

function recordsOf(values: readonly PlainValues[], creator: string): AppSeed["records"] {
  return values.map((each, index) => ({
    id: index + 1,
    values: each,
    creator,
    createdAt: "2026-04-01T00:00:00Z",
  }));
}

function permissionSetFields(): AppSeed["fields"] {
  return byCode([
    textField("name", "許可セット名"),
    linesField("description", "説明"),
    textField("session_duration", "セッション時間"),
    textField("relay_state", "リレー状態"),
    linesField("managed_policies", "AWS管理ポリシー"),
    linesField("customer_managed_policies", "カスタマー管理ポリシー"),
    textField("permissions_boundary", "アクセス許可の境界"),
    linesField("inline_policy", "インラインポリシー"),
  ]);
}

function assignmentFields(): AppSeed["fields"] {
  return byCode([
    textField("permission_set", "許可セット"),
    usersField("users", "ユーザー"),
    linesField("groups", "グループ"),
    linesField("accounts", "AWSアカウント"),
  ]);
}

function byCode(fields: readonly { readonly code: string; readonly type: string; readonly label: string }[]) {
  return Object.fromEntries(fields.map((field) => [field.code, field]));
}
