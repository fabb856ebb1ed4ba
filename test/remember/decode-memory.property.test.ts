import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { claimsOf, decodeMemory, encodeMemory } from "../../src/remember/decode-memory.ts";
import { arbitraryMemory, memoryOf, owner, seed } from "../memory/memories.ts";
import { someOf } from "../share.ts";

/** Whatever is decoded is a memory of the owner that would be written and read the same. */
function expectMemoryOrNothing(content: string | Uint8Array): void {
  const memory = decodeMemory(content, owner);
  const claims = claimsOf(content);
  expect([undefined, owner, claims?.owner]).toContain(memory?.owner);
  if (memory === undefined) return;
  expect(memory).toMatchObject({ schemaVersion: 2, owner });
  expect(decodeMemory(encodeMemory(memory), owner)).toEqual(memory);
  for (const { toldAt } of Object.values(memory.records)) expect(Date.parse(toldAt)).not.toBeNaN();
  for (const { remindedAt } of Object.values(memory.incidents)) expect(Date.parse(remindedAt)).not.toBeNaN();
}

describe("Reading a memory", () => {
  it("gives back every memory that was written", () => {
    fc.assert(
      fc.property(arbitraryMemory, (memory) => {
        expect(decodeMemory(encodeMemory(memory), owner)).toEqual(memory);
      }),
      { seed },
    );
  });

  it("never throws, whatever the text is", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), expectMemoryOrNothing), {
      seed,
      numRuns: someOf(300),
    });
  });

  it("never throws, whatever the bytes are", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), expectMemoryOrNothing), {
      seed,
      numRuns: someOf(300),
    });
  });

  it("never throws, whatever the JSON is", () => {
    fc.assert(fc.property(fc.json(), expectMemoryOrNothing), { seed, numRuns: someOf(300) });
  });

  it("never throws, whatever JSON stands in any place of a memory", () => {
    const entry = (part: fc.Arbitrary<unknown>) => fc.dictionary(fc.string(), part);
    const told = fc.record({ marker: fc.jsonValue(), toldAt: fc.jsonValue() });
    const stored = fc.record(
      {
        schemaVersion: fc.oneof(fc.constantFrom(0, 1, 2), fc.jsonValue()),
        owner: fc.oneof(
          { weight: 5, arbitrary: fc.constant(owner) },
          { weight: 1, arbitrary: fc.jsonValue() },
        ),
        records: fc.oneof(fc.jsonValue(), entry(told), entry(fc.jsonValue())),
        incidents: fc.oneof(fc.jsonValue(), entry(fc.jsonValue())),
        lastGoodRead: fc.jsonValue(),
        __proto__: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(stored, (content) => {
        expect(() => expectMemoryOrNothing(JSON.stringify(content))).not.toThrow();
      }),
      { seed, numRuns: someOf(500) },
    );
  });

  it("never throws when a byte of a memory is another one", () => {
    const bytes = Buffer.from(encodeMemory(memoryOf()));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (index, byte) => {
        const damaged = Buffer.from(bytes);
        damaged[index] = byte;
        expect(() => expectMemoryOrNothing(damaged)).not.toThrow();
      }),
      { seed, numRuns: someOf(500) },
    );
  });
});
