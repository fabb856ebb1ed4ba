import { fieldDefinitions } from "../model/fields.ts";

/** Where the configuration names the field's code, e.g. `kintone.assignments.fields.users`. */
export function fieldPath(field: string): string {
  const kind = Object.hasOwn(fieldDefinitions.permissionSets, field) ? "permissionSets" : "assignments";
  return `kintone.${kind}.fields.${field}`;
}

type NetworkTrouble = "proxy-password" | "certificate" | "host-name" | "redirect" | "too-large" | "no-answer";

const troubles: readonly (readonly [RegExp, NetworkTrouble])[] = [
  [/^PROXY_AUTHENTICATION_REQUIRED$/, "proxy-password"],
  [/^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_|ERR_SSL_|EPROTO)/, "certificate"],
  [/^(ENOTFOUND|EAI_AGAIN)$/, "host-name"],
  [/^REDIRECTED$/, "redirect"],
  [/^ANSWER_TOO_LARGE$/, "too-large"],
];

/** The kind of trouble behind Node's error code, as far as it changes what to do. */
export function networkTrouble(reason: string): NetworkTrouble {
  return troubles.find(([pattern]) => pattern.test(reason))?.[1] ?? "no-answer";
}

/** IAM's prefixes of operations that do not belong to `sso`. */
const prefixes: Readonly<Record<string, string>> = {
  ListUsers: "identitystore",
  ListGroups: "identitystore",
  DescribeUser: "identitystore",
  DescribeGroup: "identitystore",
  ListGroupMemberships: "identitystore",
  GetUserId: "identitystore",
  GetGroupId: "identitystore",
  DescribeOrganization: "organizations",
  ListAccounts: "organizations",
  ListPolicies: "iam",
  ValidatePolicy: "access-analyzer",
  GetCallerIdentity: "sts",
  AssumeRoleWithWebIdentity: "sts",
};

/** The IAM action that is missing: the one AWS names in its message, or else the operation's own. */
export function deniedAction(operation: string, message: string): string {
  const named = /not authorized to perform: ([a-z-]+:[A-Za-z]+)/.exec(message)?.[1];
  return named ?? `${prefixes[operation] ?? "sso"}:${operation}`;
}

/** Text from a service in one line, as the end of a sentence of ours. */
export function withoutFullStop(text: string): string {
  return text
    .replaceAll(/\s+/g, " ")
    .trim()
    .replace(/[.。]+$/, "");
}

/** The line of a role's trust policy that a token with this claim satisfies. */
export function trustLine({ iss }: { readonly iss: string }, claim: "sub" | "aud", value: string): string {
  return `"${issuerHost(iss)}:${claim}": "${value}"`;
}

/** An issuer as IAM names its provider and its condition keys: without `https://`. */
export function issuerHost(iss: string): string {
  return iss.replace(/^https:\/\//u, "");
}

/** The command that prints the trust policy for tokens of this issuer. */
export function trustCommand({ iss }: { readonly iss: string }): string {
  const host = iss.includes("azure.com") || iss.includes("microsoftonline") ? "azure-devops" : "github";
  return `kintone-sso-sync doctor --trust ${host}`;
}

/** Jobs of pull requests run code that is not approved yet. */
export function isPullRequest(sub: string): boolean {
  return sub.endsWith(":pull_request");
}

/** Code and text as kintone itself gives them: `GAIA_NO01: …`; empty where it gave none. */
export function kintoneAnswer({
  kintoneCode = "",
  kintoneMessage = "",
}: {
  readonly kintoneCode?: string;
  readonly kintoneMessage?: string;
}): string {
  return [kintoneCode, withoutFullStop(kintoneMessage)].filter((part) => part !== "").join(": ");
}
