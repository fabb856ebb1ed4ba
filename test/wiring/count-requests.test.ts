import { describe, expect, it } from "vitest";
import { createRequestCounter } from "../../src/wiring/count-requests.ts";
import { noCalls } from "../report/builders.ts";

describe("the request counter", () => {
  it("begins with nothing for every service", () => {
    expect(createRequestCounter().snapshot()).toEqual(noCalls);
  });

  it("counts every request by service", () => {
    const { count, snapshot } = createRequestCounter();
    for (const service of ["sso", "kintone", "sso", "slack", "sso"] as const) count(service);
    expect(snapshot()).toEqual({ ...noCalls, sso: 3, kintone: 1, slack: 1 });
  });

  it("gives a snapshot that later requests do not change", () => {
    const { count, snapshot } = createRequestCounter();
    const before = snapshot();
    count("iam");
    expect(before.iam).toBe(0);
    expect(snapshot().iam).toBe(1);
  });
});
