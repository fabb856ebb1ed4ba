import { createS3Object, type S3ClientSettings } from "../memory/s3-object.ts";
import type { MemoryRefusal } from "../model/memory.ts";

interface AuditObjectSettings {
  /** `s3://bucket/prefix/` */
  readonly place: string;
  readonly runId: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The lines of one pass, which become one object of S3 when it is over. */
export interface AuditObject {
  readonly append: (line: string) => void;
  /** Creates the object, if there are lines; resolves with why it could not be. */
  readonly create: () => Promise<MemoryRefusal | undefined>;
}

const timeoutMs = 20_000;

/**
 * The object has the run's own random name below the day, and is created on condition that there is none: nothing is ever
 * replaced. When the answer to that is lost, its repetition meets the object itself.
 */
export function createAuditObject(
  { place, runId, now }: AuditObjectSettings,
  s3: S3ClientSettings,
): AuditObject {
  const [, bucket = "", prefix = ""] = /^s3:\/\/([^/]+)\/(.*)$/su.exec(place) ?? [];
  const lines: string[] = [];
  return {
    append: (line) => void lines.push(line),
    async create() {
      if (lines.length === 0) return undefined;
      const key = `${prefix}${placeOf(new Date(now()))}-${runId}.jsonl`;
      const object = createS3Object(bucket, key, { ...s3, now });
      const signal = AbortSignal.timeout(timeoutMs);
      const result = await object.write(lines.join(""), { IfNoneMatch: "*" }, signal);
      return result.kind === "failed" ? result.refusal : undefined;
    },
  };
}

/** `2026/11/28/031502` */
function placeOf(time: Date): string {
  const [day = "", clock = ""] = time.toISOString().split("T");
  return `${day.replaceAll("-", "/")}/${clock.slice(0, 8).replaceAll(":", "")}`;
}
