/** The limits that refuse a plan. */
export type GuardName = "source-empty" | "deletions" | "users-losing-all-access";

/** Why a plan is refused, with the numbers that say so. */
export interface Violation {
  readonly guard: GuardName;
  readonly numbers: Readonly<Record<string, number>>;
}
