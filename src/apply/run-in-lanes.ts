import { groupBy } from "../model/group-by.ts";
import type { Change } from "../model/plan.ts";

export interface LaneLimits {
  /** Operations in progress over all accounts. */
  readonly outstandingOperations: number;
  /** Provisionings among them. */
  readonly provisions: number;
}

/**
 * Carries the changes out, one at a time in each account, in the given order within an account, and within the limits.
 *
 *     account 1 │ provision ─► assign ─► assign ─► unassign
 *     account 2 │ (provision)─► assign
 *     account 3 │ unassign
 *
 * A change that touches several accounts waits until it is first in all of them. `carryOut` must not reject; it is
 * called for every change.
 */
export function runInLanes(
  changes: readonly Change[],
  limits: LaneLimits,
  carryOut: (change: Change) => Promise<void>,
): Promise<void> {
  const lanes = buildLanes(changes);
  const ready = new Set(changes.filter((change) => isFirst(change, lanes)));
  let provisions = 0;
  let others = 0;

  const next = (): Change | undefined => {
    let best: Change | undefined;
    let bestLength = 0;
    for (const change of ready) {
      const full =
        provisions + others >= limits.outstandingOperations ||
        (change.kind === "provision" && provisions >= limits.provisions);
      const length = laneLength(change, lanes);
      if (full || length <= bestLength) continue;
      best = change;
      bestLength = length;
    }
    return best;
  };

  return new Promise((resolve) => {
    let left = changes.length;
    const start = (change: Change): void => {
      ready.delete(change);
      if (change.kind === "provision") provisions += 1;
      else others += 1;
      void carryOut(change).then(() => finish(change));
    };
    const finish = (change: Change): void => {
      if (change.kind === "provision") provisions -= 1;
      else others -= 1;
      left -= 1;
      for (const account of change.accounts) {
        const lane = lanes.get(account);
        lane?.advance();
        const head = lane?.head();
        if (head !== undefined && isFirst(head, lanes)) ready.add(head);
      }
      fill();
    };
    const fill = (): void => {
      if (left === 0) resolve();
      for (let change = next(); change !== undefined; change = next()) start(change);
    };
    fill();
  });
}

interface Lane {
  readonly head: () => Change | undefined;
  readonly length: () => number;
  readonly advance: () => void;
}

type Lanes = ReadonlyMap<string, Lane>;

function buildLanes(changes: readonly Change[]): Lanes {
  const steps = changes.flatMap((change) => change.accounts.map((account) => ({ account, change })));
  const queues = groupBy(steps, ({ account }) => account);
  return new Map(
    [...queues].map(([account, queue]) => [account, createLane(queue.map(({ change }) => change))]),
  );
}

function createLane(queue: readonly Change[]): Lane {
  let at = 0;
  return {
    head: () => queue[at],
    length: () => queue.length - at,
    advance: () => void (at += 1),
  };
}

function isFirst(change: Change, lanes: Lanes): boolean {
  return change.accounts.every((account) => lanes.get(account)?.head() === change);
}

/** The longest queue among the change's accounts: starting those first ends the whole plan soonest. */
function laneLength(change: Change, lanes: Lanes): number {
  return Math.max(...change.accounts.map((account) => lanes.get(account)?.length() ?? 0));
}
