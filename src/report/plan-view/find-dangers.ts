import { groupBy } from "../../model/group-by.ts";
import type { ReportedPlan, ReportedTarget } from "../../model/run-report.ts";
import { accountText } from "../names.ts";
import { accountOf, type Extent, foldNames, principalOf, sortNames } from "./fold-names.ts";
import type { PlanLine } from "./plan-line.ts";
import { findRenames } from "./renames.ts";

/** Below a headline this leaves all of it within the first twelve lines. */
const mostLines = 10;
const mostOfOneKind = 4;

/** Removals of one set that are worth a look: people see fewer by themselves. */
const bigRemoval = 5;

/** What a person looks at first: new administrators, accounts and people left without, big removals, and who may run as other roles; a few lines. */
export function findDangers(plan: ReportedPlan, extent: Extent): readonly PlanLine[] {
  const { words } = extent;
  const kinds = [
    listNewAdministrators(plan, extent),
    listWithoutAdministrator(plan, extent),
    listLastAccess(plan, extent),
    listRemovals(plan, extent),
    listNewRunners(plan, extent),
  ].filter((lines) => lines.length > 0);
  if (kinds.length === 0) return [];
  const most = extent.verbose ? Number.POSITIVE_INFINITY : mostOfOneKind;
  const texts = kinds.flatMap((lines) => {
    if (lines.length <= most) return lines;
    return [...lines.slice(0, most - 1), words.moreOfKind(lines.length - most + 1)];
  });
  const lines = texts.map((text): PlanLine => ({ sign: "!", depth: 1, text }));
  return [
    { sign: "=", depth: 0, text: words.lookFirst },
    ...lines.slice(0, extent.verbose ? undefined : mostLines),
  ];
}

function listNewAdministrators({ effects }: ReportedPlan, extent: Extent): readonly string[] {
  return listBySet(effects?.newAdministrators ?? [], extent.words.newAdministrators, extent);
}

function listNewRunners({ effects }: ReportedPlan, extent: Extent): readonly string[] {
  return listBySet(effects?.newRunners ?? [], extent.words.newRunners, extent);
}

function listBySet(
  people: readonly { readonly target: ReportedTarget }[],
  say: Extent["words"]["newAdministrators"],
  extent: Extent,
): readonly string[] {
  const bySet = groupBy(people, ({ target }) => target.permissionSet);
  return [...bySet]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([set, found]) =>
      say(
        new Set(found.map(({ target }) => target.principal?.id)).size,
        foldNames(
          found.map(({ target }) => principalOf(target, extent.texts)),
          extent,
        ),
        set,
        foldNames(
          found.map(({ target }) => accountOf(target, extent.texts)),
          extent,
        ),
      ),
    );
}

function listWithoutAdministrator({ effects }: ReportedPlan, { words }: Extent): readonly string[] {
  const accounts = (effects?.accountsWithoutAdministrator ?? []).map(({ account, accountName }) =>
    accountText(account, accountName),
  );
  return sortNames(accounts).map((account) => words.withoutAdministrator(account));
}

function listLastAccess({ effects }: ReportedPlan, extent: Extent): readonly string[] {
  const users = (effects?.losesAll ?? []).map(({ user }) => user);
  return users.length === 0 ? [] : [extent.words.lastAccess(users.length, foldNames(users, extent))];
}

function listRemovals({ changes }: ReportedPlan, extent: Extent): readonly string[] {
  const { words } = extent;
  const renames = findRenames(changes);
  const replaced = new Set(renames.map(({ from }) => from));
  const moves = new Set(renames.flatMap((rename) => [...rename.moves]));
  const removed = changes.filter(
    ({ id, kind, because }) => kind === "unassign" && because === undefined && !moves.has(id),
  );
  const bySet = groupBy(removed, ({ target }) => target.permissionSet);
  const deleted = new Set(
    changes
      .filter(({ kind, target }) => kind === "delete-permission-set" && !replaced.has(target.permissionSet))
      .map(({ target }) => target.permissionSet),
  );
  const sets = [...new Set([...deleted, ...bySet.keys()])].map((set) => ({
    set,
    lost: bySet.get(set) ?? [],
  }));
  return sets
    .filter(({ set, lost }) => deleted.has(set) || lost.length >= bigRemoval)
    .toSorted((a, b) => b.lost.length - a.lost.length)
    .map(({ set, lost }) => {
      const people = foldNames(
        lost.map(({ target }) => principalOf(target, extent.texts)),
        extent,
      );
      const accounts = new Set(lost.map(({ target }) => target.account)).size;
      return words.removals(set, { isDeleted: deleted.has(set), assignments: lost.length, accounts, people });
    });
}
