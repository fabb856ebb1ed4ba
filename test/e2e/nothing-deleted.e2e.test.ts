import { expect, test } from "vitest";

import { passInProcess } from "./pass-in-process.ts";
import { appliedSets, type Company } from "./small-company.ts";
import { grantsIn, withSandbox, writesTo } from "./with-sandbox.ts";

interface Trap {
  readonly when: string;
  readonly company?: Company;
  readonly environment?: Readonly<Record<string, string>>;
  readonly because: string;
}

const auditor = { code: "auditor", name: "監査", password: "auditor-password" };
const asAuditor = { KINTONE_API_TOKEN: "", KINTONE_USERNAME: "auditor", KINTONE_PASSWORD: auditor.password };

const hiding = (app: "permissionSets" | "assignments", field: string): Company => ({
  kintoneUsers: [auditor],
  apps: { [app]: { acl: { hiddenFields: { auditor: [field] } } } },
});

/** So little that no limit on deletions would refuse it. */
const oneAssignment = appliedSets.filter(({ name }) => name === "Developer");

const traps: readonly Trap[] = [
  ...["permission_set", "users", "groups", "accounts"].map((field) => ({
    when: `the field ${field} of the assignments is hidden from the user`,
    company: hiding("assignments", field),
    environment: asAuditor,
    because: "kintone.incomplete-read",
  })),
  ...["name", "managed_policies"].map((field) => ({
    when: `the field ${field} of the permission sets is hidden from the user`,
    company: hiding("permissionSets", field),
    environment: asAuditor,
    because: "kintone.incomplete-read",
  })),
  {
    when: "the user may not see the assignment app",
    company: {
      kintoneUsers: [auditor],
      apps: { assignments: { acl: { usersWithoutAccess: ["auditor"] } } },
    },
    environment: asAuditor,
    because: "kintone.no-permission",
  },
  {
    when: "the only token is that of the permission-set app",
    environment: { KINTONE_API_TOKEN: "permissionSetAppToken" },
    because: "kintone.token-of-other-app",
  },
  {
    when: "the only token is that of the assignment app",
    environment: { KINTONE_API_TOKEN: "assignmentAppToken" },
    because: "kintone.token-of-other-app",
  },
  {
    when: "the two apps are mistaken for each other",
    environment: { KINTONE_PERMISSION_SET_APP: "11", KINTONE_ASSIGNMENT_APP: "10" },
    because: "kintone.fields-unusable",
  },
  {
    when: "the assignment app is empty",
    company: { assignments: [], aws: { permissionSets: oneAssignment } },
    because: "source-empty",
  },
  {
    when: "the permission-set app is empty",
    company: { permissionSets: [] },
    because: "assignment.permission-set-unknown",
  },
  {
    when: "both apps are empty",
    company: { permissionSets: [], assignments: [], aws: { permissionSets: oneAssignment } },
    because: "source-empty",
  },
];

for (const { when, company, environment, because } of traps) {
  test(`nothing is deleted when ${when}`, () =>
    withSandbox(
      { company: { aws: { permissionSets: appliedSets }, ...company }, speed: 1000 },
      async (world) => {
        const before = grantsIn(world);
        const report = await passInProcess(world, "sync", environment);
        const reasons = [
          report.error?.code,
          ...report.violations.map(({ guard }) => guard),
          ...report.issues.map(({ code }) => code),
        ];
        expect(reasons).toContain(because);
        expect(grantsIn(world)).toEqual(before);
        const removals = writesTo(world).filter((write) => /^(?:Delete|Detach)/u.test(write));
        expect(removals).toEqual([]);
      },
    ));
}
