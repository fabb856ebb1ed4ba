import type { GatedRecord, RememberedGate } from "../model/gate.ts";
import type { ActualPermissionSet } from "../model/actual-state.ts";
import type { HeldPermissionSet } from "../model/desired-state.ts";
import type { Issue } from "../model/issue.ts";
import type { RecordFacts, RequestMemory } from "../model/memory.ts";
import { recordTag } from "../model/ownership.ts";
import type { Period } from "../model/period.ts";
import { recordKey, type RecordRef } from "../model/record.ts";
import type { AssignmentRecord, PermissionSetRecord } from "../model/typed-record.ts";
import { type Judgement, judgeApproval } from "./judge-approval.ts";

type GatedKind = PermissionSetRecord | AssignmentRecord;

interface Judged<Kind> {
  readonly record: Kind;
  /** Missing where the app has no gate. */
  readonly judgement: Judgement | undefined;
}

interface GateInput {
  readonly permissionSets: readonly PermissionSetRecord[];
  readonly assignments: readonly AssignmentRecord[];
  readonly actual: { readonly permissionSets: readonly ActualPermissionSet[] };
  readonly memory?: (RecordFacts & RequestMemory) | undefined;
  readonly nowMs: number;
}

/** The records behind the gate. */
export interface Gated {
  /** Those that define something: as they are, or as they were approved last. */
  readonly permissionSets: readonly PermissionSetRecord[];
  /** All, each with what it counts as now; one that waits has the end that was approved. */
  readonly assignments: readonly AssignmentRecord[];
  /** Sets of records that wait, of which it is not known what was approved. */
  readonly heldSets: readonly HeldPermissionSet[];
  /** By the name that they give, the records of sets that have never been approved. */
  readonly pendingNames: ReadonlyMap<string, RecordRef>;
  readonly records: readonly GatedRecord[];
  /** Of what waits, so that its author hears of them before it is approved. */
  readonly issues: readonly Issue[];
  /** By record key. */
  readonly remembered: Readonly<Record<string, RememberedGate>>;
}

/**
 * What the records count for by their approval: an approved one is as it is, an ended one defines nothing, and of one that
 * waits what was approved last stands, where memory knows it.
 */
export function passGate(input: GateInput): Gated {
  const judge = <Kind extends GatedKind>(record: Kind): Judged<Kind> => ({
    record,
    judgement: judgeApproval(record, input),
  });
  const sets = input.permissionSets.map(judge);
  const assignments = input.assignments.map(judge);
  const pending = sets.filter(({ judgement }) => judgement?.standing === "pending");
  const unknown = pending.filter(({ judgement }) => judgement?.remembered.draft === undefined);
  const heldSets = unknown.flatMap(({ record }) => holdSet(record, input));
  const held = new Set(heldSets.map(({ record }) => record.id));
  return {
    permissionSets: sets.flatMap(asApproved),
    assignments: assignments.map(({ record, judgement }) => withStanding(record, judgement, input)),
    heldSets,
    pendingNames: new Map(
      unknown.flatMap(({ record: { ref, name } }) =>
        name === undefined || held.has(ref.id) ? [] : [[name, ref] as const],
      ),
    ),
    issues: pending.flatMap(({ record }) => record.issues),
    records: [
      ...sets.flatMap(({ record, judgement }) => toTell(record.ref, judgement, record.name)),
      ...assignments.flatMap(({ record, judgement }) => toTell(record.ref, judgement, record.permissionSet)),
    ],
    remembered: Object.fromEntries(
      [...sets, ...assignments].flatMap(({ record, judgement }) =>
        judgement === undefined ? [] : [[recordKey(record.ref), judgement.remembered] as const],
      ),
    ),
  };
}

/** The record as it counts: nothing of one that is ended, of one that waits what was approved last. */
function asApproved({ record, judgement }: Judged<PermissionSetRecord>): readonly PermissionSetRecord[] {
  if (judgement === undefined || judgement.standing === "approved") return [record];
  const { draft } = judgement.remembered;
  if (judgement.standing === "ended" || draft === undefined) return [];
  return [{ ref: record.ref, name: draft.name, draft, issues: [] }];
}

/** The set that Identity Center has of a record that waits stays as it is. */
function holdSet({ ref }: PermissionSetRecord, { actual }: GateInput): readonly HeldPermissionSet[] {
  const own = actual.permissionSets.filter(({ managed, tags }) => managed && tags[recordTag] === ref.id);
  return own.slice(0, 1).map(({ name }) => ({ record: ref, name, isPending: true }));
}

function withStanding(
  record: AssignmentRecord,
  judgement: Judgement | undefined,
  input: GateInput,
): AssignmentRecord {
  if (record.gate === undefined || judgement === undefined) return record;
  const { standing } = judgement;
  const gate = { ...record.gate, standing };
  return standing === "pending"
    ? { ...record, gate, period: approvedPeriod(record, input), lacksEnd: false }
    : { ...record, gate };
}

/** The end that was approved last; without a memory of the record the one that it gives. */
function approvedPeriod({ ref, period: { expiresMs } }: AssignmentRecord, { memory }: GateInput): Period {
  const key = recordKey(ref);
  const { ends = {}, requests = {} } = memory ?? {};
  const known = Object.hasOwn(ends, key) ? ends[key] : undefined;
  if (known !== undefined) return { expiresMs: Date.parse(known.expires) };
  return Object.hasOwn(requests, key) || expiresMs === undefined ? {} : { expiresMs };
}

function toTell(
  record: RecordRef,
  judgement: Judgement | undefined,
  permissionSet: string | undefined,
): readonly GatedRecord[] {
  if (judgement === undefined || (judgement.standing === "approved" && judgement.reason === undefined))
    return [];
  const { standing, state, reason, remembered } = judgement;
  return [
    {
      record,
      standing,
      state,
      since: remembered.since,
      ...(reason === undefined ? {} : { reason }),
      ...(permissionSet === undefined ? {} : { permissionSet }),
    },
  ];
}
