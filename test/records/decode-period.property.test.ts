import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { localTime } from "../../src/model/local-time.ts";
import { defaultMapping } from "../../src/model/fields.ts";
import { decodeAssignmentRecord } from "../../src/records/decode-assignment.ts";
import { assignmentRecord, rawAssignment } from "../builders.ts";

function periodOf(starts: string, expires: string, timeZone = "Asia/Tokyo") {
  const raw = rawAssignment({ starts, expires });
  const { period, issues } = decodeAssignmentRecord(raw, defaultMapping.assignments, localTime(timeZone));
  const time = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());
  return {
    starts: time(period.startsMs),
    expires: time(period.expiresMs),
    issues: issues.map(({ code, field }) => `${field} ${code}`),
  };
}

describe("a date", () => {
  it("as a beginning is the beginning of its day, as an end the end of it, in the company's time zone", () => {
    expect(periodOf("2027-03-01", "2027-03-31")).toEqual({
      starts: "2027-02-28T15:00:00.000Z",
      expires: "2027-03-31T15:00:00.000Z",
      issues: [],
    });
  });

  it("has the length that clocks give it on the days on which they are changed", () => {
    const berlin = (day: string) => periodOf(day, day, "Europe/Berlin");
    expect(berlin("2027-03-28")).toMatchObject({
      starts: "2027-03-27T23:00:00.000Z",
      expires: "2027-03-28T22:00:00.000Z",
    });
    expect(berlin("2027-10-31")).toMatchObject({
      starts: "2027-10-30T22:00:00.000Z",
      expires: "2027-10-31T23:00:00.000Z",
    });
  });

  it("begins with its first minute where the clocks skip midnight", () => {
    expect(periodOf("2018-11-04", "2018-11-03", "America/Sao_Paulo").issues).toEqual([
      "expires period.reversed",
    ]);
    expect(periodOf("2018-11-04", "", "America/Sao_Paulo").starts).toBe("2018-11-04T03:00:00.000Z");
    expect(periodOf("", "2018-11-03", "America/Sao_Paulo").expires).toBe("2018-11-04T03:00:00.000Z");
  });

  const zones = ["Asia/Tokyo", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"];
  const day = fc.date({
    min: new Date("1990-01-02T00:00:00Z"),
    max: new Date("2100-01-01T00:00:00Z"),
    noInvalidDate: true,
  });

  it("ends where the next one begins, in every zone", () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), day, (zone, date) => {
        const next = new Date(date.getTime() + 24 * 60 * 60_000);
        const text = (one: Date) => one.toISOString().slice(0, 10);
        const { expires } = periodOf("", text(date), zone);
        expect(expires).toBe(periodOf(text(next), "", zone).starts);
        expect(localTime(zone).dayOf(Date.parse(expires ?? "") - 1)).toBe(text(date));
      }),
    );
  });
});

describe("a date and time", () => {
  it.each([
    ["as kintone gives it", "2027-03-31T09:00:00Z"],
    ["with an offset", "2027-03-31T18:00+09:00"],
    ["typed in the company's time", "2027-03-31 18:00"],
    ["typed in full width and with slashes", "２０２７/３/31　18:00"],
  ])("is taken to the minute %s", (_, text) => {
    expect(periodOf("", text)).toMatchObject({ expires: "2027-03-31T09:00:00.000Z", issues: [] });
  });

  it("that clocks show twice is the first as a beginning and the last as an end", () => {
    expect(periodOf("2027-10-31 02:30", "2027-10-31 02:30", "Europe/Berlin")).toMatchObject({
      starts: "2027-10-31T00:30:00.000Z",
      expires: "2027-10-31T01:30:00.000Z",
    });
  });
});

describe("what is no date", () => {
  it.each(["2027-02-31", "31 March", "2027-13-01", "2027-03-31 25:00", "2027-03-31 18:60", "soon", "-"])(
    "is an issue and no end: %s",
    (text) => {
      expect(periodOf("", text)).toEqual({
        starts: undefined,
        expires: undefined,
        issues: ["expires period.unreadable"],
      });
    },
  );

  it("is nothing where the field is empty, as kintone gives it", () => {
    const record = assignmentRecord({ starts: { type: "DATE", value: null }, expires: "" });
    expect(record.period).toEqual({});
    expect(record.issues).toEqual([]);
  });
});

it("a period that ends before it begins holds its record instead of ending it", () => {
  expect(periodOf("2027-04-01", "2027-03-31")).toEqual({
    starts: undefined,
    expires: undefined,
    issues: ["expires period.reversed"],
  });
});
