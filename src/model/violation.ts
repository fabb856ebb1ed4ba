/** The limits that refuse a plan. */
export type GuardName =
  | "source-empty"
  | "source-shrank"
  | "directory-shrank"
  | "deletions"
  | "deletions-per-day"
  | "users-losing-all-access"
  | "last-administrator"
  | "administrator-grants"
  | "administrator-grants-per-day"
  | "new-version"
  | "permission-set-still-named"
  | "protected";

/** Why changes are refused, with the numbers that say so. */
export interface Violation {
  readonly guard: GuardName;
  readonly numbers: Readonly<Record<string, number>>;
  /** Names of what it is about, where that is not the plan as a whole. */
  readonly subjects?: readonly string[];
  /** Ids of the changes that it refuses; what depends on them goes with them, and nothing else. */
  readonly refuses: readonly string[];
}

/** What these two refuse is never right, so that no person can let it through either. */
const neverApprovable: ReadonlySet<GuardName> = new Set<GuardName>([
  "permission-set-still-named",
  "protected",
]);

/** Whether a person may let a plan through that this guard refuses. */
export function isApprovable({ guard }: Violation): boolean {
  return !neverApprovable.has(guard);
}
