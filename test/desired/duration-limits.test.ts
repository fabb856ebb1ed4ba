import { describe, expect, it } from "vitest";
import type { GuardrailRule } from "../../src/model/guardrail.ts";
import { emptyMemory, type Memory } from "../../src/model/memory.ts";
import { assignmentRecord, desiredState, now, permissionSetRecord, rules } from "../builders.ts";

const admin = permissionSetRecord({ name: "Admin", managedPolicies: "AdministratorAccess" });
const inHours = (hours: number): string => new Date(now + hours * 60 * 60_000).toISOString();
const briefly: GuardrailRule = {
  name: "administrators briefly",
  effect: "allow",
  administratorClass: true,
  maxDuration: "8h",
};

type Values = Parameters<typeof assignmentRecord>[0];

function stateOf(records: readonly Values[], rule: GuardrailRule = briefly, memory?: Memory) {
  return desiredState({
    permissionSets: [admin],
    assignments: records.map((values, index) =>
      assignmentRecord({ permissionSet: "Admin", ...values }, { id: String(index + 1) }),
    ),
    rules: { ...rules(), guardrails: { ...rules().guardrails, rules: [rule] } },
    ...(memory === undefined ? {} : { memory }),
  });
}

const codesOf = (...given: Parameters<typeof stateOf>) => stateOf(...given).issues.map(({ code }) => code);

describe("a rule with a longest duration", () => {
  it("lets have what ends in time, counted from now, from the beginning or from the first grant", () => {
    expect(stateOf([{ expires: inHours(8) }]).assignments).toHaveLength(1);
    expect(codesOf([{ expires: inHours(9) }])).toEqual(["period.too-long"]);
    expect(codesOf([{ starts: inHours(-2), expires: inHours(6) }])).toEqual([]);
    expect(codesOf([{ starts: inHours(-2), expires: inHours(7) }])).toEqual(["period.too-long"]);
    const grantedAt = inHours(-4);
    const end = { expires: inHours(4), since: grantedAt, assignments: 1, grantedAt };
    const memory = { ...emptyMemory("owner"), ends: { "assignments/1": end } };
    expect(codesOf([{ expires: inHours(4) }], briefly, memory)).toEqual([]);
    expect(codesOf([{ expires: inHours(5) }], briefly, memory)).toEqual(["period.too-long"]);
  });

  it("denies what has no end, and tells the author without holding the record", () => {
    const state = stateOf([{}]);
    expect(state.issues.map(({ code }) => code)).toEqual(["period.end-required"]);
    expect(state.assignments).toEqual([]);
    expect(state.deniedAssignments).toMatchObject([{ rule: "administrators briefly", isEnforced: false }]);
    expect(state.heldAssignments).toEqual([]);
  });

  it("leaves what another record asks for in time", () => {
    const state = stateOf([{}, { expires: inHours(4) }]);
    expect(state.assignments.map(({ records }) => records.map(({ id }) => id))).toEqual([["2"]]);
    expect(state.deniedAssignments).toEqual([]);
    expect(state.issues.map(({ record }) => record.id)).toEqual(["1"]);
  });

  it("is about what it matches, and about nothing else", () => {
    const other = { ...briefly, permissionSets: ["Other"] };
    expect(codesOf([{}], other)).toEqual([]);
  });
});

describe("a rule that asks for an end", () => {
  it("takes any end", () => {
    const rule: GuardrailRule = {
      name: "only for a time",
      effect: "allow",
      administratorClass: true,
      requireEnd: true,
    };
    expect(codesOf([{ expires: inHours(9_000) }], rule)).toEqual([]);
    expect(codesOf([{}], rule)).toEqual(["period.end-required"]);
  });
});
