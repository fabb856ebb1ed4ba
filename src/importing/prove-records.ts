import { buildDesiredState } from "../desired/build-desired-state.ts";
import type { ActualState } from "../model/actual-state.ts";
import { type Assignment, assignmentKey } from "../model/assignment.ts";
import type { Config, AccessRules } from "../model/config.ts";
import type { ChangeKind, HeldItem } from "../model/plan.ts";
import type { RecordRef, SourceRecords } from "../model/record.ts";
import { createPlan } from "../plan/create-plan.ts";
import { decodeRecords } from "../records/decode-records.ts";

/** What the proof takes of the configuration. */
export interface ProofRules extends AccessRules {
  readonly owner: string;
  readonly unlistedAssignments: Config["unlistedAssignments"];
  readonly kintone: Config["kintone"];
  readonly timezone: string;
}

/** What a pass would do to a set although nothing of it is to change. */
export type Flaw = ChangeKind | HeldItem["reason"] | "not-granted";

export interface Proof {
  /** Everything that the records grant. */
  readonly granted: readonly Assignment[];
  /** By set, in what the records are not what exists; nothing for a set that is proven. */
  readonly flaws: ReadonlyMap<string, readonly Flaw[]>;
}

export interface ProofInput {
  readonly actual: ActualState;
  readonly config: ProofRules;
  readonly recordUrl: (record: RecordRef) => string;
  readonly nowMs: number;
}

/** Adopting writes these; they change nothing of what a set is or who has it. */
const tagging: ReadonlySet<ChangeKind> = new Set([
  "tag-permission-set",
  "begin-provisioning",
  "end-provisioning",
]);

/** Decodes records as a pass does, and plans: whatever the plan would do to a set is what the records miss of it. */
export function proveRecords(source: SourceRecords, input: ProofInput): Proof {
  const { actual, config, recordUrl, nowMs } = input;
  const typed = decodeRecords(source, { fields: config.kintone.fields }, config.timezone);
  const desired = buildDesiredState({ ...typed, actual, rules: config, recordUrl, nowMs });
  const plan = createPlan(desired, actual, config);
  const flaws = new Map<string, Set<Flaw>>();
  const add = (set: string, flaw: Flaw): void => {
    flaws.set(set, (flaws.get(set) ?? new Set()).add(flaw));
  };
  for (const { kind, target } of plan.changes) if (!tagging.has(kind)) add(target.permissionSet, kind);
  for (const { reason, target } of plan.held) add(target.permissionSet, reason);
  const granted = new Set(desired.assignments.map(assignmentKey));
  for (const assignment of actual.assignments)
    if (!granted.has(assignmentKey(assignment))) add(assignment.permissionSet, "not-granted");
  return {
    granted: desired.assignments,
    flaws: new Map([...flaws].map(([set, found]) => [set, [...found].toSorted()])),
  };
}
