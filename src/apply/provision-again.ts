import type { AccountId } from "../model/ids.ts";
import type { Change } from "../model/plan.ts";
import { nothingToRead } from "../model/reading.ts";
import type { IdentityCenter } from "../ports.ts";

type Provisioning = Extract<Change, { kind: "provision" }>;

/**
 * What is left of a provisioning that failed, because others have taken the set out of accounts meanwhile: undefined
 * when the set is in all of them still, or AWS does not say, so that it failed for another reason; without accounts when
 * nothing is left to do. An answer that is behind only lists accounts that the set was in before.
 */
export async function provisioningLeft(
  change: Provisioning,
  identityCenter: IdentityCenter,
): Promise<Provisioning | undefined> {
  const { permissionSetArn: arn } = change.target;
  if (arn === undefined) return undefined;
  const found = await identityCenter
    .readParts({ ...nothingToRead, provisionedAccounts: [arn] })
    .catch(() => undefined);
  const provisioned = found?.provisionedAccounts.get(arn);
  if (provisioned === undefined) return undefined;
  const accounts = intersection(change.accounts, provisioned);
  return accounts.length === change.accounts.length ? undefined : { ...change, accounts };
}

function intersection(accounts: readonly AccountId[], others: readonly AccountId[]): readonly AccountId[] {
  const known = new Set(others);
  return accounts.filter((account) => known.has(account));
}
