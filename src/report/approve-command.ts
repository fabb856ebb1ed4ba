import type { RunReport } from "../model/run-report.ts";

/** The command that lets exactly this refused plan through; undefined where no approval can. */
export function approveCommand({ approval, plan }: Pick<RunReport, "approval" | "plan">): string | undefined {
  if (approval?.code === undefined) return undefined;
  const half = plan?.only === undefined ? "" : ` --only ${plan.only}`;
  return `kintone-sso-sync sync --approve ${approval.code}${half}`;
}

/** The comment that does the same where passes are asked for on an issue; the half is that of the action's inputs. */
export function approveComment({ approval }: Pick<RunReport, "approval">): string | undefined {
  return approval?.code === undefined ? undefined : `/sync approve ${approval.code}`;
}
