import { describe, expect, it } from "vitest";

import { claimsOf, decodeMemory, encodeMemory } from "../../src/remember/decode-memory.ts";
import type { Memory } from "../../src/model/memory.ts";
import { memoryOf, owner } from "../memory/memories.ts";

const decode = (content: unknown) => decodeMemory(JSON.stringify(content), owner);

describe("A memory that is read", () => {
  it("is the one that was written", () => {
    expect(decodeMemory(encodeMemory(memoryOf()), owner)).toEqual(memoryOf());
  });

  it("is the same from the UTF-8 bytes of the text, with a byte order mark too", () => {
    const bytes = Buffer.from(`\uFEFF${encodeMemory(memoryOf())}`);
    expect(decodeMemory(bytes, owner)).toEqual(memoryOf());
  });

  it.each([
    ["nothing", ""],
    ["no JSON", "not a memory"],
    ["a list", "[]"],
    ["null", "null"],
    ["brackets without end", "[".repeat(1_000_000)],
    ["an object of something else", "{}"],
  ])("is none when there is %s", (_what, text) => {
    expect(decodeMemory(text, owner)).toBeUndefined();
  });

  it("is none when the bytes are no UTF-8, though they were JSON with the bad ones replaced", () => {
    const bytes = Buffer.from(encodeMemory(memoryOf({ records: {} })));
    bytes[bytes.indexOf("C1")] = 0xff;
    expect(decodeMemory(bytes, owner)).toBeUndefined();
  });

  it("is none when there are more than 20 MB", () => {
    const padded = (size: number) => encodeMemory(memoryOf()).padEnd(size, " ");
    expect(decodeMemory(padded(20 * 1024 * 1024), owner)).toEqual(memoryOf());
    expect(decodeMemory(padded(20 * 1024 * 1024 + 1), owner)).toBeUndefined();
  });

  it.each([["example.cybozu.com/11"], ["EXAMPLE.cybozu.com/10"], [""], [10], [null], [undefined]])(
    "is none when its owner is %j",
    (other) => {
      expect(decode({ ...memoryOf(), owner: other })).toBeUndefined();
    },
  );

  it.each([[3], [1.5], [-1], ["1"], [null], [{}]])(
    "is none when its version is %j, which this program does not know",
    (schemaVersion) => {
      expect(decode({ ...memoryOf(), schemaVersion })).toBeUndefined();
    },
  );

  it.each([[0], [1], [undefined]])("keeps what an older version has: version %j", (schemaVersion) => {
    const { records } = memoryOf();
    expect(decode({ schemaVersion, owner, records })).toEqual({
      schemaVersion: 2,
      owner,
      records,
      incidents: {},
    });
    expect(decode({ schemaVersion, owner })).toEqual({ schemaVersion: 2, owner, records: {}, incidents: {} });
  });

  it("has the approvals as a whole or not at all, and of the deletions those that make sense", () => {
    const { approvals, deletions = [], ...rest } = memoryOf();
    const damaged = { ...approvals, used: [...(approvals?.used ?? []), { code: 7, usedAt: "yesterday" }] };
    const more = [...deletions, { at: "yesterday", count: 1 }, { at: "2026-11-20T02:50:00.000Z", count: -1 }];
    expect(decode({ ...rest, approvals: damaged, deletions: more })).toEqual({ ...rest, deletions });
  });

  it("has no fields that nobody knows", () => {
    const { records, incidents } = memoryOf();
    const entriesWith = (entries: object) =>
      Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key, { ...entry, more: 1 }]));
    const stored = {
      ...memoryOf(),
      records: entriesWith(records),
      incidents: entriesWith(incidents),
      more: 1,
    };
    expect(decode(stored)).toEqual(memoryOf());
  });

  it.each([
    ["a time that is none", { marker: "m", toldAt: "yesterday" }],
    ["a time that no calendar has", { marker: "m", toldAt: "2026-02-30T00:00:00Z" }],
    ["a time without UTC", { marker: "m", toldAt: "2026-11-20T03:00:00+09:00" }],
    ["no marker", { toldAt: "2026-11-20T03:00:00.000Z" }],
    ["another type", "[kss:4f1c]"],
  ])("loses only the entry with %s", (_flaw, entry) => {
    const stored = { ...memoryOf(), records: { ...memoryOf().records, flawed: entry } };
    expect(decode(stored)).toEqual(memoryOf());
  });

  it.each([[[]], ["text"], [7], [null], [true]])("takes records that are %j for none", (records) => {
    expect(decode({ ...memoryOf(), records })).toEqual(memoryOf({ records: {} }));
  });

  it.each([
    [{ at: "2026-11-20T03:00:00.000Z", permissionSets: -1, assignments: 0 }],
    [{ at: "2026-11-20T03:00:00.000Z", permissionSets: 1.5, assignments: 0 }],
    [{ at: "2026-11-20T03:00:00.000Z", permissionSets: 1 }],
    [null],
  ])("has no last good read when that is %j", (lastGoodRead) => {
    const { lastGoodRead: _left, ...rest } = memoryOf();
    expect(decode({ ...memoryOf(), lastGoodRead })).toEqual(rest);
  });

  it("sets nobody's prototype, whatever its keys are", () => {
    const entry = { marker: "m", toldAt: "2026-11-20T03:00:00.000Z", isAdmin: true };
    const text = encodeMemory(memoryOf()).replace(
      '"records":{',
      `"__proto__":{"isAdmin":true},"records":{"__proto__":${JSON.stringify(entry)},"constructor":${JSON.stringify(entry)},`,
    );
    const { records } = decodeMemory(text, owner) as Memory;
    const copy: Record<string, unknown> = {};
    for (const key of Object.keys(records)) copy[key] = records[key];
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
    expect(new Set(Object.keys(copy))).toEqual(
      new Set(["assignments/7", "constructor", "permissionSets/12"]),
    );
    expect({}).not.toHaveProperty("isAdmin");
  });
});

describe("A memory that is written", () => {
  it("is the same text in whatever order its parts were put together", () => {
    const { records, incidents, lastGoodRead, ...rest } = memoryOf();
    const reversed = Object.fromEntries(Object.entries(records).toReversed());
    const other = { ...(lastGoodRead && { lastGoodRead }), incidents, records: reversed, ...rest };
    expect(encodeMemory(other)).toBe(encodeMemory(memoryOf()));
  });

  it("is one line of JSON", () => {
    expect(encodeMemory(memoryOf())).toMatch(/^\{"approvals":.*"schemaVersion":2\}\n$/u);
  });
});

describe("A number in a memory that no company reaches", () => {
  it.each([1e12, Number.MAX_SAFE_INTEGER])("is not believed: %d", (pass) => {
    expect(decode({ ...memoryOf(), seen: { pass, permissionSets: {} } })?.seen).toBeUndefined();
  });

  it("is dropped with all the others, however many there are", () => {
    const numbers = Array.from({ length: 2_000_000 }, () => 1);
    const text = JSON.stringify({ ...memoryOf(), deletions: numbers, managed: numbers });
    const { deletions: _deletions, ...rest } = memoryOf();
    expect(decodeMemory(text, owner)).toEqual(rest);
  });
});

describe("What a text claims to be", () => {
  it("is told of a damaged or newer memory too", () => {
    expect(claimsOf(JSON.stringify({ ...memoryOf(), schemaVersion: 9 }))).toEqual({
      owner,
      schemaVersion: 9,
    });
    expect(claimsOf(encodeMemory(memoryOf({ owner: "example.com/1" })))?.owner).toBe("example.com/1");
  });

  it.each([
    ["cut off", encodeMemory(memoryOf()).slice(0, -5)],
    ["no memory", "{}"],
  ])("is nothing of a text that is %s", (_what, text) => {
    expect(claimsOf(text)).toBeUndefined();
  });
});
