import type { ReportedPlan } from "../model/run-report.ts";

/** The command that lets exactly this refused plan through. */
export function approveCommand({ hash, only }: ReportedPlan): string {
  const half = only === undefined ? "" : ` --only ${only}`;
  return `kintone-sso-sync sync --approve ${hash}${half}`;
}
