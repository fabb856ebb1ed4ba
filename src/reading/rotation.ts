import type { PermissionSetArn } from "../model/ids.ts";
import { pairKey, type Outline, type Seen } from "../model/reading.ts";
import { accountId } from "../model/ids.ts";
import { seenSet } from "./known-sets.ts";

/** Whatever else happens, everything is read at least once in so many passes. */
export const passesPerRound = 12;

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
}

/** A twelfth of each kind, the longest unread first, and all that would else be unread for more than 12 passes. */
export function dueParts({ permissionSets }: Pick<Outline, "permissionSets">, seen: Seen): DueParts {
  const sets = permissionSets.flatMap(({ arn }) => {
    const set = seenSet(seen, arn);
    return set === undefined ? [] : [{ arn, set }];
  });
  const ours = sets.filter(({ set }) => set.definition !== undefined);
  const pairs = ours.flatMap(({ arn, set }) =>
    Object.entries(set.accounts).map(([account, [, pass]]) => ({
      key: pairKey({ arn, account: accountId(account) }),
      pass,
    })),
  );
  const pass = seen.pass + 1;
  return {
    permissionSets: due(
      sets.map(({ arn, set }) => ({ key: arn, pass: set.pass })),
      pass,
    ),
    staleAccounts: due(
      ours.map(({ arn, set }) => ({ key: arn, pass: set.stalePass })),
      pass,
    ),
    pairs: due(pairs, pass),
  };
}

function due<Key>(parts: readonly Part<Key>[], pass: number): ReadonlySet<Key> {
  // A number from the future is a damaged memory's: nobody knows when that was.
  const sound = parts.map(({ key, pass: read }) => ({ key, pass: read < pass ? read : 0 }));
  const oldest = sound.toSorted((a, b) => a.pass - b.pass);
  const share = Math.ceil(parts.length / passesPerRound);
  return new Set(
    oldest.filter((part, index) => index < share || pass - part.pass >= passesPerRound).map(({ key }) => key),
  );
}
