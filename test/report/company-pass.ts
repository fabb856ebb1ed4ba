import { loadConfig } from "../../src/config/load-config.ts";
import type { ActualState } from "../../src/model/actual-state.ts";
import type { Config } from "../../src/model/config.ts";
import type { Pass } from "../../src/model/pass.ts";
import { type PassOptions, reconcile } from "../../src/pass/reconcile.ts";
import {
  account,
  actualState,
  assignmentOf,
  definition,
  development,
  directory,
  group,
  managedPolicy,
  managedSet,
  management,
  minutesAgo,
  now,
  production,
  rawAssignment,
  rawPermissionSet,
  recordUrl,
  rules,
  unmanagedSet,
  user,
} from "../builders.ts";
import { createIdentityCenterTwin } from "../fakes/in-memory-identity-center.ts";
import { createVirtualClock } from "../fakes/virtual-clock.ts";
import { sourceOf } from "./builders.ts";

const anna = user("anna");
const ben = user("ben");
const dora = user("dora");
const auditors = group("Auditors");

const goodPolicy = `{
  "Version": "2012-10-17",
  "Statement": { "Effect": "Deny", "Action": "s3:GetObject", "Resource": "*" }
}`;

const brokenPolicy = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow" "Action": "s3:GetObject", "Resource": "*" }
  ]
}`;

const records = sourceOf(
  [
    rawPermissionSet({ name: "ReadOnly", inlinePolicy: goodPolicy }, { id: "1" }),
    rawPermissionSet(
      { name: "Audit", managedPolicies: "SecurityAudit\nBilling", sessionDuration: "8" },
      { id: "2" },
    ),
    rawPermissionSet({ name: "Deploy", inlinePolicy: brokenPolicy }, { id: "3" }),
    rawPermissionSet({ name: "Network", managedPolicies: "ReadOnlyAccess" }, { id: "4" }),
  ],
  [
    rawAssignment(
      { users: ["anna"], groups: "Developers", accounts: "Production\nDevelopment" },
      { id: "1" },
    ),
    rawAssignment({ permissionSet: "Audit", users: ["ben"] }, { id: "2" }),
    rawAssignment({ users: ["carol"], accounts: "Development" }, { id: "3", updatedAt: minutesAgo(10) }),
    rawAssignment({ permissionSet: "Audit", users: ["dora"], accounts: "Prodction" }, { id: "4" }),
    rawAssignment({ users: ["ben"], accounts: "Management" }, { id: "5" }),
  ],
);

/** What Identity Center has before the pass. */
const companyState: ActualState = actualState({
  directory: directory({
    accounts: [
      account(management, "Management"),
      account(production, "Production"),
      account(development, "Development"),
    ],
    users: [anna, ben, dora],
    groups: [group("Developers"), auditors],
  }),
  permissionSets: [
    managedSet("Audit", {
      record: "2",
      definition: definition({ managedPolicies: [managedPolicy("SecurityAudit").arn] }),
      provisionedAccounts: [production, development],
    }),
    managedSet("Deploy", { record: "3" }),
    managedSet("Network", { record: "4", locked: true }),
    managedSet("Legacy", { record: "99", provisionedAccounts: [development] }),
    unmanagedSet("AWSAdministratorAccess"),
  ],
  assignments: [
    assignmentOf("Audit", production, ben),
    assignmentOf("Audit", development, dora),
    assignmentOf("Legacy", development, anna),
    assignmentOf("Legacy", development, auditors),
  ],
});

const loaded = loadConfig({
  file: { path: "kintone-sso-sync.yaml", text: "{}" },
  environment: {
    KINTONE_BASE_URL: "https://example.cybozu.com",
    KINTONE_PERMISSION_SET_APP: "10",
    KINTONE_ASSIGNMENT_APP: "11",
    KINTONE_API_TOKEN: "not-a-real-token",
    AWS_REGION: "ap-northeast-1",
  },
  flags: {},
  readSecretFile: () => new Uint8Array(),
  language: "en",
});
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));

/** The documented defaults, but for a guard that lets the company's deletions through. */
export const companyConfig: Config = {
  ...loaded.config,
  ...rules(),
  guards: { ...loaded.config.guards, maxDeletions: 10, maxRecordShrink: 1 },
};

/** A real pass over a small company in which everything happens: AWS refuses one revocation, and so a set stays. */
export async function companyPass(
  options: Partial<PassOptions> = {},
  config: Partial<Config> = {},
): Promise<Pass> {
  const clock = createVirtualClock(now);
  const identityCenter = createIdentityCenterTwin(companyState, {
    clock,
    failing: ({ kind, target }) =>
      kind === "unassign" && "principal" in target && target.principal.type === "GROUP"
        ? { when: "end", reason: { code: "operation-failed", message: "Received a 404 status error." } }
        : undefined,
  });
  const world = {
    records: { readAllRecords: async () => records },
    identityCenter,
    policyAnalyzer: {
      analyzePolicy: async () => ({ kind: "unavailable", reason: "AccessDeniedException" }) as const,
    },
    clock,
    // Always the same, so that a text with the hash in it is.
    digest: () => "0123456789abcdef0123",
  };
  return reconcile(
    world,
    { ...companyConfig, ...config },
    { mode: "sync", runId: "run-1", recordUrl, ...options },
  );
}
