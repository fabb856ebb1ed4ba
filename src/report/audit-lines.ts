import { changeKinds } from "../model/change-kinds.ts";
import type { Language } from "../model/config.ts";
import type { GrantedApproval } from "../model/approval.ts";
import type { Outcome } from "../model/outcome.ts";
import { changesPutOff, type Pass, refusedChanges } from "../model/pass.ts";
import type { Change } from "../model/plan.ts";
import type { RecordRef } from "../model/record.ts";
import type { ReportedChange, ReportedOutcome } from "../model/run-report.ts";
import { reportChange } from "./build-run-report.ts";
import { reportOutcome } from "./report-outcomes.ts";
import { describeViolation } from "../words/violations.ts";
import { indexNames } from "./names.ts";

/** Who asked for a change: the record, in the revision that was read, and who changed it last. */
export interface AuditedRecord {
  /** App id in kintone. */
  readonly app: number;
  readonly record: string;
  readonly revision: number;
  /** ISO 8601 UTC. */
  readonly updatedAt?: string;
  readonly modifier?: { readonly code: string; readonly name: string };
}

/** What judged a change; digests as hexadecimal digits. */
interface InForce {
  /** Of the program. */
  readonly version: string;
  /** Digest of the whole configuration, which has no secrets. */
  readonly configuration: string;
  /** Digest of its guardrails alone. */
  readonly guardrails: string;
}

/** What a change leads from and to. */
interface StatesOfChange {
  /** What was there, null for nothing; of a permission set that goes all that it takes to make it again. Missing where the plan does not know it. */
  readonly before?: unknown;
  /** What is to be there, null for nothing; missing for what only passes on what is there. */
  readonly after?: unknown;
}

interface AuditedApproval {
  /** A person's word, without which the guards would have refused the plan. */
  readonly approval?: { readonly code: string; readonly guards: GrantedApproval["guards"] };
}

/** What became of one change; one line of the audit. */
export interface AuditEntry extends StatesOfChange, AuditedApproval {
  readonly kind: ReportedChange["kind"];
  readonly target: ReportedChange["target"];
  readonly because?: NonNullable<ReportedChange["because"]>;
  readonly schemaVersion: 1;
  /** When it was over, in ISO 8601 UTC. */
  readonly at: string;
  readonly runId: string;
  readonly inForce: InForce;
  /** Value of the owner tag. */
  readonly owner: string;
  readonly instanceArn: string;
  readonly planHash: string;
  readonly change: string;
  /** `refused`: a guard has refused the plan that the change is part of. */
  readonly status: ReportedOutcome["status"] | "refused";
  readonly reason?: ReportedOutcome["reason"];
  /** Of AWS. */
  readonly requestId?: string;
  /** Empty when the change happens because no record asks for something any more. */
  readonly records: readonly AuditedRecord[];
}

export interface AuditContext {
  readonly runId: string;
  readonly owner: string;
  readonly language: Language;
  readonly inForce: InForce;
}

export interface Auditor {
  readonly outcome: (outcome: Outcome) => AuditEntry;
  /** All changes of a plan that guards have refused, and those that are put off. */
  readonly refusals: (nowMs: number) => readonly AuditEntry[];
}

/** Says of each change of a pass who asked for what, and what became of it. */
export function createAuditor(pass: Pass, { runId, owner, language, inForce }: AuditContext): Auditor {
  const names = indexNames(pass.actual.directory, pass.lastKnownNames);
  const audited = (record: RecordRef): AuditedRecord => auditRecord(record, pass);
  const approval = auditApproval(pass);
  const base = (change: Change, atMs: number) => {
    const { id, records: _records, ...reported } = reportChange(change, names, audited);
    return {
      schemaVersion: 1,
      at: new Date(atMs).toISOString(),
      runId,
      inForce,
      owner,
      instanceArn: pass.actual.instance.arn,
      planHash: pass.plan.hash,
      change: id,
      ...reported,
      ...auditStates(change, pass),
      ...approval,
      records: change.records.map(audited),
    } as const;
  };
  return {
    outcome(outcome) {
      const { change: _id, startedAt: _start, finishedAt: _end, ...what } = reportOutcome(outcome);
      return { ...base(outcome.change, outcome.finishedAtMs), ...what };
    },
    refusals(nowMs) {
      const putOff = changesPutOff(pass).map((change) => {
        const reason = { code: "does-not-stay", message: "" };
        return { ...base(change, nowMs), status: "skipped" as const, reason };
      });
      const refused = refusedChanges(pass).map((change) => {
        if (pass.paused !== undefined) {
          const reason = { code: "paused", message: pass.paused.reason };
          return { ...base(change, nowMs), status: "refused" as const, reason };
        }
        const by = pass.violations.filter(({ refuses }) => refuses.includes(change.id));
        const reason = {
          code: by.map(({ guard }) => guard).join(" "),
          message: by.map((violation) => describeViolation(violation, language, names)).join(" "),
        };
        return { ...base(change, nowMs), status: "refused" as const, reason };
      });
      return [...refused, ...putOff];
    },
  };
}

function auditApproval({ grantedApproval }: Pass): AuditedApproval {
  if (grantedApproval === undefined) return {};
  const { code, guards } = grantedApproval;
  return { approval: { code, guards } };
}

/** What the change leads from and to. The plan itself says only as much of it as carrying the change out takes. */
function auditStates(change: Change, { actual }: Pass): StatesOfChange {
  const { kind, target, before, after } = change;
  if (!changeKinds[kind].knowsBefore) return {};
  if (kind === "assign") return { before: null, after: target };
  if (kind === "unassign") return { before: target, after: null };
  const wasThere = kind === "delete-permission-set" ? definitionOf(target.permissionSet, actual) : undefined;
  return { before: wasThere ?? before ?? null, after: after ?? null };
}

function definitionOf(name: string, { permissionSets }: Pass["actual"]): unknown {
  const set = permissionSets.find((one) => one.name === name);
  return set?.managed === true ? { ...set.definition, tags: set.tags } : undefined;
}

function auditRecord({ app, id, revision, updatedAt, modifier }: RecordRef, { source }: Pass): AuditedRecord {
  return {
    app: source[app].appId,
    record: id,
    revision,
    ...(updatedAt === undefined ? {} : { updatedAt }),
    ...(modifier === undefined ? {} : { modifier }),
  };
}

/** The entry as one line of JSON: no character in it ends the line, hides or turns text around where it is shown. */
export function renderAuditLine(entry: AuditEntry): string {
  const text = JSON.stringify(entry).replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, escapeUnits);
  return `${text}\n`;
}

function escapeUnits(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => String.raw`\u${unit.toString(16).padStart(4, "0")}`).join("");
}
