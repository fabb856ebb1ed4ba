import type * as FileSystem from "node:fs/promises";
import { type FileHandle, mkdtemp, open, readdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";

import { createFileMemory } from "../../src/memory/file-memory.ts";
import { memoryOf, memoryIn, said, signed } from "./memories.ts";

vi.mock("node:fs/promises", async (importOriginal) => {
  const original = await importOriginal<typeof FileSystem>();
  return {
    ...original,
    open: vi.fn<typeof original.open>(original.open),
    rename: vi.fn<typeof original.rename>(original.rename),
  };
});
const original = await vi.importActual<typeof FileSystem>("node:fs/promises");

async function savedFolder() {
  const folder = await mkdtemp(join(tmpdir(), "memory-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const store = createFileMemory({ path: join(folder, "memory.json"), signed: signed() });
  expect(said(await store.save(memoryOf()))).toBeUndefined();
  return { folder, store };
}

function changeNextFile(change: (file: FileHandle) => void): void {
  vi.mocked(open).mockImplementationOnce(async (...parameters) => {
    const file = await original.open(...parameters);
    change(file);
    return file;
  });
}

const failWith = (code: string) => () =>
  Promise.reject(Object.assign(new Error(`${code}: token=canary`), { code }));

it.each([
  [
    "is full while it is written",
    "no space left (ENOSPC)",
    () => changeNextFile((file) => (file.writeFile = failWith("ENOSPC"))),
  ],
  [
    "fails while it is flushed",
    "it could not be written (EIO)",
    () => changeNextFile((file) => (file.sync = failWith("EIO"))),
  ],
  [
    "does not let the file be replaced",
    "the file cannot be replaced; mount its folder instead of the file (EBUSY)",
    () => vi.mocked(rename).mockImplementationOnce(failWith("EBUSY")),
  ],
  [
    "fails in a way that nobody has named",
    "it could not be written (unknown)",
    () => vi.mocked(rename).mockImplementationOnce(failWith("token=canary")),
  ],
])("keeps the old memory and leaves no temporary file when the disk %s", async (_what, reason, fail) => {
  const { folder, store } = await savedFolder();
  fail();
  expect(said(await store.save(memoryOf({ records: {} })))).toBe(reason);
  expect(await readdir(folder)).toEqual(["memory.json"]);
  expect(memoryIn(await store.load())).toEqual(memoryOf());
});

it("has the memory on the disk before it takes the old one's place", async () => {
  const order: string[] = [];
  changeNextFile((file) => {
    const sync = file.sync.bind(file);
    file.sync = async () => {
      await sync();
      order.push("flushed");
    };
  });
  vi.mocked(rename).mockImplementationOnce(async (...parameters) => {
    order.push("renamed");
    await original.rename(...parameters);
  });
  await savedFolder();
  expect(order).toEqual(["flushed", "renamed"]);
});

it("is kept on a system that cannot flush folders", async () => {
  const { folder, store } = await savedFolder();
  vi.mocked(open).mockImplementationOnce(original.open).mockImplementationOnce(failWith("EISDIR"));
  expect(said(await store.save(memoryOf({ records: {} })))).toBeUndefined();
  expect(await readdir(folder)).toEqual(["memory.json"]);
  expect(memoryIn(await store.load())).toEqual(memoryOf({ records: {} }));
});
