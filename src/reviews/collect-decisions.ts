import { type ReviewLine, type ReviewRound, type Removal, sealRound } from "./round.ts";
import type { SheetEntry } from "./sheet.ts";

/** The round with what the sheet says now. A decision that stands in it unchanged keeps its time; one that is gone is none any more. */
export function collectDecisions(
  round: ReviewRound,
  entries: readonly SheetEntry[],
  nowMs: number,
): ReviewRound {
  if (round.finishedAt !== undefined) return round;
  const byKey = new Map(entries.map((entry) => [entry.key, entry]));
  const at = new Date(nowMs).toISOString();
  const lines = round.lines.map((line) => decided(line, byKey.get(line.key), at));
  const isFinished = lines.every(({ decision }) => decision !== undefined && decision.decision !== "ask");
  return sealRound({ ...round, lines, ...(isFinished ? { finishedAt: at } : {}) });
}

function decided(line: ReviewLine, entry: SheetEntry | undefined, at: string): ReviewLine {
  const { decision: before, ...rest } = line;
  if (entry?.decision === undefined) return rest;
  const { decision, reviewer, comment } = entry;
  const isSame = before?.decision === decision && before.reviewer === reviewer && before.comment === comment;
  return { ...rest, decision: isSame ? before : { decision, reviewer, comment, at: entry.at ?? at } };
}

/** The lines of a finished round of which the sheet says something else now. */
export function changedSinceFinished(
  { lines, finishedAt }: ReviewRound,
  entries: readonly SheetEntry[],
): readonly number[] {
  if (finishedAt === undefined) return [];
  const known = new Map(lines.map(({ key, decision }) => [key, decision]));
  return entries
    .filter(({ key, decision, reviewer, comment }) => {
      const kept = known.get(key);
      return kept?.decision !== decision || kept?.reviewer !== reviewer || kept.comment !== comment;
    })
    .map(({ line }) => line);
}

/** An access that a sync took away, as its audit tells. */
export interface AuditedRemoval extends Removal {
  readonly account: string;
  readonly permissionSet: string;
  readonly principal: string;
}

/** The round with the removals since it began, beside the decisions that asked for them. */
export function addRemovals(round: ReviewRound, removals: readonly AuditedRemoval[]): ReviewRound {
  const lines = round.lines.map((line) => {
    if (line.decision?.decision !== "remove" || line.removal !== undefined) return line;
    const found = removals.find(
      ({ account, permissionSet, principal, at }) =>
        account === line.account &&
        permissionSet === line.permissionSet &&
        principal === line.principal.id &&
        at >= round.startedAt,
    );
    if (found === undefined) return line;
    const { at, runId, requestId } = found;
    return { ...line, removal: { at, runId, ...(requestId === undefined ? {} : { requestId }) } };
  });
  return sealRound({ ...round, lines });
}

/** The removals in the lines of an audit file; lines that are none of ours are passed over. */
export function readAuditedRemovals(text: string): readonly AuditedRemoval[] {
  return text.split("\n").flatMap((line) => {
    try {
      return removalIn(JSON.parse(line));
    } catch {
      return [];
    }
  });
}

interface AuditLine {
  readonly kind?: unknown;
  readonly status?: unknown;
  readonly at?: unknown;
  readonly runId?: unknown;
  readonly requestId?: unknown;
  readonly target?: {
    readonly account?: unknown;
    readonly permissionSet?: unknown;
    readonly principal?: { readonly id?: unknown };
  };
}

function removalIn(entry: AuditLine | null): readonly AuditedRemoval[] {
  if (entry?.kind !== "unassign" || entry.status !== "applied") return [];
  const { at, runId, requestId, target } = entry;
  if (target === undefined) return [];
  const { account, permissionSet, principal } = target;
  const needed = { at, runId, account, permissionSet, principal: principal?.id };
  if (!areTexts(needed)) return [];
  return [{ ...needed, ...(typeof requestId === "string" ? { requestId } : {}) }];
}

function areTexts<Key extends string>(
  values: Readonly<Record<Key, unknown>>,
): values is Readonly<Record<Key, string>> {
  return Object.values(values).every((value) => typeof value === "string");
}
