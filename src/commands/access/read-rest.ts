import { PassError } from "../../errors.ts";
import type { Pass } from "../../model/pass.ts";
import { type LiveParts, nothingToRead, pairKey } from "../../model/reading.ts";
import type { IdentityCenter } from "../../ports.ts";
import type { RestOfAccess } from "../../report/who-has-what/build-access-report.ts";

/** Reads what a pass leaves alone: the sets that are not managed here, what they grant and to whom. Throws a PassError when any part could not be read. */
export async function readRestOfAccess(
  { actual }: Pass,
  identityCenter: IdentityCenter,
): Promise<RestOfAccess> {
  const arns = actual.permissionSets.filter(({ managed }) => !managed).map(({ arn }) => arn);
  const places = await placesOrNone(actual.directory.accounts, identityCenter);
  const where = places === undefined ? {} : { places };
  if (arns.length === 0) return { definitions: new Map(), assignments: [], ...where };
  const parts = await identityCenter.readParts({
    ...nothingToRead,
    heads: arns,
    policies: arns,
    provisionedAccounts: arns,
  });
  const pairs = [...parts.provisionedAccounts].flatMap(([arn, accounts]) =>
    accounts.map((account) => ({ arn, account })),
  );
  const { pairs: principals } = await identityCenter.readParts({ ...nothingToRead, pairs });
  return {
    ...where,
    definitions: definitionsIn(parts),
    assignments: pairs.flatMap(({ arn, account }) => {
      const permissionSet = parts.heads.get(arn)?.name;
      if (permissionSet === undefined) return [];
      return (principals.get(pairKey({ arn, account })) ?? []).map((principal) => ({
        permissionSet,
        account,
        principal,
      }));
    }),
  };
}

function definitionsIn({ heads, policies }: LiveParts): RestOfAccess["definitions"] {
  return new Map(
    [...heads].flatMap(([arn, head]) => {
      const granted = policies.get(arn);
      // Null for a set that others deleted meanwhile.
      return head === null || granted === undefined
        ? []
        : [[String(head.name), { attributes: head.attributes, ...granted }] as const];
    }),
  );
}

/** Undefined where AWS does not tell: the list is of people, and says of an account then what AWS lists of it. */
async function placesOrNone(
  accounts: Parameters<IdentityCenter["readPlaces"]>[0],
  identityCenter: IdentityCenter,
): Promise<RestOfAccess["places"]> {
  try {
    return await identityCenter.readPlaces(accounts);
  } catch (error) {
    if (!(error instanceof PassError)) throw error;
    return undefined;
  }
}
