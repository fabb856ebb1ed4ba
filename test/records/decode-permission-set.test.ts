import { describe, expect, it } from "vitest";

import { defaultMapping } from "../../src/model/fields.ts";
import { decodePermissionSetRecord } from "../../src/records/decode-permission-set.ts";
import { permissionSetRecord, rawPermissionSet, recordRef } from "../builders.ts";

const document = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}';

describe("a permission-set record", () => {
  it("becomes a draft with everything it says", () => {
    const record = permissionSetRecord({
      name: "DataScience",
      description: "Notebooks",
      sessionDuration: "8",
      relayState: "https://console.aws.amazon.com/sagemaker",
      managedPolicies: "ReadOnlyAccess\nBilling",
      customerManagedPolicies: "Notebooks\n/team/data/Buckets",
      permissionsBoundary: "customer:/boundaries/Standard",
      inlinePolicy: document,
    });
    expect(record.issues).toEqual([]);
    expect(record.draft).toEqual({
      name: "DataScience",
      description: "Notebooks",
      sessionDurationSeconds: 28_800,
      relayState: "https://console.aws.amazon.com/sagemaker",
      managedPolicies: ["ReadOnlyAccess", "Billing"],
      customerManagedPolicies: [
        { name: "Notebooks", path: "/" },
        { name: "Buckets", path: "/team/data/" },
      ],
      permissionsBoundary: { kind: "customer-managed", name: "Standard", path: "/boundaries/" },
      inlinePolicy: document,
    });
  });

  it("needs nothing but a name", () => {
    const record = permissionSetRecord({ name: "Empty", managedPolicies: "" });
    expect(record.issues).toMatchObject([{ code: "permission-set.no-policies", field: "managedPolicies" }]);
    expect(record.draft).toEqual({
      name: "Empty",
      sessionDurationSeconds: 3600,
      managedPolicies: [],
      customerManagedPolicies: [],
    });
  });

  it("has no draft but keeps its name when another field has an issue", () => {
    const record = permissionSetRecord({ sessionDuration: "13" });
    expect(record).toMatchObject({ name: "ReadOnly", issues: [{ code: "session-duration.out-of-range" }] });
    expect(record.draft).toBeUndefined();
  });

  it("is told of every field that is wrong at once", () => {
    const record = permissionSetRecord({
      name: "Read Only",
      sessionDuration: "soon",
      relayState: "console",
      customerManagedPolicies: "my policy",
      permissionsBoundary: "any thing",
      inlinePolicy: "{",
    });
    expect(record.issues.map(({ code }) => code)).toEqual([
      "permission-set.name-invalid",
      "session-duration.invalid",
      "relay-state.invalid",
      "policy.customer-managed-invalid",
      "policy.boundary-invalid",
      "policy.json-syntax",
    ]);
  });

  it("cannot be read where it lacks a mapped field, since hidden is not empty", () => {
    const raw = { ref: recordRef(), fields: {} };
    const { issues } = decodePermissionSetRecord(raw, defaultMapping.permissionSets);
    expect(issues.map(({ code, field }) => `${field} ${code}`)).toEqual([
      "name field.unreadable",
      "description field.unreadable",
      "sessionDuration field.unreadable",
      "relayState field.unreadable",
      "managedPolicies field.unreadable",
      "customerManagedPolicies field.unreadable",
      "permissionsBoundary field.unreadable",
      "inlinePolicy field.unreadable",
    ]);
  });

  it("can do without the fields that the app does not have on purpose", () => {
    const mapping = {
      ...defaultMapping.permissionSets,
      description: null,
      inlinePolicy: null,
      managedPolicies: null,
    };
    const record = decodePermissionSetRecord(rawPermissionSet({ description: "x" }), mapping);
    expect(record.issues).toMatchObject([{ code: "permission-set.no-policies", field: "inlinePolicy" }]);
    expect(record.draft).toEqual({
      name: "ReadOnly",
      sessionDurationSeconds: 3600,
      managedPolicies: [],
      customerManagedPolicies: [],
    });
  });
});

describe("the name of a permission set", () => {
  it.each(["A", "a".repeat(32), "Read_Only", "a+=,.@_-z", "2026"])("can be %s", (name) => {
    expect(permissionSetRecord({ name }).draft?.name).toBe(name);
  });

  it.each([
    ["full-width letters", "ＲｅａｄＯｎｌｙ"],
    ["blanks and a newline around it", "\u3000 ReadOnly \r\n"],
    ["a byte order mark", "\uFEFFReadOnly"],
  ])("is put right when typed with %s", (_, name) => {
    expect(permissionSetRecord({ name }).draft?.name).toBe("ReadOnly");
  });

  it("tells how long it is when it is over 32 characters", () => {
    expect(permissionSetRecord({ name: "a".repeat(33) }).issues).toMatchObject([
      { code: "permission-set.name-too-long", params: { length: 33 } },
    ]);
  });
});

describe("the session duration", () => {
  it.each([
    ["", 3600],
    ["1", 3600],
    ["8", 28_800],
    ["12", 43_200],
    ["1.5", 5400],
    ["1.1", 3960],
    ["2.2", 7920],
    ["１２", 43_200],
    ["８．５", 30_600],
    ["PT8H", 28_800],
    ["pt8h", 28_800],
    ["ＰＴ８Ｈ", 28_800],
    ["PT90M", 5400],
    ["PT1H30M", 5400],
    ["PT3600S", 3600],
    [" 8\n", 28_800],
    ["8h", 28_800],
    ["8 hours", 28_800],
    ["8時間", 28_800],
    ["８時間", 28_800],
    ["1.5時間", 5400],
    ["480分", 28_800],
    ["４８０分", 28_800],
    ["90 min", 5400],
  ])("reads %j as %i seconds", (sessionDuration, seconds) => {
    expect(permissionSetRecord({ sessionDuration }).draft?.sessionDurationSeconds).toBe(seconds);
  });

  it("reads the value of a number field as hours", () => {
    const record = permissionSetRecord({ sessionDuration: { type: "NUMBER", value: "4" } });
    expect(record.draft?.sessionDurationSeconds).toBe(14_400);
  });

  it.each([
    "0",
    "0.5",
    "0.9",
    "12.01",
    "13",
    "13時間",
    "59分",
    "721分",
    "100",
    "PT0S",
    "PT59M59S",
    "PT12H1S",
    "P1D",
    "P1W",
  ])("refuses %s, which is not between 1 and 12 hours", (sessionDuration) => {
    expect(permissionSetRecord({ sessionDuration }).issues).toMatchObject([
      { code: "session-duration.out-of-range", params: { value: sessionDuration } },
    ]);
  });

  it.each([
    "8時間半",
    "8日",
    "時間",
    "8:00",
    "-8",
    "+8",
    "1e1",
    "8,5",
    "eight",
    "PT",
    "P8H",
    "PT8",
    "P1Y",
    "1.23456",
  ])("does not understand %s", (sessionDuration) => {
    expect(permissionSetRecord({ sessionDuration }).issues).toMatchObject([
      { code: "session-duration.invalid", params: { value: sessionDuration } },
    ]);
  });
});

describe("the relay state", () => {
  it.each([
    "https://ap-northeast-1.console.aws.amazon.com/console/home?region=ap-northeast-1#",
    `https://console.aws.amazon.com/${"a".repeat(209)}`,
  ])("can be %s", (relayState) => {
    expect(permissionSetRecord({ relayState }).draft?.relayState).toBe(relayState);
  });

  it.each([
    "http://console.aws.amazon.com/",
    "console.aws.amazon.com",
    "https://",
    "javascript:alert(1)",
    "https://console.aws.amazon.com/日本語",
    "https://console.aws.amazon.com/^",
    `https://console.aws.amazon.com/${"a".repeat(210)}`,
  ])("cannot be %s", (relayState) => {
    expect(permissionSetRecord({ relayState }).issues).toMatchObject([{ code: "relay-state.invalid" }]);
  });
});

describe("customer managed policies", () => {
  it("given with and without the root path are one policy", () => {
    const record = permissionSetRecord({ customerManagedPolicies: "Notebooks\n/Notebooks" });
    expect(record.draft?.customerManagedPolicies).toEqual([{ name: "Notebooks", path: "/" }]);
  });

  it("of one name under two paths are two policies", () => {
    const record = permissionSetRecord({ customerManagedPolicies: "/a/Notebooks\n/b/Notebooks" });
    expect(record.draft?.customerManagedPolicies).toHaveLength(2);
  });

  it("have names that are compared to the letter", () => {
    const record = permissionSetRecord({ customerManagedPolicies: "Notebooks\nnotebooks" });
    expect(record.draft?.customerManagedPolicies).toHaveLength(2);
  });
});

describe("the permissions boundary", () => {
  it.each([
    ["ReadOnlyAccess", { kind: "aws-managed", policy: "ReadOnlyAccess" }],
    [
      "arn:aws:iam::aws:policy/ReadOnlyAccess",
      { kind: "aws-managed", policy: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
    ],
    ["customer:Standard", { kind: "customer-managed", name: "Standard", path: "/" }],
    ["customer:/a/b/Standard", { kind: "customer-managed", name: "Standard", path: "/a/b/" }],
    ["customer：/a/Standard", { kind: "customer-managed", name: "Standard", path: "/a/" }],
  ])("can be %s", (permissionsBoundary, expected) => {
    expect(permissionSetRecord({ permissionsBoundary }).draft?.permissionsBoundary).toEqual(expected);
  });

  it.each([
    "customer:",
    "customer:/",
    "customer:a/b",
    "customer: /a/b",
    "Read Only",
    "境界",
    "customer:/a//b",
  ])("cannot be %s", (permissionsBoundary) => {
    expect(permissionSetRecord({ permissionsBoundary }).issues).toMatchObject([
      { code: "policy.boundary-invalid", params: { value: permissionsBoundary } },
    ]);
  });
});

describe("the number of policies", () => {
  const names = (count: number) => Array.from({ length: count }, (_, index) => `Policy${index}`);

  it("raises a warning above the ten that a role can have by default", () => {
    const record = permissionSetRecord({ managedPolicies: names(6), customerManagedPolicies: names(5) });
    expect(record.issues).toMatchObject([
      { code: "policy.over-role-default", params: { count: 11, limit: 10 } },
    ]);
    expect(record.draft).toBeDefined();
  });

  it("is fine at ten", () => {
    expect(permissionSetRecord({ managedPolicies: names(10) }).issues).toEqual([]);
  });

  it("is refused above the 25 that a permission set can have", () => {
    const record = permissionSetRecord({ managedPolicies: names(20), customerManagedPolicies: names(6) });
    expect(record.issues).toMatchObject([{ code: "policy.too-many", params: { count: 26, limit: 25 } }]);
    expect(record.draft).toBeUndefined();
  });
});
