import type { AppSeed, FormProperty, SystemLanguage } from "./kintone-seed.ts";

/** A user, group or organization a right or a notice is for; the creator of an app and fields of users have none. */
export interface Entity {
  readonly type: "USER" | "GROUP" | "ORGANIZATION" | "CREATOR" | "FIELD_ENTITY" | "CUSTOM_FIELD";
  readonly code?: string;
}

export interface EntityRight {
  readonly entity: Entity;
  readonly includeSubs: boolean;
}

/** What an entity may do in an app; of the entities that are a user, the first counts, everyone last. */
export interface AppRight extends EntityRight {
  readonly appEditable: boolean;
  readonly recordViewable: boolean;
  readonly recordAddable: boolean;
  readonly recordEditable: boolean;
  readonly recordDeletable: boolean;
  readonly recordImportable: boolean;
  readonly recordExportable: boolean;
}

/** Of the rights whose condition a record meets, the first counts. */
export interface RecordRight {
  readonly filterCond: string;
  readonly entities: readonly (EntityRight & {
    readonly viewable: boolean;
    readonly editable: boolean;
    readonly deletable: boolean;
  })[];
}

export interface FieldRight {
  readonly code: string;
  readonly entities: readonly (EntityRight & { readonly accessibility: "READ" | "WRITE" | "NONE" })[];
}

/** A row, a table or a group of the form, as getFormLayout returns it. */
export interface LayoutPart {
  readonly type: "ROW" | "SUBTABLE" | "GROUP";
  readonly code?: string;
  readonly fields?: readonly LayoutField[];
  readonly layout?: readonly LayoutPart[];
}

export interface LayoutField {
  readonly type: string;
  readonly code?: string;
  readonly [setting: string]: unknown;
}

/** A view of the record list, as getViews returns it. */
export interface View {
  readonly id: string;
  readonly index: string;
  readonly type: "LIST" | "CALENDAR" | "CUSTOM";
  readonly name: string;
  readonly filterCond: string;
  readonly sort: string;
  readonly [setting: string]: unknown;
}

export interface ProcessState {
  readonly name: string;
  readonly index: string;
  readonly assignee: { readonly type: "ONE" | "ALL" | "ANY"; readonly entities: readonly EntityRight[] };
}

/** A button that moves a record on; a secondary one is for others than the assignees. */
export interface ProcessAction {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly filterCond: string;
  readonly type: "PRIMARY" | "SECONDARY";
  readonly executableUser?: { readonly entities: readonly EntityRight[] };
}

/** Process management; states and actions are null until it was switched on once. */
export interface Process {
  readonly enable: boolean;
  readonly states: Readonly<Record<string, ProcessState>> | null;
  readonly actions: readonly ProcessAction[] | null;
}

/** Everything that is set up on an app's settings pages and reaches the app by a deploy. */
export interface AppSettings {
  readonly general: GeneralSettings;
  readonly fields: ReadonlyMap<string, FormProperty>;
  readonly layout: readonly LayoutPart[];
  readonly views: Readonly<Record<string, View>>;
  readonly process: Process;
  readonly appRights: readonly AppRight[];
  readonly recordRights: readonly RecordRight[];
  readonly fieldRights: readonly FieldRight[];
  readonly generalNotifications: {
    readonly notifications: readonly object[];
    readonly notifyToCommenter: boolean;
  };
  readonly perRecordNotifications: readonly object[];
  readonly reminderNotifications: { readonly notifications: readonly object[]; readonly timezone: string };
  readonly adminNotes: { readonly content: string; readonly includeInTemplateAndDuplicates: boolean };
}

export interface GeneralSettings {
  readonly name: string;
  readonly description: string;
  readonly icon: object;
  readonly theme: string;
  readonly titleField: { readonly selectionMode: string; readonly code?: string };
  readonly enableThumbnails: boolean;
  readonly enableBulkDeletion: boolean;
  readonly enableComments: boolean;
  readonly enableDuplicateRecord: boolean;
  readonly enableInlineRecordEditing: boolean;
  readonly numberPrecision: object;
  readonly firstMonthOfFiscalYear: string;
}

const NO_RIGHT = {
  includeSubs: false,
  appEditable: false,
  recordViewable: false,
  recordAddable: false,
  recordEditable: false,
  recordDeletable: false,
  recordImportable: false,
  recordExportable: false,
};
const RECORD_RIGHTS = {
  recordViewable: true,
  recordAddable: true,
  recordEditable: true,
  recordDeletable: true,
};

/** The rights of a new app: its creator does everything, everyone works with records. */
const NEW_APP_RIGHTS: readonly AppRight[] = [
  {
    ...NO_RIGHT,
    ...RECORD_RIGHTS,
    entity: { type: "CREATOR" },
    appEditable: true,
    recordImportable: true,
    recordExportable: true,
  },
  { ...NO_RIGHT, ...RECORD_RIGHTS, entity: { type: "GROUP", code: "everyone" } },
];

/** An app's settings as the seed has them; the codes of system fields are in the language of the app's creator. */
export function seededSettings(seed: AppSeed, language: SystemLanguage): AppSettings {
  const fields = withSystemFields(new Map(Object.entries(seed.fields)), language, seed.process !== undefined);
  return {
    general: {
      name: seed.name,
      description: seed.description ?? "",
      icon: { type: "PRESET", key: "APP72" },
      theme: "WHITE",
      titleField: { selectionMode: "AUTO" },
      enableThumbnails: true,
      enableBulkDeletion: false,
      enableComments: seed.enableComments ?? true,
      enableDuplicateRecord: true,
      enableInlineRecordEditing: true,
      numberPrecision: { digits: "16", decimalPlaces: "4", roundingMode: "HALF_EVEN" },
      firstMonthOfFiscalYear: "4",
    },
    fields,
    layout: [...fields.values()].flatMap(placeField),
    views: {},
    process: seed.process === undefined ? NO_PROCESS : seededProcess(seed.process.states),
    appRights: NEW_APP_RIGHTS,
    recordRights: [],
    fieldRights: [],
    generalNotifications: { notifications: [], notifyToCommenter: true },
    perRecordNotifications: [],
    reminderNotifications: { notifications: [], timezone: "Asia/Tokyo" },
    adminNotes: { content: "", includeInTemplateAndDuplicates: false },
  };
}

/** The names of the states in their order; undefined without process management. */
export function stateNames({ process }: AppSettings): readonly string[] | undefined {
  return process.enable ? inOrder(process).map(({ name }) => name) : undefined;
}

/** The state a new record has; empty without process management. */
export function firstState(settings: AppSettings): string {
  return stateNames(settings)?.[0] ?? "";
}

/** The states by index, whether they are in use or not. */
export function inOrder({ states }: Process): readonly ProcessState[] {
  return Object.values(states ?? {}).sort((left, right) => Number(left.index) - Number(right.index));
}

/** Where a field goes that no layout has placed: a row of its own at the end. */
export function placeField({ type, code, fields }: FormProperty): LayoutPart[] {
  if (UNPLACED.has(type)) return [];
  if (type === "GROUP") return [{ type, code, layout: [] }];
  if (type === "SUBTABLE")
    return [{ type, code, fields: Object.values(fields ?? {}).map(({ type, code }) => ({ type, code })) }];
  return [{ type: "ROW", fields: [{ type, code }] }];
}

/** Fields that kintone shows beside the form. */
export const UNPLACED: ReadonlySet<string> = new Set(["STATUS", "STATUS_ASSIGNEE", "CATEGORY"]);

const NO_PROCESS: Process = { enable: false, states: null, actions: null };

function seededProcess(names: readonly string[]): Process {
  const states = names.map((name, index): [string, ProcessState] => [
    name,
    { name, index: String(index), assignee: { type: "ONE", entities: [] } },
  ]);
  const actions = names.slice(1).map((to, index): ProcessAction => {
    const from = names[index] ?? "";
    return { name: `${to}にする`, from, to, filterCond: "", type: "PRIMARY" };
  });
  return { enable: true, states: Object.fromEntries(states), actions };
}

/** https://jp.kintone.help/k/ja/app/form/form_parts */
const SYSTEM_FIELDS: readonly { type: string; ja: string; en: string }[] = [
  { type: "RECORD_NUMBER", ja: "レコード番号", en: "Record_number" },
  { type: "MODIFIER", ja: "更新者", en: "Updated_by" },
  { type: "CREATOR", ja: "作成者", en: "Created_by" },
  { type: "UPDATED_TIME", ja: "更新日時", en: "Updated_datetime" },
  { type: "CREATED_TIME", ja: "作成日時", en: "Created_datetime" },
];
const SWITCHED_FIELDS: readonly { type: string; ja: string; en: string }[] = [
  { type: "STATUS", ja: "ステータス", en: "Status" },
  { type: "STATUS_ASSIGNEE", ja: "作業者", en: "Assignee" },
  { type: "CATEGORY", ja: "カテゴリー", en: "Categories" },
];

function withSystemFields(
  fields: Map<string, FormProperty>,
  language: SystemLanguage,
  hasProcess: boolean,
): ReadonlyMap<string, FormProperty> {
  const types = new Set([...fields.values()].map((field) => field.type));
  const missing = (field: { type: string }) => !types.has(field.type);
  for (const { type, [language]: code } of SYSTEM_FIELDS.filter(missing))
    fields.set(code, { type, code, label: code.replaceAll("_", " "), noLabel: false });
  for (const { type, [language]: code } of SWITCHED_FIELDS.filter(missing))
    fields.set(code, { type, code, label: code, enabled: hasProcess && type !== "CATEGORY" });
  return fields;
}
