import { emailOf, EMPLOYEES, GROUPS } from "./employees.ts";

const MANAGEMENT = "111122223333";
const IDENTITY = "222233334444";
const AUDIT = "444455556666";
const LOG_ARCHIVE = "333344445555";

/** Account names by id; one of them is suspended. */
const ACCOUNTS: Readonly<Record<string, string>> = {
  [MANAGEMENT]: "example-management",
  [IDENTITY]: "identity",
  [LOG_ARCHIVE]: "log-archive",
  [AUDIT]: "audit",
  "555566667777": "network",
  "666677778888": "shop-production",
  "777788889999": "shop-staging",
  "888899990000": "shop-development",
  "121212121212": "data-platform",
  "232323232323": "accounting-system",
  "343434343434": "sandbox",
  "454545454545": "legacy-intranet",
};

const SUSPENDED = "454545454545";
const CONTROL_TOWER = { managedBy: "ControlTower" };

/**
 * The company's AWS organization: administered from the account `identity`, with what Control Tower has set up there,
 * in the management account too, and nothing that comes from kintone yet.
 */
export function organizationSeed() {
  return {
    primaryRegion: "ap-northeast-1",
    callerAccount: IDENTITY,
    managementAccount: MANAGEMENT,
    accounts: Object.entries(ACCOUNTS).map(([id, name]) => ({
      id,
      name,
      email: `aws+${name}@example.co.jp`,
      state: id === SUSPENDED ? ("SUSPENDED" as const) : ("ACTIVE" as const),
    })),
    users: EMPLOYEES.map(([code, displayName]) => ({
      userName: emailOf(code),
      email: emailOf(code),
      displayName,
    })),
    groups: Object.entries(GROUPS).map(([displayName, members]) => ({
      displayName,
      members: members.map(emailOf),
    })),
    permissionSets: [
      {
        name: "AWSAdministratorAccess",
        description: "Provides full access to AWS services and resources",
        managedPolicies: ["arn:aws:iam::aws:policy/AdministratorAccess"],
        tags: CONTROL_TOWER,
        assignments: [MANAGEMENT, LOG_ARCHIVE, AUDIT].map((accountId) => ({
          accountId,
          userName: emailOf("sato.hanako"),
        })),
      },
      {
        name: "AWSReadOnlyAccess",
        description:
          "This policy grants permissions to view resources and basic metadata across all AWS services",
        managedPolicies: ["arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"],
        tags: CONTROL_TOWER,
        assignments: [LOG_ARCHIVE, AUDIT].map((accountId) => ({ accountId, group: "情報セキュリティ" })),
      },
    ],
  };
}
