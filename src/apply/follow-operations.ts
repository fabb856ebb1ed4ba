import type { RequestId } from "../model/ids.ts";
import type { Clock, IdentityCenter, Operation, OperationKind, OperationStatus } from "../ports.ts";

/** Waits for asynchronous operations to end, all of one kind with one request per tick. */
export interface OperationFollower {
  /** Resolves with the end of the operation; fails it when AWS does not end it within a quarter of an hour. */
  follow(operation: Operation): Promise<EndedOperation>;
}

export type EndedOperation = Exclude<OperationStatus, { readonly status: "in-progress" }>;

interface Followed {
  readonly operation: Operation;
  readonly sinceMs: number;
  readonly end: (status: EndedOperation) => void;
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

/** Starts no timer of its own: it polls only while an operation is followed. */
export function createOperationFollower(identityCenter: IdentityCenter, clock: Clock): OperationFollower {
  const followed = new Map<RequestId, Followed>();
  let tickMs = firstTickMs;
  let shortestMs = 0;
  let polling: Promise<void> | undefined;

  const end = (one: Followed, status: EndedOperation): void => {
    followed.delete(one.operation.requestId);
    const tookMs = clock.now() - one.sinceMs;
    tickMs = clamp((tickMs + tookMs / ticksPerOperation) / 2);
    shortestMs = shortestMs === 0 ? tookMs : Math.min(tookMs, shortestMs * forgetting);
    one.end(status);
  };

  const untilNextTickMs = (): number => {
    const longestSinceMs = Math.min(...[...followed.values()].map(({ sinceMs }) => sinceMs));
    return Math.max(tickMs, longestSinceMs + shortestMs * earliestEnd - clock.now());
  };

  const poll = async (): Promise<void> => {
    while (followed.size > 0) {
      await clock.sleep(untilNextTickMs());
      await Promise.all(kinds.map((kind) => pollKind(kind)));
    }
    polling = undefined;
  };

  const pollKind = async (kind: OperationKind): Promise<void> => {
    const ofKind = [...followed.values()].filter(
      ({ operation, isAsked }) => operation.kind === kind && !isAsked,
    );
    if (ofKind.length === 0) return;
    const inProgress = await identityCenter.listOperationsInProgress(kind).catch(() => undefined);
    // Without the list each operation is asked for by itself.
    const due = ofKind.filter((one) => isOverdue(one) || inProgress?.has(one.operation.requestId) !== true);
    for (const one of due) void settle(one);
    tickMs = clamp(Math.max(tickMs, ageMs(ofKind) / ticksPerOperation));
  };

  /** Age of the youngest: when even that is old, operations take longer than they did. */
  const ageMs = (ofKind: readonly Followed[]): number =>
    clock.now() - Math.max(...ofKind.map(({ sinceMs }) => sinceMs));

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
    follow(operation) {
      return new Promise((resolve) => {
        const sinceMs = clock.now();
        followed.set(operation.requestId, { operation, sinceMs, end: resolve, isAsked: false });
        polling ??= poll();
      });
    },
  };
}

// A poll that fails tells nothing about the operation: it is asked for again at the next tick.
const unanswered: OperationStatus = { status: "in-progress" };

const kinds: readonly OperationKind[] = ["assignment-creation", "assignment-deletion", "provisioning"];

function clamp(ms: number): number {
  return Math.min(longestTickMs, Math.max(shortestTickMs, ms));
}
