import * as fc from "fast-check";

import { createSignedMemory, type SignedMemory } from "../../src/memory/signed-memory.ts";
import type { LoadedMemory, Memory, SaveResult } from "../../src/model/memory.ts";
import { decodeMemory } from "../../src/remember/decode-memory.ts";
import { describeMemoryRefusal } from "../../src/words/memory-texts.ts";

export const owner = "example.cybozu.com/10";

/** Every run draws the same memories. */
export const seed = 20_261_120;

/** A memory with something in every part of it. */
export function memoryOf(changes: Partial<Memory> = {}): Memory {
  return {
    schemaVersion: 2,
    owner,
    records: {
      "assignments/7": { marker: "[kss:4f1c]", toldAt: "2026-11-20T03:00:00.000Z" },
      "permissionSets/12": { marker: "「権限」", toldAt: "2026-11-19T03:00:00.000Z" },
    },
    incidents: {
      "pass-failed": {
        channel: "C1",
        messageId: "1763600000.000100",
        fingerprint: "aws.access-denied",
        openedAt: "2026-11-20T01:00:00.000Z",
        remindedAt: "2026-11-20T02:00:00.000Z",
      },
    },
    lastGoodRead: { at: "2026-11-20T03:00:00.000Z", permissionSets: 12, assignments: 340 },
    instanceArn: "arn:aws:sso:::instance/ssoins-1",
    requests: {
      "assignments/7": {
        revision: 3,
        permissionSets: ["ReadOnly"],
        accounts: ["222222222222"],
        principals: ["USER/user-anna"],
      },
    },
    deletions: [{ at: "2026-11-20T02:50:00.000Z", count: 3 }],
    approvals: {
      since: "2026-11-01T00:00:00.000Z",
      used: [{ code: "0123456789abcdef0123-ht9z0", usedAt: "2026-11-19T03:00:00.000Z" }],
    },
    planned: { version: "0.9.0", revisions: { "assignments/7": 3 }, left: [], waiting: [] },
    ...changes,
  };
}

/** What came of keeping a memory, in words; undefined when it was kept. */
export function said(result: SaveResult): string | undefined {
  if (result.kind === "saved") return undefined;
  return result.kind === "overtaken" ? "overtaken" : describeMemoryRefusal(result.refusal, "en");
}

/** The memory that a store has, without the time at which it was kept; undefined when it has none that counts. */
export function memoryIn(loaded: LoadedMemory): Memory | undefined {
  if (loaded.kind !== "memory") return undefined;
  const { savedAt: _savedAt, ...memory } = loaded.memory;
  return memory;
}

/** The memory in a kept text, by the owner's word alone. */
export function memoryInText(text: string): Memory | undefined {
  const { macs: _macs, savedAt: _savedAt, ...memory } = JSON.parse(text) as Record<string, unknown>;
  return decodeMemory(JSON.stringify(memory), owner);
}

/** How the owner's memory is signed in tests. */
export const signed = (secret = "token-of-both-apps", by = owner): SignedMemory =>
  createSignedMemory(by, [{ kind: "random", secret }], Date.now);

/** The text that a store of the owner keeps of the memory. */
export function textOf(memory: Memory, atMs = Date.now()): string {
  const text = signed(undefined, memory.owner).write(memory, atMs);
  return typeof text === "string" ? text : text.code;
}

const time = fc
  .date({ min: new Date("1970-01-01"), max: new Date("2199-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString());
const text = fc.string({ unit: "binary" });
const key = text.filter((name) => name !== "__proto__");
const told = fc.record({ marker: text, toldAt: time });
const incident = fc.record(
  {
    channel: text,
    messageId: text,
    fingerprint: text,
    openedAt: time,
    remindedAt: time,
    unconfirmed: fc.integer({ min: 1, max: 9 }),
  },
  { requiredKeys: ["channel", "messageId", "fingerprint", "openedAt", "remindedAt"] },
);
const goodRead = fc.record({ at: time, permissionSets: fc.nat(), assignments: fc.nat() });
const request = fc.record({
  revision: fc.nat(),
  permissionSets: fc.array(text),
  accounts: fc.array(text),
  principals: fc.array(text),
});

const holder = fc.record(
  { id: text, external: fc.array(text), gone: fc.constant(true as const) },
  { requiredKeys: ["id"] },
);
const deletion = fc.record({ at: time, count: fc.nat() });
const approvals = fc.record({ since: time, used: fc.array(fc.record({ code: text, usedAt: time })) });

export const arbitraryMemory: fc.Arbitrary<Memory> = fc.record(
  {
    schemaVersion: fc.constant(2 as const),
    owner: fc.constant(owner),
    records: fc.dictionary(key, told, { noNullPrototype: true }),
    incidents: fc.dictionary(key, incident, { noNullPrototype: true }),
    lastGoodRead: goodRead,
    instanceArn: text,
    requests: fc.dictionary(key, request, { noNullPrototype: true }),
    principalNames: fc.dictionary(key, text, { noNullPrototype: true }),
    holders: fc.dictionary(key, holder, { noNullPrototype: true }),
    formerHolders: fc.dictionary(
      key,
      fc.record({ revision: fc.nat(), holders: fc.dictionary(key, holder, { noNullPrototype: true }) }),
      { noNullPrototype: true },
    ),
    unmanagedSets: fc.array(text),
    ownedSets: fc.dictionary(key, text, { noNullPrototype: true }),
    madeSets: fc.dictionary(key, text, { noNullPrototype: true }),
    claimedSets: fc.array(text),
    deletions: fc.array(deletion),
    approvals,
  },
  { requiredKeys: ["schemaVersion", "owner", "records", "incidents"] },
);
