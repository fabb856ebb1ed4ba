import { groupBy } from "../../model/group-by.ts";
import type { AccountId } from "../../model/ids.ts";
import type { OrganizationalUnit, Places } from "../../model/places.ts";
import { normalizeName } from "../../model/text.ts";
import { indexNames, type NameIndex } from "../nearest-names.ts";

/** Organizational units by what records call them. */
export interface UnitIndex {
  /** Ids of the units with the id or the path; a path begins at the root, with or without the root's name. */
  readonly find: (text: string) => readonly string[];
  readonly paths: NameIndex;
  /** The accounts in a unit, with all below or its direct members only. */
  readonly accountsIn: (unit: string, isDirect: boolean) => ReadonlySet<AccountId>;
}

/** Prepares the places for looking units up. */
export function buildUnitIndex({ units, unitOf }: Places): UnitIndex {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const above = (unit: OrganizationalUnit): readonly OrganizationalUnit[] => {
    const next = unit.above === undefined ? undefined : byId.get(unit.above);
    return next === undefined ? [unit] : [...above(next), unit];
  };
  const lines = units.map((unit) => above(unit));
  const spelled = lines.flatMap((line) => {
    const id = line.at(-1)?.id ?? "";
    const names = line.map(({ name }) => normalizeName(name));
    const whole = { id, path: names.join("/") };
    return names.length === 1 ? [whole] : [whole, { id, path: names.slice(1).join("/") }];
  });
  const byPath = groupBy(spelled, ({ path }) => path);
  const direct = groupBy([...unitOf], ([, unit]) => unit);
  const inside = groupBy(
    lines.flatMap((line) => line.map(({ id }) => ({ above: id, unit: line.at(-1)?.id ?? "" }))),
    (pair) => pair.above,
  );
  const membersOf = (unit: string): readonly AccountId[] => (direct.get(unit) ?? []).map(([id]) => id);
  return {
    find: (text) => (byId.has(text) ? [text] : [...new Set((byPath.get(text) ?? []).map(({ id }) => id))]),
    paths: indexNames(lines.map((line) => line.map(({ name }) => normalizeName(name)).join("/"))),
    accountsIn: (unit, isDirect) => {
      const from = isDirect ? [unit] : (inside.get(unit) ?? []).map((pair) => pair.unit);
      return new Set(from.flatMap(membersOf));
    },
  };
}
