/** How much may go: so much always, beyond that a ratio (0 to 1) of what there is, and never more than the cap. */
export interface LossLimit {
  readonly count: number;
  readonly ratio: number;
  readonly cap: number;
}

/** Whether so many of all are within the limit; written so that 0 ÷ 0 is not. */
export function isWithin(gone: number, all: number, { count, ratio, cap }: LossLimit): boolean {
  return gone <= count || (gone / all <= ratio && gone <= cap);
}

/** Whether a number of records fell by more than the limit. */
export function hasShrunk(before: number, now: number, limit: LossLimit): boolean {
  return now < before && !isWithin(before - now, before, limit);
}
