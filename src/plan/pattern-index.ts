import type { Assignment } from "../model/assignment.ts";
import { type AssignmentPattern, covers } from "../model/desired-state.ts";
import { groupBy } from "../model/group-by.ts";

/** The patterns that cover an assignment, those that name its set first. */
export type PatternIndex<Pattern> = (assignment: Assignment) => readonly Pattern[];

/** Indexes the patterns by permission set, so that looking one up does not walk through all of them. */
export function buildPatternIndex<Pattern extends AssignmentPattern>(
  patterns: readonly Pattern[],
): PatternIndex<Pattern> {
  const anySet = patterns.filter(({ permissionSets }) => permissionSets === "any");
  const named = patterns.flatMap((pattern) =>
    pattern.permissionSets === "any" ? [] : [...pattern.permissionSets].map((name) => ({ name, pattern })),
  );
  const byName = groupBy(named, ({ name }) => name);
  return (assignment) => {
    const own = (byName.get(assignment.permissionSet) ?? []).map(({ pattern }) => pattern);
    return [...own, ...anySet].filter((pattern) => covers(pattern, assignment));
  };
}
