import { execFileSync, spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";

import { createFileMemory } from "../../src/memory/file-memory.ts";
import type { Memory } from "../../src/model/memory.ts";
import { memoryOf, owner, memoryIn, said, signed, textOf, memoryInText } from "./memories.ts";

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "memory-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function storeInFolder() {
  const folder = await emptyFolder();
  const path = join(folder, "memory.json");
  return { folder, path, store: createFileMemory({ path, signed: signed() }) };
}

const makePipe = "mkfifo";

const markedMemory = (marker: string, size = 10) =>
  memoryOf({
    records: Object.fromEntries(
      Array.from({ length: size }, (_item, index) => [
        `r/${index}`,
        { marker, toldAt: "2026-11-20T03:00:00.000Z" },
      ]),
    ),
  });

/** Runs as a user that permissions hold for, which they do not for root. */
async function withoutPrivileges<Result>(run: () => Promise<Result>): Promise<Result> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    return await run();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

/** A process that saves the memory again and again until it is killed. */
async function saveForever(path: string, memory: Memory) {
  const input = join(await emptyFolder(), "input.json");
  await writeFile(input, JSON.stringify(memory));
  const script = `
    import { readFileSync } from "node:fs";
    import { createFileMemory } from "./src/memory/file-memory.ts";
    import { createSignedMemory } from "./src/memory/signed-memory.ts";
    const [path, owner, input] = process.argv.slice(1);
    const memory = JSON.parse(readFileSync(input, "utf8"));
    const signed = createSignedMemory(owner, [{ kind: "random", secret: "token-of-both-apps" }], Date.now);
    const store = createFileMemory({ path, signed });
    for (;;) {
      await store.load();
      await store.save(memory);
    }`;
  const cwd = fileURLToPath(new URL("../..", import.meta.url));
  const parameters = ["--import", "tsx", "--input-type=module", "-e", script, path, owner, input];
  const child = spawn(process.execPath, parameters, { cwd, stdio: "ignore" });
  const isOver = new Promise((resolve) => child.once("close", resolve));
  const kill = () => {
    child.kill("SIGKILL");
    return isOver;
  };
  onTestFinished(() => void kill());
  return { kill };
}

describe("A memory in a file", () => {
  it("is there for the next pass, as it was saved", async () => {
    const { path, store } = await storeInFolder();
    expect(said(await store.save(memoryOf()))).toBeUndefined();
    expect(memoryIn(await createFileMemory({ path, signed: signed() }).load())).toEqual(memoryOf());
  });

  it("is none before the first pass", async () => {
    const { store } = await storeInFolder();
    expect(memoryIn(await store.load())).toBeUndefined();
  });

  it("can be read by its owner only, also when the file was open to others", async () => {
    const { path, store } = await storeInFolder();
    await writeFile(path, "", { mode: 0o644 });
    await store.save(memoryOf());
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it("gets the folders that are missing", async () => {
    const path = join(await emptyFolder(), "var", "sync", "memory.json");
    const store = createFileMemory({ path, signed: signed() });
    expect(said(await store.save(memoryOf()))).toBeUndefined();
    expect(memoryIn(await store.load())).toEqual(memoryOf());
  });

  it("stays where a link points to", async () => {
    const { folder, path, store } = await storeInFolder();
    await mkdir(join(folder, "data"));
    await writeFile(join(folder, "data", "memory.json"), "");
    await symlink(join("data", "memory.json"), path);
    expect(said(await store.save(memoryOf()))).toBeUndefined();
    expect(memoryInText(await readFile(join(folder, "data", "memory.json"), "utf8"))).toEqual(memoryOf());
    expect(await readdir(folder)).toEqual(["data", "memory.json"]);
    expect(await readdir(join(folder, "data"))).toEqual(["memory.json"]);
  });

  it("is none, and never half a memory, when the file was cut anywhere", async () => {
    const { path, store } = await storeInFolder();
    const bytes = Buffer.from(textOf(memoryOf()));
    const loaded: (Memory | undefined)[] = [];
    for (let length = 0; length <= bytes.length; length += 1) {
      await writeFile(path, bytes.subarray(0, length));
      loaded.push(memoryIn(await store.load()));
    }
    expect(loaded.slice(0, -1).filter((memory) => memory !== undefined)).toEqual([]);
    expect(loaded.at(-1)).toEqual(memoryOf());
  });

  it.each([
    ["damaged", textOf(memoryOf()).slice(0, 100)],
    ["empty", ""],
    ["overwritten with zeros", "\0".repeat(500)],
    ["of the version before signatures", JSON.stringify({ ...memoryOf(), schemaVersion: 1 })],
  ])("is none when the file is %s, and the next one takes its place", async (_what, text) => {
    const { path, store } = await storeInFolder();
    await writeFile(path, text);
    expect(memoryIn(await store.load())).toBeUndefined();
    expect(said(await store.save(memoryOf()))).toBeUndefined();
    expect(memoryIn(await store.load())).toEqual(memoryOf());
  });

  it("of a newer program is neither read nor replaced", async () => {
    const { path, store } = await storeInFolder();
    const newer = JSON.stringify({ ...memoryOf(), schemaVersion: 3, more: "parts" });
    await writeFile(path, newer);
    expect(await store.load()).toEqual({ kind: "lost", loss: "newer-version" });
    expect(said(await store.save(memoryOf()))).toMatch(/newer version of this program/u);
    expect(await readFile(path, "utf8")).toBe(newer);
  });

  it("is none when the file has more than 20 MB, of which none is read", async () => {
    const { path, store } = await storeInFolder();
    await writeFile(path, textOf(memoryOf()).padEnd(20 * 1024 * 1024 + 1));
    expect(memoryIn(await store.load())).toBeUndefined();
  });

  it("is not kept when it has more than 20 MB, which nobody would read again", async () => {
    const { folder, store } = await storeInFolder();
    expect(said(await store.save(markedMemory("x".repeat(20 * 1024 * 1024), 1)))).toBe("larger than 20 MB");
    expect(await readdir(folder)).toEqual([]);
  });

  it("of another owner is neither read nor replaced", async () => {
    const { path, store } = await storeInFolder();
    const other = textOf(memoryOf({ owner: "example.com/1" }));
    await writeFile(path, other);
    expect(memoryIn(await store.load())).toBeUndefined();
    expect(said(await store.save(memoryOf()))).toBe("it is another owner's memory");
    expect(await readFile(path, "utf8")).toBe(other);
  });

  it("is not replaced when another pass has saved one since it was loaded, and is once it was loaded again", async () => {
    const { path, store } = await storeInFolder();
    const other = createFileMemory({ path, signed: signed() });
    await store.load();
    expect(said(await other.save(markedMemory("theirs")))).toBeUndefined();
    expect(said(await store.save(markedMemory("ours")))).toBe("overtaken");
    expect(memoryIn(await other.load())).toEqual(markedMemory("theirs"));
    await store.load();
    expect(said(await store.save(markedMemory("ours")))).toBeUndefined();
    expect(said(await store.save(markedMemory("ours again")))).toBeUndefined();
    expect(said(await other.save(markedMemory("theirs again")))).toBe("overtaken");
  });

  it("is one whole memory after 20 were saved at once, and nothing else is left", async () => {
    const { folder, path, store } = await storeInFolder();
    const memories = Array.from({ length: 20 }, (_item, index) => markedMemory(`m${index}`, 1000 + index));
    const reasons = await Promise.all(memories.map((memory) => store.save(memory)));
    expect(reasons.map(said).filter((reason) => reason !== undefined)).toEqual([]);
    expect(memories).toContainEqual(memoryInText(await readFile(path, "utf8")));
    expect(await readdir(folder)).toEqual(["memory.json"]);
  });

  it("is always whole for a reader while two processes save, and when they are killed meanwhile", async () => {
    const { path, store } = await storeInFolder();
    await store.save(markedMemory("m0", 3000));
    const children = await Promise.all(
      ["m1", "m2"].map(async (marker) => saveForever(path, markedMemory(marker, 3000))),
    );
    const seen = new Set<string | undefined>();
    const deadline = Date.now() + 60_000;
    while (!(seen.has("m1") && seen.has("m2")) && Date.now() < deadline) {
      const loaded = memoryIn(await store.load());
      expect(Object.keys(loaded?.records ?? {})).toHaveLength(3000);
      seen.add(loaded?.records["r/0"]?.marker);
    }
    await Promise.all(children.map((child) => child.kill()));
    expect(seen).toEqual(new Set(["m0", "m1", "m2"]));
    expect(Object.keys(memoryIn(await store.load())?.records ?? {})).toHaveLength(3000);
  });
});

describe("A place that cannot hold a memory", () => {
  it("is told when nobody may write to the folder", async () => {
    const { folder, store } = await storeInFolder();
    await chmod(folder, 0o555);
    const reason = said(await withoutPrivileges(() => store.save(memoryOf())));
    expect(reason).toBe("no permission (EACCES)");
    expect(await readdir(folder)).toEqual([]);
  });

  it("is told when the file may not be read, and is left as it is", async () => {
    const { folder, path, store } = await storeInFolder();
    await writeFile(path, "private", { mode: 0o000 });
    await chmod(folder, 0o777);
    const [loaded, reason] = await withoutPrivileges(async () => [
      memoryIn(await store.load()),
      said(await store.save(memoryOf())),
    ]);
    expect(loaded).toBeUndefined();
    expect(reason).toBe("no permission (EACCES)");
    await chmod(path, 0o600);
    expect(await readFile(path, "utf8")).toBe("private");
  });

  it("is told when a folder is where the file should be", async () => {
    const { folder, path, store } = await storeInFolder();
    await mkdir(path);
    expect(memoryIn(await store.load())).toBeUndefined();
    expect(said(await store.save(memoryOf()))).toBe("something else than a file is there");
    expect(await readdir(folder, { recursive: true })).toEqual(["memory.json"]);
  });

  it("is told when a pipe is there, which is not waited for", async () => {
    const { path, store } = await storeInFolder();
    execFileSync(makePipe, [path]);
    expect(memoryIn(await store.load())).toBeUndefined();
    expect(said(await store.save(memoryOf()))).toBe("something else than a file is there");
    expect((await stat(path)).isFIFO()).toBe(true);
  });

  it("is told when a file is where a folder should be", async () => {
    const folder = await emptyFolder();
    await writeFile(join(folder, "var"), "");
    const store = createFileMemory({ path: join(folder, "var", "memory.json"), signed: signed() });
    expect(memoryIn(await store.load())).toBeUndefined();
    expect(said(await store.save(memoryOf()))).toBe("a file is where a folder should be (ENOTDIR)");
  });

  it.each([["memory\0.json"], ["x".repeat(300)]])("is told for the impossible name %j", async (name) => {
    const store = createFileMemory({ path: join(await emptyFolder(), name), signed: signed() });
    expect(memoryIn(await store.load())).toBeUndefined();
    expect(said(await store.save(memoryOf()))).toMatch(/^it could not be written \([A-Z_]+\)$/u);
  });
});
