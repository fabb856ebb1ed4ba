import type { AccountState } from "../model/directory.ts";
import { fieldDefinitions } from "../model/fields.ts";
import type { AppIds, MadeAppKind } from "../model/made-app.ts";
import type { AppTexts } from "../words/app-texts.ts";

/** A field in the form in which kintone's API takes it. */
export interface FieldSettings {
  readonly type: string;
  readonly code: string;
  readonly label: string;
  readonly fields?: Readonly<Record<string, FieldSettings>>;
  readonly [setting: string]: unknown;
}

const accountStates: readonly AccountState[] = [
  "ACTIVE",
  "PENDING_ACTIVATION",
  "SUSPENDED",
  "PENDING_CLOSURE",
  "CLOSED",
  "UNKNOWN",
];

/** A unique text has at most so many characters. https://jp.kintone.help/k/ja/app/form/form_parts/text_single */
const longestUnique = "64";

/** The fields of an app in the order of its form. */
export function describeFields(kind: MadeAppKind, texts: AppTexts, ids: AppIds): readonly FieldSettings[] {
  const labelled = (type: string, code: string, more: object = {}): FieldSettings => ({
    type,
    code,
    label: texts.labels[code] ?? code,
    ...more,
  });
  const key = { required: true, unique: true, maxLength: longestUnique };
  const text = "SINGLE_LINE_TEXT";
  const lines = "MULTI_LINE_TEXT";
  const lists: Readonly<Record<MadeAppKind, () => readonly FieldSettings[]>> = {
    permissionSets: () => {
      const { permissionSets } = fieldDefinitions;
      return [
        labelled(text, permissionSets.name.defaultCode, key),
        labelled(lines, permissionSets.description.defaultCode),
        labelled("NUMBER", permissionSets.sessionDuration.defaultCode),
        labelled(lines, permissionSets.managedPolicies.defaultCode),
        labelled(lines, permissionSets.customerManagedPolicies.defaultCode),
        labelled(lines, permissionSets.inlinePolicy.defaultCode),
        labelled(text, permissionSets.permissionsBoundary.defaultCode),
        labelled(text, permissionSets.relayState.defaultCode),
        ...holders(ids, labelled, ["name", "permission_set"], ["users", "groups", "accounts"]),
      ];
    },
    assignments: () => {
      const { assignments } = fieldDefinitions;
      return [
        labelled(text, assignments.permissionSet.defaultCode, {
          required: true,
          ...lookup(ids.permissionSets, "name", ["name", "description"]),
        }),
        labelled("USER_SELECT", assignments.users.defaultCode),
        groupsField(ids, labelled),
        accountsField(ids, labelled),
        labelled("DATETIME", assignments.starts.defaultCode),
        labelled("DATETIME", assignments.expires.defaultCode),
        labelled(lines, "note"),
      ];
    },
    accounts: () => [
      labelled(text, "account_id", key),
      labelled(text, "account_name"),
      labelled(text, "path"),
      labelled("DROP_DOWN", "state", choices(accountStates)),
      labelled(text, "email_domain"),
      labelled(lines, "note"),
      ...holders(ids, labelled, ["account_id", "account"], ["permission_set", "users", "groups"]),
    ],
    reviews: () => reviewFields(labelled, key, texts.options ?? []),
    groups: () => [
      labelled(text, "group_name", key),
      labelled(text, "group_id"),
      labelled("DROP_DOWN", "state", choices(["ACTIVE", "GONE"])),
      labelled(lines, "note"),
      ...holders(ids, labelled, ["group_name", "group"], ["permission_set", "users", "accounts"]),
    ],
  };
  return lists[kind]();
}

/** What is decided first, then what it is about in full. */
function reviewFields(labelled: Labelled, key: object, options: readonly string[]): readonly FieldSettings[] {
  const text = (code: string, more?: object): FieldSettings => labelled("SINGLE_LINE_TEXT", code, more);
  return [
    labelled("DATE", "due"),
    text("person"),
    text("permission_set"),
    text("account_name"),
    labelled("DROP_DOWN", "decision", choices(options)),
    labelled("MULTI_LINE_TEXT", "comment"),
    labelled("USER_SELECT", "owner"),
    text("class"),
    text("via"),
    text("managed_by"),
    labelled("MULTI_LINE_TEXT", "records"),
    text("display_name"),
    text("account_id"),
    text("key", key),
  ];
}

type Labelled = (type: string, code: string, more?: object) => FieldSettings;

function choices(names: readonly string[]): object {
  const options = names.map((label, index) => [label, { label, index: String(index) }]);
  return { options: Object.fromEntries(options) as object };
}

/** Nothing where the other app is not made. */
function lookup(
  app: number | undefined,
  relatedKeyField: string,
  lookupPickerFields: readonly string[],
  more: object = {},
): object {
  if (app === undefined) return {};
  const setting = { fieldMappings: [], filterCond: "", sort: `${relatedKeyField} asc`, ...more };
  return { lookup: { relatedApp: { app: String(app) }, relatedKeyField, lookupPickerFields, ...setting } };
}

const onlyActive = { filterCond: 'state in ("ACTIVE")' };

/** A table that looks accounts up; without their list, lines of text. */
function accountsField({ accounts }: AppIds, labelled: Labelled): FieldSettings {
  const { defaultCode } = fieldDefinitions.assignments.accounts;
  if (accounts === undefined) return labelled("MULTI_LINE_TEXT", defaultCode, { required: true });
  const name = labelled("SINGLE_LINE_TEXT", "account_name");
  const account = labelled("SINGLE_LINE_TEXT", "account", {
    ...lookup(accounts, "account_id", ["account_name", "account_id", "path"], {
      fieldMappings: [{ field: "account_name", relatedField: "account_name" }],
      sort: "account_name asc",
      ...onlyActive,
    }),
  });
  return labelled("SUBTABLE", defaultCode, { fields: { account, account_name: name } });
}

/** The same for groups. */
function groupsField({ groups }: AppIds, labelled: Labelled): FieldSettings {
  const { defaultCode } = fieldDefinitions.assignments.groups;
  if (groups === undefined) return labelled("MULTI_LINE_TEXT", defaultCode);
  const group = labelled(
    "SINGLE_LINE_TEXT",
    "group",
    lookup(groups, "group_name", ["group_name"], onlyActive),
  );
  return labelled("SUBTABLE", defaultCode, { fields: { group } });
}

/** Who has access: the assignments that name the record, once their app is live. */
function holders(
  { assignments }: AppIds,
  labelled: Labelled,
  [field, relatedField]: readonly [string, string],
  displayFields: readonly string[],
): readonly FieldSettings[] {
  if (assignments === undefined) return [];
  const shown = displayFields.filter((code) => code !== "accounts" && code !== "groups");
  return [
    labelled("REFERENCE_TABLE", "holders", {
      referenceTable: {
        relatedApp: { app: String(assignments) },
        condition: { field, relatedField },
        filterCond: "",
        displayFields: shown,
        sort: "$id desc",
        size: "20",
      },
    }),
  ];
}
