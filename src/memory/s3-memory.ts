import { changedMeanwhile, type Memory } from "../model/memory.ts";
import type { MemoryStore } from "../ports.ts";
import {
  decodeMemory,
  encodeMemory,
  isMemoryOfAnother,
  largestMemoryBytes,
} from "../remember/decode-memory.ts";
import { describeS3Error } from "./s3-error.ts";
import { createS3Object, type Expected, type S3ClientSettings, type StoredObject } from "./s3-object.ts";

export interface S3MemorySettings extends S3ClientSettings {
  readonly bucket: string;
  readonly key: string;
  /** Value of the owner tag. */
  readonly owner: string;
  /** Loading and saving give up after so long, repetitions included. */
  readonly loadTimeoutMs?: number;
  readonly saveTimeoutMs?: number;
}

/**
 * Keeps the memory in one S3 object (`s3:GetObject`, `s3:PutObject`). It only replaces what was loaded: when another
 * pass has written meanwhile, that newer memory stays. Another owner's memory is left as it is.
 */
export function createS3Memory({
  bucket,
  key,
  owner,
  loadTimeoutMs = 5000,
  saveTimeoutMs = 10_000,
  ...settings
}: S3MemorySettings): MemoryStore {
  const object = createS3Object(bucket, key, settings);
  // What a write has to find; undefined while that is not known.
  let expected: Expected | undefined;
  // An object that exists but did not come in time must not be replaced by a memory of nothing.
  let isUnknown = false;

  async function write(text: string, condition: Expected, signal: AbortSignal): Promise<string | undefined> {
    const result = await object.write(text, condition, signal);
    if (result.kind === "failed") return result.reason;
    if (result.kind === "written") {
      expected = { IfMatch: result.etag };
      return undefined;
    }
    // When the answer to a write is lost, its repetition collides with the write itself.
    const stored = await object.read(signal);
    if (stored.kind === "denied") return stored.reason;
    if (stored.kind !== "object" || !Buffer.from(text).equals(stored.content)) return changedMeanwhile;
    expected = { IfMatch: stored.etag };
    return undefined;
  }

  async function save(memory: Memory, signal: AbortSignal): Promise<string | undefined> {
    const text = encodeMemory(memory);
    if (Buffer.byteLength(text) > largestMemoryBytes) return "larger than 20 MB";
    if (expected !== undefined) return write(text, expected, signal);
    const stored = await object.read(signal);
    if (stored.kind === "unreadable") return stored.reason;
    if (isOfAnother(stored, owner)) return "it is another owner's memory";
    if (isUnknown && stored.kind === "object") return "it could not be read when it was loaded";
    return write(text, expectedOf(stored), signal);
  }

  return {
    async load() {
      expected = undefined;
      isUnknown = false;
      const stored = await withinTime(loadTimeoutMs, object.read).catch(() => undefined);
      isUnknown = stored === undefined || stored.kind === "unreadable";
      if (stored === undefined || stored.kind === "denied" || stored.kind === "unreadable") return undefined;
      if (isOfAnother(stored, owner)) return undefined;
      expected = expectedOf(stored);
      return stored.kind === "object" ? decodeMemory(stored.content, owner) : undefined;
    },
    async save(memory) {
      try {
        return await withinTime(saveTimeoutMs, (signal) => save(memory, signal));
      } catch (error) {
        return describeS3Error(error);
      }
    },
  };
}

function isOfAnother(stored: StoredObject, owner: string): boolean {
  return stored.kind === "object" && isMemoryOfAnother(stored.content, owner);
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
