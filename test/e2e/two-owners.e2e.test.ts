import { expect, test } from "vitest";
import type { SeedPermissionSet } from "../../src/sandbox/aws/aws-seed.ts";
import { passInProcess } from "./pass-in-process.ts";
import { accounts, appliedSets, readers, readOnly, userName } from "./small-company.ts";
import { withSandbox, writesTo } from "./with-sandbox.ts";

const key = "kintone-sso-sync:owner";
/** Tags that are nearly ours. */
const nearly: readonly Readonly<Record<string, string>>[] = [
  { SSO: "e2e" },
  { Pipeline: "e2e" },
  { S: "e2e" },
  { owner: "e2e" },
  { "kintone-sso-sync": "e2e" },
  { "Kintone-SSO-Sync:Owner": "e2e" },
  { [`${key}s`]: "e2e" },
  { [key]: "E2E" },
  { [key]: "e2" },
  { [key]: "e2e2" },
  { [key]: " e2e" },
  { [key]: "" },
];

const strangers = nearly.map((tags, index): SeedPermissionSet => ({
  name: `Stranger${index}`,
  tags: { ...tags, "kintone-sso-sync:record": "99" },
  assignments: [{ accountId: accounts.development, userName: userName("kenta") }],
}));

test("two deployments that take turns on one instance never touch each other's sets, nor those with nearly their tags", () =>
  withSandbox(
    {
      company: {
        permissionSets: [readOnly],
        assignments: [readers],
        aws: { permissionSets: [...appliedSets, ...strangers] },
      },
    },
    async (world) => {
      const others = () => world.aws.state.permissionSets().filter(({ name }) => name !== "Developer");
      const before = others();
      const ours = world;
      const theirs = { ...world, config: world.config.replace("owner: e2e", "owner: E2E-other") };
      const guards = "guards: { maxDeletions: 100, maxUsersLosingAllAccess: 100 }\n";
      for (const deployment of [ours, theirs, ours, theirs]) {
        const report = await passInProcess({ ...deployment, config: deployment.config + guards }, "sync");
        expect(report.error).toBeUndefined();
        expect(report.outcomes.every(({ status }) => status === "applied")).toBe(true);
      }
      // The record of Developer is gone, and only its own deployment has removed it.
      const writes = writesTo(world).filter((write) => !write.startsWith("kintone"));
      // A set is deleted in more than one try while AWS still counts its last assignment.
      expect([...new Set(writes)]).toEqual(["DeleteAccountAssignment", "DeletePermissionSet"]);
      expect(others()).toEqual(before);
    },
  ));
