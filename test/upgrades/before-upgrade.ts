import type { SeedPermissionSet } from "../../src/sandbox/aws/aws-seed.ts";
import type { Sandbox } from "../../src/sandbox/start-sandbox.ts";
import { accounts, developer, developers, readers, readOnly, userName } from "../e2e/small-company.ts";

/** A set that was there before the sync, and that it took over. */
const takenOver: SeedPermissionSet = {
  name: "Audit",
  description: "Look at everything",
  sessionDuration: "PT2H",
  managedPolicies: ["arn:aws:iam::aws:policy/SecurityAudit"],
  assignments: [{ accountId: accounts.production, userName: userName("misaki") }],
};

const audit = {
  name: "Audit",
  description: "Look at everything",
  session_duration: "2",
  managed_policies: "SecurityAudit",
};

/** A company in which a version has run for a while, with something of everything that a version leaves behind. */
export function companyBefore(permissionSets: readonly SeedPermissionSet[] = [takenOver]) {
  return {
    permissionSets: [readOnly, developer, audit],
    assignments: [
      readers,
      developers,
      { permission_set: "Audit", users: ["misaki"], accounts: "production" },
      { permission_set: "ReadOnly", users: ["kenta"], accounts: "no-such-account" },
    ],
    aws: { permissionSets },
  };
}

/** The edit after which the set has a former name. */
export function renameDeveloper({ kintone }: Pick<Sandbox, "kintone">): void {
  kintone.updateRecord(10, 2, { name: "Engineer" });
}
