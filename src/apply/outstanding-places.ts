/** The places that AWS has for operations in progress: as many as it allows, fewer while others take some of them. */
export interface OutstandingPlaces {
  /** Resolves when there is one, in the order in which they are asked for; resolves with what gives it back, once. */
  readonly take: () => Promise<() => void>;
  /** Tells that AWS has taken an operation; crowded when it refused it at first. */
  readonly taken: (wasCrowded: boolean) => void;
}

/** AWS is asked for one more after so many operations that it took at once. */
const takenBeforeMore = 30;

/** Their number falls to what AWS has just been content with, and rises again by one after every thirty operations. */
export function createOutstandingPlaces(allowed: number): OutstandingPlaces {
  const waiting: (() => void)[] = [];
  let most = allowed;
  let used = 0;
  let atOnce = 0;

  const letIn = (): void => {
    while (used < most) {
      const next = waiting.shift();
      if (next === undefined) return;
      used += 1;
      next();
    }
  };
  const giveBackOnce = (): (() => void) => {
    let isBack = false;
    return () => {
      if (isBack) return;
      isBack = true;
      used -= 1;
      letIn();
    };
  };

  return {
    take: () =>
      new Promise((resolve) => {
        waiting.push(() => resolve(giveBackOnce()));
        letIn();
      }),
    taken(wasCrowded) {
      atOnce = wasCrowded ? 0 : atOnce + 1;
      if (wasCrowded) most = Math.max(1, Math.min(most, used));
      if (atOnce < takenBeforeMore) return;
      atOnce = 0;
      most = Math.min(allowed, most + 1);
      letIn();
    },
  };
}
