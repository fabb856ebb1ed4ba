/** The two kintone apps, by what their records define. */
export type AppKind = "permissionSets" | "assignments";

/** How a field's value is read: one text, a list of texts, a list of people, or a point in time. */
type FieldShape = "text" | "list" | "people" | "moment";

interface FieldDefinition {
  readonly shape: FieldShape;
  /** Whether every app must have the field; the others can be switched off by mapping them to null. */
  readonly required: boolean;
  /** An app without the field is as good as one in which it is always empty. */
  readonly mayBeAbsent?: true;
  /** The field code that is looked for unless the configuration names another one. */
  readonly defaultCode: string;
}

export const fieldDefinitions = {
  permissionSets: {
    name: { shape: "text", required: true, defaultCode: "name" },
    description: { shape: "text", required: false, defaultCode: "description" },
    sessionDuration: { shape: "text", required: false, defaultCode: "session_duration" },
    relayState: { shape: "text", required: false, defaultCode: "relay_state" },
    managedPolicies: { shape: "list", required: false, defaultCode: "managed_policies" },
    customerManagedPolicies: { shape: "list", required: false, defaultCode: "customer_managed_policies" },
    permissionsBoundary: { shape: "text", required: false, defaultCode: "permissions_boundary" },
    inlinePolicy: { shape: "text", required: false, defaultCode: "inline_policy" },
  },
  assignments: {
    permissionSet: { shape: "text", required: true, defaultCode: "permission_set" },
    users: { shape: "people", required: false, defaultCode: "users" },
    groups: { shape: "list", required: false, defaultCode: "groups" },
    accounts: { shape: "list", required: true, defaultCode: "accounts" },
    starts: { shape: "moment", required: false, mayBeAbsent: true, defaultCode: "starts" },
    expires: { shape: "moment", required: false, mayBeAbsent: true, defaultCode: "expires" },
  },
} as const satisfies Record<AppKind, Record<string, FieldDefinition>>;

export type PermissionSetField = keyof (typeof fieldDefinitions)["permissionSets"];
export type AssignmentField = keyof (typeof fieldDefinitions)["assignments"];
export type FieldName = PermissionSetField | AssignmentField;

/** Logical field → field code in the app, or null where the app does not have the field on purpose. */
export interface FieldMapping {
  readonly permissionSets: Readonly<Record<PermissionSetField, string | null>>;
  readonly assignments: Readonly<Record<AssignmentField, string | null>>;
}

const textTypes = ["SINGLE_LINE_TEXT", "MULTI_LINE_TEXT", "DROP_DOWN", "RADIO_BUTTON", "LINK", "NUMBER"];
const listTypes = [
  "SINGLE_LINE_TEXT",
  "MULTI_LINE_TEXT",
  "DROP_DOWN",
  "RADIO_BUTTON",
  "CHECK_BOX",
  "MULTI_SELECT",
];

const typesByShape: Readonly<Record<FieldShape, readonly string[]>> = {
  text: textTypes,
  list: listTypes,
  people: [...listTypes, "USER_SELECT"],
  moment: ["DATE", "DATETIME", "SINGLE_LINE_TEXT"],
};

/** kintone field types that can be decoded into the shape, outside a table. A lookup has the type of its key field. */
export function decodableTypes(shape: FieldShape): readonly string[] {
  return typesByShape[shape];
}

/** Whether a table with one such column can stand in for the shape. */
export function allowsTable(shape: FieldShape): boolean {
  return shape === "list" || shape === "people";
}

/** Whether a form may do without the field. */
export function mayBeAbsent(kind: AppKind, field: string): boolean {
  const definitions: Readonly<Record<string, FieldDefinition>> = fieldDefinitions[kind];
  return definitions[field]?.mayBeAbsent === true;
}

/** A field of a kintone form as far as decoding needs it. */
export interface FormField {
  readonly code: string;
  readonly label: string;
  readonly type: string;
  /** Columns, when the field is a table. */
  readonly columns?: readonly FormField[];
}

/** The field codes that are looked for where the configuration names no others. */
export const defaultMapping: FieldMapping = {
  permissionSets: defaultCodes(fieldDefinitions.permissionSets),
  assignments: defaultCodes(fieldDefinitions.assignments),
};

function defaultCodes<Field extends string>(
  definitions: Readonly<Record<Field, FieldDefinition>>,
): Readonly<Record<Field, string>> {
  const codes = Object.entries<FieldDefinition>(definitions).map(([field, { defaultCode }]) => [
    field,
    defaultCode,
  ]);
  return Object.fromEntries(codes) as Record<Field, string>;
}
