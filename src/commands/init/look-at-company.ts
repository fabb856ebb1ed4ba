import { closeAwsClients, createAwsClients } from "../../aws/clients.ts";
import { readUsers } from "../../aws/directory.ts";
import { checkCaller, readInstance } from "../../aws/instance.ts";
import { createReader } from "../../aws/reader.ts";
import type { User } from "../../model/directory.ts";
import type { AccountId } from "../../model/ids.ts";
import type { Clock } from "../../ports.ts";
import type { Surroundings } from "../../process/process-face.ts";
import { connectToAws } from "../../wiring/connect-to-aws.ts";

/** What the configuration of this company is made of. */
export interface Company {
  readonly account: AccountId;
  readonly managementAccount: AccountId;
  readonly instanceArn: string;
  readonly users: readonly User[];
}

const pace = { requestsPerSecond: 18 };

/** Looks at AWS with the credentials that there are. Throws a PassError. */
export async function lookAtCompany(
  surroundings: Surroundings,
  region: string,
  clock: Clock,
): Promise<Company> {
  const clients = createAwsClients({ ...connectToAws(surroundings, { region, clock }), pace });
  const reader = createReader(clock);
  try {
    const caller = await checkCaller(reader, clients, {});
    const { arn, identityStoreId } = await readInstance(reader, clients.ssoAdmin, { region });
    return { ...caller, instanceArn: arn, users: await readUsers(reader, clients, identityStoreId) };
  } finally {
    closeAwsClients(clients);
  }
}
