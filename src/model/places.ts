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

/** By account, the names of the units that it stands in: `Root/Production/Web`. */
export function placeTexts({ units, unitOf }: Places): ReadonlyMap<AccountId, string> {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const textOf = (id: string): string => {
    const unit = byId.get(id);
    if (unit === undefined) return "";
    return unit.above === undefined ? unit.name : `${textOf(unit.above)}/${unit.name}`;
  };
  return new Map([...unitOf].map(([account, unit]) => [account, textOf(unit)]));
}
