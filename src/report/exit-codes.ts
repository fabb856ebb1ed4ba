import type { RunReport } from "../model/run-report.ts";

export interface ExitCodeOptions {
  /** `plan --exit-code`: pending changes are 2, removals that wait too. */
  readonly changesAreTwo?: boolean;
  /** `--strict`: records with issues are 4. */
  readonly strict?: boolean;
}

const codes: Readonly<Record<RunReport["result"], number>> = {
  "in-sync": 0,
  "removals-waiting": 0,
  applied: 0,
  "changes-pending": 0,
  paused: 0,
  failed: 1,
  refused: 3,
  "partly-refused": 3,
  "partly-applied": 4,
};

const pending: ReadonlySet<RunReport["result"]> = new Set(["changes-pending", "removals-waiting"] as const);

/** Whether a pass ended with everything as the records say, as far as they can be trusted, or with nothing else than people know. */
export function isGood(report: RunReport): boolean {
  return exitCodeOf(report, {}) === 0;
}

function isAsKnown({ result, outcomes }: RunReport): boolean {
  return (
    result === "partly-applied" &&
    outcomes.some(({ known }) => known === true) &&
    outcomes.every(
      ({ status, doesNotStay, known }) => known === true || (status === "applied" && doesNotStay !== true),
    )
  );
}

/** 0 in sync, applied, paused, or nothing wrong but known failures, 1 failed, 2 changes found where asked for, 3 refused by a guard, 4 applied in part. */
export function exitCodeOf(
  report: RunReport,
  { changesAreTwo = false, strict = false }: ExitCodeOptions,
): number {
  const code = isAsKnown(report) ? 0 : codes[report.result];
  if (code !== 0) return code;
  if (changesAreTwo && pending.has(report.result)) return 2;
  return strict && report.counts.issues > 0 ? 4 : 0;
}
