import type { PassError } from "../../errors.ts";
import type { NameCount, ReclassifiedSet } from "../../model/desired-state.ts";
import type { AppKind } from "../../model/fields.ts";
import type { MemoryLoss } from "../../model/memory.ts";

/** What is looked at. Some are looked at once per app or per IAM action. */
export type Subject =
  | {
      readonly check:
        | "config"
        | "node"
        | "guardrails"
        | "class-rules"
        | "memory"
        | "version"
        | "aws-identity"
        | "aws-organization"
        | "aws-instance"
        | "aws-reads"
        | "aws-writes";
    }
  | { readonly check: "aws-analyzer" | "slack-token" | "slack-scopes" | "slack-channel" | "oidc-token" }
  | { readonly check: "app" | "fields" | "comments" | "key-field" | "records"; readonly app: AppKind }
  | { readonly check: "token" | "gate"; readonly app: AppKind }
  | { readonly check: "names"; readonly kind: NameCount["kind"] }
  | { readonly check: "aws-permission"; readonly action: string };

/** What was found, with what its sentence needs to know. No value may hold a secret. */
export interface FindingParams {
  "config.valid": object;
  "node.current": { readonly version: string };
  "node.ends": { readonly version: string };
  "memory.none": object;
  "memory.nothing-yet": object;
  "memory.lost": { readonly loss: MemoryLoss };
  "memory.gone-after-the-job": object;
  "memory.own-key": object;
  "memory.credentials": object;
  /** How many changes wait for a person because of the new version alone. */
  "version.new": {
    readonly before: string;
    readonly now: string;
    readonly changes: number;
  };
  "app.readable": { readonly app: number; readonly name: string };
  "fields.usable": { readonly app: number; readonly count: number };
  "comments.on": { readonly app: number };
  "comments.off": { readonly app: number };
  "comments.unknown": { readonly app: number };
  "comments.not-wanted": object;
  "name.unique": { readonly code: string };
  "name.not-unique": { readonly app: number; readonly code: string };
  "name.no-unique-type": { readonly app: number; readonly code: string };
  "lookup.right": { readonly code: string };
  "lookup.none": { readonly code: string };
  "lookup.elsewhere": {
    readonly app: number;
    readonly code: string;
    readonly found: string;
    readonly wanted: string;
  };
  "gate.none": object;
  "gate.closed": { readonly code: string };
  "gate.open": { readonly app: number; readonly code: string };
  /** The credentials may not look at who can edit the field. */
  "gate.unseen": { readonly app: number; readonly code: string };
  "gate.status-in-query": { readonly key: string; readonly code: string };
  "guardrails.limit": object;
  "guardrails.open": object;
  "class-rules.none": { readonly number: number };
  "class-rules.held": {
    readonly number: number;
    readonly accepted: number;
    readonly sets: readonly ReclassifiedSet[];
  };
  "token.narrow": { readonly app: number };
  "token.manages": { readonly app: number };
  "names.found": { readonly of: number };
  "names.missing": NameCount;
  "records.counted": { readonly app: number; readonly count: number };
  "aws.caller": { readonly account: string; readonly arn: string };
  "aws.caller-open": { readonly account: string; readonly arn: string };
  "aws.organization": { readonly managementAccount: string; readonly accounts: number };
  "aws.instance": { readonly instanceArn: string; readonly region: string };
  "aws.allowed": object;
  "aws.no-permission-set": object;
  "aws.writes-untried": object;
  "aws.analyzer-unavailable": { readonly reason: string };
  "slack.not-configured": object;
  "slack.token": { readonly team: string; readonly user: string };
  "slack.refused": { readonly reason: string };
  "slack.scopes": { readonly scopes: string };
  "slack.scopes-missing": { readonly missing: string };
  "slack.joined": { readonly name: string };
  "slack.open": { readonly name: string };
  "slack.not-joined": { readonly name: string };
  "slack.archived": { readonly name: string };
  "slack.not-found": { readonly channel: string };
  "slack.unseen": object;
  "oidc.none": object;
  "oidc.token": { readonly iss: string; readonly sub: string; readonly aud: string };
}

export type FindingCode = keyof FindingParams;

export type CheckStatus = "passed" | "failed" | "skipped";

/** What a check came to. */
export type CheckOutcome =
  | {
      readonly [Code in FindingCode]: {
        readonly status: CheckStatus;
        readonly code: Code;
        readonly params: FindingParams[Code];
      };
    }[FindingCode]
  | { readonly status: "failed"; readonly error: PassError }
  /** Not looked at, because what it needs has failed. */
  | { readonly status: "skipped"; readonly after: Subject };

export type CheckResult = { readonly subject: Subject } & CheckOutcome;
