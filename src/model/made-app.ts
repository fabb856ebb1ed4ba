/** The apps that `init` makes: those of the records, the lists that records look up, and the one in which access is reviewed. */
export type MadeAppKind = "permissionSets" | "assignments" | "accounts" | "groups" | "reviews";

/** Numbers of the apps that are there. */
export type AppIds = Readonly<Partial<Record<MadeAppKind, number>>>;

/** A user, a group or a field with users, as kintone's permissions name them. */
export interface Entity {
  readonly type: "USER" | "GROUP" | "CREATOR" | "FIELD_ENTITY";
  readonly code?: string;
}

/** The parts of an app's settings that `init` looks at. */
export const appParts = [
  "fields",
  "layout",
  "views",
  "settings",
  "appAcl",
  "recordAcl",
  "fieldAcl",
  "reminders",
] as const;

export type AppPart = (typeof appParts)[number];

/** Some of an app's settings, by part, in the form in which kintone's API takes and hands them out. */
export type AppSettings = Readonly<Record<AppPart, Readonly<Record<string, unknown>>>>;
