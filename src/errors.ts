import type { Fault } from "./model/fault.ts";

/** Every reason why a pass cannot go on, and what its message needs to know. No value may hold a secret. */
export interface PassErrorParams {
  "config.invalid": { readonly problems: readonly ConfigProblem[] };
  /** There is no memory to keep the pause in. */
  "config.pause-needs-memory": object;
  "kintone.unreachable": { readonly baseUrl: string; readonly reason: string };
  "kintone.unavailable": Partial<KintoneAnswer> & { readonly status: number; readonly attempts: number };
  "kintone.not-authenticated": KintoneAnswer & { readonly status: number };
  "kintone.no-permission": KintoneAnswer & { readonly appId: number };
  /** One of the API tokens is none of any app's; kintone does not say which one. */
  "kintone.unknown-token": { readonly kintoneCode: string };
  "kintone.token-of-other-app": { readonly appId: number };
  "kintone.app-not-found": { readonly appId: number };
  "kintone.guest-space": { readonly appId: number; readonly kintoneCode: string };
  "kintone.query-invalid": { readonly appId: number; readonly query: string; readonly message: string };
  "kintone.fields-unusable": { readonly appId: number; readonly problems: readonly FieldProblem[] };
  "kintone.incomplete-read": { readonly appId: number; readonly problem: string };
  "kintone.request-failed": {
    readonly request: string;
    readonly status: number;
    readonly kintoneCode: string;
    readonly message: string;
  };
  /** kintone was asked for an app, and whether it made one cannot be told. */
  "kintone.app-answer-lost": { readonly name: string };
  "kintone.settings-overtaken": { readonly appId: number };
  /** Changes of others wait in the app's settings, and would go live with ours. */
  "kintone.changes-waiting": { readonly appId: number };
  "kintone.deploy-failed": {
    readonly appId: number;
    readonly baseUrl: string;
    readonly status: "FAIL" | "CANCEL" | "PROCESSING";
  };
  "aws.no-credentials": { readonly message: string };
  "aws.unreachable": { readonly operation: string; readonly reason: string };
  /** A file that holds credentials, by the name that a variable or the AWS configuration gives it. */
  "aws.file-unreadable": { readonly path: string; readonly reason: string };
  "aws.access-denied": { readonly operation: string; readonly message: string };
  "aws.expired-credentials": { readonly operation: string };
  /** The CI job lacks what it takes to get an OpenID Connect token. */
  "aws.token-settings-missing": { readonly host: TokenHost; readonly missing: readonly string[] };
  "aws.token-unavailable": { readonly host: TokenHost; readonly reason: string };
  "aws.token-refused": { readonly host: TokenHost; readonly status: number };
  "aws.role-invalid": { readonly role: string };
  "aws.no-identity-provider": RefusedToken;
  "aws.wrong-audience": RefusedToken;
  /** No statement of the role's trust policy lets the token in. */
  "aws.wrong-subject": RefusedToken;
  /** Some policy denies the role to the token. */
  "aws.trust-denied": RefusedToken;
  "aws.expired-token": RefusedToken;
  "aws.invalid-token": RefusedToken;
  "aws.issuer-unreachable": RefusedToken & { readonly attempts: number };
  "aws.management-account": { readonly account: string };
  "aws.not-delegated-administrator": { readonly account: string; readonly operation: string };
  "aws.unexpected-account": { readonly expected: string; readonly actual: string };
  "aws.no-instance": { readonly region: string };
  "aws.several-instances": { readonly region: string; readonly instanceArns: readonly string[] };
  "aws.instance-not-found": {
    readonly region: string;
    readonly instanceArn: string;
    readonly found: readonly string[];
  };
  "aws.wrong-region": { readonly region: string; readonly primaryRegion: string };
  "aws.throttled": { readonly operation: string; readonly attempts: number };
  "aws.incomplete-read": { readonly operation: string; readonly problem: string };
  "aws.request-failed": { readonly operation: string; readonly name: string; readonly message: string };
  /** SIGINT or SIGTERM came before anything was written. */
  "pass.stopped": object;
  /** The memory does not take that the sync is paused, or that it is not any more. */
  "pass.pause-not-kept": object;
  /** An unexpected error: a defect of this program. */
  "bug.unexpected": { readonly name: string };
}

/** The code and the text that kintone gives itself; empty where something in front of it answered. */
interface KintoneAnswer {
  readonly kintoneCode: string;
  readonly kintoneMessage?: string;
}

/** Which CI system issues the token. */
export type TokenHost = "GitHub" | "Azure DevOps";

/** What an OpenID Connect token says of itself, decoded without being verified. */
export interface TokenClaims {
  readonly iss: string;
  readonly sub: string;
  readonly aud: string;
}

/** A token that AWS did not take for the role. */
interface RefusedToken extends TokenClaims {
  readonly role: string;
  /** A variable, with its file, that names another token, which the job's own one won over. */
  readonly leftAside?: string;
}

export interface ConfigProblem {
  /** Path of the key in the file, or the name of the environment variable or flag. */
  readonly path: string;
  /** File, line and column where the key stands, as `file:3:5`. */
  readonly place?: string;
  readonly message: string;
}

export interface FieldProblem {
  /** Our name for the field, e.g. `inlinePolicy`. */
  readonly field: string;
  /** The field code that was looked for. */
  readonly code: string;
  /** The form's field codes and types, or the type that cannot be decoded. */
  readonly problem: "missing" | "type" | "table-columns";
  readonly foundType?: string;
  readonly allowedTypes: readonly string[];
}

export type PassErrorCode = keyof PassErrorParams;

/** The pass cannot go on. Reports render code and params in the user's language. */
export class PassError<Code extends PassErrorCode = PassErrorCode> extends Error {
  readonly code: Code;
  readonly params: PassErrorParams[Code];

  constructor(code: Code, params: PassErrorParams[Code]) {
    super(code);
    this.name = "PassError";
    this.code = code;
    this.params = params;
  }
}

/** A service may have done what it was asked to, or not: its answer was lost. The message is safe to show. */
export class AnswerLostError extends Error {
  override readonly name = "AnswerLostError";
}

const faults: Readonly<Record<string, Fault>> = {
  "kintone.unavailable": "kintone",
  "kintone.incomplete-read": "kintone",
  "aws.issuer-unreachable": "aws",
  "aws.throttled": "aws",
  "aws.unreachable": "aws",
  "aws.incomplete-read": "aws",
  "aws.request-failed": "aws",
  "bug.unexpected": "bug",
};

/** Whose turn it is: everything that is not the services' own trouble is for the user to put right. */
export function faultOf(code: PassErrorCode): Fault {
  return faults[code] ?? "user";
}
