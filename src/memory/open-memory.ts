import type { MemoryStore } from "../ports.ts";
import { createFileMemory } from "./file-memory.ts";
import { createS3Memory } from "./s3-memory.ts";
import type { S3ClientSettings } from "./s3-object.ts";
import type { SignedMemory } from "./signed-memory.ts";

/** The store of the memory at `s3://bucket/key`, or else at a file's path. */
export function openMemory(location: string, signed: SignedMemory, s3: S3ClientSettings = {}): MemoryStore {
  if (!location.startsWith("s3://")) return createFileMemory({ path: location, signed });
  const [, bucket = "", key = ""] = /^s3:\/\/([^/]+)\/(.+)$/su.exec(location) ?? [];
  return createS3Memory({ ...s3, bucket, key, signed });
}
