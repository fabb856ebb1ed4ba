/** What a token may do in its app, as ticked on kintone's API token screen. */
export type Permission = "view" | "add" | "edit" | "delete" | "manage";

/** A user, group or organization as kintone shows it. */
export interface Named {
  readonly code: string;
  readonly name: string;
}

export interface UserSeed extends Named {
  readonly email?: string;
  /** Without one the user exists but cannot sign in. */
  readonly password?: string;
  readonly active?: boolean;
  /** kintone takes no password over REST from users with two-factor authentication. */
  readonly twoFactor?: boolean;
  /** A system administrator of kintone: manages every app. */
  readonly administrator?: boolean;
  /** False for a user whom the administrators do not let make apps. */
  readonly mayCreateApps?: boolean;
  /** The language of the system fields of the apps they make; Japanese when absent. */
  readonly language?: SystemLanguage;
  /** Codes. */
  readonly groups?: readonly string[];
  readonly organizations?: readonly string[];
}

export type SystemLanguage = "ja" | "en";

/** A lookup's setting, as getFormFields returns it. */
export interface LookupSetting {
  readonly relatedApp: { readonly app: string; readonly code?: string };
  readonly relatedKeyField: string;
  readonly fieldMappings?: readonly { readonly field: string; readonly relatedField: string }[];
  readonly lookupPickerFields?: readonly string[];
  readonly filterCond?: string;
  readonly sort?: string;
}

/** A field as getFormFields returns it; settings the sandbox does not act on are handed through. */
export interface FormProperty {
  readonly type: string;
  readonly code: string;
  readonly label: string;
  readonly required?: boolean;
  readonly unique?: boolean;
  readonly minLength?: string;
  readonly maxLength?: string;
  readonly defaultValue?: unknown;
  readonly options?: Readonly<Record<string, { readonly label: string; readonly index: string }>>;
  readonly lookup?: LookupSetting;
  readonly fields?: Readonly<Record<string, FormProperty>>;
  readonly enabled?: boolean;
  readonly [setting: string]: unknown;
}

/** A value without kintone's wrapping: user fields are lists of codes, a table is a list of rows. */
export type PlainValue = string | number | null | readonly (string | PlainValues)[];

export interface PlainValues {
  readonly [fieldCode: string]: PlainValue;
}

export interface RecordSeed {
  readonly id?: number;
  readonly values: PlainValues;
  /** A user code; "Administrator" when absent. */
  readonly creator?: string;
  readonly modifier?: string;
  /** ISO 8601; kintone keeps the minute only. */
  readonly createdAt?: string;
  readonly updatedAt?: string;
}

export interface TokenSeed {
  readonly token: string;
  readonly permissions: readonly Permission[];
  /** False for a token that was made but whose app was not updated since: kintone does not know it yet. */
  readonly deployed?: boolean;
}

/** Rights of users; tokens see everything whatever stands here. */
interface AclSeed {
  readonly usersWithoutAccess?: readonly string[];
  /** Record ids by user code. */
  readonly hiddenRecords?: Readonly<Record<string, readonly number[]>>;
  /** Field codes by user code. */
  readonly hiddenFields?: Readonly<Record<string, readonly string[]>>;
}

export interface AppSeed {
  readonly id: number;
  readonly name: string;
  readonly code?: string;
  readonly description?: string;
  readonly guestSpaceId?: number;
  /** A user code; "Administrator" when absent. */
  readonly creator?: string;
  readonly enableComments?: boolean;
  readonly fields: Readonly<Record<string, FormProperty>>;
  readonly records: readonly RecordSeed[];
  readonly tokens: readonly TokenSeed[];
  readonly acl?: AclSeed;
  /** Switches process management on; a new record has the first state. */
  readonly process?: { readonly states: readonly string[] };
}

/** What a kintone domain holds when the sandbox starts. Records are taken as they are, valid or not. */
export interface KintoneSeed {
  readonly users: readonly UserSeed[];
  readonly groups?: readonly Named[];
  readonly organizations?: readonly Named[];
  readonly basicAuth?: { readonly username: string; readonly password: string };
  /** The language of messages when a request does not ask for one; Japanese when absent. */
  readonly language?: "ja" | "en";
  readonly apps: readonly AppSeed[];
  readonly spaces?: readonly SpaceSeed[];
  /** A token that may view, add, edit and delete in every app, those made later included. */
  readonly editToken?: string;
}

export interface SpaceSeed {
  readonly id: number;
  readonly name: string;
  readonly defaultThread: number;
  /** User codes; only they see the space and make apps in it. */
  readonly members: readonly string[];
  readonly isGuest?: boolean;
}
