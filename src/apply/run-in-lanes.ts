import TinyQueue from "tinyqueue";

import type { Change } from "../model/plan.ts";
import { buildGates, isInAccount } from "./gates.ts";

export interface LaneLimits {
  /** Changes in accounts, over all of them. */
  readonly atATime: number;
  /** Provisionings among them. */
  readonly provisions: number;
  /** Changes at a time that are in no account. */
  readonly definitions: number;
}

/**
 * Carries the changes out, one at a time in each account, within the limits, and each as soon as all it waits for has
 * ended: nothing is idle while anything could be started. Of what could be, what ends access goes first, in each account
 * and over all: revocations, then provisioning, since it may; then the account with the most left.
 *
 *     definitions │ set A ─► set B ─► …
 *     account 1   │ unassign C ─► provision A ─► assign A ─► unassign B
 *     account 2   │ (provision A)─► assign B
 *
 * A change that touches several accounts waits until it is first in all of them. `carryOut` must not reject; it is
 * called for every change.
 */
export function runInLanes(
  changes: readonly Change[],
  limits: LaneLimits,
  carryOut: (change: Change) => Promise<void>,
): Promise<void> {
  const gates = buildGates(changes);
  const definitions = createDefinitionQueue(changes, limits.definitions);
  const lanes = createLanes(changes, limits);
  return new Promise((resolve) => {
    let left = changes.length;
    const admit = (open: readonly Change[]): void => {
      for (const change of open) (isInAccount(change) ? lanes : definitions).add(change);
    };
    const finish = (change: Change): void => {
      (isInAccount(change) ? lanes : definitions).end(change);
      admit(gates.end(change));
      left -= 1;
      start();
    };
    const start = (): void => {
      if (left === 0) resolve();
      for (const queue of [definitions, lanes]) {
        for (let change = queue.next(); change !== undefined; change = queue.next()) {
          const started = change;
          void carryOut(started).then(() => finish(started));
        }
      }
    };
    admit(gates.open);
    start();
  });
}

/** Changes that wait for nothing but their turn. */
interface Queue {
  add(change: Change): void;
  /** Takes the one to be started now; undefined while there is none or too much is going on. */
  next(): Change | undefined;
  end(change: Change): void;
}

/** The order in which changes that could be started are started. */
type Ranks = ReadonlyMap<Change, number>;

function ranksOf(changes: readonly Change[]): Ranks {
  return new Map(changes.map((change, rank) => [change, rank]));
}

function byRank(ranks: Ranks): (a: Change, b: Change) => number {
  return (a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0);
}

function createDefinitionQueue(changes: readonly Change[], most: number): Queue {
  const waiting = new TinyQueue<Change>([], byRank(ranksOf(changes)));
  let running = 0;
  return {
    add: (change) => waiting.push(change),
    next() {
      const change = running < most ? waiting.pop() : undefined;
      if (change !== undefined) running += 1;
      return change;
    },
    end: () => void (running -= 1),
  };
}

interface Lane {
  /** Changes that are not over yet. */
  left: number;
  isBusy: boolean;
  readonly revocations: TinyQueue<Change>;
  readonly provisions: TinyQueue<Change>;
  readonly grants: TinyQueue<Change>;
}

function createLanes(changes: readonly Change[], limits: LaneLimits): Queue {
  const ranks = ranksOf(changes);
  const lanes = buildLanes(changes, ranks);
  const lanesOf = ({ accounts }: Change): readonly Lane[] =>
    accounts.flatMap((account) => lanes.get(account) ?? []);
  const running = { all: 0, provisions: 0 };

  /** The change that the account is for next; a provisioning where one may be started. */
  const firstOf = ({ revocations, provisions, grants }: Lane): Change | undefined => {
    const provision = running.provisions < limits.provisions ? provisions.peek() : undefined;
    return revocations.peek() ?? provision ?? grants.peek();
  };
  const isReady = (change: Change): boolean =>
    lanesOf(change).every((lane) => !lane.isBusy && firstOf(lane) === change);

  const rank = byRank(ranks);
  const longest = new TinyQueue<{ readonly change: Change; readonly left: number }>(
    [],
    (a, b) => urgency(a.change) - urgency(b.change) || b.left - a.left || rank(a.change, b.change),
  );
  const offer = (lane: Lane): void => {
    const change = firstOf(lane);
    if (change === undefined || !isReady(change)) return;
    longest.push({ change, left: Math.max(...lanesOf(change).map(({ left }) => left)) });
  };
  const countProvision = (by: number): void => {
    const wasFull = running.provisions >= limits.provisions;
    running.provisions += by;
    if (wasFull === running.provisions >= limits.provisions) return;
    for (const lane of lanes.values()) if (lane.provisions.peek() !== undefined) offer(lane);
  };

  return {
    add(change) {
      for (const lane of lanesOf(change)) queueOf(lane, change).push(change);
      for (const lane of lanesOf(change)) offer(lane);
    },
    next() {
      if (running.all >= limits.atATime) return undefined;
      let change = longest.pop()?.change;
      // What was ready when it was offered need not be so any more.
      while (change !== undefined && !isReady(change)) change = longest.pop()?.change;
      if (change === undefined) return undefined;
      for (const lane of lanesOf(change)) {
        queueOf(lane, change).pop();
        lane.isBusy = true;
      }
      running.all += 1;
      if (change.kind === "provision") countProvision(1);
      return change;
    },
    end(change) {
      running.all -= 1;
      for (const lane of lanesOf(change)) {
        lane.isBusy = false;
        lane.left -= 1;
      }
      if (change.kind === "provision") countProvision(-1);
      for (const lane of lanesOf(change)) offer(lane);
    },
  };
}

function queueOf({ revocations, provisions, grants }: Lane, { kind }: Change): TinyQueue<Change> {
  if (kind === "unassign") return revocations;
  return kind === "provision" ? provisions : grants;
}

/** What ends access is the most urgent, for certain or perhaps. */
function urgency({ kind }: Change): number {
  if (kind === "unassign") return 0;
  return kind === "provision" ? 1 : 2;
}

function buildLanes(changes: readonly Change[], ranks: Ranks): ReadonlyMap<string, Lane> {
  const lanes = new Map<string, Lane>();
  const compare = byRank(ranks);
  for (const change of changes) {
    for (const account of change.accounts) {
      const lane = lanes.get(account) ?? {
        left: 0,
        isBusy: false,
        revocations: new TinyQueue([], compare),
        provisions: new TinyQueue([], compare),
        grants: new TinyQueue([], compare),
      };
      lane.left += 1;
      lanes.set(account, lane);
    }
  }
  return lanes;
}
