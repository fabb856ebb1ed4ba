import { type AppSettings, seededSettings } from "./app-settings.ts";
import type { AppSeed, KintoneSeed, Named, TokenSeed, UserSeed } from "./kintone-seed.ts";

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
  readonly assignees: readonly Named[];
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
  readonly creator: Named;
  /** Beside the seed's: those made at the screen since. */
  readonly tokens: TokenSeed[];
  readonly space: { readonly id: number; readonly thread: number; readonly isGuest: boolean } | undefined;
  /** What people work with; of an app that was never deployed, what it started from. */
  live: AppSettings;
  /** What the settings pages show: changes wait here for a deploy. */
  preview: AppSettings;
  /** One counter for all settings; a change that names an older one is refused. */
  revision: number;
  /** The revision of what is live; undefined as long as the app was never deployed. */
  liveRevision: number | undefined;
  deployment: Deployment | undefined;
  /** Ascending by id. */
  readonly records: Map<number, StoredRecord>;
  /** By record id, oldest first. */
  readonly comments: Map<number, StoredComment[]>;
  lastRecordId: number;
}

/** The last deploy of an app. Times are milliseconds since 1970, by the domain's clock. */
export interface Deployment {
  readonly revert: boolean;
  /** Until then its status is still told as the one before. */
  readonly staleUntil: number;
  readonly doneAt: number;
  readonly apps: readonly number[];
  status: "PROCESSING" | "SUCCESS" | "FAIL" | "CANCEL";
}

export interface Domain {
  readonly seed: KintoneSeed;
  readonly users: ReadonlyMap<string, UserSeed>;
  readonly apps: Map<number, App>;
  readonly now: () => Date;
  /** A search that matches more records than this is cut off. */
  readonly maxMatches: number;
  /** How long a deploy takes. */
  readonly deployMs: number;
  readonly cursors: Map<string, Cursor>;
  lastRowId: number;
  lastViewId: number;
}

/** A search that is handed out in parts. */
export interface Cursor {
  readonly app: number;
  readonly size: number;
  readonly records: readonly object[];
  position: number;
}

/** Who acts when an API token is used. */
export const ADMINISTRATOR: Named = { code: "Administrator", name: "Administrator" };

/** The revision of a seeded app's settings. */
const SEEDED_REVISION = 5;

/** Creates a domain with the seed's users and apps, the system fields added, and no records yet. */
export function createDomain(
  seed: KintoneSeed,
  now: () => Date,
  bounds: { readonly maxMatches: number; readonly deployMs: number },
): Domain {
  const domain: Domain = {
    seed,
    users: new Map(seed.users.map((user) => [user.code, user])),
    apps: new Map(),
    now,
    ...bounds,
    cursors: new Map(),
    lastRowId: 0,
    lastViewId: 5_520_000,
  };
  for (const app of seed.apps) {
    const space =
      app.guestSpaceId === undefined ? undefined : { id: app.guestSpaceId, thread: app.guestSpaceId };
    const created = createApp(domain, app, space && { ...space, isGuest: true });
    created.revision = SEEDED_REVISION;
    created.liveRevision = SEEDED_REVISION;
    domain.apps.set(app.id, created);
  }
  return domain;
}

/** Creates an app that is not deployed yet; the domain does not have it until it is put there. */
export function createApp(domain: Domain, seed: AppSeed, space: App["space"]): App {
  const language = domain.users.get(seed.creator ?? "")?.language ?? "ja";
  const settings = seededSettings(seed, language);
  return {
    seed,
    creator: seed.creator === undefined ? ADMINISTRATOR : nameUser(domain, seed.creator),
    tokens: [...seed.tokens],
    space,
    live: settings,
    preview: settings,
    revision: 2,
    liveRevision: undefined,
    deployment: undefined,
    records: new Map(),
    comments: new Map(),
    lastRecordId: 0,
  };
}

/** The app as its settings pages show it, to check or try what is not live yet. */
export function asPreview(app: App): App {
  return { ...app, live: app.preview };
}

/** Names a user as records and comments do; an unknown code stands for itself. */
export function nameUser(domain: Domain, code: string): Named {
  const user = domain.users.get(code);
  return { code, name: user?.name ?? code };
}

/** Cuts a time to the minute, as kintone does everywhere except in comments. */
export function toMinute(time: Date): string {
  return `${time.toISOString().slice(0, 16)}:00Z`;
}
