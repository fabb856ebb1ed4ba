import * as fc from "fast-check";

import { type AppKind, defaultMapping, type FieldName } from "../src/model/fields.ts";
import type { RawField, RawRecord } from "../src/model/record.ts";
import { minutesAgo, rawAssignment, rawPermissionSet, table } from "./builders.ts";

/** Every run draws the same records. */
export const seed = 20_261_120;

/** Values that a record could well hold, good ones and bad ones, from few enough that records meet. */
const plausibleValues: Readonly<
  Record<FieldName, readonly (string | readonly string[] | RawField | null)[]>
> = {
  name: [
    "ReadOnly",
    "ReadOnly",
    "Admin",
    "Admin",
    "NewName",
    "NewName",
    "OldName",
    "ＡＤＭＩＮ",
    "Ａｄｍｉｎ",
    "Read Only",
    "",
  ],
  description: ["", "Read only", "読み取り専用"],
  sessionDuration: ["", "", "", "1", "8", "PT8H", "PT8H", "13", "8時間", { type: "NUMBER", value: "1.5" }],
  relayState: ["", "", "", "https://console.aws.amazon.com/", "console"],
  managedPolicies: [
    "",
    "ReadOnlyAccess",
    "Billing、SecurityAudit",
    ["Billing"],
    "AmazonECSServiceRolePolicy",
  ],
  customerManagedPolicies: ["", "", "", "Own\n/Own", "/team/Own", "my own"],
  permissionsBoundary: ["", "", null, "Billing", "customer:/team/Standard", "customer:"],
  inlinePolicy: [
    "",
    "",
    "",
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}',
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Effect":"Deny"}}',
    "{“Version”: 1}",
  ],
  permissionSet: ["ReadOnly", "ReadOnly", "Admin", "NewName", "OldName", "Older", "Nothing", "", null],
  users: ["", "anna", ["anna", "ben"], "anna\nben@example.co.jp", "zoe", "carol", "anna\u200B", ["zoe"]],
  groups: ["", "Developers、Auditors", ["Developers"], "Nobody", table("DROP_DOWN", ["Auditors"])],
  accounts: [
    "Production",
    "222222222222\n333333333333",
    "Management",
    "Development, Nowhere",
    ["Production"],
    "",
  ],
  starts: ["", "", "", "", "2026-11-20", "2026-11-21", "2026-11-20 18:01", "soon"],
  expires: ["", "", "", "", "2026-11-19", "2026-11-20", "2026-11-20T09:00:00Z", "2027-02-31"],
};

/** Texts with whatever Unicode has in them, halves of surrogate pairs too, and long ones. */
const anyText = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
  { weight: 2, arbitrary: fc.string({ unit: "grapheme", maxLength: 40 }) },
  { weight: 2, arbitrary: fc.string({ maxLength: 40 }) },
  { weight: 2, arbitrary: fc.constantFrom(...Object.values(plausibleValues).flat().filter(isText)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom("[", '{"a":', "あ", "a", " ", "\n,", "🙏", "\uD800", '"'), fc.nat(10_000))
      .map(([part, times]) => part.repeat(times)),
  },
);

function isText(value: unknown): value is string {
  return typeof value === "string";
}

const anyUsers = fc.array(fc.record({ code: anyText, name: anyText }), { maxLength: 4 });
const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: anyText },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 3, arbitrary: fc.array(anyText, { maxLength: 4 }) },
  { weight: 2, arbitrary: anyUsers },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.anything({ maxDepth: 2 }) },
);

const anyType = fc.constantFrom(
  "SINGLE_LINE_TEXT",
  "MULTI_LINE_TEXT",
  "DROP_DOWN",
  "RADIO_BUTTON",
  "CHECK_BOX",
  "MULTI_SELECT",
  "USER_SELECT",
  "GROUP_SELECT",
  "RICH_TEXT",
  "NUMBER",
  "LINK",
  "FILE",
  "SUBTABLE",
  "__ID__",
  "",
);

const plainField: fc.Arbitrary<RawField> = fc.record({ type: anyType, value: anyValue });
const anyRow = fc.record({ value: fc.dictionary(fc.constantFrom("a", "b", "__proto__"), plainField) });
const anyTable: fc.Arbitrary<RawField> = fc.record({
  type: fc.constant("SUBTABLE"),
  value: fc.array(
    fc.oneof({ weight: 4, arbitrary: anyRow }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) }),
    { maxLength: 4 },
  ),
});

/** A field of any type with any value, whether or not the two belong together. */
export const anyField = fc.oneof({ weight: 4, arbitrary: plainField }, { weight: 1, arbitrary: anyTable });

type Values = Readonly<Record<string, (typeof plausibleValues)[FieldName][number]>>;

/** A record of the app: most of its fields could well be, some hold anything at all, and sometimes one is missing. */
export function anyRecord(app: AppKind): fc.Arbitrary<RawRecord> {
  const codes = Object.entries(defaultMapping[app]) as [FieldName, string][];
  const valueOf = (field: FieldName) =>
    fc.oneof(
      { weight: 24, arbitrary: fc.constantFrom(...plausibleValues[field]) },
      { weight: 1, arbitrary: anyField },
    );
  const values = fc.record(Object.fromEntries(codes.map(([field]) => [field, valueOf(field)])));
  const missing = fc.oneof(
    { weight: 30, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom(...codes.map(([, code]) => code)) },
  );
  const age = fc.constantFrom(0, 59, 61, 100_000);
  return fc
    .tuple(fc.integer({ min: 1, max: 100_000 }), values, missing, age)
    .map(([id, values, lost, minutes]) => {
      const ref = { id: String(id), updatedAt: minutesAgo(minutes) };
      const raw = rawRecord(app, values, ref);
      return {
        ...raw,
        fields: Object.fromEntries(Object.entries(raw.fields).filter(([code]) => code !== lost)),
      };
    });
}

function rawRecord(app: AppKind, values: Values, ref: Partial<RawRecord["ref"]>): RawRecord {
  return app === "permissionSets" ? rawPermissionSet(values, ref) : rawAssignment(values, ref);
}

/** Records of the app, each with an id of its own. */
export function anyRecords(app: AppKind, maxLength: number): fc.Arbitrary<readonly RawRecord[]> {
  return fc.uniqueArray(anyRecord(app), { maxLength, selector: ({ ref }) => ref.id });
}
