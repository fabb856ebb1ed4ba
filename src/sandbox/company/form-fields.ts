/** A field of kintone's type SINGLE_LINE_TEXT with the given settings. */
export function textField(code: string, label: string, settings: object = {}) {
  return {
    type: "SINGLE_LINE_TEXT",
    code,
    label,
    noLabel: false,
    required: false,
    unique: false,
    minLength: "",
    maxLength: "",
    defaultValue: "",
    expression: "",
    hideExpression: false,
    ...settings,
  };
}

/** A field of kintone's type MULTI_LINE_TEXT. */
export function linesField(code: string, label: string) {
  return { type: "MULTI_LINE_TEXT", code, label, noLabel: false, required: false, defaultValue: "" };
}

/** A field of kintone's type LINK to a web page. */
export function linkField(code: string, label: string) {
  return { ...textField(code, label), type: "LINK", protocol: "WEB" };
}

/** A field of kintone's type MULTI_SELECT with the given choices. */
export function choicesField(code: string, label: string, choices: readonly string[]) {
  const options = choices.map((choice, index) => [choice, { label: choice, index: String(index) }] as const);
  return {
    type: "MULTI_SELECT",
    code,
    label,
    noLabel: false,
    required: true,
    defaultValue: [],
    options: Object.fromEntries(options),
  };
}

/** A field of kintone's type USER_SELECT from which everybody can be chosen. */
export function usersField(code: string, label: string) {
  return {
    type: "USER_SELECT",
    code,
    label,
    noLabel: false,
    required: false,
    defaultValue: [],
    entities: [],
  };
}
