import type { Assignment } from "../../model/assignment.ts";
import type { Pass } from "../../model/pass.ts";
import { nothingToRead, pairKey } from "../../model/reading.ts";
import type { IdentityCenter } from "../../ports.ts";
import { isOutOfReach, listOutOfReach } from "./out-of-reach.ts";

/**
 * What exists now in the accounts that are out of the sync's reach: of every permission set that the records or the last
 * look have there, ours or not. Throws a PassError when any part could not be read.
 */
export async function readInPlace(
  { actual, desired }: Pass,
  identityCenter: IdentityCenter,
): Promise<readonly Assignment[]> {
  const isMeant = isOutOfReach(actual.directory);
  const named = new Set<string>(
    [...desired.assignments, ...actual.assignments]
      .filter(({ account }) => isMeant(account))
      .map(({ permissionSet }) => permissionSet),
  );
  const asked = actual.permissionSets
    .filter(({ name }) => named.has(name))
    .flatMap(({ arn, name }) =>
      listOutOfReach(actual.directory).map((account) => ({ arn, account, permissionSet: name })),
    );
  if (asked.length === 0) return [];
  const pairs = asked.map(({ arn, account }) => ({ arn, account }));
  const live = await identityCenter.readParts({ ...nothingToRead, pairs });
  return asked.flatMap(({ arn, account, permissionSet }) =>
    (live.pairs.get(pairKey({ arn, account })) ?? []).map((principal) => ({
      permissionSet,
      account,
      principal,
    })),
  );
}
