import { parseIsoDurationSeconds } from "../model/duration.ts";
import type { FieldMapping, PermissionSetField } from "../model/fields.ts";
import { permissionSetName, type PermissionSetName } from "../model/ids.ts";
import { holdsRecord, type Issue } from "../model/issue.ts";
import { type CustomerManagedPolicy, mostPoliciesPerSet } from "../model/permission-set.ts";
import type { RawRecord } from "../model/record.ts";
import {
  type BoundaryText,
  isEntryLine,
  type ListEntry,
  type PermissionSetDraft,
  type PermissionSetRecord,
} from "../model/typed-record.ts";
import {
  decodeName,
  decodeNames,
  decodeText,
  type FieldReader,
  findField,
  report,
  uniqueEntries,
} from "./decode-field.ts";
import { decodeInlinePolicy } from "./policy-json.ts";
import { shorten } from "../model/text.ts";

/** Decodes one record of the permission-set app; every problem becomes an issue, and any that holds leaves no draft. */
export function decodePermissionSetRecord(
  raw: RawRecord,
  mapping: FieldMapping["permissionSets"],
): PermissionSetRecord {
  const issues: Issue[] = [];
  const reader = (field: PermissionSetField): FieldReader => {
    return { field, record: raw.ref, issues, raw: findField(raw, mapping[field]) };
  };
  const name = decodeSetName(reader("name"));
  const parts = {
    description: decodeText(reader("description")),
    sessionDurationSeconds: decodeSessionDuration(reader("sessionDuration")),
    relayState: decodeRelayState(reader("relayState")),
    managedPolicies: decodeNames(reader("managedPolicies")),
    customerManagedPolicies: decodeCustomerManagedPolicies(reader("customerManagedPolicies")),
    permissionsBoundary: decodeBoundary(reader("permissionsBoundary")),
    inlinePolicy: decodeInlinePolicy(reader("inlinePolicy")),
  };
  checkPolicyCount(reader("managedPolicies"), parts);
  if (name !== undefined && hasNoPolicy(parts)) {
    const field = mapping.managedPolicies === null ? "inlinePolicy" : "managedPolicies";
    report(reader(field), "permission-set.no-policies", { name });
  }
  const draft = issues.some(({ code }) => holdsRecord(code)) ? undefined : buildDraft(name, parts);
  return {
    ref: raw.ref,
    issues,
    ...(name === undefined ? {} : { name }),
    ...(draft === undefined ? {} : { draft }),
  };
}

interface Parts {
  readonly description: string | undefined;
  readonly sessionDurationSeconds: number | undefined;
  readonly relayState: string | undefined;
  readonly managedPolicies: readonly ListEntry<string>[] | undefined;
  readonly customerManagedPolicies: readonly PolicyEntry[] | undefined;
  readonly permissionsBoundary: BoundaryText | "" | undefined;
  readonly inlinePolicy: string | undefined;
}

function buildDraft(name: PermissionSetName | undefined, parts: Parts): PermissionSetDraft | undefined {
  const { sessionDurationSeconds, managedPolicies, customerManagedPolicies } = parts;
  if (name === undefined || sessionDurationSeconds === undefined) return undefined;
  if (managedPolicies === undefined || customerManagedPolicies === undefined) return undefined;
  return {
    name,
    sessionDurationSeconds,
    managedPolicies,
    customerManagedPolicies,
    ...whereGiven("description", parts.description),
    ...whereGiven("relayState", parts.relayState),
    ...whereGiven("permissionsBoundary", parts.permissionsBoundary),
    ...whereGiven("inlinePolicy", parts.inlinePolicy),
  };
}

/** The property, unless the field is empty. */
function whereGiven<Key extends string, Value>(
  key: Key,
  value: Value | "" | undefined,
): { readonly [K in Key]?: Value } {
  return value === undefined || value === "" ? {} : ({ [key]: value } as { readonly [K in Key]?: Value });
}

// Names: https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreatePermissionSet.html
const longestSetName = 32;

function decodeSetName(reader: FieldReader): PermissionSetName | undefined {
  const name = decodeName(reader);
  if (name === undefined) return undefined;
  if (name === "") return report(reader, "field.required", {});
  if (!/^[A-Za-z0-9_+=,.@-]+$/u.test(name)) {
    return report(reader, "permission-set.name-invalid", { name: shorten(name) });
  }
  if (name.length > longestSetName) {
    return report(reader, "permission-set.name-too-long", { name: shorten(name), length: name.length });
  }
  return permissionSetName(name);
}

const secondsPerMinute = 60;
const secondsPerHour = 3_600;
const longestSessionSeconds = 12 * secondsPerHour;

/** Hours (`8`, `8h`, `8時間`), minutes (`480分`) or ISO 8601 (`PT8H`), 1 to 12 hours; one hour when empty. */
function decodeSessionDuration(reader: FieldReader): number | undefined {
  const value = decodeName(reader);
  if (value === undefined) return undefined;
  if (value === "") return secondsPerHour;
  const text = value.normalize("NFKC");
  const seconds = parseAmount(text) ?? parseIsoDurationSeconds(text.toUpperCase());
  if (seconds === undefined || !Number.isInteger(seconds)) {
    return report(reader, "session-duration.invalid", { value: shorten(value) });
  }
  if (seconds < secondsPerHour || seconds > longestSessionSeconds) {
    return report(reader, "session-duration.out-of-range", { value: shorten(value) });
  }
  return seconds;
}

const amount = /^(\d+(?:\.\d+)?)\s*(?:(m|min|mins|minutes?|分)|h|hrs?|hours?|時間)?$/iu;

/** Seconds of a number with its unit, hours without one; to the millisecond, since 1.1 hours are not 3960 seconds in binary. */
function parseAmount(text: string): number | undefined {
  const [, digits, minutes] = amount.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const unit = minutes === undefined ? secondsPerHour : secondsPerMinute;
  return Math.round(Number(digits) * unit * 1_000) / 1_000;
}

// https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreatePermissionSet.html
const relayState = /^https:\/\/[a-zA-Z0-9&$@#\\/%?=~\-_'"|!:,.;*+[\] (){}]+$/u;
const longestRelayState = 240;

function decodeRelayState(reader: FieldReader): string | undefined {
  const value = decodeName(reader);
  if (value === undefined || value === "") return value;
  if (!relayState.test(value) || value.length > longestRelayState) {
    return report(reader, "relay-state.invalid", { value: shorten(value) });
  }
  return value;
}

type PolicyEntry = ListEntry<CustomerManagedPolicy>;

function decodeCustomerManagedPolicies(reader: FieldReader): readonly PolicyEntry[] | undefined {
  const entries = decodeNames(reader)?.map((entry) => readPolicyEntry(entry, reader));
  if (entries === undefined) return undefined;
  const readable = entries.filter((entry) => entry !== undefined);
  return readable.length < entries.length ? undefined : uniqueEntries(readable.flat());
}

/** Commas are letters of a policy's name, so that a line may be read in both ways, or only in one. */
function readPolicyEntry(entry: ListEntry<string>, reader: FieldReader): readonly PolicyEntry[] | undefined {
  const { whole: line, parts: texts } = isEntryLine(entry) ? entry : { whole: undefined, parts: [entry] };
  const whole = line === undefined ? undefined : parseCustomerManagedPolicy(line);
  const parts = texts.map(parseCustomerManagedPolicy).filter((policy) => policy !== undefined);
  if (parts.length === texts.length) return whole === undefined ? parts : [{ whole, parts }];
  if (whole !== undefined) return [whole];
  for (const text of texts.filter((one) => parseCustomerManagedPolicy(one) === undefined)) {
    report(reader, "policy.customer-managed-invalid", { value: shorten(text) });
  }
  return undefined;
}

// https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CustomerManagedPolicyReference.html
const customerManagedPolicy = /^(?<path>\/([A-Za-z0-9.,+@=_-]+\/)*)?(?<name>[A-Za-z0-9_+=,.@-]{1,128})$/u;
const longestPath = 512;

function parseCustomerManagedPolicy(text: string): CustomerManagedPolicy | undefined {
  const groups = customerManagedPolicy.exec(text)?.groups;
  const name = groups?.["name"];
  const path = groups?.["path"] ?? "/";
  return name === undefined || path.length > longestPath ? undefined : { name, path };
}

const customerPrefix = "customer:";

function decodeBoundary(reader: FieldReader): BoundaryText | "" | undefined {
  const value = decodeName(reader);
  if (value === undefined || value === "") return value;
  if (!value.startsWith(customerPrefix)) {
    if (/^[\w+=,.@:/-]+$/u.test(value)) return { kind: "aws-managed", policy: value };
    return report(reader, "policy.boundary-invalid", { value: shorten(value) });
  }
  const policy = parseCustomerManagedPolicy(value.slice(customerPrefix.length));
  if (policy === undefined) return report(reader, "policy.boundary-invalid", { value: shorten(value) });
  return { kind: "customer-managed", ...policy };
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
const iamRoleDefault = 10;

function checkPolicyCount(reader: FieldReader, parts: Parts): void {
  const count = countNames(parts.managedPolicies) + countNames(parts.customerManagedPolicies);
  if (count > mostPoliciesPerSet) report(reader, "policy.too-many", { count, limit: mostPoliciesPerSet });
  else if (count > iamRoleDefault)
    report(reader, "policy.over-role-default", { count, limit: iamRoleDefault });
}

function hasNoPolicy({ managedPolicies, customerManagedPolicies, inlinePolicy }: Parts): boolean {
  return managedPolicies?.length === 0 && customerManagedPolicies?.length === 0 && inlinePolicy === "";
}

function countNames(entries: readonly ListEntry<unknown>[] = []): number {
  return entries.reduce<number>((sum, entry) => sum + (isEntryLine(entry) ? entry.parts.length : 1), 0);
}
