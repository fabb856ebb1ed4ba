import type { AccountId } from "./ids.ts";

/** An organizational unit, or the root, which has none above it. */
export interface OrganizationalUnit {
  readonly id: string;
  readonly name: string;
  readonly above?: string;
}

/** Where every account of the organization stands. */
export interface Places {
  readonly units: readonly OrganizationalUnit[];
  /** By account, the id of the unit that it stands in. */
  readonly unitOf: ReadonlyMap<AccountId, string>;
}
