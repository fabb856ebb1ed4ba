import type { ReportedPlan } from "../model/run-report.ts";

/** The command that lets exactly this refused plan through. */
export function approveCommand({ hash, only }: ReportedPlan): string {
  const half = only === undefined ? "" : ` --only ${only}`;
  return `kintone-sso-sync sync --approve ${hash}${half}`;
}

/** The comment that does the same where passes are asked for on an issue; the half is that of the action's inputs. */
export function approveComment({ hash }: ReportedPlan): string {
  return `/sync approve ${hash}`;
}
