/** Whether a number of records fell by more than the ratio (0 to 1) of what it was; written as "not within". */
export function hasShrunk(before: number, now: number, maxShrink: number): boolean {
  return now < before && !((before - now) / before <= maxShrink);
}
