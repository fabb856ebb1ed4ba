import type { GateReason, Standing } from "./gate.ts";
import type { ApprovalRejection } from "./approval.ts";
import type { Fault } from "./fault.ts";
import type { FieldName } from "./fields.ts";
import type { IssueCode } from "./issue.ts";
import type { Mode, Selection } from "./pass.ts";
import type { PermissionSetDefinition } from "./permission-set.ts";
import type { PeriodState } from "./period.ts";
import type { ChangeKind, HeldItem, LockedItem, UnmanagedItem } from "./plan.ts";
import type { GuardName } from "./violation.ts";

export type RunResult =
  | "in-sync"
  | "removals-waiting"
  | "applied"
  | "partly-applied"
  | "partly-refused"
  | "refused"
  | "failed"
  | "paused"
  | "changes-pending";

export interface ReportedRecord {
  /** App id in kintone. */
  readonly app: number;
  readonly record: string;
}

/** Short and unique, as people read it: `11#3`. */
export function recordName({ app, record }: ReportedRecord): string {
  return `${app}#${record}`;
}

export interface ReportedTarget {
  readonly permissionSet: string;
  readonly permissionSetArn?: string;
  /** Account id, or `all` for every account where the set is provisioned. */
  readonly account?: string;
  readonly accountName?: string;
  readonly principal?: {
    readonly type: "USER" | "GROUP";
    readonly id: string;
    /** Missing for one that is not in the directory. */
    readonly name?: string;
    /** What one that is not there any more was called, as far as memory tells. */
    readonly lastKnownName?: string;
  };
}

export interface ReportedChange {
  readonly id: string;
  readonly kind: ChangeKind;
  readonly target: ReportedTarget;
  readonly before?: unknown;
  readonly after?: unknown;
  /** It gives an administrator's rights in an account to a person who had none there. */
  readonly makesAdministrator?: true;
  /** It takes back an administrator made by hand. */
  readonly undoesByHand?: true;
  /** Why an assignment goes that no record decides on. */
  readonly because?: "principal-deleted";
  /** Of a permission set that goes, all that it is. */
  readonly definition?: PermissionSetDefinition;
  readonly records: readonly ReportedRecord[];
}

/** What the plan does to people, by name, each with the ids of the changes that do it. */
export interface ReportedEffects {
  readonly newAdministrators: readonly {
    readonly target: ReportedTarget;
    readonly changes: readonly string[];
  }[];
  /** Who may run as other roles of an account, and could not there before. */
  readonly newRunners: readonly { readonly target: ReportedTarget }[];
  /** Users who would be left with nothing. */
  readonly losesAll: readonly { readonly user: string; readonly changes: readonly string[] }[];
  readonly accountsWithoutAdministrator: readonly {
    readonly account: string;
    readonly accountName?: string;
    readonly changes: readonly string[];
  }[];
}

export interface ReportedItem<Reason extends string> {
  readonly target: ReportedTarget;
  readonly would: "create" | "update" | "delete";
  readonly reason: Reason;
  readonly records: readonly ReportedRecord[];
}

/** A record that counts only for a time. */
export interface ReportedTimed extends ReportedRecord {
  readonly state: PeriodState;
  readonly permissionSet?: string;
  /** ISO 8601 UTC, where the record has a beginning. */
  readonly starts?: string;
  /** The first moment at which it does not count any more. */
  readonly expires?: string;
  readonly message: string;
}

/** A record that waits for approval or is ended, or an approved one of which there is something to say. */
export interface ReportedGated extends ReportedRecord {
  readonly standing: Standing;
  /** As kintone shows it. */
  readonly state: string;
  readonly reason?: GateReason;
  /** ISO 8601 UTC: when a pass found it so first. */
  readonly since: string;
  readonly permissionSet?: string;
  readonly message: string;
}

/** What the entries of a record stand for, where some stand for many accounts. */
export interface ReportedExpansion extends ReportedRecord {
  readonly permissionSet?: string;
  readonly entries: number;
  readonly accounts: readonly string[];
  /** What AWS has changed of it since the record was carried out, without an edit. */
  readonly added?: readonly string[];
  readonly removed?: readonly string[];
  readonly message: string;
}

export interface ReportedPlan {
  readonly hash: string;
  /** The half that was asked for; missing for both. */
  readonly only?: Selection;
  readonly changes: readonly ReportedChange[];
  /** Missing in reports of before there was one. */
  readonly effects?: ReportedEffects;
  /** The address of each record that the plan names, by its name; missing in reports of before there was one. */
  readonly links?: Readonly<Record<string, string>>;
  readonly unchanged: { readonly permissionSets: number; readonly assignments: number };
  /** How much of Identity Center this pass read; what it did not read counts as unchanged. */
  readonly reading: {
    readonly mode: "full" | "partial";
    /** Accounts with a permission set whose assignments were read. */
    readonly pairsRead: number;
    readonly pairsAssumed: number;
    /** How many passes ago the oldest part was read; 0 when all of it was. */
    readonly oldestUnreadPasses: number;
  };
  readonly held: readonly ReportedItem<HeldItem["reason"]>[];
  readonly waiting: readonly (ReportedRecord & { readonly userName: string })[];
  /** The records that count only for a time; missing where there is none. */
  readonly timed?: readonly ReportedTimed[];
  /** The records that wait for approval or are ended; missing where there is none. */
  readonly gated?: readonly ReportedGated[];
  /** Missing where every record names single accounts only. */
  readonly expansions?: readonly ReportedExpansion[];
  readonly locked: readonly ReportedItem<LockedItem["reason"]>[];
  readonly unmanaged: readonly {
    readonly target: ReportedTarget;
    readonly reason: UnmanagedItem["reason"];
  }[];
  /** Access to accounts in which the sync itself could be changed; missing where there is none or the configuration allows it. */
  readonly keyAccountAccess?: readonly ReportedTarget[];
}

export interface ReportedOutcome {
  /** Id of the change. */
  readonly change: string;
  readonly status: "applied" | "failed" | "skipped";
  readonly reason?: { readonly code: string; readonly message: string };
  /** It was applied in several passes, this one perhaps among them, and was never found as set. */
  readonly doesNotStay?: true;
  /** It is so as before, and operators and authors have been told: it does not make the pass a bad one. */
  readonly known?: true;
  readonly requestId?: string;
  readonly startedAt: string;
  readonly finishedAt: string;
}

export interface ReportedIssue extends ReportedRecord {
  /** The record's key, as recordKey makes it: whatever is told of a record is joined by it. */
  readonly key: string;
  /** The same for the same problem, whatever words tell it. */
  readonly fingerprint: string;
  /** What the problem is about, by the code. */
  readonly params: object;
  readonly code: IssueCode;
  /** Whether the record is held because of it, or only told. */
  readonly severity: "error" | "warning";
  /** Our name of the field. */
  readonly field?: FieldName;
  /** The field's label as the form shows it. */
  readonly fieldLabel?: string;
  readonly url: string;
  readonly message: string;
  readonly hint: string;
  readonly example?: string;
}

/** A remark about one record, or about the pass. */
export interface ReportedNote extends Partial<ReportedRecord> {
  readonly code:
    | "policy-finding"
    | "policies-not-analyzed"
    | "removals-held"
    | "comments-failed"
    | "comments-limited"
    | "memory-not-kept"
    | "memory-lost"
    | "no-memory"
    | "audit-not-written"
    | "names-unmatched"
    | "class-rules"
    | "status-in-query"
    | "approval-overdue"
    | "last-pass-late"
    | "rest-not-read"
    | "list-not-kept"
    | "administrators-open"
    | "plan-approved"
    | "made-by-hand"
    | "paused"
    | "many-ends"
    | "places-not-read"
    | "targets-moved"
    | "key-account-access";
  readonly url?: string;
  readonly message: string;
}

export interface ReportCounts {
  readonly records: number;
  readonly changes: number;
  readonly applied: number;
  readonly failed: number;
  /** Changes that failed, or did not stay as set, before as well, of which operators and authors have been told. */
  readonly knownFailures: number;
  readonly skipped: number;
  readonly held: number;
  readonly waiting: number;
  readonly unmanaged: number;
  readonly issues: number;
  readonly deletions: number;
}

/** Requests by service, counting every attempt. */
export type ApiCalls = Readonly<
  Record<
    "sso" | "identitystore" | "organizations" | "iam" | "sts" | "accessanalyzer" | "kintone" | "slack",
    number
  >
>;

/** Which pass a report is of. */
export interface ReportHead {
  readonly schemaVersion: 1;
  readonly runId: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly mode: Mode;
}

/** What `--json` prints: one document per pass. Times are ISO 8601 in UTC. */
export interface RunReport extends ReportHead {
  readonly result: RunResult;
  readonly counts: ReportCounts;
  /** Missing when a read failed. */
  readonly plan?: ReportedPlan;
  readonly violations: readonly {
    readonly guard: GuardName;
    readonly message: string;
    readonly numbers: Readonly<Record<string, number>>;
    /** All that it is about, by name: users, permission sets, or accounts with their ids. */
    readonly subjects?: readonly string[];
    /** Ids of the changes that are not applied because of it; all others are. */
    readonly refuses: readonly string[];
  }[];
  /** How what is refused is let through; missing when nothing is. */
  readonly approval?: {
    /** Missing when a guard refused that no approval can pass. */
    readonly code?: string;
    /** What to run to approve it, with the options that the pass was started with, for a shell. */
    readonly command?: string;
    readonly expiresAt?: string;
    /** Why the approval that was given does not count. */
    readonly rejected?: { readonly reason: ApprovalRejection; readonly message: string };
  };
  readonly outcomes: readonly ReportedOutcome[];
  readonly issues: readonly ReportedIssue[];
  /** Nothing that a record's author has to act on. */
  readonly notes: readonly ReportedNote[];
  readonly apiCalls: ApiCalls;
  /** Why the pass could not go on. */
  readonly error?: {
    readonly code: string;
    /** Whose turn it is. */
    readonly fault: Fault;
    readonly message: string;
    readonly hint: string;
  };
}
