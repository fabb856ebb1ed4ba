import { randomUUID } from "node:crypto";
import { mkdir, open, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";

import { changedMeanwhile } from "../model/memory.ts";
import type { MemoryStore } from "../ports.ts";
import {
  decodeMemory,
  encodeMemory,
  isMemoryOfAnother,
  largestMemoryBytes,
} from "../remember/decode-memory.ts";

export interface FileMemorySettings {
  readonly path: string;
  /** Value of the owner tag. */
  readonly owner: string;
}

/**
 * Keeps the memory in one file that only its owner may read. Saving replaces the file as a whole, so that a reader finds
 * the old memory or the new one; folders that are missing are created. Something else than a file, another owner's
 * memory, or what another pass has saved since the last load, is left as it is.
 */
export function createFileMemory({ path, owner }: FileMemorySettings): MemoryStore {
  // What a save may replace; undefined while nothing was loaded.
  let expected: Buffer | undefined;
  return {
    async load() {
      expected = undefined;
      try {
        const found = await readFileAt(path);
        expected = contentOf(found);
        return found.kind === "file" ? decodeMemory(found.content, owner) : undefined;
      } catch {
        return undefined;
      }
    },
    async save(memory) {
      try {
        const text = encodeMemory(memory);
        if (Buffer.byteLength(text) > largestMemoryBytes) return "larger than 20 MB";
        const found = await readFileAt(path);
        if (found.kind === "no-file") return "something else than a file is there";
        if (found.kind === "file" && isMemoryOfAnother(found.content, owner))
          return "it is another owner's memory";
        if (expected?.equals(contentOf(found)) === false) return changedMeanwhile;
        await replaceFile(path, text);
        expected = Buffer.from(text);
        return undefined;
      } catch (error) {
        return reasonOf(error);
      }
    },
  };
}

type Found =
  | { readonly kind: "nothing" }
  | { readonly kind: "no-file" }
  | { readonly kind: "file"; readonly content: Uint8Array };

/** The bytes of the file; none when it is too large to be read, or there is none. */
function contentOf(found: Found): Buffer {
  return found.kind === "file" ? Buffer.from(found.content) : Buffer.alloc(0);
}

/** What is there. Looks before it opens, because opening a pipe waits for its writer. */
async function readFileAt(path: string): Promise<Found> {
  try {
    const found = await stat(path);
    if (!found.isFile()) return { kind: "no-file" };
    const isTooLarge = found.size > largestMemoryBytes;
    return { kind: "file", content: isTooLarge ? new Uint8Array() : await readFile(path) };
  } catch (error) {
    if (errorCode(error) === "ENOENT") return { kind: "nothing" };
    throw error;
  }
}

async function replaceFile(path: string, text: string): Promise<void> {
  // A link stays one: what it points to is replaced.
  const target = await realpath(path).catch(() => path);
  const folder = dirname(target);
  await mkdir(folder, { recursive: true });
  const temporary = `${target}.${randomUUID()}.tmp`;
  try {
    await writeThrough(temporary, text);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(folder);
}

/** Resolves once the disk has it: renaming a file whose content is still on its way could leave an empty one. */
async function writeThrough(path: string, text: string): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the new name last through a power cut, where the system can. The memory is kept either way. */
async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, "r");
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch {
    // Not every system opens folders.
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "no permission",
  EPERM: "no permission",
  EROFS: "the file system is read-only",
  ENOSPC: "no space left",
  EDQUOT: "no space left",
  ENOTDIR: "a file is where a folder should be",
  EEXIST: "a file is where a folder should be",
  EBUSY: "the file cannot be replaced; mount its folder instead of the file",
};

function reasonOf(error: unknown): string {
  const code = errorCode(error);
  return `${reasons[code] ?? "it could not be written"} (${code})`;
}

function errorCode(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" && /^[A-Z0-9_]{1,64}$/u.test(code) ? code : "unknown";
}
