import type { RequestId } from "../model/ids.ts";
import type { Clock, IdentityCenter, Operation, OperationKind, OperationStatus } from "../ports.ts";

/** Waits for asynchronous operations to end, all of one kind with one request per tick. */
export interface OperationFollower {
  /**
   * Resolves with the end of the operation, and says before that when it is not in progress any more; fails it when AWS
   * does not end it within a quarter of an hour.
   */
  follow(operation: Operation, onLeft?: () => void): Promise<EndedOperation>;
}

export type EndedOperation = Exclude<OperationStatus, { readonly status: "in-progress" }>;

interface Followed {
  readonly operation: Operation;
  readonly sinceMs: number;
  readonly end: (status: EndedOperation) => void;
  readonly onLeft: (() => void) | undefined;
  /** Whether its end is being asked for. */
  isAsked: boolean;
}

const firstTickMs = 750;
const shortestTickMs = 150;
const longestTickMs = 5_000;
const ticksPerOperation = 20;
/** Nothing is asked for before this part of the shortest duration seen lately. */
const earliestEnd = 0.9;
/** How fast a short duration is forgotten. */
const forgetting = 1.1;
const patienceMs = 15 * 60_000;

/** When one kind of operations is asked about. */
interface Ticks {
  /** When the next question is due that can have an answer, by the begin of the operation that has gone on for longest. */
  dueMs(oldestSinceMs: number): number;
  tickMs(): number;
  begun(sinceMs: number): void;
  ended(tookMs: number): void;
  /** Tells that a question was answered, and the age of the youngest operation: when even that is old, they take longer than they did. */
  asked(nowMs: number, youngestMs: number): void;
}

function createTicks(): Ticks {
  let tickMs = firstTickMs;
  let shortestMs = 0;
  let nextMs = 0;
  return {
    dueMs: (oldestSinceMs) => Math.max(nextMs, oldestSinceMs + shortestMs * earliestEnd),
    tickMs: () => tickMs,
    begun(sinceMs) {
      nextMs = sinceMs + tickMs;
    },
    ended(tookMs) {
      tickMs = clamp((tickMs + tookMs / ticksPerOperation) / 2);
      shortestMs = shortestMs === 0 ? tookMs : Math.min(tookMs, shortestMs * forgetting);
    },
    asked(nowMs, youngestMs) {
      tickMs = clamp(Math.max(tickMs, youngestMs / ticksPerOperation));
      nextMs = nowMs + tickMs;
    },
  };
}

/** Starts no timer of its own: it polls only while an operation is followed, each kind as often as it takes long. */
export function createOperationFollower(identityCenter: IdentityCenter, clock: Clock): OperationFollower {
  const followed = new Map<RequestId, Followed>();
  const ticks: Readonly<Record<OperationKind, Ticks>> = {
    "assignment-creation": createTicks(),
    "assignment-deletion": createTicks(),
    provisioning: createTicks(),
  };
  const polling = new Set<OperationKind>();

  const end = (one: Followed, status: EndedOperation): void => {
    followed.delete(one.operation.requestId);
    ticks[one.operation.kind].ended(clock.now() - one.sinceMs);
    one.end(status);
  };

  const openOf = (kind: OperationKind): readonly Followed[] =>
    [...followed.values()].filter(({ operation, isAsked }) => operation.kind === kind && !isAsked);

  /** Nothing is asked for that can hardly have ended. */
  const dueMs = (kind: OperationKind): number =>
    ticks[kind].dueMs(Math.min(...openOf(kind).map(({ sinceMs }) => sinceMs)));

  const poll = async (kind: OperationKind): Promise<void> => {
    const isFollowed = ({ operation }: Followed): boolean => operation.kind === kind;
    while ([...followed.values()].some(isFollowed)) {
      const waitMs = openOf(kind).length === 0 ? ticks[kind].tickMs() : dueMs(kind) - clock.now();
      await clock.sleep(Math.max(shortestTickMs, waitMs));
      if (dueMs(kind) <= clock.now()) await pollKind(kind);
    }
    polling.delete(kind);
  };

  const pollKind = async (kind: OperationKind): Promise<void> => {
    const ofKind = openOf(kind);
    if (ofKind.length === 0) return;
    const inProgress = await identityCenter.listOperationsInProgress(kind).catch(() => undefined);
    // Without the list each operation is asked for by itself.
    const due = ofKind.filter((one) => isOverdue(one) || inProgress?.has(one.operation.requestId) !== true);
    for (const one of due) {
      if (inProgress?.has(one.operation.requestId) === false) one.onLeft?.();
      void settle(one);
    }
    ticks[kind].asked(clock.now(), clock.now() - Math.max(...ofKind.map(({ sinceMs }) => sinceMs)));
  };

  const isOverdue = ({ sinceMs }: Followed): boolean => clock.now() - sinceMs >= patienceMs;

  const settle = async (one: Followed): Promise<void> => {
    one.isAsked = true;
    const status = await identityCenter.describeOperation(one.operation).catch(() => unanswered);
    one.isAsked = false;
    if (status.status !== "in-progress") return end(one, status);
    if (!isOverdue(one)) return;
    const message = `not finished after ${patienceMs / 60_000} minutes`;
    end(one, { status: "failed", reason: { code: "operation-timeout", message } });
  };

  return {
    follow(operation, onLeft) {
      return new Promise((resolve) => {
        const sinceMs = clock.now();
        if (openOf(operation.kind).length === 0) ticks[operation.kind].begun(sinceMs);
        followed.set(operation.requestId, { operation, sinceMs, end: resolve, onLeft, isAsked: false });
        if (polling.has(operation.kind)) return;
        polling.add(operation.kind);
        void poll(operation.kind);
      });
    },
  };
}

// A poll that fails tells nothing about the operation: it is asked for again at the next tick.
const unanswered: OperationStatus = { status: "in-progress" };

function clamp(ms: number): number {
  return Math.min(longestTickMs, Math.max(shortestTickMs, ms));
}
