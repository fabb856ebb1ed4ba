import { changeKinds } from "../../model/change-kinds.ts";
import { groupBy } from "../../model/group-by.ts";
import type { ReportedChange, ReportedOutcome, ReportedPlan } from "../../model/run-report.ts";
import { type CountedChange, findRenames } from "./renames.ts";

/** A plan in the units that people think in: permission sets, assignments and people, each counted once. */
export interface PlanCounts {
  readonly sets: { readonly created: number; readonly changed: number; readonly deleted: number };
  readonly renamed: number;
  readonly added: number;
  readonly removed: number;
  /** Assignments that are only made anew under a set's new name. */
  readonly moved: number;
  readonly users: number;
  readonly groups: number;
  readonly newAdministrators: number;
}

interface CountedPlan {
  readonly effects?: ReportedPlan["effects"] | undefined;
  readonly changes: readonly CountedChange[];
}

/** Counts what the changes do; what makes a set anew under another name is one rename. */
export function countPlan({ changes, effects }: CountedPlan): PlanCounts {
  const renames = findRenames(changes);
  const from = new Set(renames.map((rename) => rename.from));
  const to = new Set(renames.map((rename) => rename.to));
  const moves = new Set(renames.flatMap((rename) => [...rename.moves]));
  const setsOf = (test: (change: CountedChange) => boolean): ReadonlySet<string> =>
    new Set(changes.filter(test).map(({ target }) => target.permissionSet));
  const created = setsOf(({ kind }) => kind === "create-permission-set");
  const deleted = setsOf(({ kind }) => kind === "delete-permission-set");
  const edited = setsOf(({ kind }) => changeKinds[kind].half === "permission-sets");
  const assignments = changes.filter(({ id, kind }) => isAssignment(kind) && !moves.has(id));
  const principals = new Map(
    changes.flatMap(({ target: { principal } }) =>
      principal === undefined ? [] : [[principal.id, principal]],
    ),
  );
  const users = [...principals.values()].filter(({ type }) => type === "USER").length;
  return {
    sets: {
      created: [...created].filter((name) => !to.has(name)).length,
      changed: [...edited].filter((name) => !created.has(name) && !deleted.has(name)).length,
      deleted: [...deleted].filter((name) => !from.has(name)).length,
    },
    renamed: renames.length,
    added: assignments.filter(({ kind }) => kind === "assign").length,
    removed: assignments.filter(({ kind }) => kind === "unassign").length,
    moved: moves.size / 2,
    users,
    groups: principals.size - users,
    newAdministrators: new Set(effects?.newAdministrators.map(({ target }) => target.principal?.id)).size,
  };
}

function isAssignment(kind: ReportedChange["kind"]): boolean {
  return kind === "assign" || kind === "unassign";
}

/** How many of the sets and assignments of a plan are done: each only once all its changes are. */
export interface Done {
  readonly sets: { readonly done: number; readonly all: number };
  readonly assignments: { readonly done: number; readonly all: number };
}

/** Counts what was done of the plan, in its units. */
export function countDone(
  changes: readonly CountedChange[],
  outcomes: readonly { readonly change: string; readonly status: ReportedOutcome["status"] }[],
): Done {
  const applied = new Set(outcomes.filter(({ status }) => status === "applied").map(({ change }) => change));
  const isDone = ({ id }: CountedChange): boolean => applied.has(id);
  const assignments = changes.filter(({ kind }) => isAssignment(kind));
  const sets = groupBy(
    changes.filter(({ kind }) => !isAssignment(kind)),
    ({ target }) => target.permissionSet,
  );
  return {
    sets: { done: [...sets.values()].filter((ofSet) => ofSet.every(isDone)).length, all: sets.size },
    assignments: { done: assignments.filter(isDone).length, all: assignments.length },
  };
}

/** How many sets and assignments the changes are about. */
export function countObjects(changes: readonly CountedChange[]): number {
  const { sets, assignments } = countDone(changes, []);
  return sets.all + assignments.all;
}
