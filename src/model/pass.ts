import type { ActualState } from "./actual-state.ts";
import type { Approval, ApprovalRejection, GrantedApproval } from "./approval.ts";
import type { Assignment, Principal } from "./assignment.ts";
import type { DesiredState } from "./desired-state.ts";
import type { GivenAdministrators, Memory, RememberedPause } from "./memory.ts";
import type { Outcome } from "./outcome.ts";
import type { EndingDay } from "./period.ts";
import type { Change, Plan } from "./plan.ts";
import type { Note } from "./policy-finding.ts";
import type { Reading } from "./reading.ts";
import type { SourceRecords } from "./record.ts";
import type { Troubles } from "./trouble.ts";
import type { Violation } from "./violation.ts";

export type Mode = "plan" | "sync";

/** One half of a plan. */
export type Selection = "permission-sets" | "assignments";

/** What a plan does to people, as far as it is counted by the day or told later. */
export interface CountedEffects {
  /** Ids of the removals by which people lose access. */
  readonly losses: ReadonlySet<string>;
  /** By id of the removal, who has lost the assignment because of being gone or disabled. */
  readonly departures: ReadonlyMap<string, Principal>;
  /** Ids of the changes that may take an administrator's rights away. */
  readonly endsAdministrator: ReadonlySet<string>;
  /** Ids of the changes that take back administrators made by hand. */
  readonly undoesByHand: ReadonlySet<string>;
  readonly newAdministrators: readonly NewAdministrator[];
}

/** An assignment that makes an administrator of an account, and the changes that do it. */
export interface NewAdministrator {
  readonly assignment: Assignment;
  /** A key for each person who becomes one by it, or the assignment's own for a group without a new member. */
  readonly people: readonly string[];
  readonly changes: readonly string[];
  /** A record gave just that before, and it went by hand. */
  readonly restored: boolean;
}

/** Those that limits count. */
export function newAdministratorsIn(effects: CountedEffects): readonly NewAdministrator[] {
  return effects.newAdministrators.filter(({ restored }) => !restored);
}

/** Their people, each once for every assignment. */
export function peopleIn(administrators: readonly NewAdministrator[]): readonly string[] {
  return [...new Set(administrators.flatMap(({ people }) => people))];
}

/** Why passes write nothing to AWS: the configuration or a comment says so. */
export type Pause =
  | { readonly from: "configuration"; readonly reason: string }
  | ({ readonly from: "comment" } & RememberedPause);

/** A plan, and what of it is not written. */
export interface GuardedPlan {
  readonly plan: Plan;
  /** The limits that refuse a part of the plan, or all of it. */
  readonly violations: readonly Violation[];
  /** Ids of the changes that are asked for again and again and that this pass leaves alone. */
  readonly putOff?: ReadonlySet<string>;
  /** Why nothing of the plan is written; undefined when it is. */
  readonly paused?: Pause;
}

/** What is refused, and what a person has said or can say to it. */
export interface Refusals {
  readonly violations: readonly Violation[];
  /** What would let the refused part of the plan through. */
  readonly approval?: Approval;
  /** Why the approval that was given does not count. */
  readonly rejectedApproval?: ApprovalRejection;
  /** The approval that let the refused part through. */
  readonly grantedApproval?: GrantedApproval;
}

/** By which version of the program a pass is, and what only that version asks for. */
export interface PassVersion {
  /** Of the program; undefined where no plan of another one is to be told from this one. */
  readonly version?: string;
  /** The one that made the plan before, where memory knows it. */
  readonly versionBefore?: string;
  /** Ids of the changes that this version plans and the one before did not, without another reason. */
  readonly newVersionChanges?: ReadonlySet<string>;
}

/** Everything a finished pass knows; reports are rendered from it and nothing else. */
export interface Pass extends GuardedPlan, Refusals, PassVersion {
  readonly mode: Mode;
  readonly runId: string;
  /** What the memory was written by that the pass began with. */
  readonly begunAfter?: Memory["writtenBy"];
  /** The half that was asked for; undefined for both. */
  readonly only?: Selection;
  readonly source: SourceRecords;
  readonly actual: ActualState;
  /** By id, what users and groups were called that an earlier pass saw hold assignments. */
  readonly lastKnownNames?: Memory["principalNames"];
  /** How much of the actual state was read in this pass. */
  readonly reading: Reading;
  readonly desired: DesiredState;
  readonly notes: readonly Note[];
  /** Which administrators records gave before this pass; undefined where it was not asked. */
  readonly given?: GivenAdministrators;
  /** By record key, the ends that records give, and since when they are known. */
  readonly ends?: NonNullable<Memory["ends"]>;
  /** The days to come on which a large part of all assignments ends. */
  readonly endingDays?: readonly EndingDay[];
  /** What the passes of the day after this one count of it; undefined counts every removal. */
  readonly counted?: CountedEffects;
  /** What earlier passes left of changes that do not become what the records say. */
  readonly troubles?: Troubles;
  /** Ids of the changes that are asked for again and again though they were applied. */
  readonly repeats?: ReadonlySet<string>;
  /** One for each change that was not refused; empty when nothing was to be applied. */
  readonly outcomes: readonly Outcome[];
}

/** Ids of the changes that a guard refuses, with all that depends on them; of all while the sync is paused. */
function refusedIds({ plan, violations, paused }: GuardedPlan): ReadonlySet<string> {
  if (paused !== undefined) return new Set(plan.changes.map(({ id }) => id));
  return new Set(violations.flatMap(({ refuses }) => refuses));
}

/** The changes that no guard refuses and that are not put off: what a sync applies. */
export function allowedChanges(pass: GuardedPlan): readonly Change[] {
  const refused = refusedIds(pass);
  const { putOff } = pass;
  return pass.plan.changes.filter(({ id }) => !refused.has(id) && putOff?.has(id) !== true);
}

/** The changes that no guard refuses and that this pass leaves alone, because they do not stay as set. */
export function changesPutOff(pass: GuardedPlan): readonly Change[] {
  const { putOff } = pass;
  if (putOff === undefined || putOff.size === 0) return [];
  const refused = refusedIds(pass);
  return pass.plan.changes.filter(({ id }) => putOff.has(id) && !refused.has(id));
}

/** The changes that wait for a person. */
export function refusedChanges(pass: GuardedPlan): readonly Change[] {
  const refused = refusedIds(pass);
  return pass.plan.changes.filter(({ id }) => refused.has(id));
}
