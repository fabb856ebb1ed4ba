import type { Language } from "../model/config.ts";
import { canonicalText } from "../model/json.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Pass } from "../model/pass.ts";
import { recordKey } from "../model/record.ts";
import { findFailureCause, type FoundCause } from "../report/failure-causes.ts";
import { indexNames, type Names, reportTarget } from "../report/names.ts";
import { renderTarget } from "../report/render-plan-text.ts";
import { describeFailure, failureTexts } from "../words/failure-texts.ts";
import { reportTexts } from "../words/report-texts.ts";
import type { Complaint } from "./complaint.ts";

type Failed = Extract<Outcome, { status: "failed" }>;

/** A change that AWS refused for a reason that authors can mend, and what became of a change because of it. */
interface Consequence {
  readonly failed: Failed;
  readonly found: FoundCause;
  readonly change: Outcome["change"];
}

/** What the authors of records hear of changes that AWS refused, and of those that wait for them. */
export function failureComplaints(pass: Pass, language: Language): readonly Complaint[] {
  const names = indexNames(pass.actual.directory, pass.lastKnownNames);
  return listConsequences(pass.outcomes).flatMap(({ failed, found, change }) => {
    const text = describeFailure(
      found.cause,
      targetText(failed, names, language),
      found.detail ?? "",
      language,
    );
    const isWaiting = change !== failed.change;
    const { waits } = failureTexts(language);
    const about = {
      kind: "failure",
      fingerprint: canonicalText([isWaiting ? "waits" : "failed", found.cause, failed.change.id]),
      holds: false,
      message: isWaiting ? waits(text.message) : text.message,
      hint: text.hint,
    } as const;
    return change.records.map((record) => ({ record, ...about }));
  });
}

/** By id of the failed change, keys of the records whose authors are to hear of it. */
export function listAuthorsToTell({ outcomes }: Pass): ReadonlyMap<string, readonly string[]> {
  const authors = new Map<string, readonly string[]>();
  for (const { failed, change } of listConsequences(outcomes)) {
    const { id } = failed.change;
    authors.set(id, [...(authors.get(id) ?? []), ...change.records.map(recordKey)]);
  }
  return authors;
}

/** What the authors of records hear of permission sets that are out of reach as a whole. */
export function lockedComplaints({ plan }: Pass, language: Language): readonly Complaint[] {
  const { lockedSet } = failureTexts(language);
  const { lockReasons } = reportTexts(language);
  return plan.locked.flatMap(({ target, reason, records }) => {
    const { permissionSet, account } = target;
    if (account !== undefined) return [];
    const about = {
      kind: "issue",
      fingerprint: canonicalText(["locked", reason, permissionSet]),
      holds: false,
      ...lockedSet(permissionSet, lockReasons[reason]),
    } as const;
    return records.map((record) => ({ record, ...about }));
  });
}

function targetText({ change }: Failed, names: Names, language: Language): string {
  return renderTarget(reportTarget(change.target, names), reportTexts(language));
}

function listConsequences(outcomes: readonly Outcome[]): readonly Consequence[] {
  const byId = new Map(outcomes.map((outcome) => [outcome.change.id, outcome]));
  return outcomes.flatMap((outcome) => {
    const failed = failureBehind(outcome, byId);
    const found = failed && findFailureCause(failed.reason);
    return failed === undefined || found === undefined ? [] : [{ failed, found, change: outcome.change }];
  });
}

/** The change itself when it failed, or the one that it waited for in the end. */
function failureBehind(outcome: Outcome, byId: ReadonlyMap<string, Outcome>): Failed | undefined {
  const seen = new Set<string>();
  for (let at: Outcome | undefined = outcome; at !== undefined && !seen.has(at.change.id);) {
    if (at.status === "failed") return at;
    if (at.status !== "skipped" || at.reason.code !== "dependency-not-applied") return undefined;
    seen.add(at.change.id);
    at = byId.get(at.reason.changeId);
  }
  return undefined;
}
