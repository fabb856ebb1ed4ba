import { structure } from "../protocol/request-shapes.ts";
import { createService } from "../protocol/service.ts";
import type { Service } from "../protocol/service.ts";

/** The part of STS that tells who the caller is; there is only one, whatever the credentials. */
export function createSts(caller: { readonly callerAccount: string; readonly callerArn: string }): Service {
  return createService({
    name: "sts",
    requests: { GetCallerIdentity: structure({}) },
    operations: {
      GetCallerIdentity: ({ callerAccount, callerArn }: typeof caller) => ({
        UserId: `AROASANDBOX:${callerArn.split("/").at(-1)}`,
        Account: callerAccount,
        Arn: callerArn,
      }),
    },
    context: caller,
    invalidCode: "ValidationError",
  });
}
