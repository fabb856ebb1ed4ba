import { durationMs } from "../model/duration.ts";
import type { DesiredAssignment } from "../model/assignment.ts";
import type { GuardrailRule } from "../model/guardrail.ts";
import { groupBy } from "../model/group-by.ts";
import { createIssue, type Issue } from "../model/issue.ts";
import type { Period } from "../model/period.ts";
import { recordKey, type RecordRef } from "../model/record.ts";
import { compileRule, type GuardrailContext, type Judged } from "./guardrails.ts";

/** When records count, and since when. */
export interface Periods {
  /** By record key. */
  readonly periods: ReadonlyMap<string, Period>;
  /** When a record was first carried out, in milliseconds; undefined where that is not remembered. */
  readonly grantedAtMs: (record: RecordRef) => number | undefined;
  readonly nowMs: number;
}

interface Excess {
  readonly record: RecordRef;
  readonly rule: string;
  readonly assignment: DesiredAssignment;
  /** Undefined for a record without an end where the rule asks for one. */
  readonly limit?: string;
}

/**
 * Takes out what records ask for longer than a rule allows that lets them have it: a record counts from its beginning, or
 * else from when it was first carried out. What another record asks for within the limits stays.
 */
export function judgeDurations(judged: Judged, context: GuardrailContext, periods: Periods): Judged {
  const limiting = context.guardrails.rules
    .filter(({ maxDuration, requireEnd }) => maxDuration !== undefined || requireEnd === true)
    .map((rule) => ({ rule, matches: compileRule(rule, context) }));
  if (limiting.length === 0) return judged;
  const verdicts = judged.allowed.map((assignment) => {
    const rules = limiting.filter(({ matches }) => matches(assignment)).map(({ rule }) => rule);
    const excesses = assignment.records.flatMap((record) => excessOf(record, assignment, rules, periods));
    const over = new Set(excesses.map(({ record }) => record.id));
    const records = assignment.records.filter(({ id }) => !over.has(id));
    return { assignment, excesses, records };
  });
  return {
    ...judged,
    allowed: verdicts.flatMap(({ assignment, records }) =>
      records.length === 0 ? [] : [{ ...assignment, records }],
    ),
    denied: [
      ...judged.denied,
      ...verdicts.flatMap(({ assignment, excesses: [excess], records }) =>
        excess === undefined || records.length > 0
          ? []
          : [{ ...assignment, rule: excess.rule, isEnforced: context.guardrails.enforce }],
      ),
    ],
    issues: [...judged.issues, ...describeExcesses(verdicts.flatMap(({ excesses }) => excesses))],
  };
}

/** The first rule that the record goes over. */
function excessOf(
  record: RecordRef,
  assignment: DesiredAssignment,
  rules: readonly GuardrailRule[],
  { periods, grantedAtMs, nowMs }: Periods,
): readonly Excess[] {
  const { startsMs, expiresMs } = periods.get(recordKey(record)) ?? {};
  const fromMs = startsMs ?? grantedAtMs(record) ?? nowMs;
  for (const { name: rule, maxDuration } of rules) {
    if (expiresMs === undefined) return [{ record, rule, assignment }];
    const mostMs = maxDuration === undefined ? undefined : durationMs(maxDuration);
    if (maxDuration === undefined || mostMs === undefined) continue;
    if (expiresMs - fromMs > mostMs) return [{ record, rule, assignment, limit: maxDuration }];
  }
  return [];
}

/** One issue for each record and rule. */
function describeExcesses(excesses: readonly Excess[]): readonly Issue[] {
  const byReason = groupBy(excesses, ({ record, rule }) => `${record.id} ${rule}`);
  return [...byReason.values()].flatMap(([first]) => {
    if (first === undefined) return [];
    const { record, rule, limit, assignment } = first;
    const about = { name: assignment.permissionSet, rule };
    return limit === undefined
      ? [createIssue("period.end-required", record, "expires", about)]
      : [createIssue("period.too-long", record, "expires", { ...about, limit })];
  });
}
