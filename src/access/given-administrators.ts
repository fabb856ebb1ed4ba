import type { ActualState } from "../model/actual-state.ts";
import { type Assignment, assignmentKey } from "../model/assignment.ts";
import type { DesiredState } from "../model/desired-state.ts";
import { digest } from "../model/digest.ts";
import { canonicalJson, canonicalText, type Json } from "../model/json.ts";
import type { GivenAdministrators, Memory, RememberedAdministrators } from "../model/memory.ts";
import { recordTag } from "../model/ownership.ts";
import type { PermissionSetDefinition } from "../model/permission-set.ts";
import { definitionsBefore } from "./definitions-after.ts";
import { isCertainAdministrator, rightsOf } from "./judge-definition.ts";

/** Nothing is known: every administrator counts. */
export const nobodyKnows: GivenAdministrators = { unedited: new Set(), asked: new Set() };

interface GivenInput {
  readonly memory?: Memory | undefined;
  readonly desired: DesiredState;
  readonly actual: ActualState;
  /** Names of permission sets that are looked at as if they were managed. */
  readonly adopting?: ReadonlySet<string> | undefined;
}

/**
 * What memory and records tell of it. What a set that is being taken over gives may be wanted: it counts as given.
 */
export function findGivenAdministrators({
  memory,
  desired,
  actual,
  adopting,
}: GivenInput): GivenAdministrators {
  const adopted = new Set<string>(memory?.adoptedSets);
  const taken = actual.permissionSets.filter(
    ({ arn, name }) => adopted.has(arn) || adopting?.has(name) === true,
  );
  const takenNames = new Set<string>(taken.map(({ name }) => name));
  const ownRecords = new Map<string, string | undefined>(
    actual.permissionSets.map(({ name, tags }) => [name, tags[recordTag]]),
  );
  const unedited = desired.permissionSets.filter(
    ({ name, record }) =>
      record.revision === 1 && ownRecords.get(name) === record.id && !takenNames.has(name),
  );
  const remembered = memory?.instanceArn === actual.instance.arn ? memory.administrators : undefined;
  return {
    ...(remembered && { known: withTaken(remembered, { ...actual, permissionSets: taken }) }),
    unedited: new Set<string>(unedited.map(({ name }) => name)),
    asked: new Set(desired.assignments.map(assignmentKey)),
  };
}

function withTaken(
  { sets, assignments }: RememberedAdministrators,
  taken: ActualState,
): NonNullable<GivenAdministrators["known"]> {
  const more = administratorsIn(taken);
  return {
    sets: new Map([...sets, ...more.sets]),
    assignments: new Set([...assignments, ...more.assignments]),
  };
}

/** All administrators that there are, as if records had given them. */
export function administratorsIn({ permissionSets, assignments }: ActualState): RememberedAdministrators {
  const certain = [...definitionsBefore(permissionSets)].filter(([, set]) => isCertainAdministrator(set));
  const names = new Set(certain.map(([name]) => name));
  return {
    sets: certain.map(([name, set]) => [name, rightsDigest(set)] as const),
    assignments: assignments.filter(({ permissionSet }) => names.has(permissionSet)).map(assignmentKey),
  };
}

/** Whether a record made administrators of the set's holders; a record that was never edited did only if it does now. */
export function isGivenSet(
  name: string,
  after: PermissionSetDefinition | undefined,
  { known, unedited }: GivenAdministrators,
): boolean {
  if (known !== undefined) return known.sets.has(name);
  return !unedited.has(name) || after === undefined || isCertainAdministrator(after);
}

/** Whether the set is what its record made of it before: whatever else it has been since was made by hand. */
export function isAsCarriedOut(
  name: string,
  after: PermissionSetDefinition,
  { known, unedited }: GivenAdministrators,
): boolean {
  return known === undefined ? unedited.has(name) : known.sets.get(name) === rightsDigest(after);
}

/** Whether a record gave just this administrator before, so that the plan only brings back what went by hand. */
export function isRestored(
  assignment: Assignment,
  after: PermissionSetDefinition | undefined,
  given: GivenAdministrators,
): boolean {
  const { known } = given;
  if (known === undefined || after === undefined || !known.assignments.has(assignmentKey(assignment)))
    return false;
  return isAsCarriedOut(assignment.permissionSet, after, given);
}

const digits = 16;

/** A short text that is the same for definitions with the same rights. */
export function rightsDigest(definition: PermissionSetDefinition): string {
  const { inlinePolicy, ...rights } = rightsOf(definition);
  const inline = inlinePolicy === undefined ? null : (canonicalJson(inlinePolicy) ?? inlinePolicy);
  return digest(canonicalText({ ...rights, inline } as unknown as Json)).slice(0, digits);
}
