// One measurement in a process of its own: `bench-cases.mjs NAME SIZE` prints CPU seconds and peak memory as JSON.
import { buildDesiredState } from "../src/desired/build-desired-state.ts";
import type { ActualState } from "../src/model/actual-state.ts";
import { defaultMapping } from "../src/model/fields.ts";
import { accountId, principalId } from "../src/model/ids.ts";
import type { RawField, RawRecord } from "../src/model/record.ts";
import { createPlan } from "../src/plan/create-plan.ts";
import { decodeRecords } from "../src/records/decode-records.ts";

const usersPerRecord = 5;
const accountsPerRecord = 2;

const text = (value: unknown): RawField => ({ type: "MULTI_LINE_TEXT", value });
const twelveDigits = (index: number): string => String(100_000_000_000 + index);

const policy = JSON.stringify(
  {
    Version: "2012-10-17",
    Statement: Array.from({ length: 12 }, (_, index) => ({
      Sid: `Statement${index}`,
      Effect: index % 3 === 0 ? "Deny" : "Allow",
      Action: ["s3:GetObject", "s3:PutObject", "ec2:Describe*"],
      Resource: [`arn:aws:s3:::bucket-${index}/*`],
      Condition: { StringEquals: { "aws:RequestedRegion": "ap-northeast-1" } },
    })),
  },
  null,
  2,
);

function permissionSetRecord(index: number): RawRecord {
  return {
    ref: { app: "permissionSets", id: String(index), revision: 1, updatedAt: "2026-11-01T00:00:00Z" },
    fields: {
      name: text(`Set-${index}`),
      description: text("日本語の説明"),
      session_duration: text("8"),
      relay_state: text("https://console.aws.amazon.com/"),
      managed_policies: text("ReadOnlyAccess\nBilling"),
      customer_managed_policies: text("/team/Reader"),
      permissions_boundary: text("customer:/boundaries/Developer"),
      inline_policy: text(policy),
    },
  };
}

function assignmentRecord(index: number, sets: number, users: number, accounts: number): RawRecord {
  const userNames = Array.from(
    { length: usersPerRecord },
    (_, k) => `user-${(index * usersPerRecord + k) % users}@example.co.jp`,
  );
  const accountIds = Array.from({ length: accountsPerRecord }, (_, k) =>
    twelveDigits((index * accountsPerRecord + k) % accounts),
  );
  return {
    ref: { app: "assignments", id: String(index), revision: 1, updatedAt: "2026-11-01T00:00:00Z" },
    fields: {
      permission_set: text(`Set-${index % sets}`),
      users: text(userNames.join("\n")),
      groups: text(""),
      accounts: text(accountIds.join("\n")),
    },
  };
}

function emptyState(users: number, accounts: number): ActualState {
  const managedPolicy = (name: string, path: string) => ({
    name,
    arn: `arn:aws:iam::aws:policy${path}${name}`,
  });
  return {
    instance: { arn: "arn:aws:sso:::instance/ssoins-1", identityStoreId: "d-1", region: "ap-northeast-1" },
    directory: {
      managementAccount: accountId("999999999999"),
      keyAccounts: { ids: new Set(), isOpen: false },
      memberships: new Map(),
      accounts: Array.from({ length: accounts }, (_, k) => ({
        id: accountId(twelveDigits(k)),
        name: `account-${k}`,
        state: "ACTIVE" as const,
      })),
      users: Array.from({ length: users }, (_, k) => ({
        id: principalId(`id-${k}`),
        userName: `user-${k}@example.co.jp`,
        emails: [],
        enabled: true,
      })),
      groups: [],
      managedPolicies: [managedPolicy("ReadOnlyAccess", "/"), managedPolicy("Billing", "/job-function/")],
    },
    permissionSets: [],
    assignments: [],
  };
}

/** Decodes, validates and resolves `records` records, an eighth of them permission sets with an inline policy each. */
function validate(records: number): number {
  const sets = Math.ceil(records / 8);
  const assignments = records - sets;
  return timed({ sets, assignments, users: 3_000, accounts: 500 }, false);
}

/** Decodes, resolves and plans `count` single assignments that are all still to be made. */
function plan(count: number): number {
  const assignments = count / (usersPerRecord * accountsPerRecord);
  return timed({ sets: 200, assignments, users: 20_000, accounts: 2_000 }, true);
}

interface Size {
  readonly sets: number;
  readonly assignments: number;
  readonly users: number;
  readonly accounts: number;
}

function timed({ sets, assignments, users, accounts }: Size, withPlan: boolean): number {
  const actual = emptyState(users, accounts);
  const app = (kind: "permissionSets" | "assignments", records: readonly RawRecord[]) => ({
    kind,
    appId: 1,
    name: kind,
    form: [],
    records,
  });
  const source = {
    permissionSets: app(
      "permissionSets",
      Array.from({ length: sets }, (_, k) => permissionSetRecord(k)),
    ),
    assignments: app(
      "assignments",
      Array.from({ length: assignments }, (_, k) => assignmentRecord(k, sets, users, accounts)),
    ),
  };
  const before = process.cpuUsage();
  const typed = decodeRecords(source, { fields: defaultMapping }, "Asia/Tokyo");
  const rules = {
    principals: { userMatch: "userName", userTemplate: "{code}", waitMinutes: 60, disabledUsers: "revoke" },
    protected: { accounts: [], principals: [], permissionSets: [] },
    targets: { ou: true, name: true, administrators: false },
    guardrails: { default: "allow", enforce: false, ordinaryPolicies: [], rules: [] },
  } as const;
  const desired = buildDesiredState({
    ...typed,
    actual,
    rules,
    recordUrl: ({ id }) => `https://example.cybozu.com/k/1/show#record=${id}`,
    nowMs: 0,
  });
  if (withPlan) {
    const { changes } = createPlan(desired, actual, {
      owner: "bench",
      ...rules,
      unlistedAssignments: "remove",
    });
    if (changes.length === 0) throw new Error("an empty plan");
  }
  const { user, system } = process.cpuUsage(before);
  if (desired.issues.length > 0 || desired.assignments.length === 0)
    throw new Error("records were not understood");
  return (user + system) / 1e6;
}

const cases: Readonly<Record<string, (size: number) => number>> = { validate, plan };
const [name = "", size = "0"] = process.argv.slice(2);
const seconds = cases[name]?.(Number(size));
const peakMb = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ seconds, peakMb }));
