import type { Language } from "../../../model/config.ts";
import type { ReportedIssue, RunReport } from "../../../model/run-report.ts";
import { type PassSummary, summarisePass } from "../../../report/pages/service-pages.ts";

const mostKept = 20;

/** What the pages know of the passes of this process. */
export interface PassHistory extends PassesSoFar {
  readonly add: (report: RunReport) => void;
}

/** What pages show of the passes of this process. */
export interface PassesSoFar {
  /** The latest one first. */
  readonly passes: () => readonly PassSummary[];
  /** Of the last pass that read the records. */
  readonly issues: () => readonly ReportedIssue[];
}

/** Keeps the last twenty passes in words. */
export function createPassHistory(language: Language): PassHistory {
  let passes: readonly PassSummary[] = [];
  let issues: readonly ReportedIssue[] = [];
  return {
    add: (report) => {
      passes = [summarisePass(report, language), ...passes].slice(0, mostKept);
      if (report.plan !== undefined) issues = report.issues;
    },
    passes: () => passes,
    issues: () => issues,
  };
}
