import { classRules, countsForMore, judgeClass } from "../access/judged-class.ts";
import { isPossibleAdministrator } from "../access/judge-definition.ts";
import type { ActualState } from "../model/actual-state.ts";
import type { Guardrails } from "../model/guardrail.ts";
import { type JudgedClass, policiesDigest, type RememberedClass } from "../model/judged-class.ts";
import type { Memory } from "../model/memory.ts";
import type { DesiredPermissionSet, PermissionSetDefinition } from "../model/permission-set.ts";
import { recordKey } from "../model/record.ts";

export interface ClassMemory {
  readonly classes?: Memory["classes"];
  readonly seen?: Memory["seen"];
}

export interface EarlierClasses {
  /** By name, what a set counted as when its record was saved, where only later rules make more of it. */
  readonly earlier: ReadonlyMap<string, JudgedClass>;
  /** By record key, what memory keeps of all sets. */
  readonly classes: NonNullable<Memory["classes"]>;
}

/**
 * The sets that count for more by nothing but the rules of a later version: the record is as it was, and so are the
 * policies. None once the configuration accepts these rules, and none without a memory.
 */
export function findEarlierClasses(
  sets: readonly DesiredPermissionSet[],
  actual: ActualState,
  { acceptedClassRules = 0 }: Guardrails,
  memory: ClassMemory | undefined,
): EarlierClasses {
  const isAccepted = acceptedClassRules >= classRules;
  const before = isAccepted ? () => undefined : classBefore(actual, memory);
  const judged = sets.map((set) => {
    const now = judgeClass(set.definition);
    const was = before(set, now);
    return { set, now, was: was !== undefined && countsForMore(now, was) ? was : undefined };
  });
  return {
    earlier: new Map(judged.flatMap(({ set, was }) => (was === undefined ? [] : [[set.name, was] as const]))),
    classes: Object.fromEntries(
      judged.map(({ set: { record, definition }, now, was }): [string, RememberedClass] => {
        const { revision } = record;
        return [recordKey(record), { revision, policies: policiesDigest(definition), ...(was ?? now) }];
      }),
    ),
  };
}

type Before = (set: DesiredPermissionSet, now: JudgedClass) => JudgedClass | undefined;

function classBefore(actual: ActualState, memory: ClassMemory | undefined): Before {
  const classes = memory?.classes;
  if (classes === undefined) return classAtUpdate(actual, memory?.seen);
  return ({ record, definition }) => {
    const key = recordKey(record);
    const known = Object.hasOwn(classes, key) ? classes[key] : undefined;
    if (known?.revision !== record.revision || known.policies !== policiesDigest(definition))
      return undefined;
    const { revision: _revision, policies: _policies, ...was } = known;
    return was;
  };
}

/** A memory of a version that kept no classes marks the sets that were an administrator's for it. */
function classAtUpdate(actual: ActualState, seen: Memory["seen"]): Before {
  const inPlace = new Map<string, PermissionSetDefinition>(
    actual.permissionSets.flatMap((set) => {
      const known = seen !== undefined && Object.hasOwn(seen.permissionSets, set.arn);
      const mark = known ? seen.permissionSets[set.arn] : undefined;
      const isOrdinary = mark?.definition !== undefined && mark.administrator === undefined;
      return set.managed && isOrdinary ? [[set.name, set.definition] as const] : [];
    }),
  );
  return ({ name, definition }, now) => {
    const known = inPlace.get(name);
    if (known === undefined || !isPossibleAdministrator(definition)) return undefined;
    if (policiesDigest(known) !== policiesDigest(definition)) return undefined;
    return { ...now, class: now.class === "administrator" ? "runs-as-other-roles" : now.class };
  };
}
