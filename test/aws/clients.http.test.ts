import { ListPoliciesCommand } from "@aws-sdk/client-iam";
import { ListGroupsCommand } from "@aws-sdk/client-identitystore";
import { DescribeOrganizationCommand } from "@aws-sdk/client-organizations";
import { ListInstancesCommand } from "@aws-sdk/client-sso-admin";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { describe, expect, it, vi } from "vitest";

import {
  callerAccount,
  devAccount,
  organization,
  ownSet,
  prodAccount,
  refusal,
  startScene,
} from "./organization.ts";

describe("the AWS clients", () => {
  it.each(["AWS_ENDPOINT_URL", "every AWS_ENDPOINT_URL_<SERVICE>"])(
    "reach what %s says",
    async (variables) => {
      const { clients, sandbox } = await startScene();
      if (variables !== "AWS_ENDPOINT_URL") {
        vi.stubEnv("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
        for (const service of ["SSO_ADMIN", "IDENTITYSTORE", "ORGANIZATIONS", "IAM", "STS"]) {
          vi.stubEnv(`AWS_ENDPOINT_URL_${service}`, sandbox.url);
        }
      }
      const answers = await Promise.all([
        clients.ssoAdmin.send(new ListInstancesCommand({})),
        clients.identityStore.send(new ListGroupsCommand({ IdentityStoreId: "d-956700a1b2" })),
        clients.organizations.send(new DescribeOrganizationCommand({})),
        clients.iam.send(new ListPoliciesCommand({})),
        clients.sts.send(new GetCallerIdentityCommand({})),
      ]);
      expect(answers).toMatchObject([
        { Instances: [{ IdentityStoreId: "d-956700a1b2" }] },
        { Groups: [{ DisplayName: "Developers" }] },
        { Organization: { FeatureSet: "ALL" } },
        { IsTruncated: true },
        { Account: callerAccount },
      ]);
      expect(sandbox.requests.map(({ service }) => service).toSorted()).toEqual(
        ["iam", "identitystore", "organizations", "sso-admin", "sts"].toSorted(),
      );
    },
  );

  it("tell about every attempt, with the service, the operation and what went wrong", async () => {
    const { clients, sandbox, attempts } = await startScene({ maxAttempts: 3 });
    const respond = refusal("InternalServerException", "try later", 500);
    sandbox.failures.add({ match: { operation: "ListInstances" }, nth: 1, respond: { reset: true } });
    sandbox.failures.add({ match: { operation: "ListInstances" }, nth: 2, respond });
    await clients.ssoAdmin.send(new ListInstancesCommand({}));
    await clients.sts.send(new GetCallerIdentityCommand({}));
    expect(attempts).toEqual([
      { service: "sso", operation: "ListInstances", errorName: "TimeoutError" },
      { service: "sso", operation: "ListInstances", errorName: "InternalServerException" },
      { service: "sso", operation: "ListInstances", errorName: undefined },
      { service: "sts", operation: "GetCallerIdentity", errorName: undefined },
    ]);
  });
});

describe("the pace", () => {
  it("keeps a read of hundreds of requests below AWS's limits", async () => {
    const assignments = [
      { accountId: devAccount, userName: "sato" },
      { accountId: prodAccount, group: "Developers" },
    ];
    const sets = Array.from({ length: 30 }, (_, index) => ownSet(`Set${index}`, { assignments }));
    const { center, sandbox, attempts } = await startScene({ seed: organization(sets), speed: 20 });
    const startedMs = performance.now();
    const state = await center.readActualState();
    const tookSeconds = ((performance.now() - startedMs) * 20) / 1000;
    expect(state.assignments).toHaveLength(60);
    const refused = sandbox.requests.filter(({ error }) => error === "ThrottlingException");
    expect(refused).toEqual([]);
    const asked = attempts.filter(({ service }) => service === "sso").length;
    expect(asked).toBe(304);
    // 15 a second, after a burst of 3.
    expect(tookSeconds).toBeGreaterThan((asked - 3) / 15);
  });
});
