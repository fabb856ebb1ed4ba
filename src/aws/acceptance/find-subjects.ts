import type { SubjectRefusal, Subjects } from "../../model/acceptance.ts";
import type { Config } from "../../model/config.ts";
import { accountId, type AccountId } from "../../model/ids.ts";
import { readAccounts, readGroups, readUsers } from "../directory.ts";
import { checkCaller, readInstance } from "../instance.ts";
import type { AwsClients } from "../clients.ts";
import type { Reader } from "../reader.ts";
import type { BenchPlace } from "./bench.ts";

interface Found extends BenchPlace {
  /** Names, and what stands for them where they are secret. */
  readonly names: Readonly<Record<string, string>>;
}

/**
 * Finds them in AWS, or says why not: never the management account, nor one that could change the sync itself, nor one
 * that is protected. Throws a PassError when AWS does not answer or the caller is the management account.
 */
export async function findSubjects(
  reader: Reader,
  clients: AwsClients,
  { identityCenter, protected: { accounts: protectedAccounts } }: Config,
  wanted: Subjects,
): Promise<Found | SubjectRefusal> {
  const caller = await checkCaller(reader, clients, { ...identityCenter, allowManagementAccount: false });
  const instance = await readInstance(reader, clients.ssoAdmin, identityCenter);
  const accounts = await readAccounts(reader, clients);
  const account = accounts.find(({ id }) => id === wanted.account);
  const refusal = refuseAccount(accountId(wanted.account), account?.state, {
    ...caller,
    keyAccounts: [caller.account, ...identityCenter.memoryAccounts],
    protectedAccounts,
  });
  if (refusal !== undefined) return refusal;
  const users = await readUsers(reader, clients, instance.identityStoreId);
  const user = users.find(({ userName }) => isAlike(userName, wanted.user));
  if (user === undefined) return "user-unknown";
  const groups = await readGroups(reader, clients, instance.identityStoreId);
  const group = groups.find(({ displayName }) => isAlike(displayName, wanted.group));
  if (group === undefined) return "group-unknown";
  return {
    instanceArn: instance.arn,
    partition: instance.arn.split(":")[1] ?? "aws",
    account: accountId(wanted.account),
    user: { type: "USER", id: user.id },
    group: { type: "GROUP", id: group.id },
    names: {
      [instance.arn]: "<instance>",
      [instance.identityStoreId]: "<store>",
      [user.id]: "<user id>",
      [user.userName]: "<user>",
      [group.id]: "<group id>",
      [group.displayName]: "<group>",
      [account?.name ?? ""]: "<account name>",
    },
  };
}

interface OffLimits {
  readonly managementAccount: AccountId;
  /** Those that could change the sync itself. */
  readonly keyAccounts: readonly AccountId[];
  readonly protectedAccounts: readonly AccountId[];
}

function refuseAccount(
  account: AccountId,
  state: string | undefined,
  { managementAccount, keyAccounts, protectedAccounts }: OffLimits,
): SubjectRefusal | undefined {
  if (account === managementAccount) return "management-account";
  if (keyAccounts.includes(account)) return "key-account";
  if (protectedAccounts.includes(account)) return "protected-account";
  if (state === undefined) return "account-unknown";
  return state === "ACTIVE" ? undefined : "account-not-active";
}

function isAlike(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
