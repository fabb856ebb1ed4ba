import { expect, it } from "vitest";
import { createProcessMemory } from "../../src/memory/process-memory.ts";
import { memoryOf, owner, memoryIn, said } from "./memories.ts";

it("gives back what was kept last, and nothing before", async () => {
  const store = createProcessMemory(owner);
  expect(memoryIn(await store.load())).toBeUndefined();
  await store.save(memoryOf({ incidents: {} }));
  expect(said(await store.save(memoryOf()))).toBeUndefined();
  expect(memoryIn(await store.load())).toEqual(memoryOf());
});

it("does not follow what becomes of the memory that it was given", async () => {
  const store = createProcessMemory(owner);
  const records = { "assignments/1": { marker: "first", toldAt: "2026-11-20T03:00:00.000Z" } };
  await store.save(memoryOf({ records }));
  records["assignments/1"].marker = "second";
  expect(memoryIn(await store.load())?.records["assignments/1"]?.marker).toBe("first");
});

it("keeps what it has rather than a memory of more than 20 MB", async () => {
  const store = createProcessMemory(owner);
  await store.save(memoryOf());
  const marker = "x".repeat(21 * 1024 * 1024);
  const large = memoryOf({ records: { "assignments/1": { marker, toldAt: "2026-11-20T03:00:00.000Z" } } });
  expect(said(await store.save(large))).toBe("larger than 20 MB");
  expect(memoryIn(await store.load())).toEqual(memoryOf());
});
