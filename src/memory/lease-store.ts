import type { LeaseStore, StoredLease } from "../ports.ts";
import { readFileAt, replaceFile } from "./file-memory.ts";
import { createS3Object, type Expected, type S3ClientSettings } from "./s3-object.ts";

const timeoutMs = 5_000;
/** A lease is a line; anything larger is something else. */
const largestBytes = 4_096;

/** The lease beside the memory at `s3://bucket/key`, or else at a file's path. */
export function openLease(location: string, now: () => number, s3: S3ClientSettings = {}): LeaseStore {
  const place = `${location}.lease`;
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/su.exec(place) ?? [];
  return bucket === undefined || key === undefined
    ? createFileLease(place, now)
    : createS3Lease(bucket, key, now, s3);
}

/** One object, replaced only as it was read (`If-Match`). */
function createS3Lease(bucket: string, key: string, ownNow: () => number, s3: S3ClientSettings): LeaseStore {
  const object = createS3Object(bucket, key, { ...s3, now: ownNow });
  return {
    async read() {
      const stored = await object.read(AbortSignal.timeout(timeoutMs));
      if (stored.kind === "nothing" || stored.kind === "denied") return { kind: "nothing" };
      if (stored.kind !== "object") return { kind: "unreadable" };
      return { kind: "lease", text: textOf(stored.content), version: stored.etag };
    },
    async write(text, before) {
      const expected: Expected = before === undefined ? { IfNoneMatch: "*" } : { IfMatch: before };
      const result = await object.write(text, expected, AbortSignal.timeout(timeoutMs));
      return result.kind;
    },
    now: object.now,
  };
}

/** One file, replaced only while it holds what was read. */
function createFileLease(path: string, now: () => number): LeaseStore {
  const read = async (): Promise<StoredLease> => {
    const found = await readFileAt(path).catch(() => undefined);
    if (found?.kind === "nothing") return { kind: "nothing" };
    if (found?.kind !== "file") return { kind: "unreadable" };
    const text = textOf(found.content);
    return { kind: "lease", text, version: text };
  };
  return {
    read,
    async write(text, before) {
      const found = await read();
      if ((found.kind === "lease" ? found.version : undefined) !== before) return "conflict";
      const written = await replaceFile(path, text).then(
        () => true,
        () => false,
      );
      return written ? "written" : "failed";
    },
    now,
  };
}

function textOf(content: Uint8Array): string {
  return Buffer.from(content.subarray(0, largestBytes)).toString("utf8");
}
