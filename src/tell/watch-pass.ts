import type { RunReport } from "../model/run-report.ts";
import type { Heartbeat } from "../ports.ts";
import { isGood } from "../report/exit-codes.ts";

/** Tells the heartbeat when the pass begins and how it ended: well when everything is applied or in sync, known failures apart. It cannot fail the pass: why the heartbeat was not reached is only said. */
export async function watchPass(
  heartbeat: Heartbeat | undefined,
  onLost: (reason: string) => void,
  pass: () => Promise<RunReport>,
): Promise<RunReport> {
  if (heartbeat === undefined) return pass();
  const started = heartbeat.ping("start");
  const report = await pass();
  const reasons = [await started, await heartbeat.ping(isGood(report) ? "success" : "failure")];
  for (const reason of new Set(reasons)) {
    if (reason !== undefined) onLost(reason);
  }
  return report;
}
