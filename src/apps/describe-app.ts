import type { Language } from "../model/config.ts";
import { fieldDefinitions } from "../model/fields.ts";
import { type AppIds, type AppSettings, type Entity, type MadeAppKind } from "../model/made-app.ts";
import { type AppTexts, appTexts } from "../words/app-texts.ts";
import { describeFields, type FieldSettings } from "./describe-fields.ts";

/** What decides how the apps look. */
export interface AppChoices extends AppPeople {
  /** Of the apps that are live by now: others can look them up. */
  readonly ids: AppIds;
}

/** In which language an app is, and who may do what there. */
export interface AppPeople {
  readonly language: Language;
  /** Who may edit every record, beside its author. */
  readonly administrators: Entity;
  /** Who may add permission sets. */
  readonly setAuthors: Entity;
}

/** Field codes of the system, which depend on the language of the user who made the app. */
export interface SystemCodes {
  readonly creator: string;
}

/** An app in the form in which kintone's API takes it. */
export interface AppDescription {
  readonly kind: MadeAppKind;
  readonly name: string;
  readonly settings: AppSettings;
}

/** The whole description of an app that `init` makes. What it looks up in others is part of it once those are live. */
export function describeApp(
  kind: MadeAppKind,
  choices: AppChoices,
  systemCodes: SystemCodes,
): AppDescription {
  const texts = appTexts(choices.language, kind);
  const fields = describeFields(kind, texts, choices.ids);
  return {
    kind,
    name: texts.name,
    settings: {
      fields: { properties: Object.fromEntries(fields.map((field) => [field.code, field])) },
      layout: { layout: fields.flatMap((field) => rowsOf(field, texts)) },
      views: { views: describeViews(kind, texts, systemCodes) },
      settings: {
        description: texts.description,
        titleField: { selectionMode: "MANUAL", code: titleFields[kind] },
        enableComments: true,
        enableBulkDeletion: false,
      },
      appAcl: { rights: appRights(kind, choices) },
      recordAcl: { rights: recordRights(kind, choices, systemCodes) },
      fieldAcl: { rights: fieldRights(kind, fields, choices) },
      reminders: reminders(kind, texts, systemCodes),
    },
  };
}

const titleFields: Readonly<Record<MadeAppKind, string>> = {
  permissionSets: "name",
  assignments: "permission_set",
  accounts: "account_name",
  groups: "group_name",
  reviews: "person",
};

/** What people may write in apps whose records are made here; undefined where the records are theirs. */
const writtenByPeople: Readonly<Record<MadeAppKind, readonly string[] | undefined>> = {
  permissionSets: undefined,
  assignments: undefined,
  accounts: ["note"],
  groups: ["note"],
  reviews: ["decision", "comment"],
};

function rowsOf(field: FieldSettings, { helps }: AppTexts): readonly object[] {
  const { type, code, fields = {} } = field;
  const help = helps[code];
  const above =
    help === undefined
      ? []
      : [{ type: "ROW", fields: [{ type: "LABEL", label: help, size: { width: "600" } }] }];
  if (type === "SUBTABLE") {
    const columns = Object.values(fields).map((column) => ({
      type: column.type,
      code: column.code,
      size: { width: "240" },
    }));
    return [...above, { type, code, fields: columns }];
  }
  const size = type === "REFERENCE_TABLE" ? {} : { size: { width: wideTypes.has(type) ? "600" : "300" } };
  return [...above, { type: "ROW", fields: [{ type, code, ...size }] }];
}

const wideTypes: ReadonlySet<string> = new Set(["MULTI_LINE_TEXT"]);

interface ViewChoice {
  readonly fields: readonly string[];
  readonly filterCond?: string;
  readonly sort?: string;
}

type Views = Readonly<Record<string, ViewChoice>>;

/** A list of the sync's: what is in use, and all. */
function listViews(fields: readonly string[], name: string): Views {
  const sort = `${name} asc`;
  return { active: { fields, filterCond: 'state in ("ACTIVE")', sort }, all: { fields, sort } };
}

/** The views by their keys, in their order. */
const viewsOf: Readonly<Record<MadeAppKind, (codes: SystemCodes) => Views>> = {
  permissionSets: ({ creator }) => {
    const fields = ["name", "description", "session_duration", "managed_policies", creator];
    const filterCond = `${creator} in (LOGINUSER())`;
    return { all: { fields, sort: "name asc" }, mine: { fields, filterCond } };
  },
  assignments: ({ creator }) => {
    const fields = ["permission_set", "users", "groups", "accounts", "note", creator];
    return {
      all: { fields },
      access: { fields, filterCond: "users in (LOGINUSER())" },
      mine: { fields, filterCond: `${creator} in (LOGINUSER())` },
      "by-set": { fields, sort: "permission_set asc" },
      "by-account": { fields: ["accounts", "permission_set", "users", "groups", "expires", creator] },
      "by-person": { fields: ["users", "groups", "permission_set", "accounts", "expires", creator] },
      waiting: { fields: ["starts", ...fields], filterCond: "starts > NOW()", sort: "starts asc" },
      ending: { fields: ["expires", ...fields], filterCond: "expires > NOW()", sort: "expires asc" },
    };
  },
  accounts: () =>
    listViews(["account_name", "account_id", "path", "state", "email_domain", "note"], "account_name"),
  groups: () => listViews(["group_name", "state", "note"], "group_name"),
  reviews: () => {
    const fields = ["due", "account_name", "permission_set", "person", "via", "class", "decision", "comment"];
    const sort = "due desc, account_name asc";
    const isOpen = 'decision in ("")';
    return {
      mine: { fields, filterCond: `${isOpen} and owner in (LOGINUSER())`, sort },
      open: { fields: [...fields, "owner"], filterCond: isOpen, sort },
      all: { fields: [...fields, "owner"], sort },
    };
  },
};

function describeViews(
  kind: MadeAppKind,
  texts: AppTexts,
  codes: SystemCodes,
): Readonly<Record<string, object>> {
  const views = Object.entries(viewsOf[kind](codes)).map(([key, view], index) => {
    const name = texts.views[key] ?? key;
    const { fields, filterCond = "", sort = "$id desc" } = view;
    return [name, { type: "LIST", name, index: String(index), fields, filterCond, sort }] as const;
  });
  return Object.fromEntries(views);
}

const daysBeforeEnd = 7;
/** As in the configuration, where it says no other. */
const timezone = "Asia/Tokyo";

/** Before access ends, kintone itself reminds those who have it and the record's author. */
function reminders(
  kind: MadeAppKind,
  { reminder }: AppTexts,
  { creator }: SystemCodes,
): Readonly<Record<string, unknown>> {
  if (kind !== "assignments" || reminder === undefined) return {};
  const { defaultCode: code } = fieldDefinitions.assignments.expires;
  const targets = [fieldDefinitions.assignments.users.defaultCode, creator].map((field) => ({
    entity: { type: "FIELD_ENTITY", code: field },
    includeSubs: false,
  }));
  const timing = { code, daysLater: String(-daysBeforeEnd), time: "09:00" };
  return { notifications: [{ timing, filterCond: "", title: reminder(daysBeforeEnd), targets }], timezone };
}

const everyone: Entity = { type: "GROUP", code: "everyone" };

const allRights = {
  appEditable: true,
  recordViewable: true,
  recordAddable: true,
  recordEditable: true,
  recordDeletable: true,
  recordImportable: true,
  recordExportable: true,
};

const noRights = {
  appEditable: false,
  recordViewable: true,
  recordAddable: false,
  recordEditable: false,
  recordDeletable: false,
  recordImportable: false,
  recordExportable: false,
};

const authorRights = { ...noRights, recordAddable: true, recordEditable: true, recordDeletable: true };

/** Whom the records of an app belong to, beside the administrators; undefined where all users have the same rights. */
function ownerField(kind: MadeAppKind, { creator }: SystemCodes): string | undefined {
  if (kind === "reviews") return "owner";
  return writtenByPeople[kind] === undefined ? creator : undefined;
}

const rightsOfAll: Readonly<Record<MadeAppKind, object>> = {
  permissionSets: noRights,
  assignments: authorRights,
  accounts: noRights,
  groups: noRights,
  reviews: { ...noRights, recordEditable: true },
};

/** All users see everything; all may add assignments, permission sets for some users, the other records for none. */
function appRights(kind: MadeAppKind, { administrators, setAuthors }: AppChoices): readonly object[] {
  const rights = new Map<string, object>();
  const give = (entity: Entity, right: object): void => {
    const key = `${entity.type} ${entity.code ?? ""}`;
    if (!rights.has(key)) rights.set(key, { entity, includeSubs: false, ...right });
  };
  give({ type: "CREATOR" }, allRights);
  give(administrators, { ...allRights, appEditable: false });
  if (kind === "permissionSets") give(setAuthors, authorRights);
  give(everyone, rightsOfAll[kind]);
  return [...rights.values()];
}

/** Authors edit their own records, owners decide on their own lines, administrators on all. */
function recordRights(
  kind: MadeAppKind,
  { administrators }: AppChoices,
  codes: SystemCodes,
): readonly object[] {
  const owner = ownerField(kind, codes);
  if (owner === undefined) return [];
  const all = { viewable: true, editable: true, deletable: true };
  const entities = [
    { entity: administrators, includeSubs: false, ...all },
    {
      entity: { type: "FIELD_ENTITY", code: owner },
      includeSubs: false,
      ...all,
      deletable: kind !== "reviews",
    },
    { entity: everyone, includeSubs: false, viewable: true, editable: false, deletable: false },
  ];
  return [{ filterCond: "", entities }];
}

/** Of records that are made here people may write what is theirs only. */
function fieldRights(
  kind: MadeAppKind,
  fields: readonly FieldSettings[],
  { administrators }: AppChoices,
): readonly object[] {
  const theirs = writtenByPeople[kind];
  if (theirs === undefined) return [];
  const kept = fields.filter(({ type, code }) => type !== "REFERENCE_TABLE" && !theirs.includes(code));
  return kept.map(({ code }) => ({
    code,
    entities: [
      { entity: administrators, includeSubs: false, accessibility: "WRITE" },
      { entity: everyone, includeSubs: false, accessibility: "READ" },
    ],
  }));
}
