import type { Outcome } from "../model/outcome.ts";
import { changesPutOff, type Pass } from "../model/pass.ts";
import type { ReportedOutcome } from "../model/run-report.ts";
import { findKnownFailures } from "./known-failures.ts";

/** What became of each change, and of those that do not stay as set and were left alone. */
export function reportOutcomes(pass: Pass, nowMs: number): readonly ReportedOutcome[] {
  const { mode, outcomes, repeats } = pass;
  const known = findKnownFailures(pass, nowMs);
  const [startedAtMs, finishedAtMs] = [nowMs, nowMs];
  const about = { status: "skipped", reason: { code: "does-not-stay" }, startedAtMs, finishedAtMs } as const;
  const putOff = mode === "sync" ? changesPutOff(pass) : [];
  return [...outcomes, ...putOff.map((change) => ({ change, ...about }))].map((outcome) => ({
    ...reportOutcome(outcome),
    ...(repeats?.has(outcome.change.id) === true ? { doesNotStay: true } : {}),
    ...(known.has(outcome.change.id) ? { known: true } : {}),
  }));
}

/** What became of one change. */
export function reportOutcome(outcome: Outcome): ReportedOutcome {
  const requestId = requestIdOf(outcome);
  return {
    change: outcome.change.id,
    status: outcome.status,
    ...reasonOf(outcome),
    ...(requestId === undefined ? {} : { requestId }),
    startedAt: isoTime(outcome.startedAtMs),
    finishedAt: isoTime(outcome.finishedAtMs),
  };
}

function reasonOf(outcome: Outcome): { readonly reason?: NonNullable<ReportedOutcome["reason"]> } {
  if (outcome.status === "applied") return {};
  if (outcome.status === "failed") {
    return { reason: { code: outcome.reason.code, message: outcome.reason.message } };
  }
  const { reason } = outcome;
  return { reason: { code: reason.code, message: "changeId" in reason ? reason.changeId : "" } };
}

function requestIdOf(outcome: Outcome): string | undefined {
  if (outcome.status === "applied") return outcome.requestId;
  return outcome.status === "failed" ? outcome.reason.requestId : undefined;
}

const isoTime = (ms: number): string => new Date(ms).toISOString();
