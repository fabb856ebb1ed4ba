import { formerNameIn, recordTag, type Tags } from "../../model/ownership.ts";
import { passingName, type PermissionSetAttributes } from "../../model/permission-set.ts";
import type { ReportedChange } from "../../model/run-report.ts";

/** As much of a change as it takes to count it. */
export type CountedChange = Pick<ReportedChange, "id" | "kind" | "target" | "after">;

/** A set that takes the place of another one of the same record. */
export interface Rename {
  readonly from: string;
  readonly to: string;
  /** Assignments that are only made anew under the new name, by id of the change that makes or takes them. */
  readonly moves: ReadonlySet<string>;
  /** Users and groups among those, each once. */
  readonly movedPrincipals: number;
}

/** What creating a set says of it. */
export interface CreatedSet {
  readonly attributes: PermissionSetAttributes;
  readonly tags: Tags;
}

/** The renames of a plan: a new set names the one before it, and what one loses the other gains. */
export function findRenames(changes: readonly CountedChange[]): readonly Rename[] {
  return changes.flatMap(({ kind, target: { permissionSet: to }, after }) => {
    if (kind !== "create-permission-set") return [];
    const tags = (after as Partial<CreatedSet>).tags ?? {};
    const passing = passingName(to, tags[recordTag] ?? "");
    const isPassing = changes.some(({ target }) => target.permissionSet === passing);
    const from = isPassing ? passing : formerNameIn(tags);
    return from === undefined ? [] : [renameOf(from, to, changes)];
  });
}

function renameOf(from: string, to: string, changes: readonly CountedChange[]): Rename {
  const gained = byHolder(changes, "assign", to);
  const lost = byHolder(changes, "unassign", from);
  const moved = [...gained].filter(([holder]) => lost.has(holder)).map(([holder]) => holder);
  const ids = moved.flatMap((holder) => [gained.get(holder)?.id ?? "", lost.get(holder)?.id ?? ""]);
  const principals = moved.map((holder) => gained.get(holder)?.target.principal?.id);
  return { from, to, moves: new Set(ids), movedPrincipals: new Set(principals).size };
}

function byHolder(
  changes: readonly CountedChange[],
  wanted: "assign" | "unassign",
  set: string,
): ReadonlyMap<string, CountedChange> {
  const own = changes.filter(({ kind, target }) => kind === wanted && target.permissionSet === set);
  return new Map(
    own.map((change) => [`${change.target.account ?? ""}/${change.target.principal?.id ?? ""}`, change]),
  );
}
