import { type DesiredAssignment, type Principal, principalKey, type Seat } from "./assignment.ts";
import type { GatedRecord, RememberedGate } from "./gate.ts";
import type { Issue } from "./issue.ts";
import type { Memory, PeopleMemory, RememberedMeaning, RememberedRequest } from "./memory.ts";
import type { TimedRecord } from "./period.ts";
import type { DesiredPermissionSet } from "./permission-set.ts";
import type { RecordRef } from "./record.ts";

/** A permission-set record that cannot be trusted: the set it defines is neither changed nor deleted. */
export interface HeldPermissionSet {
  readonly record: RecordRef;
  /** The name the record gives, where it can be read. */
  readonly name?: string;
  /** Whether its set was ours and its tags do not say so now: the record has no fault. */
  readonly isLost?: true;
  /** Whether it only waits for approval. */
  readonly isPending?: true;
}

/** Assignments that a record is behind; "any" where that part cannot be told any more. */
export interface AssignmentPattern {
  readonly record: RecordRef;
  readonly permissionSets: "any" | ReadonlySet<string>;
  readonly accounts: "any" | ReadonlySet<string>;
  /** Keys as principalKey makes them. */
  readonly principals: "any" | ReadonlySet<string>;
  /** All principals of these kinds, besides those. */
  readonly anyOf?: ReadonlySet<Principal["type"]>;
  /** Keys of those whom it keeps nothing for, whatever it says. */
  readonly without?: ReadonlySet<string>;
}

/** Whether the pattern stands for the assignment, among others. */
export function covers(
  pattern: AssignmentPattern,
  { permissionSet, account, principal }: Seat & { readonly permissionSet: string },
): boolean {
  const has = (part: "any" | ReadonlySet<string>, value: string): boolean =>
    part === "any" || part.has(value);
  const key = principalKey(principal);
  return (
    pattern.without?.has(key) !== true &&
    has(pattern.permissionSets, permissionSet) &&
    has(pattern.accounts, account) &&
    (pattern.anyOf?.has(principal.type) === true || has(pattern.principals, key))
  );
}

/** What an untrusted assignment record may have granted. */
export interface HeldAssignments extends AssignmentPattern {
  readonly reason: HoldReason;
  /** Whether it may have meant a user or a group who is not in the directory any more. */
  readonly keepsOrphans?: boolean;
  /** Whether no pass has met the record since the memory began: what another record asked for is that one's. */
  readonly isNewcomer?: boolean;
}

/** Whether nothing of the record can be told, so that every deletion has to wait for it. */
export function holdsEverything({ permissionSets, accounts, principals }: HeldAssignments): boolean {
  return permissionSets === "any" && accounts === "any" && principals === "any";
}

/** What records ask for and the guardrails deny; where they are enforced, also what exists and no record asks for. */
export interface DeniedAssignment extends DesiredAssignment {
  /** Name of the rule; undefined where the default denies. */
  readonly rule?: string;
  /** Whether it is removed where it exists, and not only reported. */
  readonly isEnforced: boolean;
}

export type HoldReason =
  | "record-has-issues"
  | "principal-waiting"
  /** It waits for approval: what was approved last stays, and nothing new is granted. */
  | "waits-for-approval"
  | "permission-set-held"
  /** AWS could not be asked what the record's entries stand for. */
  | "targets-unread"
  /** They stand for many fewer accounts than before. */
  | "targets-shrank"
  /** Our clock and the services' are too far apart to tell whether the record counts. */
  | "clocks-apart"
  /** Another person has the name than when the record was saved. */
  | "person-changed"
  /** The record had an end, and its app has no field for one any more. */
  | "end-unknown";

/** What the entries of a record stand for today, some of which stand for many accounts. */
export interface TargetExpansion extends MovedAccounts {
  readonly record: RecordRef;
  readonly permissionSet?: string;
  readonly entries: number;
  readonly accounts: readonly string[];
}

/** What AWS has changed of a record's accounts since it was carried out, without an edit. */
export interface MovedAccounts {
  readonly added?: readonly string[];
  readonly removed?: readonly string[];
}

/** A valid entry whose user has not arrived in Identity Center yet. */
export interface Waiting {
  readonly record: RecordRef;
  readonly userName: string;
}

/** A set that counts for more by the rules of a later version, and how many existing assignments stay that a guardrail denies for that. */
export interface ReclassifiedSet {
  readonly name: string;
  readonly assignments: number;
}

/** A kind of names in the records of which more than half match nothing: the configuration is the likely cause. */
export interface UnmatchedKind extends NamesOfKind {
  readonly unmatched: number;
}

/** Names of one kind in the records. */
interface NamesOfKind extends LikelySettings {
  readonly kind: "users" | "groups" | "accounts" | "policies";
  readonly of: number;
  /** As they were looked for. */
  readonly examples: readonly string[];
}

/** Settings with which most would be found. */
export interface LikelySettings {
  readonly userTemplate?: string;
  readonly userMatch?: "userName" | "email";
}

/** How many names of a kind that records name are found. */
export interface NameCount extends NamesOfKind {
  readonly found: number;
  /** How many would be found with the settings named here. */
  readonly wouldFind?: number;
}

/** What the records say, as far as they can be trusted. */
export interface DesiredState {
  readonly permissionSets: readonly DesiredPermissionSet[];
  readonly assignments: readonly DesiredAssignment[];
  readonly deniedAssignments: readonly DeniedAssignment[];
  /** What records would ask for whose names are another person's by now. */
  readonly withheldAssignments: readonly DesiredAssignment[];
  /** What memory keeps of the names of people and groups. */
  readonly people: Required<PeopleMemory>;
  /** By the name as typed, the assignment records, trusted or not, that name a permission set. */
  readonly namedPermissionSets: ReadonlyMap<string, readonly RecordRef[]>;
  readonly heldPermissionSets: readonly HeldPermissionSet[];
  readonly heldAssignments: readonly HeldAssignments[];
  /** What records asked for before, as far as memory knows: who is behind a removal. A record that is gone has the revision seen last, and no editor. */
  readonly formerRequests: readonly AssignmentPattern[];
  /** By record key, what every assignment record asks for that is carried out. */
  readonly requests: Readonly<Record<string, RememberedRequest>>;
  /** By record key, which record's set the name in every assignment record means. */
  readonly meanings: Readonly<Record<string, RememberedMeaning>>;
  /** What memory keeps of lines with commas. */
  readonly wholes: NonNullable<Memory["wholes"]>;
  /** By record key, what memory keeps of the classes of permission sets. */
  readonly classes: NonNullable<Memory["classes"]>;
  /** Sets of which existing assignments stay that only a later version's rules deny; missing when there are none. */
  readonly reclassified?: readonly ReclassifiedSet[];
  readonly waiting: readonly Waiting[];
  /** The records that wait for approval or are ended; missing when there are none. */
  readonly gated?: readonly GatedRecord[];
  /** By record key, what memory keeps of approvals; missing where no app has a gate. */
  readonly gates?: Readonly<Record<string, RememberedGate>>;
  /** The assignment records that count only for a time. */
  readonly timed: readonly TimedRecord[];
  /** The assignment records some of whose entries stand for many accounts. */
  readonly expansions: readonly TargetExpansion[];
  readonly issues: readonly Issue[];
  /** What is wrong with the configuration rather than with records; missing when nothing is. */
  readonly unmatched?: readonly UnmatchedKind[];
  /** Of each kind of names, how many are found. */
  readonly names?: readonly NameCount[];
}
