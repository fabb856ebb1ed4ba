import { describe, expect, it } from "vitest";

import { assignmentRecord, permissionSetRecord, table } from "../builders.ts";

const tenMegabytes = "x".repeat(10_000_000);
const half = "\uD800";
const deepArray = (depth: number) => {
  let value: unknown = "Production";
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
};

describe("a field of ten megabytes", { timeout: 5_000 }, () => {
  it.each([
    "name",
    "description",
    "sessionDuration",
    "relayState",
    "managedPolicies",
    "customerManagedPolicies",
    "permissionsBoundary",
    "inlinePolicy",
  ] as const)("is an issue of its permission-set record: %s", (field) => {
    expect(permissionSetRecord({ [field]: tenMegabytes }).issues).toMatchObject([
      { code: "field.too-long", field, params: { length: 10_000_000 } },
    ]);
  });

  it.each(["permissionSet", "users", "groups", "accounts"] as const)(
    "is an issue of its assignment record: %s",
    (field) => {
      expect(assignmentRecord({ [field]: tenMegabytes }).issues).toMatchObject([
        { code: "field.too-long", field, params: { length: 10_000_000 } },
      ]);
    },
  );

  it("is an issue as a chosen option, as a user and in a table", () => {
    const record = assignmentRecord({
      accounts: [tenMegabytes],
      users: [tenMegabytes],
      groups: table("SINGLE_LINE_TEXT", [tenMegabytes]),
    });
    expect(record.issues.map(({ code, field }) => `${field} ${code}`)).toEqual([
      "accounts field.too-long",
      "users field.too-long",
      "groups field.too-long",
    ]);
  });
});

describe("values nested 16,000 deep", { timeout: 5_000 }, () => {
  it("are too deep for an inline policy as lists", () => {
    const inlinePolicy = "[".repeat(16_000) + "]".repeat(16_000);
    expect(permissionSetRecord({ inlinePolicy }).issues).toMatchObject([{ code: "policy.too-deep" }]);
  });

  it("are too deep for an inline policy as objects", () => {
    const inlinePolicy = `${'{"":'.repeat(8_000)}1${"}".repeat(767)}`;
    expect(permissionSetRecord({ inlinePolicy }).issues).toMatchObject([{ code: "policy.too-deep" }]);
  });

  it("are too large for an inline policy as whole objects", () => {
    const inlinePolicy = `${'{"a":'.repeat(16_000)}1${"}".repeat(16_000)}`;
    expect(permissionSetRecord({ inlinePolicy }).issues).toMatchObject([
      { code: "policy.too-large", params: { size: 96_001 } },
    ]);
  });

  it("cannot be read as the value of any field", () => {
    const value = deepArray(16_000);
    const record = assignmentRecord({
      permissionSet: { type: "SINGLE_LINE_TEXT", value },
      users: { type: "USER_SELECT", value },
      groups: { type: "SUBTABLE", value },
      accounts: table("CHECK_BOX", [value]),
    });
    expect(record.issues.map(({ code }) => code)).toEqual([
      "field.unreadable",
      "field.unreadable",
      "field.unreadable",
      "field.unreadable",
    ]);
  });

  it("cannot be read as tables in tables", () => {
    let groups = table("SINGLE_LINE_TEXT", ["Developers"]);
    for (let level = 0; level < 16_000; level += 1) groups = table("SUBTABLE", [groups.value]);
    expect(assignmentRecord({ groups }).issues).toMatchObject([{ code: "field.unreadable" }]);
  });
});

describe("a table of 10,000 rows", { timeout: 5_000 }, () => {
  const rows = Array.from({ length: 10_000 }, (_, index) => `Account${index}`);

  it("is read whole", () => {
    const { accounts, issues } = assignmentRecord({ accounts: table("SINGLE_LINE_TEXT", rows) });
    expect(accounts).toEqual(rows);
    expect(issues).toEqual([]);
  });

  it("is one entry when all rows are the same", () => {
    const same = rows.map(() => "Production");
    expect(assignmentRecord({ accounts: table("SINGLE_LINE_TEXT", same) }).accounts).toEqual(["Production"]);
  });

  it("is told of every row that hides a character", () => {
    const hidden = rows.map((name) => `${name}\u200B`);
    const { accounts, issues } = assignmentRecord({ accounts: table("SINGLE_LINE_TEXT", hidden) });
    expect(accounts).toBeUndefined();
    expect(new Set(issues.map(({ code }) => code))).toEqual(new Set(["text.invisible-character"]));
    expect(issues).toHaveLength(10_000);
  });

  it("is refused as policies of one set", () => {
    expect(permissionSetRecord({ managedPolicies: table("DROP_DOWN", rows) }).issues).toMatchObject([
      { code: "policy.too-many", params: { count: 10_000, limit: 25 } },
    ]);
  });
});

describe("half of a surrogate pair", () => {
  it("is told in every field of a permission-set record that has no use for it", () => {
    const { issues } = permissionSetRecord({
      name: `Read${half}Only`,
      description: `Read ${half} only`,
      sessionDuration: `8${half}`,
      relayState: `https://console.aws.amazon.com/${half}`,
      managedPolicies: `ReadOnly${half}Access`,
      customerManagedPolicies: `/team/${half}Own`,
      permissionsBoundary: `customer:${half}`,
      inlinePolicy: `{"${half}":1}`,
    });
    expect(issues.map(({ code, field }) => `${field} ${code}`)).toEqual([
      "name text.invisible-character",
      "sessionDuration text.invisible-character",
      "relayState text.invisible-character",
      "managedPolicies text.invisible-character",
      "customerManagedPolicies text.invisible-character",
      "permissionsBoundary text.invisible-character",
      "inlinePolicy policy.character-not-allowed",
    ]);
  });

  it("is told in every field of an assignment record", () => {
    const { issues } = assignmentRecord({
      permissionSet: `Read${half}Only`,
      users: [`an${half}na`],
      groups: `Deve${half}lopers`,
      accounts: `Prod${half}uction`,
    });
    expect(issues.map(({ params }) => params)).toMatchObject(
      Array.from({ length: 4 }, () => ({ character: "U+D800" })),
    );
  });

  it("is not made by shortening a value in the middle of a pictogram", () => {
    const [issue] = permissionSetRecord({ name: `${"a".repeat(99)}🙏 and more` }).issues;
    expect(issue).toMatchObject({
      code: "permission-set.name-invalid",
      params: { name: `${"a".repeat(99)}…` },
    });
  });
});
