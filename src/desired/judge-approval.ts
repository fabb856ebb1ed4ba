import type { GateReason, RecordGate, RememberedGate, Standing } from "../model/gate.ts";
import type { RecordFacts } from "../model/memory.ts";
import { type KintoneUser, recordKey, type RecordRef } from "../model/record.ts";
import type { AssignmentRecord, PermissionSetRecord } from "../model/typed-record.ts";

/** What a record behind a gate counts as. */
export interface Judgement {
  readonly standing: Standing;
  readonly state: string;
  readonly reason?: GateReason;
  /** What to remember of it. */
  readonly remembered: RememberedGate;
}

interface ApprovalInput {
  readonly memory?: RecordFacts | undefined;
  readonly nowMs: number;
}

interface Seen {
  readonly ref: RecordRef;
  readonly gate: RecordGate;
  /** As an earlier pass left it. */
  readonly before: RememberedGate | undefined;
}

/** What the record counts as by its state, by its approver, and by what earlier passes saw of it; undefined where its app has no gate. */
export function judgeApproval(
  record: PermissionSetRecord | AssignmentRecord,
  { memory, nowMs }: ApprovalInput,
): Judgement | undefined {
  const { ref, gate } = record;
  if (gate === undefined) return undefined;
  const seen = { ref, gate, before: rememberedIn(memory?.gates, ref) };
  const editor = findEditor(seen);
  const reason = gate.standing === "approved" ? doubtOf(seen, editor) : undefined;
  const standing = reason === undefined || reason === "perhaps-edited" ? gate.standing : "pending";
  return {
    standing,
    state: gate.state,
    ...(reason === undefined ? {} : { reason }),
    remembered: {
      ...rememberSeen(seen, standing, nowMs),
      ...(editor === undefined ? {} : { editor }),
      ...rememberApproved(seen, standing, "draft" in record ? record.draft : undefined),
    },
  };
}

function rememberSeen(
  { ref, gate, before }: Seen,
  standing: Standing,
  nowMs: number,
): Pick<RememberedGate, "revision" | "content" | "standing" | "inApproved" | "since"> {
  return {
    revision: ref.revision,
    content: gate.content,
    standing,
    inApproved: gate.standing === "approved",
    since: before?.standing === standing ? before.since : new Date(nowMs).toISOString(),
  };
}

function rememberApproved(
  { gate, before }: Seen,
  standing: Standing,
  now: RememberedGate["draft"],
): Pick<RememberedGate, "approved" | "draft"> {
  const isApproved = standing === "approved";
  const approved = isApproved ? gate.content : before?.approved;
  const draft = (isApproved ? now : undefined) ?? before?.draft;
  return { ...(approved === undefined ? {} : { approved }), ...(draft === undefined ? {} : { draft }) };
}

/** Revisions only grow, or else the record is another one of the same number. */
function rememberedIn(gates: RecordFacts["gates"] = {}, ref: RecordRef): RememberedGate | undefined {
  const key = recordKey(ref);
  const before = Object.hasOwn(gates, key) ? gates[key] : undefined;
  return before === undefined || before.revision > ref.revision ? undefined : before;
}

function isAmong(people: readonly KintoneUser[] | undefined, code: string | undefined): boolean {
  return (people ?? []).some((one) => one.code === code);
}

/**
 * Login name of the last editor of the record; undefined where that is not known. kintone names the user who saved it or changed
 * its state last: a user who is no approver has edited it, an approver may only have approved it.
 */
function findEditor({ ref, gate, before }: Seen): string | undefined {
  const { code: savedBy } = { ...ref.modifier };
  const isApproved = gate.standing === "approved";
  const byApprover = isAmong(gate.approvers, savedBy);
  if (before === undefined) return (byApprover || isApproved ? ref.creator : ref.modifier)?.code;
  if (before.content !== gate.content) return byApprover && isApproved ? undefined : savedBy;
  return before.editor ?? (byApprover ? undefined : savedBy);
}

/** Why a record in an approved state is not taken for approved, or may not be. */
function doubtOf(seen: Seen, editor: string | undefined): GateReason | undefined {
  const { approvers } = seen.gate;
  if (isEdited(seen)) return "edited";
  if (approvers === undefined || isKnownApproved(seen)) return undefined;
  if (approvers.length === 0) return "no-approver";
  if (editor === undefined) return "editor-unknown";
  if (approvers.every(({ code }) => code === editor)) return "own-approval";
  return seen.before === undefined && !isAmong(approvers, seen.ref.modifier?.code)
    ? "perhaps-edited"
    : undefined;
}

/** What an earlier pass took for approved stays so as it is. */
function isKnownApproved({ gate, before }: Seen): boolean {
  return before?.standing === "approved" && before.content === gate.content;
}

/** Whether what it says is not what was approved, though no pass has met it in another state since. */
function isEdited(seen: Seen): boolean {
  const { gate, before } = seen;
  if (before?.approved === undefined || before.approved === gate.content) return false;
  return before.inApproved && !isApprovedAgain(seen.ref, gate, before);
}

/**
 * Whether it went through another state and back between two passes: its approver saved it last, and there are as many
 * revisions as the way takes.
 */
function isApprovedAgain(
  { revision, modifier }: RecordRef,
  { approvers, isStatus, content }: RecordGate,
  before: RememberedGate,
): boolean {
  const edit = isStatus && content !== before.content ? 1 : 0;
  const fewest = (isStatus ? 4 : 2) + edit;
  return isAmong(approvers, modifier?.code) && revision - before.revision >= fewest;
}
