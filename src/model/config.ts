import type { FieldMapping } from "./fields.ts";
import type { Gates } from "./gate.ts";
import type { Guardrails } from "./guardrail.ts";
import type { AccountId } from "./ids.ts";

export type Language = "ja" | "en";

/** Everything a pass can be told, normalised and validated. Secrets are kept apart, in Secrets. */
export interface Config extends AccessRules, Notifying {
  readonly kintone: {
    readonly baseUrl: string;
    readonly guestSpaceId?: number;
    readonly permissionSets: { readonly app: number };
    readonly assignments: { readonly app: number };
    /** Lists that every sync keeps current, for records to look up. */
    readonly accounts?: { readonly app: number };
    readonly groups?: { readonly app: number };
    /** Where people decide on who has what, in rounds. */
    readonly reviews?: { readonly app: number };
    readonly fields: FieldMapping;
    /** Where records wait for approval; missing where none do. */
    readonly gates?: Gates;
    /** Extra conditions in kintone's query language; empty for all records. */
    readonly query: { readonly permissionSets: string; readonly assignments: string };
  };
  readonly identityCenter: {
    readonly region: string;
    /** Undefined: the only instance. */
    readonly instanceArn?: string;
    /** Refuse to run as any other account. */
    readonly expectedAccount?: AccountId;
    /** Run also in the management account, where nothing limits a mistake. */
    readonly allowManagementAccount: boolean;
    /** Let records give access to the account that the sync runs in and to those that hold its memory. */
    readonly allowOwnAccount: boolean;
    /** Accounts that hold the memory. */
    readonly memoryAccounts: readonly AccountId[];
    /** Where people sign in, for shortcut links. */
    readonly portalUrl?: string;
  };
  readonly unlistedAssignments: "remove" | "report";
  readonly guards: {
    /** Losses are refused when they exceed both this count and the ratio to the managed assignments, or the cap. */
    readonly maxDeletions: number;
    readonly maxDeletionRatio: number;
    readonly deletionCap: number;
    /** From three lost assignments on, more than this part of all is refused, whatever the count. */
    readonly maxShareOfAll: number;
    readonly maxUsersLosingAllAccess: number;
    /** Nothing is deleted when an app has lost more records than this count and this part of them, or than the cap. */
    readonly maxRecordsLost: number;
    readonly maxRecordShrink: number;
    readonly recordsLostCap: number;
    /** Users and groups with access who were deleted or disabled within 24 hours: the same for them. */
    readonly maxPeopleGone: number;
    readonly maxPeopleGoneRatio: number;
    readonly peopleGoneCap: number;
    /** As for one pass, with the deletions of the 24 hours before it. */
    readonly maxDeletionsPerDay: number;
    readonly maxDeletionRatioPerDay: number;
    readonly deletionCapPerDay: number;
    /** New administrators of accounts in one pass. */
    readonly maxAdminGrants: number;
    /** The same with those of the 24 hours before it. */
    readonly maxAdminGrantsPerDay: number;
  };
  /** Why passes write nothing to AWS; undefined when they do. */
  readonly readOnly?: string;
  readonly comments: "errors" | "errors-and-applied" | "off";
  /** The user who saved a record last cannot approve what is refused because of it; undefined: they can. */
  readonly approval?: Separation;
  /** Path of a file, or `s3://bucket/key`; undefined: no memory. */
  readonly memory?: string;
  /** Path of a file that gets one line for each change, or `s3://bucket/prefix/` for an object of each pass; undefined: none. */
  readonly audit?: string;
  readonly pace: {
    readonly requestsPerSecond: number;
    readonly outstandingOperations: number;
    readonly perAccount: number;
    /** A pass starts no change any more when so many minutes are nearly over; the next one goes on. */
    readonly maxMinutes: number;
    /** Requests to IAM Identity Center that a full read in every pass may cost; a larger company is read in part. */
    readonly callBudget: number;
  };
  readonly slack?: { readonly channel: string; readonly apiUrl?: string };
  readonly serve: {
    /** When passes begin. */
    readonly when:
      | { readonly kind: "interval"; readonly minutes: number }
      | { readonly kind: "cron"; readonly schedule: string };
    readonly port: number;
    readonly host: string;
    /** Addresses of proxies whose word on who sent a request is taken. */
    readonly trustProxy: readonly string[];
    /** Whether one of several instances runs the passes that are due, by a lease beside the memory. */
    readonly lease: boolean;
    /** Whether there are pages for a browser. */
    readonly pages: boolean;
    /** The header in which a proxy names whom it has signed in. */
    readonly signInHeader?: string;
  };
  readonly language: Language;
  /** Value of the owner tag. */
  readonly owner: string;
}

/** What records may ask for, and how what they name is found. */
export interface AccessRules {
  readonly principals: UserMatching & {
    readonly waitMinutes: number;
    readonly disabledUsers: "revoke" | "keep";
  };
  readonly protected: {
    readonly accounts: readonly AccountId[];
    /** User names, e-mail addresses, group display names or Identity Store ids. */
    readonly principals: readonly string[];
    readonly permissionSets: readonly string[];
  };
  /** What records may name besides single accounts: entries that stand for other accounts tomorrow. */
  readonly targets: {
    readonly ou: boolean;
    readonly name: boolean;
    /** Whether such entries may make administrators. */
    readonly administrators: boolean;
  };
  readonly guardrails: Guardrails;
}

/** How a login name becomes a user of the directory. */
export interface UserMatching {
  readonly userMatch: "userName" | "email";
  /** Turns a kintone login name into what to look for; `{code}` stands for the login name. */
  readonly userTemplate: string;
}

/** How operators are told, and in which time zone. */
export interface Notifying {
  readonly notify: {
    /** Whether operators' messages about records mention the records' authors. */
    readonly slackMentionAuthor: boolean;
    /** Operators are reminded of what is still open after so many hours. */
    readonly repeatHours: number;
    /** The failed pass in a row that operators are told of when a service is out of order. */
    readonly failuresAfter: number;
  };
  readonly timezone: string;
}

/** By GitHub login, the kintone login names of those who may approve. */
export interface Separation {
  readonly people: Readonly<Record<string, string>>;
}

/** The secrets that the memory is signed with: kintone's, or keys of its own. */
export interface SigningSecrets {
  readonly kintone:
    | { readonly kind: "api-token"; readonly tokens: readonly string[] }
    | { readonly kind: "password"; readonly username: string; readonly password: string };
  /** What signs the memory in place of kintone's credentials; several while one is replaced by another. */
  readonly memoryKeys?: readonly string[];
}

/** What kintone is entered with. */
export interface KintoneSecrets extends SigningSecrets, ClientCertificate {
  readonly kintoneBasicAuth?: { readonly username: string; readonly password: string };
}

/** What the connection to kintone is made with, where kintone asks for it. */
export interface ClientCertificate {
  readonly kintoneClientCertificate?: { readonly pfx: Uint8Array; readonly password: string };
}

/** What others show to `serve`. */
export interface VisitorSecrets {
  /** What a caller of `POST /sync` has to show. */
  readonly webhookToken?: string;
  /** What opens the pages of `serve`. */
  readonly pagesToken?: string;
  /** What a proxy shows beside the name of whom it has signed in. */
  readonly proxySecret?: string;
}

/** Credentials, read from the environment or from the files it names; never printed. */
export interface Secrets extends KintoneSecrets, VisitorSecrets {
  /** Of the lists, each for its app alone. */
  readonly listTokens?: { readonly accounts?: string; readonly groups?: string };
  /** Of the app of reviews. */
  readonly reviewToken?: string;
  readonly slackBotToken?: string;
  /** With the address a dead schedule can be made to look alive. */
  readonly heartbeatUrl?: string;
}
