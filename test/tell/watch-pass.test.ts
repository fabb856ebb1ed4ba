import { describe, expect, it } from "vitest";
import { watchPass } from "../../src/tell/watch-pass.ts";
import type { RunReport, RunResult } from "../../src/model/run-report.ts";
import type { Heartbeat, PassSignal } from "../../src/ports.ts";
import { companyPass } from "../report/company-pass.ts";
import { reportOf } from "../report/builders.ts";

async function watched(result: RunResult, refusal?: string) {
  const heard: string[] = [];
  const warnings: unknown[] = [];
  const heartbeat: Heartbeat = {
    ping: async (signal: PassSignal) => {
      heard.push(signal);
      return refusal;
    },
  };
  const report: RunReport = { ...reportOf(await companyPass()), result };
  const returned = await watchPass(
    heartbeat,
    (reason) => void warnings.push({ reason }),
    async () => {
      heard.push("pass");
      return report;
    },
  );
  expect(returned).toBe(report);
  return { heard, warnings };
}

describe("the heartbeat", () => {
  it.each(["in-sync", "applied"] as const)(
    "hears of the start and the success of a pass: %s",
    async (result) => {
      expect(await watched(result)).toEqual({ heard: ["start", "pass", "success"], warnings: [] });
    },
  );

  it.each(["partly-applied", "refused", "failed"] as const)(
    "hears that a pass was no success: %s",
    async (result) => {
      expect((await watched(result)).heard).toEqual(["start", "pass", "failure"]);
    },
  );

  it("cannot fail a pass: what is wrong with it is in the log, once", async () => {
    const { heard, warnings } = await watched("applied", "HTTP 503");
    expect(heard).toEqual(["start", "pass", "success"]);
    expect(warnings).toEqual([{ reason: "HTTP 503" }]);
  });
});
