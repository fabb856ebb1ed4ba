import { buildDesiredState } from "../src/desired/build-desired-state.ts";
import type { ActualState, ManagedPermissionSet, UnmanagedPermissionSet } from "../src/model/actual-state.ts";
import type { Assignment } from "../src/model/assignment.ts";
import type { Config } from "../src/model/config.ts";
import type { DesiredState } from "../src/model/desired-state.ts";
import type { Account, Directory, Group, ManagedPolicy, User } from "../src/model/directory.ts";
import {
  type AppKind,
  type AssignmentField,
  defaultMapping,
  fieldDefinitions,
  type PermissionSetField,
} from "../src/model/fields.ts";
import {
  type AccountId,
  accountId,
  permissionSetArn,
  permissionSetName,
  principalId,
} from "../src/model/ids.ts";
import { localTime } from "../src/model/local-time.ts";
import { formerNameTag, ownerTag, recordTag } from "../src/model/ownership.ts";
import type { PermissionSetDefinition } from "../src/model/permission-set.ts";
import type { RawField, RawRecord, RecordRef } from "../src/model/record.ts";
import type { AssignmentRecord, PermissionSetRecord } from "../src/model/typed-record.ts";
import { decodeAssignmentRecord } from "../src/records/decode-assignment.ts";
import { decodePermissionSetRecord } from "../src/records/decode-permission-set.ts";

export const owner = "example.cybozu.com/10";
/** When the pass of a test runs; records were last updated a day earlier. */
export const now = Date.parse("2026-11-20T09:00:00Z");

/** The time of the company of the tests. */
export const tokyo = localTime("Asia/Tokyo");

/** Names a record of the permission-set app, or of another one. */
export function recordRef(overrides: Partial<RecordRef> = {}): RecordRef {
  return { app: "permissionSets", id: "1", revision: 1, updatedAt: "2026-11-19T09:00:00Z", ...overrides };
}

/** The `updatedAt` of a record that was last changed so many minutes before the pass. */
export function minutesAgo(minutes: number): string {
  return new Date(now - minutes * 60_000).toISOString();
}

/** A text, the chosen options or users of a field, null where kintone has null, or a whole field. */
export type RawValue = string | null | readonly string[] | RawField;

/** A record of the permission-set app: the set ReadOnly with the policy ReadOnlyAccess unless told otherwise. */
export function rawPermissionSet(
  values: Partial<Record<PermissionSetField, RawValue>> = {},
  ref: Partial<RecordRef> = {},
): RawRecord {
  const all = { name: "ReadOnly", managedPolicies: "ReadOnlyAccess", ...values };
  return { ref: recordRef(ref), fields: rawFields("permissionSets", all) };
}

/** A record of the assignment app, edited once: ReadOnly for Anna in Production unless told otherwise. */
export function rawAssignment(
  values: Partial<Record<AssignmentField, RawValue>> = {},
  ref: Partial<RecordRef> = {},
): RawRecord {
  const principals = "users" in values || "groups" in values ? {} : { users: ["anna"] };
  const all = { permissionSet: "ReadOnly", accounts: "Production", ...principals, ...values };
  return {
    ref: recordRef({ app: "assignments", revision: 2, ...ref }),
    fields: rawFields("assignments", all),
  };
}

function rawFields(
  app: AppKind,
  values: Readonly<Record<string, RawValue>>,
): Readonly<Record<string, RawField>> {
  const fields = Object.entries(fieldDefinitions[app]).map(([field, { shape, defaultCode }]) => {
    const value = values[field];
    return [defaultCode, value === undefined ? rawField("") : rawField(value, shape === "people")] as const;
  });
  return Object.fromEntries(fields);
}

function rawField(value: RawValue, areUsers = false): RawField {
  if (value === null) return { type: "DROP_DOWN", value };
  if (typeof value === "string") return { type: "MULTI_LINE_TEXT", value };
  if (isWholeField(value)) return value;
  if (!areUsers) return { type: "CHECK_BOX", value };
  return { type: "USER_SELECT", value: value.map((code) => ({ code, name: `${code} さん` })) };
}

function isWholeField(value: readonly string[] | RawField): value is RawField {
  return !Array.isArray(value);
}

/** A table, one row for each value, with the one column `entry`. */
export function table(type: string, values: readonly unknown[]): RawField {
  const rows = values.map((value, index) => ({ id: String(index + 1), value: { entry: { type, value } } }));
  return { type: "SUBTABLE", value: rows };
}

/** What decoding makes of a record of the permission-set app. */
export function permissionSetRecord(...raw: Parameters<typeof rawPermissionSet>): PermissionSetRecord {
  return decodePermissionSetRecord(rawPermissionSet(...raw), defaultMapping.permissionSets);
}

/** What decoding makes of a record of the assignment app. */
export function assignmentRecord(...raw: Parameters<typeof rawAssignment>): AssignmentRecord {
  return decodeAssignmentRecord(rawAssignment(...raw), defaultMapping.assignments, tokyo);
}

export const management = accountId("111111111111");
export const production = accountId("222222222222");
export const development = accountId("333333333333");

export function account(id: string, name: string, overrides: Partial<Account> = {}): Account {
  return { id: accountId(id), name, state: "ACTIVE", ...overrides };
}

/** A user whose id, user name and e-mail address follow from the login name. */
export function user(login: string, overrides: Partial<User> = {}): User {
  const address = `${login}@example.co.jp`;
  return {
    id: principalId(`user-${login}`),
    userName: address,
    emails: [address],
    enabled: true,
    ...overrides,
  };
}

export function group(displayName: string, id = `group-${displayName}`): Group {
  return { id: principalId(id), displayName };
}

/** An AWS managed policy; the path is `/` or like `/job-function/`. */
export function managedPolicy(name: string, path = "/"): ManagedPolicy {
  return { name, arn: `arn:aws:iam::aws:policy${path}${name}` };
}

/** A small company: three accounts, Anna and Ben, two groups, five policies. */
export function directory(overrides: Partial<Directory> = {}): Directory {
  return {
    managementAccount: management,
    keyAccounts: { ids: new Set(), isOpen: false },
    accounts: [
      account(management, "Management"),
      account(production, "Production"),
      account(development, "Development"),
    ],
    users: [user("anna"), user("ben")],
    groups: [group("Developers"), group("Auditors")],
    managedPolicies: [
      managedPolicy("AdministratorAccess"),
      managedPolicy("ReadOnlyAccess"),
      managedPolicy("SecurityAudit"),
      managedPolicy("Billing", "/job-function/"),
      managedPolicy("AmazonECSServiceRolePolicy", "/aws-service-role/"),
    ],
    memberships: new Map(),
    ...overrides,
  };
}

/** What a permission set is apart from its name: one hour of nothing unless told otherwise. */
export function definition(overrides: Partial<PermissionSetDefinition> = {}): PermissionSetDefinition {
  return {
    attributes: { sessionDurationSeconds: 3600 },
    managedPolicies: [],
    customerManagedPolicies: [],
    ...overrides,
  };
}

interface ManagedSetOptions extends Partial<ManagedPermissionSet> {
  /** Id of the record in the set's tag; null for a set without that tag. */
  readonly record?: string | null;
  readonly formerName?: string | undefined;
}

/** A set of ours in Identity Center, defined by record 1 unless told otherwise. */
export function managedSet(name: string, options: ManagedSetOptions = {}): ManagedPermissionSet {
  const { record = "1", formerName, ...overrides } = options;
  return {
    ...unmanagedSet(name),
    managed: true,
    definition: definition(),
    provisionedAccounts: [],
    staleAccounts: [],
    tags: {
      [ownerTag]: owner,
      ...(record === null ? {} : { [recordTag]: record }),
      ...(formerName === undefined ? {} : { [formerNameTag]: formerName }),
    },
    ...overrides,
  };
}

/** A set of ours that is all that the record says, except that it may still have another name. */
export function carriedOut(
  record: PermissionSetRecord,
  name = record.name ?? "",
  others: ManagedSetOptions = {},
): ManagedPermissionSet {
  const [wanted] = desiredState({ permissionSets: [record] }).permissionSets;
  const known = wanted === undefined ? {} : { definition: wanted.definition };
  return managedSet(name, { record: record.ref.id, ...known, ...others });
}

/** A set in Identity Center that somebody else made. */
export function unmanagedSet(name: string): UnmanagedPermissionSet {
  const arn = permissionSetArn(`arn:aws:sso:::permissionSet/ssoins-1111111111111111/ps-${name}`);
  return { arn, name: permissionSetName(name), tags: {}, locked: false, managed: false };
}

/** A user or group in one account with one set; the principal is a builder's result. */
export function assignmentOf(
  permissionSet: string,
  account: AccountId,
  principal: Pick<User, "userName" | "id"> | Group,
): Assignment {
  const type = "userName" in principal ? "USER" : "GROUP";
  return {
    permissionSet: permissionSetName(permissionSet),
    account,
    principal: { type, id: principal.id },
  };
}

/** An Identity Center in Tokyo that knows the small company and has no permission sets. */
export function actualState(overrides: Partial<ActualState> = {}): ActualState {
  return {
    instance: {
      arn: "arn:aws:sso:::instance/ssoins-1111111111111111",
      identityStoreId: "d-1111111111",
      region: "ap-northeast-1",
    },
    directory: directory(),
    permissionSets: [],
    assignments: [],
    ...overrides,
  };
}

/** The rules of the documented defaults, with kintone login names in the domain example.co.jp. */
export function rules(
  principals: Partial<Config["principals"]> = {},
  protected_: Partial<Config["protected"]> = {},
): Pick<Config, "principals" | "protected" | "guardrails" | "targets"> {
  return {
    targets: { ou: true, name: true, administrators: false },
    guardrails: { default: "allow", enforce: false, ordinaryPolicies: [], rules: [] },
    principals: {
      userMatch: "userName",
      userTemplate: "{code}@example.co.jp",
      waitMinutes: 60,
      disabledUsers: "revoke",
      ...principals,
    },
    protected: { accounts: [], principals: [], permissionSets: [], ...protected_ },
  };
}

/** The documented limits. */
export const guardLimits: Config["guards"] = {
  maxDeletions: 5,
  maxDeletionRatio: 0.1,
  deletionCap: 100,
  maxShareOfAll: 0.5,
  maxUsersLosingAllAccess: 3,
  maxRecordsLost: 5,
  maxRecordShrink: 0.2,
  recordsLostCap: 100,
  maxPeopleGone: 5,
  maxPeopleGoneRatio: 0.1,
  peopleGoneCap: 500,
  maxDeletionsPerDay: 20,
  maxDeletionRatioPerDay: 0.2,
  deletionCapPerDay: 200,
  maxAdminGrants: 25,
  maxAdminGrantsPerDay: 25,
};

type DesiredStateInput = Parameters<typeof buildDesiredState>[0];

export function recordUrl({ app, id }: RecordRef): string {
  return `https://example.cybozu.com/k/${app === "permissionSets" ? 10 : 11}/show#record=${id}`;
}

/** What the records say to the small company; no records unless given. */
export function desiredState(input: Partial<DesiredStateInput> = {}): DesiredState {
  return buildDesiredState({
    permissionSets: [],
    assignments: [],
    actual: actualState(),
    rules: rules(),
    recordUrl,
    nowMs: now,
    ...input,
  });
}
