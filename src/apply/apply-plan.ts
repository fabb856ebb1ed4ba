import type { AccountId, PermissionSetArn, RequestId } from "../model/ids.ts";
import type { Outcome } from "../model/outcome.ts";
import { isDeletion } from "../model/change-kinds.ts";
import type { Change, Plan } from "../model/plan.ts";
import type { Clock, IdentityCenter, RemovalCheck } from "../ports.ts";
import { createOperationFollower, type OperationFollower } from "./follow-operations.ts";
import { isInAccount } from "./gates.ts";
import { createOutstandingPlaces } from "./outstanding-places.ts";
import { provisioningLeft } from "./provision-again.ts";
import { runInLanes } from "./run-in-lanes.ts";

export interface ApplyOptions extends Watching {
  readonly outstandingOperations: number;
  /** Accounts in which an earlier operation is still going on: nothing is started there. */
  readonly busyAccounts?: ReadonlySet<AccountId>;
  /** When the pass must be over, in milliseconds since the epoch: nothing is started in the last minutes before it. */
  readonly deadlineMs?: number;
  /** Called with every outcome as it happens. */
  readonly onOutcome?: (outcome: Outcome) => void;
}

/** How a pass is stopped, and watched. */
export interface Watching {
  /** Once aborted nothing new is started; what is in progress is followed to its end. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Progress {
  readonly finished: number;
  readonly total: number;
  readonly failed: number;
  /** What the rest will take at the pace so far. */
  readonly remainingMs: number;
}

// https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html
const mostProvisions = 3;
const setsAtOnce = 10;
/** Changes whose end is being asked for beside those that AWS works on, so that none of its places stays empty meanwhile. */
const aheadOfAws = 5;
/** Time for operations in progress to end. */
const marginMs = 60_000;

/** Carries a plan out and returns one outcome per change, in the plan's order; one failure never stops the rest. */
export async function applyPlan(
  plan: Plan,
  identityCenter: IdentityCenter,
  clock: Clock,
  options: ApplyOptions,
): Promise<readonly Outcome[]> {
  const run = createRun(plan, identityCenter, clock, options);
  const limits = {
    atATime: options.outstandingOperations + aheadOfAws,
    provisions: mostProvisions,
    definitions: setsAtOnce,
  };
  await runInLanes(plan.changes, limits, run.carryOut);
  return plan.changes.map(({ id }) => run.outcomes.get(id)).filter((outcome) => outcome !== undefined);
}

interface Run {
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly carryOut: (change: Change) => Promise<void>;
}

function createRun(plan: Plan, identityCenter: IdentityCenter, clock: Clock, options: ApplyOptions): Run {
  const outcomes = new Map<string, Outcome>();
  const created = new Map<string, PermissionSetArn>();
  const follower = createOperationFollower(identityCenter, clock);
  const places = createOutstandingPlaces(options.outstandingOperations);
  const startedAtMs = clock.now();
  let failed = 0;

  const record = (outcome: Outcome): void => {
    outcomes.set(outcome.change.id, outcome);
    if (outcome.status === "failed") failed += 1;
    options.onOutcome?.(outcome);
    const [finished, total] = [outcomes.size, plan.changes.length];
    const remainingMs = ((clock.now() - startedAtMs) / finished) * (total - finished);
    options.onProgress?.({ finished, total, failed, remainingMs });
  };

  const carryOut = async (change: Change): Promise<void> => {
    const startedAtMs = clock.now();
    const result =
      skipReason(change, outcomes, options, startedAtMs) ?? (await attempt(change).catch(unexpected));
    record({ change, startedAtMs, finishedAtMs: clock.now(), ...result });
  };

  const attempt = async (change: Change): Promise<Result> => {
    const result = await begin(change);
    if (result.status !== "failed" || change.kind !== "provision") return result;
    const left = await provisioningLeft(change, identityCenter);
    if (left === undefined) return result;
    if (left.accounts.length === 0) return appliedBy(result.reason.requestId);
    return skipReason(left, outcomes, options, clock.now()) ?? attempt(left);
  };

  const begin = async (change: Change): Promise<Result> => {
    const leave = isInAccount(change) ? await places.take() : () => undefined;
    const skipped = skipReason(change, outcomes, options, clock.now());
    const result = skipped ?? (await start(change, leave).catch(unexpected));
    leave();
    return result;
  };

  const start = async (change: Change, leave: () => void): Promise<Result> => {
    const ended = isDeletion(change) ? withoutWrite(await identityCenter.confirmRemoval(change)) : undefined;
    if (ended !== undefined) return ended;
    const arn = change.target.permissionSetArn ?? created.get(change.target.permissionSet);
    const started = await identityCenter.startChange(change, arn);
    if (started.status === "failed") return { status: "failed", reason: started.reason };
    if (started.status === "in-progress") {
      places.taken(started.wasCrowded === true);
      return endOf(started.operation, follower, leave);
    }
    if (started.permissionSetArn !== undefined) {
      created.set(change.target.permissionSet, started.permissionSetArn);
    }
    return appliedBy(started.requestId);
  };

  return { outcomes, carryOut };
}

/** A port promises not to throw for a refusal; should one throw all the same, the other changes go on. */
function unexpected(error: unknown): Result {
  const message = error instanceof Error ? error.message : "not an Error";
  return { status: "failed", reason: { code: "unexpected", message } };
}

type Result = Outcome extends infer One
  ? One extends Outcome
    ? Omit<One, "change" | "startedAtMs" | "finishedAtMs">
    : never
  : never;

function skipReason(
  change: Change,
  outcomes: ReadonlyMap<string, Outcome>,
  { signal, busyAccounts, deadlineMs = Number.POSITIVE_INFINITY }: ApplyOptions,
  nowMs: number,
): Result | undefined {
  if (signal?.aborted === true) return { status: "skipped", reason: { code: "stopped" } };
  if (nowMs >= deadlineMs - marginMs) return { status: "skipped", reason: { code: "out-of-time" } };
  if (change.accounts.some((account) => busyAccounts?.has(account) === true)) {
    return { status: "skipped", reason: { code: "account-busy" } };
  }
  const changeId = change.dependsOn.find((id) => outcomes.get(id)?.status !== "applied");
  if (changeId === undefined) return undefined;
  return { status: "skipped", reason: { code: "dependency-not-applied", changeId } };
}

function appliedBy(requestId: RequestId | undefined): Result {
  return requestId === undefined ? { status: "applied" } : { status: "applied", requestId };
}

/** What becomes of a removal without a write; undefined when it is to be carried out. */
function withoutWrite(check: RemovalCheck): Result | undefined {
  if (check.status === "there") return undefined;
  if (check.status === "gone") return { status: "applied" };
  if (check.status === "unknown") return { status: "failed", reason: check.reason };
  return { status: "skipped", reason: { code: check.status } };
}

async function endOf(
  operation: Parameters<OperationFollower["follow"]>[0],
  follower: OperationFollower,
  leave: () => void,
): Promise<Result> {
  const { requestId } = operation;
  const ended = await follower.follow(operation, leave);
  if (ended.status === "succeeded") return { status: "applied", requestId };
  return { status: "failed", reason: { ...ended.reason, requestId } };
}
