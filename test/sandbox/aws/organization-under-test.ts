import { AccessAnalyzerClient } from "@aws-sdk/client-accessanalyzer";
import { IAMClient } from "@aws-sdk/client-iam";
import { IdentitystoreClient } from "@aws-sdk/client-identitystore";
import { OrganizationsClient } from "@aws-sdk/client-organizations";
import { SSOAdmin } from "@aws-sdk/client-sso-admin";
import { STSClient } from "@aws-sdk/client-sts";
import { onTestFinished } from "vitest";

import type { Belief } from "../../../src/sandbox/beliefs.ts";
import type { AwsSeed } from "../../../src/sandbox/aws/aws-seed.ts";
import type { Quotas } from "../../../src/sandbox/aws/quotas.ts";
import { type AwsSandbox, startAwsSandbox } from "../../../src/sandbox/aws/start-aws-sandbox.ts";

export const instanceArn = "arn:aws:sso:::instance/ssoins-0123456789abcdef";
export const identityStoreId = "d-0123456789";
export const managementAccount = "111111111111";
export const callerAccount = "222222222222";
export const region = "ap-northeast-1";

/** Round numbers, so that a test can say exactly when something is over. */
const roundLatencies: Partial<Quotas> = {
  assignmentLatencyMs: [5000, 5000],
  existingRoleLatencyMs: [2000, 2000],
  provisionLatencyMs: [4000, 4000],
  deprovisionLatencyMs: [1000, 1000],
  consistencyLagMs: 0,
};

export interface OrganizationUnderTest {
  readonly sandbox: AwsSandbox;
  readonly sso: SSOAdmin;
  readonly identityStore: IdentitystoreClient;
  readonly organizations: OrganizationsClient;
  readonly iam: IAMClient;
  readonly accessAnalyzer: AccessAnalyzerClient;
  readonly sts: STSClient;
  /** Moves the sandbox's clock. */
  readonly pass: (ms: number) => void;
  readonly arnOf: (permissionSet: string) => string;
}

export interface OrganizationOptions {
  readonly seed?: Partial<AwsSeed>;
  readonly quotas?: Partial<Quotas>;
  readonly speed?: number;
  readonly signedFor?: string;
  readonly others?: readonly Belief[];
  /** The only key that is let in; any when absent. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Starts a sandbox whose clock stands still until the test moves it, with one SDK client per service. */
export async function startOrganization(options: OrganizationOptions = {}): Promise<OrganizationUnderTest> {
  let nowMs = 0;
  const sandbox = await startAwsSandbox({
    seed: {
      primaryRegion: region,
      instanceArn,
      identityStoreId,
      managementAccount,
      callerAccount,
      accounts: [
        { id: managementAccount, name: "management" },
        { id: callerAccount, name: "identity" },
        { id: "333333333333", name: "production" },
        { id: "444444444444", name: "development" },
        { id: "555555555555", name: "closed", state: "SUSPENDED" },
      ],
      users: [
        { userName: "hanako@example.com", email: "hanako@example.com" },
        { userName: "taro@example.com", email: "taro.yamada@example.com", status: "DISABLED" },
      ],
      groups: [{ displayName: "developers", members: ["hanako@example.com"] }],
      ...options.seed,
    },
    quotas: { ...roundLatencies, requestsPerSecond: 100_000, ...options.quotas },
    clock: () => nowMs,
    others: new Set(options.others),
    ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
    ...(options.speed === undefined ? {} : { speed: options.speed }),
  });
  onTestFinished(() => sandbox.close());
  const clientOptions = {
    endpoint: sandbox.url,
    region: options.signedFor ?? region,
    credentials: { accessKeyId: "AKIDSANDBOX", secretAccessKey: "sandbox" },
    maxAttempts: 1,
  };
  return {
    sandbox,
    sso: new SSOAdmin(clientOptions),
    identityStore: new IdentitystoreClient(clientOptions),
    organizations: new OrganizationsClient(clientOptions),
    iam: new IAMClient(clientOptions),
    accessAnalyzer: new AccessAnalyzerClient(clientOptions),
    sts: new STSClient(clientOptions),
    pass: (ms) => {
      nowMs += ms;
    },
    arnOf: (permissionSet) => sandbox.state.permissionSet(permissionSet).arn,
  };
}

/** What a refused request says: the name and message of its error. Throws when the request is not refused. */
export async function refusal(
  request: Promise<unknown>,
): Promise<{ readonly name: string; readonly message: string }> {
  const error = await request.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error("The request was not refused.");
  return { name: error.name, message: error.message };
}
