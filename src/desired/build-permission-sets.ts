import { type ActualPermissionSet, isLost } from "../model/actual-state.ts";
import type { HeldPermissionSet } from "../model/desired-state.ts";
import { groupBy } from "../model/group-by.ts";
import { createIssue, holdsRecord, type Issue } from "../model/issue.ts";
import { canonicalJson, canonicalText, type Json } from "../model/json.ts";
import { recordTag } from "../model/ownership.ts";
import type { DesiredPermissionSet, PermissionSetDefinition } from "../model/permission-set.ts";
import type { RecordRef } from "../model/record.ts";
import type { PermissionSetRecord } from "../model/typed-record.ts";
import { type DefinitionContext, type PolicyIndex, resolveDefinition } from "./resolve-policies.ts";
import { judgeNamesInUse, type NamesInUse } from "./names-in-use.ts";
import { uniteWholes, wasWholeIn, type WholeLines } from "./whole-lines.ts";

export interface DesiredPermissionSets {
  readonly permissionSets: readonly DesiredPermissionSet[];
  readonly held: readonly HeldPermissionSet[];
  readonly issues: readonly Issue[];
}

export interface PermissionSetLookups {
  readonly policies: PolicyIndex;
  readonly recordUrl: (record: RecordRef) => string;
  /** What memory knows. */
  readonly wholes: WholeLines;
  /** Names of sets that the configuration protects. */
  readonly protectedSets: ReadonlySet<string>;
}

/** Turns permission-set records, given in id order, into desired sets; records with issues, and records that disagree, are held. */
export function buildPermissionSets(
  records: readonly PermissionSetRecord[],
  actual: readonly ActualPermissionSet[],
  { policies, recordUrl, wholes, protectedSets }: PermissionSetLookups,
): DesiredPermissionSets & { readonly wholes: WholeLines } {
  const managed = actual.filter((set) => set.managed);
  const definitions = new Map<string, PermissionSetDefinition>(
    managed.map((set) => [set.name, set.definition]),
  );
  const setsOfRecords = groupBy(managed, ({ tags }) => tags[recordTag]);
  const resolved = records.map((record) => {
    const existing = definitions.get(record.name ?? "");
    const former = (setsOfRecords.get(record.ref.id) ?? []).map(({ definition }) => definition);
    return resolveRecord(record, {
      record: record.ref,
      index: policies,
      setUrl: recordUrl(record.ref),
      existing,
      customerManaged: [existing, ...former].flatMap((one) => one?.customerManagedPolicies ?? []),
      readings: { wasWhole: wasWholeIn(wholes, record.ref), isCarriedOut: false, wholes: [] },
    });
  });
  const ownIssues = [
    ...resolved.flatMap((one) => one.issues),
    ...findConflicts(resolved),
    ...findForeignNames(resolved, actual),
  ];
  const unreadable = heldBy(ownIssues);
  const naming = judgeNamesInUse(
    resolved.map((one) => (unreadable.has(one.ref.id) ? { ...one, desired: undefined } : one)),
    { actual, protectedSets },
  );
  const issues = [...ownIssues, ...naming.issues];
  const untrusted = heldBy(issues);
  const lost = findLost(resolved, actual);
  const held = resolved
    .filter(({ ref }) => untrusted.has(ref.id) || lost.has(ref.id))
    .map(({ ref, name }) => ({
      record: ref,
      ...(name === undefined ? {} : { name }),
      ...(lost.has(ref.id) ? { isLost: true as const } : {}),
    }));
  const trusted = resolved
    .filter(({ ref }) => !untrusted.has(ref.id) && !lost.has(ref.id))
    .map(({ desired }) => desired)
    .filter((desired) => desired !== undefined);
  return {
    permissionSets: mergeDuplicates(trusted, actual).map((set) => underWay(set, naming.passing)),
    held,
    issues,
    wholes: uniteWholes(wholes, resolved),
  };
}

function heldBy(issues: readonly Issue[]): ReadonlySet<string> {
  return new Set(issues.filter(({ code }) => holdsRecord(code)).map(({ record }) => record.id));
}

function underWay(set: DesiredPermissionSet, passing: NamesInUse["passing"]): DesiredPermissionSet {
  const name = passing.get(set.record.id);
  return name === undefined ? set : { ...set, name, finalName: set.name };
}

interface ResolvedRecord {
  readonly ref: RecordRef;
  readonly name?: string;
  readonly typedDescription?: string;
  readonly desired?: DesiredPermissionSet;
  readonly issues: readonly Issue[];
  readonly wholes: readonly string[];
}

function resolveRecord(record: PermissionSetRecord, context: DefinitionContext): ResolvedRecord {
  const { ref, draft } = record;
  const { wholes } = context.readings;
  const named = { wholes, ...(record.name === undefined ? {} : { name: record.name }) };
  if (draft === undefined) return { ref, issues: record.issues, ...named };
  const result = resolveDefinition(draft, context);
  if ("issues" in result) return { ref, issues: [...record.issues, ...result.issues], ...named };
  const desired = { name: draft.name, record: ref, definition: result.definition, recordUrl: context.setUrl };
  const description = draft.description === undefined ? {} : { typedDescription: draft.description };
  return { ref, issues: record.issues, desired, ...description, ...named };
}

const mostOthersNamed = 10;

/** Records that give one name to different sets: each is told of the others. Exact duplicates are fine. */
function findConflicts(records: readonly ResolvedRecord[]): readonly Issue[] {
  const named = records.filter(({ name }) => name !== undefined);
  return [...groupBy(named, ({ name }) => name ?? "")].flatMap(([name, sameName]) => {
    if (new Set(sameName.map(fingerprint)).size <= 1) return [];
    const others = sameName.slice(0, mostOthersNamed + 1).map(({ ref }) => ref.id);
    return sameName.map(({ ref }) => {
      const otherRecords = others.filter((id) => id !== ref.id).slice(0, mostOthersNamed);
      return createIssue("permission-set.name-conflict", ref, "name", { name, otherRecords });
    });
  });
}

function fingerprint({ ref, typedDescription, desired }: ResolvedRecord): string {
  if (desired === undefined) return `untrusted ${ref.id}`;
  const { attributes, inlinePolicy = "null", ...policies } = desired.definition;
  // Not the description that Identity Center gets: where it is the record's URL it differs between duplicates.
  const comparable = {
    ...policies,
    attributes: { ...attributes, description: typedDescription ?? "" },
    inlinePolicy: canonicalJson(inlinePolicy) ?? inlinePolicy,
  };
  return canonicalText(comparable as unknown as Json);
}

/** The records of sets that were ours and do not say so now, and those that give the names of these: their authors have made no mistake. */
function findLost(
  records: readonly ResolvedRecord[],
  actual: readonly ActualPermissionSet[],
): ReadonlySet<string> {
  const sets = actual.filter((set) => !set.managed && isLost(set));
  const names = new Set<string | undefined>(sets.map(({ name }) => name));
  const before = new Set(sets.map((set) => (set.managed ? undefined : set.recordBefore)));
  const lost = records.filter(({ ref, name }) => names.has(name) || before.has(ref.id));
  return new Set(lost.map(({ ref }) => ref.id));
}

/** Names that sets in Identity Center have that are not ours. */
function findForeignNames(
  records: readonly ResolvedRecord[],
  actual: readonly ActualPermissionSet[],
): readonly Issue[] {
  const foreign = new Set<string>(actual.flatMap((set) => (set.managed || isLost(set) ? [] : [set.name])));
  return records.flatMap(({ ref, name }) =>
    name !== undefined && foreign.has(name)
      ? [createIssue("permission-set.not-managed", ref, "name", { name })]
      : [],
  );
}

/** One desired set per name; of exact duplicates the one that already defines the set wins, then one that defines any, then the oldest record. */
function mergeDuplicates(
  sets: readonly DesiredPermissionSet[],
  actual: readonly ActualPermissionSet[],
): readonly DesiredPermissionSet[] {
  const owners = new Map(
    actual.filter(({ managed }) => managed).map((set) => [set.name, set.tags[recordTag]] as const),
  );
  const owning = new Set(owners.values());
  return [...groupBy(sets, ({ name }) => name)].flatMap(
    ([name, sameName]) =>
      sameName.find(({ record }) => record.id === owners.get(name)) ??
      sameName.find(({ record }) => owning.has(record.id)) ??
      sameName[0] ??
      [],
  );
}
