import type { RunReport } from "../model/run-report.ts";
import type { Heartbeat } from "../ports.ts";
import { isGood } from "../report/exit-codes.ts";
import type { Logger } from "../process/logger.ts";

/** Tells the heartbeat when the pass begins and how it ended: well when everything is applied or in sync, known failures apart. It cannot fail the pass. */
export async function watchPass(
  heartbeat: Heartbeat | undefined,
  logger: Pick<Logger, "warn">,
  pass: () => Promise<RunReport>,
): Promise<RunReport> {
  if (heartbeat === undefined) return pass();
  const started = heartbeat.ping("start");
  const report = await pass();
  const reasons = [await started, await heartbeat.ping(isGood(report) ? "success" : "failure")];
  for (const reason of new Set(reasons)) {
    if (reason !== undefined) logger.warn("the heartbeat did not get through", { reason });
  }
  return report;
}
