import type { RememberedApprovals } from "./approval.ts";
import type { AppKind } from "./fields.ts";
import type { RememberedGate } from "./gate.ts";
import type { FormerHolders, RememberedHolder } from "./holder.ts";
import type { RememberedClass } from "./judged-class.ts";
import type { Seen } from "./reading.ts";
import { recordKey, type RecordRef } from "./record.ts";
import type { Troubles } from "./trouble.ts";

/** What an author was last told about a record. */
export interface ToldRecord {
  /** The marker at the end of the comment. */
  readonly marker: string;
  /** ISO 8601 UTC. */
  readonly toldAt: string;
}

/** A message in the operators' channel about something that is not over yet. */
export interface OpenIncident {
  /** Where the message is, as the channel's service names it; empty as long as it is unconfirmed. */
  readonly channel: string;
  readonly messageId: string;
  /** What the message says; another one means that something changed. */
  readonly fingerprint: string;
  /** ISO 8601 UTC. */
  readonly openedAt: string;
  /** When operators were last made aware of it: posted, or reminded. */
  readonly remindedAt: string;
  /** How often it was posted without an answer, so that it may stand there or not. */
  readonly unconfirmed?: number;
  /** How many passes have met it without telling of it: it may be over by the next one. Nothing stands in the channel yet. */
  readonly untold?: number;
}

/** What an assignment record asked for when it was last carried out, at least in part. */
export interface RememberedRequest {
  /** The newest revision that was seen, trusted or not: a gap after it may hide a version that was carried out. */
  readonly revision: number;
  readonly permissionSets: readonly string[];
  readonly accounts: readonly string[];
  /** Keys as principalKey makes them. */
  readonly principals: readonly string[];
}

/** Which record's permission set the name in an assignment record meant at that revision. */
export interface RememberedMeaning {
  readonly revision: number;
  /** The name as typed. */
  readonly name: string;
  /** Id of the permission-set record; missing where the name meant nothing, or which one was not known. */
  readonly record?: string;
  /** The author has been asked to choose again: from the next revision on the name means what it says. */
  readonly asked?: true;
}

/** The kintone apps whose record numbers a memory tells of. */
export type RememberedApps = Readonly<Record<AppKind, number>>;

/** An end, and since when it is known. */
export interface KnownEnd {
  /** ISO 8601 UTC, as all times here. */
  readonly expires: string;
  /** When a pass saw this end first. */
  readonly since: string;
  /** Login name of the last editor then. */
  readonly by?: string;
}

/** The end that a record gives. */
export interface RememberedEnd extends KnownEnd {
  /** How many assignments the record asked for when it was last carried out. */
  readonly assignments: number;
  /** When it was first carried out, whatever its end was then. */
  readonly grantedAt?: string;
}

export interface RememberedCount {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly count: number;
}

/** Deletions, or other things that are counted by the day, that a pass carried out under the limits, without approval. */
export interface RememberedDeletions extends RememberedCount {
  /** Ids of the changes or what else they are told apart by, for a day: what several passes plan and carry out is done once. */
  readonly ids?: readonly string[];
  /** The run, while it carries them out: should it be killed, all that it was to delete counts. */
  readonly run?: string;
}

/** That passes write nothing to AWS, as a person has said in a comment. */
export interface RememberedPause {
  /** GitHub login. */
  readonly by: string;
  readonly reason: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** The administrators that records give, as last carried out: any other one was made by hand. */
export interface RememberedAdministrators {
  /** The name of each permission set whose record makes administrators, and a digest of its rights. */
  readonly sets: readonly (readonly [string, string])[];
  /** Keys of the assignments of these sets, as assignmentKey makes them. */
  readonly assignments: readonly string[];
}

/** Which administrators records gave, as far as is known. */
export interface GivenAdministrators {
  /** As last carried out, the digests by name; undefined where that is not known: then every one may be a record's. */
  readonly known?: {
    readonly sets: ReadonlyMap<string, string>;
    readonly assignments: ReadonlySet<string>;
  };
  /** Names of the sets whose record was never edited, so that no record ever gave anything else. */
  readonly unedited: ReadonlySet<string>;
  /** Keys of the assignments that records ask for now. */
  readonly asked: ReadonlySet<string>;
}

/** What assignment records asked for when they were last carried out. */
export interface RequestMemory {
  /** By record key. */
  readonly requests?: Readonly<Record<string, RememberedRequest>>;
  /**
   * Keys of assignment records that were there before this memory knew of them, and whose requests it does not know: they
   * may have been carried out. Missing where they were never listed: then it may be any.
   */
  readonly earlierRecords?: readonly string[];
}

/** What the names in assignment records mean. */
export interface MeaningMemory {
  /** By record key, what the name in each assignment record meant: names move from set to set, meanings do not. */
  readonly meanings?: Readonly<Record<string, RememberedMeaning>>;
  /** The apps that these meanings are of: the numbers of others mean nothing. */
  readonly apps?: RememberedApps;
}

/** Whom the names of people and groups in records mean. */
export interface PeopleMemory {
  /** By key, as holderKey makes them. */
  readonly holders?: Readonly<Record<string, RememberedHolder>>;
  /** By record key, where a name meant another person when the record was saved. */
  readonly formerHolders?: Readonly<Record<string, FormerHolders>>;
}

/** Which permission sets are ours, where tags alone do not say it. */
export interface OwnershipMemory {
  /** ARNs of the permission sets that were not ours: an owner tag that one of them has later was not written by a sync. */
  readonly unmanagedSets?: readonly string[];
  /** By ARN, the id of the record that defines each set that we made or saw managed; empty where no tag told it. */
  readonly ownedSets?: Readonly<Record<string, string>>;
  /** By name, the same of the sets that a pass made and none has seen yet. */
  readonly madeSets?: Readonly<Record<string, string>>;
  /** ARNs of owned sets whose owner tag named another owner the last time: they are not ours when it does so again. */
  readonly claimedSets?: readonly string[];
  /** ARNs of the sets that `adopt` or `import` takes over, until a pass has seen them managed. */
  readonly adoptedSets?: readonly string[];
}

/** What passes did to people, counted by the day. */
export interface DailyCounts {
  readonly deletions?: readonly RememberedDeletions[];
  /** The same for users and groups that are gone or disabled and lost their assignments for that; the ids are keys as principalKey makes them. */
  readonly departures?: readonly RememberedDeletions[];
  /** The same for new administrators; the ids are keys as assignmentKey makes them. */
  readonly adminGrants?: readonly RememberedDeletions[];
}

/** Sizes that the next pass is held against. */
export interface SizeMemory {
  /** Sizes of the last complete read whose plan was not refused. */
  readonly lastGoodRead?: {
    readonly at: string;
    readonly permissionSets: number;
    readonly assignments: number;
  };
  /** How many managed assignments there were after passes, the fewest of each hour. */
  readonly managed?: readonly RememberedCount[];
}

/** The approvals that were used. */
export interface ApprovalMemory {
  readonly approvals?: RememberedApprovals;
}

/** What was read of Identity Center, and when. */
export interface ReadingMemory {
  /** The instance that this is about. */
  readonly instanceArn?: string;
  /** By id, the names of users and groups that hold managed assignments: an id alone does not tell whose it was. */
  readonly principalNames?: Readonly<Record<string, string>>;
  /** When which part of Identity Center was read, and fingerprints of what it was. */
  readonly seen?: Seen;
}

/** What is known of records one by one. */
export interface RecordFacts {
  /** By record key, the lines with commas in them that are not to be read as lists: each was one name once, or may have been. */
  readonly wholes?: Readonly<Record<string, readonly string[]>>;
  /** By record key, the ends that records give: one that was known for a day is no surprise. */
  readonly ends?: Readonly<Record<string, RememberedEnd>>;
  /** By record key, what permission sets were taken for when their records were saved: later rules alone take nothing away. */
  readonly classes?: Readonly<Record<string, RememberedClass>>;
  /** By record key, what was approved: a permission set whose record waits is kept at what it said then. */
  readonly gates?: Readonly<Record<string, RememberedGate>>;
}

/** The last plan, as far as the first one of another version is told from it. */
export interface RememberedPlan {
  /** Of the program that made it. */
  readonly version: string;
  /** By record key, the revision of every record that it was made of. */
  readonly revisions: Readonly<Record<string, number>>;
  /** Ids of the changes that were not carried out. */
  readonly left: readonly string[];
  /** Ids of those that only this version's rules ask for, until a person has approved them. */
  readonly waiting: readonly string[];
}

/** Who wrote a memory, and when. */
export interface MemoryStamps {
  /** When it was kept, as the store writes it: an older copy that was put back is told from it. ISO 8601 UTC. */
  readonly savedAt?: string;
  /** Which run wrote this last, and at which point of it: a pass that began with another one has been overtaken. */
  readonly writtenBy?: string;
  readonly planned?: RememberedPlan;
}

/**
 * What one pass leaves for the next. It may narrow or name what is granted, and widens nothing but what a permission set
 * was approved with, while its record waits: losing it may repeat one notice, has authors choose again what their names
 * mean, lets an owner tag be believed that was forged meanwhile,
 * and begins the count of a day's deletions and of its fewest assignments anew.
 */
export interface Memory
  extends
    RequestMemory,
    MeaningMemory,
    PeopleMemory,
    OwnershipMemory,
    DailyCounts,
    SizeMemory,
    ApprovalMemory,
    ReadingMemory,
    RecordFacts,
    MemoryStamps,
    Troubles {
  readonly schemaVersion: typeof memoryVersion;
  /** Value of the owner tag: another deployment's memory is not ours. */
  readonly owner: string;
  /** By record key. */
  readonly records: Readonly<Record<string, ToldRecord>>;
  /** By what the incident is about, e.g. `pass-failed`. */
  readonly incidents: Readonly<Record<string, OpenIncident>>;
  readonly paused?: RememberedPause;
  readonly administrators?: RememberedAdministrators;
}

/** Why what is kept where the memory should be does not count: then there is no memory. */
export type MemoryLoss =
  | "unreadable"
  | "damaged"
  | "too-large"
  | "not-signed"
  | "signature-wrong"
  | "older-copy"
  | "newer-version"
  | "another-owner";

/** What a store has of the memory. */
export type LoadedMemory =
  | { readonly kind: "memory"; readonly memory: Memory }
  | { readonly kind: "nothing" }
  | { readonly kind: "lost"; readonly loss: MemoryLoss };

/** Why a memory could not be kept; no part of it holds a secret. */
export type MemoryRefusal =
  | {
      readonly code:
        | "too-large"
        | "another-owner"
        | "newer-version"
        | "not-a-file"
        | "not-loaded"
        | "no-credentials"
        | "no-answer-in-time"
        | "not-sent"
        | "not-s3";
    }
  /** `detail` is the system's code of the error. */
  | {
      readonly code:
        | "no-permission"
        | "read-only"
        | "no-space"
        | "not-a-folder"
        | "busy"
        | "not-written"
        | "no-answer";
      readonly detail: string;
    }
  /** `detail` is the code and the status of S3's answer, and the action that it denies. */
  | { readonly code: "s3-refused"; readonly detail: string };

/** What came of keeping a memory; `overtaken` when another pass has kept one since this one was loaded. */
export type SaveResult =
  | { readonly kind: "saved" }
  | { readonly kind: "overtaken" }
  | { readonly kind: "refused"; readonly refusal: MemoryRefusal };

/** Version of the memory's format. */
export const memoryVersion = 2;

/** A memory of nothing. */
export function emptyMemory(owner: string): Memory {
  return { schemaVersion: memoryVersion, owner, records: {}, incidents: {} };
}

/** What a record asks for, among other things that it may have asked for in versions that are not known; its first version has none before it. */
export function amongUnknown(request: RememberedRequest): RememberedRequest {
  return { ...request, revision: 0 };
}

/** Whether the record may have asked for other things as well. */
export function isAmongUnknown({ revision }: RememberedRequest): boolean {
  return revision === 0;
}

/** What a record asks for that was never carried out: it has granted nothing. */
export function neverCarriedOut(revision: number): RememberedRequest {
  return { revision, permissionSets: [], accounts: [], principals: [] };
}

/** Tells the assignment records that were made since the memory began and that no pass has met before. */
export function newcomerTest(memory: RequestMemory): RecordTest {
  const isUnmet = unmetTest(memory);
  return (record) => record.revision === 1 && isUnmet(record);
}

type RecordTest = (record: RecordRef) => boolean;

/** Tells the assignment records that no pass with this memory has met, whatever they said before. */
export function unmetTest({ requests = {}, earlierRecords }: RequestMemory): RecordTest {
  if (earlierRecords === undefined) return () => false;
  const earlier = new Set(earlierRecords);
  return (record) => {
    const key = recordKey(record);
    return !Object.hasOwn(requests, key) && !earlier.has(key);
  };
}

/** Whether no access can have come from it. */
export function asksForNothing({ permissionSets, accounts, principals }: RememberedRequest): boolean {
  return permissionSets.length === 0 || accounts.length === 0 || principals.length === 0;
}

/** Everything that either asked for; where there may be versions between the two, at the earlier revision, so that they still may. */
export function uniteRequests(before: RememberedRequest, after: RememberedRequest): RememberedRequest {
  const both = (part: "permissionSets" | "accounts" | "principals"): readonly string[] => [
    ...new Set([...before[part], ...after[part]]),
  ];
  return {
    revision: isNextRevision(after.revision, before) ? after.revision : before.revision,
    permissionSets: both("permissionSets"),
    accounts: both("accounts"),
    principals: both("principals"),
  };
}

/** Whether no version of the record can have been carried out since it was remembered. */
export function isNextRevision(revision: number, { revision: seen }: RememberedRequest): boolean {
  return revision === seen || revision === seen + 1;
}
