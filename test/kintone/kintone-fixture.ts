import { onTestFinished } from "vitest";

import { createKintoneClient } from "../../src/kintone/client.ts";
import { createRecordSource } from "../../src/kintone/record-source.ts";
import type { PassError, PassErrorCode, PassErrorParams } from "../../src/errors.ts";
import type { Config, Secrets } from "../../src/model/config.ts";
import type { FieldMapping } from "../../src/model/fields.ts";
import type { Clock } from "../../src/ports.ts";
import type {
  AppSeed,
  FormProperty,
  KintoneSeed,
  PlainValues,
} from "../../src/sandbox/kintone/kintone-seed.ts";
import {
  type KintoneSandbox,
  type KintoneSandboxOptions,
  startKintoneSandbox,
} from "../../src/sandbox/kintone/start-kintone-sandbox.ts";

export type KintoneConfig = Config["kintone"];
export type KintoneSecrets = Pick<Secrets, "kintone" | "kintoneBasicAuth" | "kintoneClientCertificate">;

export const permissionSetsAppId = 10;
export const assignmentsAppId = 11;

export const mapping: FieldMapping = {
  permissionSets: {
    name: "name",
    description: "description",
    sessionDuration: "session_duration",
    relayState: "relay_state",
    managedPolicies: "managed_policies",
    customerManagedPolicies: "customer_managed_policies",
    permissionsBoundary: "permissions_boundary",
    inlinePolicy: "inline_policy",
  },
  assignments: {
    permissionSet: "permission_set",
    users: "users",
    groups: "groups",
    accounts: "accounts",
    starts: "starts",
    expires: "expires",
  },
};

export function field(code: string, type: string, more: Partial<FormProperty> = {}): FormProperty {
  return { code, type, label: `Label of ${code}`, ...more };
}

export function fieldsOf(...fields: readonly FormProperty[]): AppSeed["fields"] {
  return Object.fromEntries(fields.map((each) => [each.code, each]));
}

export const permissionSetFields = fieldsOf(
  field("name", "SINGLE_LINE_TEXT", { unique: true, required: true }),
  field("description", "MULTI_LINE_TEXT"),
  field("session_duration", "NUMBER"),
  field("relay_state", "LINK"),
  field("managed_policies", "MULTI_LINE_TEXT"),
  field("customer_managed_policies", "MULTI_LINE_TEXT"),
  field("permissions_boundary", "SINGLE_LINE_TEXT"),
  field("inline_policy", "MULTI_LINE_TEXT"),
);

export const assignmentFields = fieldsOf(
  field("permission_set", "SINGLE_LINE_TEXT"),
  field("users", "USER_SELECT"),
  field("groups", "MULTI_LINE_TEXT"),
  field("accounts", "SUBTABLE", {
    fields: fieldsOf(field("account", "SINGLE_LINE_TEXT"), field("until", "DATE")),
  }),
);

export const permissionSetsToken = "permissionsetstoken";
export const assignmentsToken = "assignmentstoken";

export interface SeedChanges {
  readonly permissionSets?: Partial<AppSeed>;
  readonly assignments?: Partial<AppSeed>;
  readonly domain?: Partial<KintoneSeed>;
}

/** Both apps, with one record each unless said otherwise. */
export function kintoneSeed({ permissionSets, assignments, domain }: SeedChanges = {}): KintoneSeed {
  return {
    users: [
      { code: "hanako", name: "佐藤 花子", password: "hanako's password" },
      { code: "taro", name: "鈴木 太郎" },
    ],
    language: "en",
    ...domain,
    apps: [
      {
        id: permissionSetsAppId,
        name: "許可セット",
        fields: permissionSetFields,
        records: [{ values: { name: "ReadOnly" } }],
        tokens: [{ token: permissionSetsToken, permissions: ["view"] }],
        ...permissionSets,
      },
      {
        id: assignmentsAppId,
        name: "割当",
        fields: assignmentFields,
        records: [{ values: { permission_set: "ReadOnly", users: ["taro"] } }],
        tokens: [{ token: assignmentsToken, permissions: ["view"] }],
        ...assignments,
      },
    ],
  };
}

/** As many permission-set records, with ids from 1 on. */
export function manyRecords(count: number): { readonly values: PlainValues }[] {
  return Array.from({ length: count }, (_, index) => ({ values: { name: `Set${index + 1}` } }));
}

export const bothTokens: KintoneSecrets = {
  kintone: { kind: "api-token", tokens: [permissionSetsToken, assignmentsToken] },
};

export const hanakosPassword: KintoneSecrets = {
  kintone: { kind: "password", username: "hanako", password: "hanako's password" },
};

export function kintoneConfig(baseUrl: string, more: Partial<KintoneConfig> = {}): KintoneConfig {
  return {
    baseUrl,
    permissionSets: { app: permissionSetsAppId },
    assignments: { app: assignmentsAppId },
    fields: mapping,
    query: { permissionSets: "", assignments: "" },
    ...more,
  };
}

/** A clock whose waits are over at once and noted down. */
export function createInstantClock(): Clock & { readonly waitsMs: readonly number[] } {
  const waitsMs: number[] = [];
  let nowMs = Date.parse("2026-04-01T00:00:00Z");
  return {
    waitsMs,
    now: () => nowMs,
    sleep: async (ms) => {
      waitsMs.push(ms);
      nowMs += ms;
    },
  };
}

/** One way to make requests fail. */
export type FailureRule = Parameters<KintoneSandbox["failures"]["add"]>[0];

/** A sandbox that is closed when the test is over. */
export async function openSandbox(
  seed: KintoneSeed,
  options: Omit<KintoneSandboxOptions, "seed"> = {},
): Promise<KintoneSandbox> {
  const sandbox = await startKintoneSandbox({ seed, ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

export interface SourceSettings {
  readonly config?: Partial<KintoneConfig>;
  readonly secrets?: KintoneSecrets;
  readonly socketTimeoutMs?: number;
  readonly clock?: Clock;
  readonly onRequest?: () => void;
}

/** A record source that reads from a base URL and does not really wait. */
export function sourceAt(
  baseUrl: string,
  {
    config: more,
    secrets = bothTokens,
    socketTimeoutMs,
    clock = createInstantClock(),
    onRequest,
  }: SourceSettings = {},
) {
  const config = kintoneConfig(baseUrl, more);
  const client = createKintoneClient({ config, secrets, ...(socketTimeoutMs && { socketTimeoutMs }) });
  return createRecordSource({ client, config, clock, random: () => 1, onRequest });
}

/** The error a promise is rejected with. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => {
      throw new Error(`Was not rejected but resolved to ${JSON.stringify(value)}`);
    },
    (error: unknown) => error,
  );
}

/** What a PassError is expected to look like. */
export function passError<Code extends PassErrorCode>(
  code: Code,
  params: PassErrorParams[Code] | Readonly<Record<string, unknown>>,
): Partial<PassError> {
  return { name: "PassError", code, params };
}
