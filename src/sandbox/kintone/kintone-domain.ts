import type { AppSeed, FormProperty, KintoneSeed, Named, UserSeed } from "./kintone-seed.ts";

/** A row of a table; its id stays when the row is edited. */
export interface TableRow {
  readonly id: string;
  readonly value: Readonly<Record<string, CellValue>>;
}

/** A field's value in the form in which kintone hands it out, without its type. */
export type CellValue = string | null | readonly string[] | readonly Named[] | readonly TableRow[];

/** A record at one revision; an update replaces it. Times are ISO 8601 in UTC with the minute's precision. */
export interface StoredRecord {
  readonly id: number;
  readonly revision: number;
  readonly values: Readonly<Record<string, CellValue>>;
  readonly creator: Named;
  readonly modifier: Named;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly status: string;
}

export interface Mention {
  readonly code: string;
  readonly type: "USER" | "GROUP" | "ORGANIZATION";
}

export interface StoredComment {
  readonly id: number;
  readonly text: string;
  readonly createdAt: string;
  readonly creator: Named;
  readonly mentions: readonly Mention[];
}

export interface App {
  readonly seed: AppSeed;
  readonly fields: ReadonlyMap<string, FormProperty>;
  /** Ascending by id. */
  readonly records: Map<number, StoredRecord>;
  /** By record id, oldest first. */
  readonly comments: Map<number, StoredComment[]>;
  lastRecordId: number;
}

export interface Domain {
  readonly seed: KintoneSeed;
  readonly users: ReadonlyMap<string, UserSeed>;
  readonly apps: ReadonlyMap<number, App>;
  readonly now: () => Date;
  /** A search that matches more records than this is cut off. */
  readonly maxMatches: number;
  lastRowId: number;
}

/** Who acts when an API token is used. */
export const ADMINISTRATOR: Named = { code: "Administrator", name: "Administrator" };

const SYSTEM_FIELDS: readonly FormProperty[] = [
  { type: "RECORD_NUMBER", code: "レコード番号", label: "レコード番号", noLabel: false },
  { type: "MODIFIER", code: "更新者", label: "更新者", noLabel: false },
  { type: "CREATOR", code: "作成者", label: "作成者", noLabel: false },
  { type: "UPDATED_TIME", code: "更新日時", label: "更新日時", noLabel: false },
  { type: "CREATED_TIME", code: "作成日時", label: "作成日時", noLabel: false },
];

/** Creates a domain with the seed's users and apps, the system fields added, and no records yet. */
export function createDomain(seed: KintoneSeed, now: () => Date, maxMatches: number): Domain {
  return {
    seed,
    users: new Map(seed.users.map((user) => [user.code, user])),
    apps: new Map(seed.apps.map((app) => [app.id, createApp(app)])),
    now,
    maxMatches,
    lastRowId: 0,
  };
}

/** Names a user as records and comments do; a code nobody has stands for itself. */
export function nameUser(domain: Domain, code: string): Named {
  const user = domain.users.get(code);
  return { code, name: user?.name ?? code };
}

/** Cuts a time to the minute, as kintone does everywhere except in comments. */
export function toMinute(time: Date): string {
  return `${time.toISOString().slice(0, 16)}:00Z`;
}

function createApp(seed: AppSeed): App {
  const fields = new Map(Object.entries(seed.fields));
  const types = new Set([...fields.values()].map((field) => field.type));
  const enabled = seed.process !== undefined;
  const defaults: FormProperty[] = [
    ...SYSTEM_FIELDS,
    { type: "STATUS", code: "ステータス", label: "ステータス", enabled },
    { type: "STATUS_ASSIGNEE", code: "作業者", label: "作業者", enabled },
    { type: "CATEGORY", code: "カテゴリー", label: "カテゴリー", enabled: false },
  ];
  for (const field of defaults) if (!types.has(field.type)) fields.set(field.code, field);
  return { seed, fields, records: new Map(), comments: new Map(), lastRecordId: 0 };
}
