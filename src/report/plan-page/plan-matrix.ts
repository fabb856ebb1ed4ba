import { groupBy } from "../../model/group-by.ts";
import type { ReportedChange, ReportedPlan } from "../../model/run-report.ts";
import { accountOf, type Extent, sortNames } from "../plan-view/fold-names.ts";

/** What happens to the assignments of one set in one account. */
export interface MatrixCell {
  readonly added: number;
  readonly removed: number;
  /** A person becomes an administrator there. */
  readonly makesAdministrator: boolean;
}

export interface PlanMatrix {
  readonly sets: readonly {
    readonly name: string;
    /** What becomes of the set itself; undefined where only its assignments change. */
    readonly itself: "new" | "changes" | "goes" | undefined;
  }[];
  /** By account name; a cell for each set, undefined where nothing changes. */
  readonly rows: readonly {
    readonly account: string;
    readonly cells: readonly (MatrixCell | undefined)[];
  }[];
}

/** The changes of a plan by account and permission set; sets that make administrators come first. */
export function planMatrix({ changes, effects }: ReportedPlan, { texts }: Extent): PlanMatrix {
  const dangerous = new Set((effects?.newAdministrators ?? []).flatMap((one) => one.changes));
  const isDangerous = ({ id, makesAdministrator }: ReportedChange): boolean =>
    makesAdministrator === true || dangerous.has(id);
  const bySet = groupBy(changes, ({ target }) => target.permissionSet);
  const inOrder = sortNames(bySet.keys());
  const alarming = inOrder.filter((name) => bySet.get(name)?.some(isDangerous) === true);
  const names = [...alarming, ...inOrder.filter((name) => !alarming.includes(name))];
  const assignments = changes.filter(({ kind }) => kind === "assign" || kind === "unassign");
  const byAccount = groupBy(assignments, ({ target }) => accountOf(target, texts));
  return {
    sets: names.map((name) => ({ name, itself: fateOf(bySet.get(name) ?? []) })),
    rows: sortNames(byAccount.keys()).map((account) => {
      const ofAccount = groupBy(byAccount.get(account) ?? [], ({ target }) => target.permissionSet);
      return { account, cells: names.map((name) => cellOf(ofAccount.get(name) ?? [], isDangerous)) };
    }),
  };
}

function cellOf(
  changes: readonly ReportedChange[],
  isDangerous: (change: ReportedChange) => boolean,
): MatrixCell | undefined {
  if (changes.length === 0) return undefined;
  const added = changes.filter(({ kind }) => kind === "assign").length;
  return { added, removed: changes.length - added, makesAdministrator: changes.some(isDangerous) };
}

function fateOf(changes: readonly ReportedChange[]): PlanMatrix["sets"][number]["itself"] {
  const kinds = new Set(changes.map(({ kind }) => kind));
  if (kinds.has("create-permission-set")) return "new";
  if (kinds.has("delete-permission-set")) return "goes";
  kinds.delete("assign");
  kinds.delete("unassign");
  return kinds.size === 0 ? undefined : "changes";
}
