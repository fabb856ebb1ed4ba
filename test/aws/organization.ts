import { onTestFinished, vi } from "vitest";

import { type AwsClients, createAwsClients } from "../../src/aws/clients.ts";
import { createIdentityCenter } from "../../src/aws/identity-center.ts";
import type { AwsService } from "../../src/aws/request-pace.ts";
import { ownerTag, recordTag } from "../../src/model/ownership.ts";
import type { IdentityCenter } from "../../src/ports.ts";
import type { AwsSeed, SeedPermissionSet } from "../../src/sandbox/aws/aws-seed.ts";
import {
  type AwsSandbox,
  type AwsSandboxOptions,
  startAwsSandbox,
} from "../../src/sandbox/aws/start-aws-sandbox.ts";
import { acceleratedClock } from "../../src/wiring/clocks.ts";

export const region = "ap-northeast-1";
const owner = "example.cybozu.com/10";
export const ownTags = { [ownerTag]: owner, [recordTag]: "1" };

export const managementAccount = "999999999999";
export const callerAccount = "111111111111";
export const devAccount = "222222222222";
export const prodAccount = "333333333333";

/** An organization with two accounts to work in, two users, a group and the permission sets given. */
export function organization(permissionSets: readonly SeedPermissionSet[] = []): AwsSeed {
  return {
    primaryRegion: region,
    callerAccount,
    managementAccount,
    accounts: [
      { id: managementAccount, name: "Management" },
      { id: callerAccount, name: "Audit" },
      { id: devAccount, name: "Dev" },
      { id: prodAccount, name: "Prod" },
    ],
    users: [
      { userName: "sato", email: "sato@example.com", displayName: "佐藤" },
      { userName: "suzuki", email: "suzuki@example.com", status: "DISABLED" },
    ],
    groups: [{ displayName: "Developers", members: ["sato"] }],
    permissionSets,
  };
}

/** A managed permission set. */
export function ownSet(name: string, rest: Omit<SeedPermissionSet, "name"> = {}): SeedPermissionSet {
  return { name, tags: ownTags, ...rest };
}

export interface Scene {
  readonly sandbox: AwsSandbox;
  readonly clients: AwsClients;
  readonly center: IdentityCenter;
  /** Every attempt as the clients counted it. */
  readonly attempts: { service: AwsService; operation: string; errorName: string | undefined }[];
  /** The operations the sandbox answered, in order. */
  readonly operations: () => readonly string[];
}

export interface SceneOptions {
  readonly seed?: AwsSeed;
  readonly speed?: number;
  readonly quotas?: NonNullable<AwsSandboxOptions["quotas"]>;
  /** Beliefs that the sandbox plays the other way. */
  readonly others?: NonNullable<AwsSandboxOptions["others"]>;
  readonly region?: string;
  readonly instanceArn?: string;
  readonly expectedAccount?: string;
  readonly allowManagementAccount?: boolean;
  readonly readsMembersOf?: (group: { readonly displayName: string }) => boolean;
  /** Attempts of the SDK itself; its back-off is in real time. */
  readonly maxAttempts?: number;
}

/** Starts a sandbox and an adapter that reaches it through the environment, both 100 times as fast as AWS. */
export async function startScene(options: SceneOptions = {}): Promise<Scene> {
  const { seed = organization(), speed = 100, maxAttempts = 2, quotas = {}, others = new Set() } = options;
  const sandbox = await startAwsSandbox({ seed, speed, quotas, others });
  vi.stubEnv("AWS_ENDPOINT_URL", sandbox.url);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIASANDBOX");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "sandbox");
  vi.stubEnv("AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED", "true");
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
  vi.stubEnv("AWS_CONFIG_FILE", "/dev/null");
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
  const clock = acceleratedClock(speed);
  const attempts: Scene["attempts"] = [];
  const clients = createAwsClients({
    region: options.region ?? region,
    clock,
    pace: { requestsPerSecond: 15 },
    maxAttempts,
    onRequest: (service, operation, errorName) => {
      attempts.push({ service, operation, errorName });
    },
  });
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await sandbox.close();
  });
  const center = createIdentityCenter({
    clients,
    clock,
    owner,
    region: options.region ?? region,
    instanceArn: options.instanceArn,
    expectedAccount: options.expectedAccount,
    allowManagementAccount: options.allowManagementAccount,
    readsMembersOf: options.readsMembersOf,
  });
  return {
    sandbox,
    clients,
    center,
    attempts,
    operations: () => sandbox.requests.map(({ operation }) => operation),
  };
}

/** AWS's JSON for an error. */
export function refusal(name: string, message: string, status = 400) {
  return { status, body: { __type: name, message } };
}
