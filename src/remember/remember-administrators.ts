import { assignmentsAfter } from "../access/assignments-after.ts";
import { definitionsAfter, definitionsBefore } from "../access/definitions-after.ts";
import { administratorsIn, rightsDigest } from "../access/given-administrators.ts";
import { isCertainAdministrator } from "../access/judge-definition.ts";
import { isLost } from "../model/actual-state.ts";
import { assignmentKey } from "../model/assignment.ts";
import type { RememberedAdministrators } from "../model/memory.ts";
import type { Pass } from "../model/pass.ts";

/**
 * The administrators that records give, once that is carried out. What records gave before stays one as long as it is
 * there or asked for: a removal that waits for a person goes on to wait, and what went by hand may come back; so does what
 * it gave with a set whose owner tag is not there now. Where that was not known before this pass, all that are there count as given.
 */
export function rememberAdministrators(pass: Pass): RememberedAdministrators {
  const { actual, desired, outcomes, given } = pass;
  const applied = outcomes.flatMap(({ status, change }) => (status === "applied" ? [change] : []));
  const former = given?.known ?? administratorsIn(actual);
  const after = definitionsAfter(definitionsBefore(actual.permissionSets), applied);
  const wanted = new Map<string, string>(
    desired.permissionSets.flatMap(({ name, definition }) =>
      isCertainAdministrator(definition) ? [[name, rightsDigest(definition)] as const] : [],
    ),
  );
  const lost = new Set<string>(actual.permissionSets.filter(isLost).map(({ name }) => name));
  const isStill = (name: string): boolean => {
    const now = after.get(name);
    return lost.has(name) || wanted.has(name) || (now !== undefined && isCertainAdministrator(now));
  };
  const carriedOut = new Map(
    [...wanted].filter(([name, rights]) => {
      const now = after.get(name);
      return now !== undefined && rightsDigest(now) === rights;
    }),
  );
  const sets = new Map([...[...former.sets].filter(([name]) => isStill(name)), ...carriedOut]);
  const left = new Set(assignmentsAfter(applied, actual.assignments).map(assignmentKey));
  const asked = new Set(desired.assignments.map(assignmentKey));
  const isGiven = (key: string): boolean => left.has(key) && carriedOut.has(setIn(key));
  const stays = (key: string): boolean =>
    sets.has(setIn(key)) && (lost.has(setIn(key)) || left.has(key) || asked.has(key));
  return {
    sets: [...sets],
    assignments: [...new Set([...[...former.assignments].filter(stays), ...[...asked].filter(isGiven)])],
  };
}

/** Set names have no slash. */
function setIn(key: string): string {
  return key.slice(0, key.indexOf("/"));
}
