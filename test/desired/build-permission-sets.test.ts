import { describe, expect, it } from "vitest";

import {
  actualState,
  carriedOut,
  desiredState,
  managedSet,
  permissionSetRecord,
  recordUrl,
  rules,
  unmanagedSet,
} from "../builders.ts";
import type { DesiredState } from "../../src/model/desired-state.ts";

const told = ({ issues }: DesiredState) => issues.map(({ code, record }) => `${record.id}: ${code}`);
const heldIds = ({ heldPermissionSets }: DesiredState) => heldPermissionSets.map(({ record }) => record.id);

describe("the description that Identity Center gets", () => {
  it.each([
    ["ASCII", "Read-only access, everywhere", "Read-only access, everywhere"],
    ["Latin-1 letters", "Accès limité à 50 %", "Accès limité à 50 %"],
    ["several lines", "One\r\nTwo", "One\nTwo"],
    ["blanks around it", "\n One \n", "One"],
    ["700 characters", "x".repeat(700), "x".repeat(700)],
  ])("is the text as typed for %s", (_, description, expected) => {
    const state = desiredState({ permissionSets: [permissionSetRecord({ description })] });
    expect(state.permissionSets[0]?.definition.attributes.description).toBe(expected);
  });

  it.each([
    ["Japanese", "読み取り専用"],
    ["one Japanese letter", "Read only（本番）"],
    ["curly quotes", "the “safe” one"],
    ["a pictogram", "handle with care 🔥"],
    ["a no-break space", "Read\u00A0only"],
    ["a control character", "Read\u0007only"],
    ["half of a surrogate pair", "Read \uD800 only"],
    ["701 characters", "x".repeat(701)],
  ])("is the record's URL for %s, and nobody is told", (_, description) => {
    const record = permissionSetRecord({ description });
    const state = desiredState({ permissionSets: [record] });
    expect(state.permissionSets[0]?.definition.attributes.description).toBe(recordUrl(record.ref));
    expect(state.issues).toEqual([]);
  });

  it.each(["", " \u3000\n"])(
    "is left out for %j, since Identity Center takes no empty one",
    (description) => {
      const state = desiredState({ permissionSets: [permissionSetRecord({ description })] });
      expect(state.permissionSets[0]?.definition.attributes).toEqual({ sessionDurationSeconds: 3600 });
    },
  );
});

describe("two records with one name", () => {
  it("are both held and each is told of the other when they disagree", () => {
    const state = desiredState({
      permissionSets: [
        permissionSetRecord({ sessionDuration: "1" }, { id: "7" }),
        permissionSetRecord({ sessionDuration: "8" }, { id: "9" }),
      ],
    });
    expect(state.permissionSets).toEqual([]);
    expect(state.heldPermissionSets).toMatchObject([
      { record: { id: "7" }, name: "ReadOnly" },
      { record: { id: "9" }, name: "ReadOnly" },
    ]);
    expect(state.issues).toMatchObject([
      {
        code: "permission-set.name-conflict",
        record: { id: "7" },
        field: "name",
        params: { name: "ReadOnly", otherRecords: ["9"] },
      },
      { code: "permission-set.name-conflict", record: { id: "9" }, params: { otherRecords: ["7"] } },
    ]);
  });

  it.each([
    ["description", { description: "読み取り" }, { description: "書き込み" }],
    ["session duration", { sessionDuration: "2" }, { sessionDuration: "3" }],
    ["relay state", { relayState: "https://a.aws.amazon.com/" }, { relayState: "https://b.aws.amazon.com/" }],
    ["managed policies", { managedPolicies: "Billing" }, { managedPolicies: "Billing\nSecurityAudit" }],
    ["customer managed policies", { customerManagedPolicies: "A" }, { customerManagedPolicies: "/a/A" }],
    ["boundary", { permissionsBoundary: "customer:A" }, { permissionsBoundary: "Billing" }],
    [
      "inline policy",
      { inlinePolicy: "" },
      {
        inlinePolicy:
          '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}',
      },
    ],
  ])("disagree when only the %s differs", (_, one, other) => {
    const permissionSets = [permissionSetRecord(one, { id: "1" }), permissionSetRecord(other, { id: "2" })];
    expect(told(desiredState({ permissionSets }))).toEqual([
      "1: permission-set.name-conflict",
      "2: permission-set.name-conflict",
    ]);
  });

  it("are one set when they are exact duplicates, and the older record stands for it", () => {
    const permissionSets = [
      permissionSetRecord({ description: "読み取り" }, { id: "12" }),
      permissionSetRecord({ description: "読み取り" }, { id: "3" }),
    ];
    const state = desiredState({ permissionSets });
    expect(state.issues).toEqual([]);
    expect(state.permissionSets).toMatchObject([{ record: { id: "3" } }]);
  });

  it("are exact duplicates although they are spelled differently", () => {
    const statement = '{"Effect":"Allow","Action":"s3:*","Resource":"*"}';
    const permissionSets = [
      permissionSetRecord({
        sessionDuration: "8",
        managedPolicies: "Billing\nReadOnlyAccess",
        customerManagedPolicies: "A\n/B",
        inlinePolicy: `{"Version":"2012-10-17","Statement":${statement}}`,
      }),
      permissionSetRecord(
        {
          name: "ＲｅａｄＯｎｌｙ",
          sessionDuration: "PT480M",
          managedPolicies: "arn:aws:iam::aws:policy/ReadOnlyAccess、Billing、ReadOnlyAccess",
          customerManagedPolicies: ["/B", "/A", "B"],
          inlinePolicy: `{\n "Statement": ${statement},\n "Version": "2012-10-17"\n}`,
        },
        { id: "2" },
      ),
    ];
    const state = desiredState({ permissionSets });
    expect(state.issues).toEqual([]);
    expect(state.permissionSets).toHaveLength(1);
  });

  it("leave the set with the record that already defines it", () => {
    const permissionSets = [permissionSetRecord({}, { id: "3" }), permissionSetRecord({}, { id: "12" })];
    const actual = actualState({ permissionSets: [managedSet("ReadOnly", { record: "12" })] });
    expect(desiredState({ permissionSets, actual }).permissionSets).toMatchObject([{ record: { id: "12" } }]);
  });

  it("leave a set that both rename with the record that defines it", () => {
    const permissionSets = [permissionSetRecord({}, { id: "3" }), permissionSetRecord({}, { id: "12" })];
    const actual = actualState({ permissionSets: [managedSet("OldName", { record: "12" })] });
    expect(desiredState({ permissionSets, actual }).permissionSets).toMatchObject([{ record: { id: "12" } }]);
  });

  it("are both held when one of them cannot be trusted", () => {
    const permissionSets = [
      permissionSetRecord({}, { id: "1" }),
      permissionSetRecord({ relayState: "console" }, { id: "2" }),
    ];
    const state = desiredState({ permissionSets });
    expect(told(state)).toEqual([
      "2: relay-state.invalid",
      "1: permission-set.name-conflict",
      "2: permission-set.name-conflict",
    ]);
    expect(heldIds(state)).toEqual(["1", "2"]);
  });

  it("whose names differ in case only are two sets", () => {
    const permissionSets = [
      permissionSetRecord({}, { id: "1" }),
      permissionSetRecord({ name: "readonly" }, { id: "2" }),
    ];
    expect(desiredState({ permissionSets }).permissionSets).toHaveLength(2);
  });

  it("are told of ten others at most when there are many", () => {
    const permissionSets = Array.from({ length: 1_000 }, (_, index) =>
      permissionSetRecord({ sessionDuration: index === 0 ? "2" : "1" }, { id: String(index + 1) }),
    );
    const { issues } = desiredState({ permissionSets });
    expect(issues).toHaveLength(1_000);
    expect(issues[0]).toMatchObject({
      params: { otherRecords: ["2", "3", "4", "5", "6", "7", "8", "9", "10", "11"] },
    });
    expect(issues[999]).toMatchObject({
      params: { otherRecords: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"] },
    });
  });

  it("are one set however many exact duplicates there are", () => {
    const permissionSets = Array.from({ length: 1_000 }, (_, index) =>
      permissionSetRecord({}, { id: String(index + 1) }),
    );
    const state = desiredState({ permissionSets });
    expect(state.issues).toEqual([]);
    expect(state.permissionSets).toHaveLength(1);
  });
});

describe("a name that a set in Identity Center already has", () => {
  it("is refused when the set is somebody else's", () => {
    const actual = actualState({ permissionSets: [unmanagedSet("ReadOnly")] });
    const state = desiredState({ permissionSets: [permissionSetRecord()], actual });
    expect(state.issues).toMatchObject([
      { code: "permission-set.not-managed", field: "name", params: { name: "ReadOnly" } },
    ]);
    expect(heldIds(state)).toEqual(["1"]);
  });

  it("is fine when the set is the record's own", () => {
    const actual = actualState({ permissionSets: [managedSet("ReadOnly", { record: "1" })] });
    expect(desiredState({ permissionSets: [permissionSetRecord()], actual }).issues).toEqual([]);
  });

  it("can be taken over when the record that defined the set is gone", () => {
    const actual = actualState({ permissionSets: [managedSet("ReadOnly", { record: "99" })] });
    const state = desiredState({ permissionSets: [permissionSetRecord()], actual });
    expect(state.issues).toEqual([]);
    expect(state.permissionSets).toHaveLength(1);
  });

  it("can be taken over when the set does not say which record defined it", () => {
    const actual = actualState({ permissionSets: [managedSet("ReadOnly", { record: null })] });
    expect(desiredState({ permissionSets: [permissionSetRecord()], actual }).issues).toEqual([]);
  });

  it("is in use while the record that defined the set is there under another name", () => {
    const actual = actualState({ permissionSets: [managedSet("ReadOnly", { record: "2" })] });
    const permissionSets = [
      permissionSetRecord({}, { id: "1" }),
      permissionSetRecord({ name: "Renamed" }, { id: "2" }),
    ];
    const state = desiredState({ permissionSets, actual });
    expect(state.issues).toMatchObject([
      { code: "permission-set.name-in-use", record: { id: "1" }, params: { otherRecord: "2" } },
    ]);
    expect(state.permissionSets).toMatchObject([{ name: "Renamed" }]);
  });

  it("is in use while the record that defined the set cannot be read", () => {
    const actual = actualState({ permissionSets: [managedSet("ReadOnly", { record: "2" })] });
    const permissionSets = [
      permissionSetRecord({}, { id: "1" }),
      permissionSetRecord({ name: "" }, { id: "2" }),
    ];
    const state = desiredState({ permissionSets, actual });
    expect(told(state)).toEqual(["2: field.required", "1: permission-set.name-in-use"]);
    expect(heldIds(state)).toEqual(["1", "2"]);
  });

  const swapped = [
    permissionSetRecord({ name: "Second" }, { id: "1" }),
    permissionSetRecord({ name: "First" }, { id: "2" }),
  ];
  const bothSets = [managedSet("First", { record: "1" }), managedSet("Second", { record: "2" })];

  it("becomes free for both records that swap their names: their sets get names in between", () => {
    const state = desiredState({
      permissionSets: swapped,
      actual: actualState({ permissionSets: bothSets }),
    });
    expect(state.issues).toEqual([]);
    expect(state.permissionSets).toMatchObject([
      { name: "Second.record-1", finalName: "Second", record: { id: "1" } },
      { name: "First.record-2", finalName: "First", record: { id: "2" } },
    ]);
  });

  it.each([
    ["the configuration protects one of the names", {}, { permissionSets: ["First"] }],
    ["one of the sets is out of reach", { locked: true }, {}],
  ])("holds both records that swap their names when %s", (_, more, protectedThings) => {
    const [first, ...others] = bothSets;
    const permissionSets = [...(first === undefined ? [] : [{ ...first, ...more }]), ...others];
    const state = desiredState({
      permissionSets: swapped,
      actual: actualState({ permissionSets }),
      rules: rules({}, protectedThings),
    });
    expect(told(state)).toEqual(["1: permission-set.name-in-use", "2: permission-set.name-in-use"]);
    expect(heldIds(state)).toEqual(["1", "2"]);
  });

  it("is the set's in Identity Center whose definition a record gives: numbers that are given anew rename nothing", () => {
    const numberedAnew = [
      permissionSetRecord({ name: "First", sessionDuration: "2" }, { id: "2" }),
      permissionSetRecord({ name: "Second", sessionDuration: "3" }, { id: "1" }),
    ];
    const [first, second] = numberedAnew;
    const permissionSets = [
      ...(first === undefined ? [] : [carriedOut(first, "First", { record: "1" })]),
      ...(second === undefined ? [] : [carriedOut(second, "Second", { record: "2" })]),
    ];
    const state = desiredState({ permissionSets: numberedAnew, actual: actualState({ permissionSets }) });
    expect(state.issues).toEqual([]);
    expect(state.permissionSets.map(({ name, record }) => `${name} ${record.id}`).sort()).toEqual([
      "First 2",
      "Second 1",
    ]);
  });

  it("is compared to the letter", () => {
    const actual = actualState({ permissionSets: [unmanagedSet("readonly")] });
    expect(desiredState({ permissionSets: [permissionSetRecord()], actual }).issues).toEqual([]);
  });
});
