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
}

const firstTickMs = 500;
const shortestTickMs = 100;
const longestTickMs = 5_000;
const ticksPerOperation = 3;
const patienceMs = 15 * 60_000;

/** Starts no timer of its own: it polls only while an operation is followed. */
export function createOperationFollower(identityCenter: IdentityCenter, clock: Clock): OperationFollower {
  const followed = new Map<RequestId, Followed>();
  let tickMs = firstTickMs;
  let polling: Promise<void> | undefined;

  const end = (one: Followed, status: EndedOperation): void => {
    followed.delete(one.operation.requestId);
    const tookMs = clock.now() - one.sinceMs;
    tickMs = clamp((tickMs + tookMs / ticksPerOperation) / 2);
    one.end(status);
  };

  const poll = async (): Promise<void> => {
    while (followed.size > 0) {
      await clock.sleep(tickMs);
      const ended = (await Promise.all(kinds.map((kind) => pollKind(kind)))).flat();
      if (ended.every((found) => !found)) tickMs = clamp(tickMs * 1.5);
    }
    polling = undefined;
  };

  const pollKind = async (kind: OperationKind): Promise<readonly boolean[]> => {
    const ofKind = [...followed.values()].filter(({ operation }) => operation.kind === kind);
    if (ofKind.length === 0) return [];
    const inProgress = await identityCenter.listOperationsInProgress(kind).catch(() => undefined);
    // Without the list each operation is asked for by itself.
    const due = ofKind.filter((one) => isOverdue(one) || inProgress?.has(one.operation.requestId) !== true);
    return Promise.all(due.map((one) => settle(one)));
  };

  const isOverdue = ({ sinceMs }: Followed): boolean => clock.now() - sinceMs >= patienceMs;

  const settle = async (one: Followed): Promise<boolean> => {
    const status = await identityCenter.describeOperation(one.operation).catch(() => unanswered);
    if (status.status !== "in-progress") {
      end(one, status);
      return true;
    }
    if (!isOverdue(one)) return false;
    const message = `not finished after ${patienceMs / 60_000} minutes`;
    end(one, { status: "failed", reason: { code: "operation-timeout", message } });
    return true;
  };

  return {
    follow(operation) {
      return new Promise((resolve) => {
        followed.set(operation.requestId, { operation, sinceMs: clock.now(), end: resolve });
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
