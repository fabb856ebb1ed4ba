import { randomUUID } from "node:crypto";
import { mkdir, open, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";

import type { MemoryRefusal } from "../model/memory.ts";
import type { MemoryStore } from "../ports.ts";
import { largestMemoryBytes } from "../remember/decode-memory.ts";
import type { SignedMemory } from "./signed-memory.ts";

export interface FileMemorySettings {
  readonly path: string;
  readonly signed: SignedMemory;
}

/**
 * Keeps the memory in one file that only its owner may read. Saving replaces the file as a whole, so that a reader finds
 * the old memory or the new one; folders that are missing are created. Something else than a file, another owner's
 * memory, a newer program's, or what another pass has saved since the last load, is left as it is.
 */
export function createFileMemory({ path, signed }: FileMemorySettings): MemoryStore {
  // What a save may replace; undefined while nothing was loaded.
  let expected: Buffer | undefined;
  return {
    async load() {
      expected = undefined;
      try {
        const found = await readFileAt(path);
        expected = contentOf(found);
        if (found.kind === "file") return signed.read(found.content);
        if (found.kind === "nothing") return { kind: "nothing" };
        return { kind: "lost", loss: found.kind === "too-large" ? "too-large" : "unreadable" };
      } catch {
        return { kind: "lost", loss: "unreadable" };
      }
    },
    async save(memory) {
      try {
        const text = signed.write(memory, signed.now());
        if (typeof text !== "string") return { kind: "refused", refusal: text };
        const found = await readFileAt(path);
        const refusal = refusalOf(found, signed);
        if (refusal !== undefined) return { kind: "refused", refusal };
        if (expected?.equals(contentOf(found)) === false) return { kind: "overtaken" };
        await replaceFile(path, text);
        expected = Buffer.from(text);
        return { kind: "saved" };
      } catch (error) {
        return { kind: "refused", refusal: describeFileError(error) };
      }
    },
  };
}

/** Why what is there must not be replaced. */
function refusalOf(found: Found, signed: SignedMemory): MemoryRefusal | undefined {
  if (found.kind === "no-file") return { code: "not-a-file" };
  return found.kind === "file" ? signed.keepsOut(found.content) : undefined;
}

type Found =
  | { readonly kind: "nothing" | "no-file" | "too-large" }
  | { readonly kind: "file"; readonly content: Uint8Array };

/** The bytes of the file; none when it is too large to be read, or there is none. */
function contentOf(found: Found): Buffer {
  return found.kind === "file" ? Buffer.from(found.content) : Buffer.alloc(0);
}

/** What is there. Looks before it opens, because opening a pipe waits for its writer. */
export async function readFileAt(path: string): Promise<Found> {
  try {
    const found = await stat(path);
    if (!found.isFile()) return { kind: "no-file" };
    if (found.size > largestMemoryBytes) return { kind: "too-large" };
    return { kind: "file", content: await readFile(path) };
  } catch (error) {
    if (errorCode(error) === "ENOENT") return { kind: "nothing" };
    throw error;
  }
}

/** Puts the text in place of the file as a whole. */
export async function replaceFile(path: string, text: string): Promise<void> {
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

const refusals: Readonly<Record<string, Exclude<MemoryRefusal, { detail?: never }>["code"]>> = {
  EACCES: "no-permission",
  EPERM: "no-permission",
  EROFS: "read-only",
  ENOSPC: "no-space",
  EDQUOT: "no-space",
  ENOTDIR: "not-a-folder",
  EEXIST: "not-a-folder",
  EBUSY: "busy",
};

function describeFileError(error: unknown): MemoryRefusal {
  const detail = errorCode(error);
  return { code: refusals[detail] ?? "not-written", detail };
}

function errorCode(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" && /^[A-Z0-9_]{1,64}$/u.test(code) ? code : "unknown";
}
