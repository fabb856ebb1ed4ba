/** Something that happens to the state at a moment: takes the state before and gives the state after. */
type Happening<State> = (before: State) => State;

/**
 * A state that changes with time, worked out when it is asked for: nothing runs in between, so nothing is left behind.
 *
 *     changes    ──●──────●───────────●──►
 *     visible  …………────●──────●───────────   each change becomes visible the lag later
 */
export interface Timeline<State> {
  /** Milliseconds on the clock; within a happening, its moment. */
  now(): number;
  /** The state after everything that was due until now. */
  newest(): State;
  /** The state as it was the lag ago. */
  visible(): State;
  change(happening: Happening<State>): void;
  /** Plans a happening, counted from now or, within a happening, from its moment. */
  after(delayMs: number, happening: Happening<State>): void;
  /** Changes the state so that the change, and everything before it, is visible at once. */
  rewrite(happening: Happening<State>): void;
}

/** Creates a timeline that reads the time in milliseconds from `clock` and shows changes `lagMs` late. */
export function createTimeline<State>(first: State, clock: () => number, lagMs: number): Timeline<State> {
  let versions: { since: number; state: State }[] = [{ since: Number.NEGATIVE_INFINITY, state: first }];
  let planned: { at: number; happening: Happening<State> }[] = [];
  let moment: number | undefined;

  const newestVersion = () => versions.at(-1)?.state ?? first;
  const now = () => moment ?? clock();
  const append = (since: number, state: State) => {
    versions.push({ since, state });
  };

  function nextDue(): { at: number; happening: Happening<State> } | undefined {
    const due = planned.toSorted((one, other) => one.at - other.at)[0];
    return due !== undefined && due.at <= clock() ? due : undefined;
  }

  function catchUp(): void {
    if (moment !== undefined) return;
    for (let due = nextDue(); due !== undefined; due = nextDue()) {
      const current = due;
      planned = planned.filter((entry) => entry !== current);
      moment = current.at;
      append(current.at, current.happening(newestVersion()));
      moment = undefined;
    }
  }

  function forgetInvisible(): void {
    const shown = versions.findLastIndex(({ since }) => since <= clock() - lagMs);
    versions = versions.slice(Math.max(0, shown));
  }

  return {
    now,
    newest() {
      catchUp();
      return newestVersion();
    },
    visible() {
      catchUp();
      forgetInvisible();
      return versions[0]?.state ?? first;
    },
    change(happening) {
      catchUp();
      append(now(), happening(newestVersion()));
    },
    after(delayMs, happening) {
      catchUp();
      planned.push({ at: now() + delayMs, happening });
    },
    rewrite(happening) {
      catchUp();
      versions = [{ since: Number.NEGATIVE_INFINITY, state: happening(newestVersion()) }];
    },
  };
}
