import { describe, expect, it } from "vitest";

import { defaultMapping } from "../../src/model/fields.ts";
import { decodeAssignmentRecord } from "../../src/records/decode-assignment.ts";
import { assignmentRecord, rawAssignment, recordRef, table, tokyo } from "../builders.ts";

const codesOf = (record: { readonly issues: readonly { readonly code: string }[] }) =>
  record.issues.map(({ code }) => code);

describe("a list is read from every field type the contract names", () => {
  it.each([
    ["a multi-line text, one entry a line", "Production\nDevelopment"],
    ["lines that end the way Windows ends them", "Production\r\nDevelopment\r\n"],
    ["lines that end in lone carriage returns", "Production\rDevelopment"],
    ["a line separator from a word processor", "Production\u2028Development"],
    ["blank lines and stray commas", "\n\n Production ,,\n、Development\n\n"],
    ["an entry given twice", "Production\nDevelopment\nProduction"],
    ["check boxes", { type: "CHECK_BOX", value: ["Production", "Development"] }],
    ["a multi-select", { type: "MULTI_SELECT", value: ["Production", "Development"] }],
    ["a table with a text column", table("SINGLE_LINE_TEXT", ["Production", "Development"])],
    ["a table with a multi-line column", table("MULTI_LINE_TEXT", ["Production\nDevelopment", ""])],
    ["a table with a drop-down column", table("DROP_DOWN", ["Production", null, "Development"])],
    ["a table with a check-box column", table("CHECK_BOX", [["Production"], [], ["Development"]])],
  ])("%s", (_, accounts) => {
    const record = assignmentRecord({ accounts });
    expect(record).toMatchObject({ accounts: ["Production", "Development"], issues: [] });
  });

  it.each([
    ["half-width commas", "Production, Development"],
    ["full-width commas", "Production，Development"],
    ["ideographic commas", "Production、Development"],
    ["half-width ideographic commas", "Production､Development"],
    ["a single-line text", { type: "SINGLE_LINE_TEXT", value: "Production,Development" }],
    ["a table with a text column", table("SINGLE_LINE_TEXT", ["Production,Development", ""])],
  ])("%s make a line that may be one name or several", (_, accounts) => {
    const { accounts: entries } = assignmentRecord({ accounts });
    expect(entries).toMatchObject([{ parts: ["Production", "Development"] }]);
  });

  it.each([
    ["between quotation marks", '"Sales, Tokyo"'],
    ["in a choice", { type: "DROP_DOWN", value: "Sales, Tokyo" }],
    ["in a check box", { type: "CHECK_BOX", value: ["Sales, Tokyo"] }],
    ["in a choice of a table", table("DROP_DOWN", ["Sales, Tokyo"])],
  ])("a name with a comma %s is one name", (_, groups) => {
    expect(assignmentRecord({ groups }).groups).toEqual(["Sales, Tokyo"]);
  });

  it.each(["DROP_DOWN", "RADIO_BUTTON"])("reads the one choice of a %s", (type) => {
    const record = assignmentRecord({ accounts: { type, value: "Production" } });
    expect(record).toMatchObject({ accounts: ["Production"], issues: [] });
  });

  it("takes an option of a check box as one entry even when it has a comma", () => {
    expect(assignmentRecord({ accounts: ["Acme, Inc."] }).accounts).toEqual(["Acme, Inc."]);
  });

  it("reads the accounts of a table that also has a person and a date in each row", () => {
    const row = {
      account: { type: "SINGLE_LINE_TEXT", value: "Production" },
      owner: { type: "USER_SELECT", value: [{ code: "anna", name: "Anna" }] },
      since: { type: "DATE", value: "2026-01-01" },
    };
    const accounts = { type: "SUBTABLE", value: [{ id: "1", value: row }] };
    expect(assignmentRecord({ accounts })).toMatchObject({ accounts: ["Production"], issues: [] });
  });

  it("cannot read a table in which two columns could hold the entries", () => {
    const row = {
      account: { type: "SINGLE_LINE_TEXT", value: "Production" },
      note: { type: "MULTI_LINE_TEXT", value: "" },
    };
    const accounts = { type: "SUBTABLE", value: [{ id: "1", value: row }] };
    expect(assignmentRecord({ accounts }).issues).toMatchObject([
      { code: "field.unreadable", field: "accounts", params: { type: "SUBTABLE" } },
    ]);
  });

  it.each([
    ["groups", { type: "GROUP_SELECT", value: [{ code: "Developers", name: "Developers" }] }],
    ["groups", { type: "USER_SELECT", value: [{ code: "Developers", name: "Developers" }] }],
    ["users", { type: "ORGANIZATION_SELECT", value: [{ code: "anna", name: "Sales" }] }],
    ["users", { type: "GROUP_SELECT", value: [{ code: "anna", name: "Sales" }] }],
    ["users", { type: "USER_SELECT", value: [{ name: "Anna" }] }],
    ["accounts", { type: "CHECK_BOX", value: [222222222222] }],
    ["accounts", { type: "FILE", value: [{ fileKey: "1", name: "accounts.csv" }] }],
    ["accounts", { type: "SUBTABLE", value: "Production" }],
    ["accounts", { type: "SUBTABLE", value: [null] }],
    ["accounts", { type: "MULTI_LINE_TEXT", value: { Production: true } }],
    ["accounts", { type: "MULTI_LINE_TEXT", value: 222222222222 }],
    ["permissionSet", { type: "CHECK_BOX", value: ["ReadOnly"] }],
  ] as const)("the field %s cannot be read from %j", (field, raw) => {
    expect(assignmentRecord({ [field]: raw }).issues).toMatchObject([
      { code: "field.unreadable", field, params: { type: raw.type } },
    ]);
  });
});

describe("the people of a record", () => {
  it("are the login names of a user field", () => {
    expect(assignmentRecord({ users: ["anna", "ben"] }).users).toEqual([
      { kind: "login", text: "anna" },
      { kind: "login", text: "ben" },
    ]);
  });

  it("are login names and addresses side by side in a text", () => {
    expect(assignmentRecord({ users: "anna\nBen@Example.co.jp" }).users).toEqual([
      { kind: "login", text: "anna" },
      { kind: "address", text: "Ben@Example.co.jp" },
    ]);
  });

  it("can stand in a table of user fields", () => {
    const users = table("USER_SELECT", [[{ code: "anna", name: "Anna" }], []]);
    expect(assignmentRecord({ users }).users).toEqual([{ kind: "login", text: "anna" }]);
  });

  it("can be left out when there are groups", () => {
    expect(assignmentRecord({ groups: "Developers" })).toMatchObject({
      users: [],
      groups: ["Developers"],
      issues: [],
    });
  });

  it("can be left out of the app altogether", () => {
    const mapping = { ...defaultMapping.assignments, users: null };
    const record = decodeAssignmentRecord(rawAssignment({ groups: "Developers" }), mapping, tokyo);
    expect(record).toMatchObject({ users: [], issues: [] });
  });
});

describe("a record without a target is told so", () => {
  it.each([
    ["no permission set", { permissionSet: "" }, "field.required", "permissionSet"],
    ["nothing chosen in the drop-down", { permissionSet: null }, "field.required", "permissionSet"],
    ["a permission set of blanks", { permissionSet: " \u3000\n" }, "field.required", "permissionSet"],
    ["no accounts", { accounts: "" }, "field.required", "accounts"],
    ["no account chosen", { accounts: [] }, "field.required", "accounts"],
    ["accounts of blanks and commas", { accounts: " ,\n、" }, "field.required", "accounts"],
    ["an empty table of accounts", { accounts: table("DROP_DOWN", []) }, "field.required", "accounts"],
    ["neither users nor groups", { users: [], groups: "" }, "assignment.no-principals", "users"],
  ] as const)("%s", (_, values, code, field) => {
    expect(assignmentRecord(values).issues).toMatchObject([{ code, field }]);
  });

  it("is told at the groups field when the app has no users field", () => {
    const mapping = { ...defaultMapping.assignments, users: null };
    const record = decodeAssignmentRecord(rawAssignment({ groups: "" }), mapping, tokyo);
    expect(record.issues).toMatchObject([{ code: "assignment.no-principals", field: "groups" }]);
  });

  it("is not told so while one of the two cannot be read", () => {
    const record = assignmentRecord({ users: [], groups: "Dev\u200Bs" });
    expect(codesOf(record)).toEqual(["text.invisible-character"]);
  });
});

describe("a field that a record lacks", () => {
  it("cannot be read, since hidden is not empty", () => {
    const raw = { ref: recordRef({ app: "assignments" }), fields: {} };
    const record = decodeAssignmentRecord(raw, defaultMapping.assignments, tokyo);
    expect(record.issues.map(({ code, field }) => `${field} ${code}`)).toEqual([
      "permissionSet field.unreadable",
      "accounts field.unreadable",
      "users field.unreadable",
      "groups field.unreadable",
    ]);
    expect(record).toEqual({ ref: raw.ref, issues: record.issues, period: {}, lacksEnd: true });
  });

  it("cannot be read either when its value is missing", () => {
    const record = assignmentRecord({ groups: { type: "MULTI_LINE_TEXT", value: undefined } });
    expect(record.issues).toMatchObject([{ code: "field.unreadable", field: "groups" }]);
  });

  it("is not mistaken for one that every object has", () => {
    const mapping = { ...defaultMapping.assignments, groups: "constructor" };
    const record = decodeAssignmentRecord(rawAssignment(), mapping, tokyo);
    expect(record.issues).toMatchObject([{ code: "field.unreadable", field: "groups" }]);
  });
});

describe("what a keyboard or a copy leaves in a name is put right", () => {
  it.each([
    ["full-width digits", "２２２２２２２２２２２２", "222222222222"],
    ["full-width letters", "Ｐｒｏｄ", "Prod"],
    ["full-width spaces around it", "\u3000Prod\u3000", "Prod"],
    ["a full-width space inside", "My\u3000Account", "My Account"],
    ["a no-break space inside", "My\u00A0Account", "My Account"],
    ["a byte order mark", "\uFEFFProd", "Prod"],
    ["two byte order marks", "\uFEFF\uFEFFProd", "Prod"],
    ["a trailing newline", "Prod\n", "Prod"],
    ["tabs around it", "\tProd\t", "Prod"],
    ["half-width katakana", "ｶｲﾊﾂ ﾊﾞﾝｸ", "カイハツ バンク"],
    ["typographic blanks", "My\u2003Own\u2009Account", "My Own Account"],
    ["an accent typed as a character of its own", "Cafe\u0301", "Café"],
  ])("%s", (_, typed, expected) => {
    expect(assignmentRecord({ accounts: typed })).toMatchObject({ accounts: [expected], issues: [] });
  });
});

describe("a character that hides or deceives is refused with its name and place", () => {
  it.each([
    ["a zero-width space", "Prod\u200Buction", "text.invisible-character", "U+200B", 5],
    ["a zero-width joiner", "Prod\u200D", "text.invisible-character", "U+200D", 5],
    ["a soft hyphen", "Pro\u00ADduction", "text.invisible-character", "U+00AD", 4],
    ["a right-to-left override", "\u202EnoitcudorP", "text.invisible-character", "U+202E", 1],
    ["an isolate", "Prod\u2066", "text.invisible-character", "U+2066", 5],
    ["a byte order mark in the middle", "Prod\uFEFFuction", "text.invisible-character", "U+FEFF", 5],
    ["a tab in the middle", "Prod\tuction", "text.invisible-character", "U+0009", 5],
    ["a null", "Prod\u0000", "text.invisible-character", "U+0000", 5],
    ["an escape", "\u001B[31mProd", "text.invisible-character", "U+001B", 1],
    ["a variation selector", "Prod\uFE0F", "text.invisible-character", "U+FE0F", 5],
    ["a tag character", "Prod\u{E0041}", "text.invisible-character", "U+E0041", 5],
    ["a private-use character", "Prod\uE000", "text.invisible-character", "U+E000", 5],
    ["half of a surrogate pair", "Prod\uD83D", "text.invisible-character", "U+D83D", 5],
    ["a Hangul filler", "Prod\u3164uction", "text.invisible-character", "U+3164", 5],
    ["a Cyrillic а", "Produ\u0441tion", "text.look-alike-character", "U+0441", 6],
    ["a Greek omicron", "Pr\u03BFduction", "text.look-alike-character", "U+03BF", 3],
    ["a Cyrillic letter after a pictogram", "😀 Pr\u043Ed", "text.look-alike-character", "U+043E", 5],
    ["an Armenian letter", "Prod\u0578", "text.look-alike-character", "U+0578", 5],
  ])("%s", (_, accounts, code, character, column) => {
    const record = assignmentRecord({ accounts: [accounts] });
    expect(record.issues).toMatchObject([
      { code, field: "accounts", params: { character, line: 1, column } },
    ]);
    expect(record.accounts).toBeUndefined();
  });

  it("names the line inside a name that goes over two", () => {
    const record = assignmentRecord({ permissionSet: "Read\nOnly" });
    expect(record.issues).toMatchObject([
      { code: "text.invisible-character", params: { character: "U+000A", line: 1, column: 5 } },
    ]);
  });

  it("lets a name in one script alone be", () => {
    expect(assignmentRecord({ groups: "開発チーム\nОтдел\nΟμάδα A" }).groups).toEqual([
      "開発チーム",
      "Отдел",
      "Ομάδα A",
    ]);
  });

  it("tells of every entry, not only of the first", () => {
    const record = assignmentRecord({ accounts: "Prod\u200B\nProduction\nDev\u200B" });
    expect(codesOf(record)).toEqual(["text.invisible-character", "text.invisible-character"]);
  });

  it("keeps what was typed out of the message when it is long", () => {
    const record = assignmentRecord({ permissionSet: `${"x".repeat(500)}\u200B` });
    expect(record.issues).toMatchObject([{ params: { value: `${"x".repeat(100)}…` } }]);
  });
});
