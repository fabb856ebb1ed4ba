import { describe, expect, it } from "vitest";

import { badPolicies } from "../corpus/policies.ts";
import { permissionSetRecord } from "../builders.ts";

describe("the corpus of bad inline policies", () => {
  it("has more than 200 different ones", () => {
    expect(new Set(badPolicies.map(({ text }) => text)).size).toBe(badPolicies.length);
    expect(badPolicies.length).toBeGreaterThan(200);
  });

  it.each(badPolicies)("$code $problem: $about", ({ text, code, problem }) => {
    const { issues, draft } = permissionSetRecord({ inlinePolicy: text });
    const params = problem === undefined ? {} : { problem };
    expect(issues[0]).toMatchObject({ code, field: "inlinePolicy", params });
    expect(draft).toBeUndefined();
    // Whatever was pasted, the messages stay short and few.
    expect(JSON.stringify(issues).length).toBeLessThan(20_000);
  });
});
