import type { PermissionSetArn } from "../model/ids.ts";
import { pairKey, type Seen, type SeenPermissionSet, type ListedSets } from "../model/reading.ts";
import { accountId } from "../model/ids.ts";
import { seenSet } from "./known-sets.ts";

/** What makes administrators, and everything of a company of up to about 150 accounts, is read once in so many passes. */
export const passesPerRound = 12;
/** Everything is read once in so many passes, whatever the size. */
const mostPassesPerRound = 60;

/** In how many passes everything is read once, when so many requests are too many for one pass. */
export function roundOf(requests: number, callBudget: number): number {
  return Math.min(mostPassesPerRound, Math.max(passesPerRound, Math.ceil(requests / callBudget)));
}

/** What is to be read in this pass because it has not been for the longest time. */
export interface DueParts {
  readonly permissionSets: ReadonlySet<PermissionSetArn>;
  readonly staleAccounts: ReadonlySet<PermissionSetArn>;
  /** Keys as pairKey makes them. */
  readonly pairs: ReadonlySet<string>;
}

interface Part<Key> {
  readonly key: Key;
  /** Number of the pass that read it. */
  readonly pass: number;
  readonly administrator: boolean;
}

/** A share of each kind, the longest unread first, and all that would else be unread for longer than a round. */
export function dueParts(
  { permissionSets }: ListedSets,
  seen: Seen,
  round: number = passesPerRound,
): DueParts {
  const sets = permissionSets.flatMap(({ arn }) => {
    const set = seenSet(seen, arn);
    return set === undefined ? [] : [{ arn, set }];
  });
  const ours = sets.filter(({ set }) => set.definition !== undefined);
  const pairs = ours.flatMap(({ arn, set }) =>
    Object.entries(set.accounts).map(([account, [, pass]]) => ({
      key: pairKey({ arn, account: accountId(account) }),
      pass,
      administrator: set.administrator === true,
    })),
  );
  const partsOf = (
    some: typeof sets,
    passOf: (set: SeenPermissionSet) => number,
  ): readonly Part<PermissionSetArn>[] =>
    some.map(({ arn, set }) => ({
      key: arn,
      pass: passOf(set),
      administrator: set.administrator === true,
    }));
  const pass = seen.pass + 1;
  const dueOf = <Key>(parts: readonly Part<Key>[]): ReadonlySet<Key> =>
    new Set([
      ...due(
        parts.filter(({ administrator }) => administrator),
        pass,
        passesPerRound,
      ),
      ...due(
        parts.filter(({ administrator }) => !administrator),
        pass,
        round,
      ),
    ]);
  return {
    permissionSets: dueOf(partsOf(sets, (set) => set.pass)),
    staleAccounts: dueOf(partsOf(ours, (set) => set.stalePass)),
    pairs: dueOf(pairs),
  };
}

function due<Key>(parts: readonly Part<Key>[], pass: number, round: number): readonly Key[] {
  // A number from the future is a damaged memory's: when that was is not known.
  const sound = parts.map(({ key, pass: read }) => ({ key, pass: read < pass ? read : 0 }));
  const oldest = sound.toSorted((a, b) => a.pass - b.pass);
  const share = Math.ceil(parts.length / round);
  return oldest.filter((part, index) => index < share || pass - part.pass >= round).map(({ key }) => key);
}
