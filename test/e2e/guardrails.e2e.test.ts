import { expect, test } from "vitest";

import { accounts, appliedSets, developers, readers, userName } from "./small-company.ts";
import { passInProcess } from "./pass-in-process.ts";
import { grantsIn, type WorldOptions, withSandbox } from "./with-sandbox.ts";

/** Kenta is a member of developers, and asks for himself as well. */
const company = { assignments: [readers, developers, { ...developers, groups: "", users: ["kenta"] }] };
const rules = `guardrails:
  rules:
    - { name: no developers here, effect: deny, groups: [developers], accounts: [development] }
    - { name: not hanako, effect: deny, users: ["hanako@*"], accounts: ["${accounts.staging}"] }
`;
const withRules = (options: WorldOptions = {}, more = ""): WorldOptions => ({
  company,
  config: rules.replace("rules:", `${more}rules:`),
  ...options,
});

test("what guardrails deny is not created, told on its record with the rule, and the rest is carried out", () =>
  withSandbox(withRules(), async (world) => {
    const report = await passInProcess(world, "sync");
    expect(report.result).toBe("applied");
    const denied = report.issues.filter(({ code }) => code === "assignment.denied-by-guardrail");
    expect(denied.map(({ record, severity }) => [record, severity])).toEqual([
      ["1", "warning"],
      ["2", "warning"],
      ["3", "warning"],
    ]);
    expect(denied[2]?.message).toContain("no developers here");
    expect(denied[2]?.message).toContain(userName("kenta"));
    expect(grantsIn(world)).toHaveLength(3);
    expect(grantsIn(world).some((grant) => grant.startsWith("Developer"))).toBe(false);
    expect((await passInProcess(world, "sync")).result).toBe("in-sync");
  }));

test("existing access that guardrails deny is held and reported, and removed with enforce: true", () =>
  withSandbox(withRules({ company: { ...company, aws: { permissionSets: appliedSets } } }), async (world) => {
    const before = grantsIn(world);
    const report = await passInProcess(world, "sync");
    expect(report.plan?.held.map(({ reason }) => reason)).toEqual([
      "denied-by-guardrail",
      "denied-by-guardrail",
    ]);
    expect(grantsIn(world)).toEqual(before);

    const enforcing = {
      ...world,
      config: world.config.replace("guardrails:", "guardrails:\n  enforce: true"),
    };
    const enforced = await passInProcess(enforcing, "sync");
    expect(enforced.counts.deletions).toBe(2);
    expect(grantsIn(world)).toHaveLength(before.length - 2);
  }));
