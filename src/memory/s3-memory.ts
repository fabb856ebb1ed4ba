import type { LoadedMemory, Memory, MemoryRefusal, SaveResult } from "../model/memory.ts";
import type { MemoryStore } from "../ports.ts";
import { describeS3Error } from "./s3-error.ts";
import { createS3Object, type Expected, type S3ClientSettings, type StoredObject } from "./s3-object.ts";
import type { SignedMemory } from "./signed-memory.ts";

export interface S3MemorySettings extends S3ClientSettings {
  readonly bucket: string;
  readonly key: string;
  readonly signed: SignedMemory;
  /** Loading and saving give up after so long, repetitions included. */
  readonly loadTimeoutMs?: number;
  readonly saveTimeoutMs?: number;
}

/**
 * Keeps the memory in one S3 object (`s3:GetObject`, `s3:PutObject`). It only replaces what was loaded: when another
 * pass has written meanwhile, that newer memory stays. Another owner's memory and a newer program's are left as they are.
 */
export function createS3Memory({
  bucket,
  key,
  signed,
  loadTimeoutMs = 5000,
  saveTimeoutMs = 10_000,
  ...settings
}: S3MemorySettings): MemoryStore {
  const object = createS3Object(bucket, key, { ...settings, now: signed.now });
  // What a write has to find; undefined while that is not known.
  let expected: Expected | undefined;
  // An object that exists but did not come in time must not be replaced by a memory of nothing.
  let isUnknown = false;

  async function write(text: string, condition: Expected, signal: AbortSignal): Promise<SaveResult> {
    const result = await object.write(text, condition, signal);
    if (result.kind === "failed") return { kind: "refused", refusal: result.refusal };
    if (result.kind === "written") {
      expected = { IfMatch: result.etag };
      return { kind: "saved" };
    }
    // When the answer to a write is lost, its repetition collides with the write itself.
    const stored = await object.read(signal);
    if (stored.kind === "denied") return { kind: "refused", refusal: stored.refusal };
    if (stored.kind !== "object" || !Buffer.from(text).equals(stored.content)) return { kind: "overtaken" };
    expected = { IfMatch: stored.etag };
    return { kind: "saved" };
  }

  async function save(memory: Memory, signal: AbortSignal): Promise<SaveResult> {
    let condition = expected;
    let text = signed.write(memory, object.now());
    if (condition === undefined && typeof text === "string") {
      const stored = await object.read(signal);
      const refusal = refusalOf(stored, signed, isUnknown);
      if (refusal !== undefined) return { kind: "refused", refusal };
      condition = expectedOf(stored);
      // Once more, by S3's own clock, which is known now.
      text = signed.write(memory, object.now());
    }
    if (typeof text !== "string") return { kind: "refused", refusal: text };
    return write(text, condition ?? { IfNoneMatch: "*" }, signal);
  }

  async function load(): Promise<LoadedMemory> {
    expected = undefined;
    const stored = await withinTime(loadTimeoutMs, object.read).catch(() => undefined);
    isUnknown = stored === undefined || stored.kind === "unreadable";
    if (stored === undefined || stored.kind === "denied" || stored.kind === "unreadable") {
      return { kind: "lost", loss: "unreadable" };
    }
    const loaded = readStored(stored, signed);
    if (!isKeptOut(loaded)) expected = expectedOf(stored);
    return loaded;
  }

  return {
    load,
    async save(memory) {
      try {
        return await withinTime(saveTimeoutMs, (signal) => save(memory, signal));
      } catch (error) {
        return { kind: "refused", refusal: describeS3Error(error) };
      }
    },
  };
}

/** Why what is stored must not be replaced, where nothing of it was loaded; unknown when loading did not get to see it. */
function refusalOf(
  stored: StoredObject,
  signed: SignedMemory,
  isUnknown: boolean,
): MemoryRefusal | undefined {
  if (stored.kind === "unreadable") return stored.refusal;
  if (stored.kind !== "object") return undefined;
  return signed.keepsOut(stored.content) ?? (isUnknown ? { code: "not-loaded" } : undefined);
}

function readStored(stored: StoredObject, signed: SignedMemory): LoadedMemory {
  return stored.kind === "object" ? signed.read(stored.content, stored.modifiedAtMs) : { kind: "nothing" };
}

/** Whether what was found is not ours to replace: a save looks there again, and says so. */
function isKeptOut(loaded: LoadedMemory): boolean {
  return loaded.kind === "lost" && (loaded.loss === "another-owner" || loaded.loss === "newer-version");
}

/**
 * Without `s3:ListBucket`, S3 denies reading what is not there: a write may create it then, and replace nothing.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
function expectedOf(stored: StoredObject): Expected {
  return stored.kind === "object" ? { IfMatch: stored.etag } : { IfNoneMatch: "*" };
}

/** Rejects when the time is over, also while the SDK looks for credentials, which no signal ends. */
async function withinTime<Result>(
  timeoutMs: number,
  run: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const signal = AbortSignal.timeout(timeoutMs);
  const isOver = new Promise<never>((_resolve, reject) => {
    signal.addEventListener("abort", () => {
      reject(signal.reason as Error);
    });
  });
  return Promise.race([run(signal), isOver]);
}
