import type { Agent } from "node:https";
import { addAbortSignal, Readable } from "node:stream";

import { GetObjectCommand, PutObjectCommand, S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";

import type { MemoryRefusal } from "../model/memory.ts";
import { createBoundedHandler } from "../network/bounded-handler.ts";
import { largestMemoryBytes } from "../remember/decode-memory.ts";
import { describeS3Error, isConflict, isDenied, isMissing } from "./s3-error.ts";

export interface S3ClientSettings {
  /** Region of the bucket; when it is another one, S3's answer tells. Default: the environment's. */
  readonly region?: string;
  /** Carries the requests, through a proxy for instance. */
  readonly httpsAgent?: Agent;
  /** Default: the SDK's own chain. */
  readonly credentials?: S3ClientConfig["credentials"] | undefined;
  /** Default: as the SDK's own rules have it. */
  readonly endpoint?: string | undefined;
}

/** What is in the bucket. */
export type StoredObject =
  | { readonly kind: "nothing" }
  | {
      readonly kind: "object";
      readonly etag: string;
      readonly content: Uint8Array;
      /** When S3 got it, by S3's clock. */
      readonly modifiedAtMs?: number;
    }
  | { readonly kind: "denied" | "unreadable"; readonly refusal: MemoryRefusal };

/** What a write has to find there: the object with this ETag, or none. */
export type Expected = { readonly IfMatch: string } | { readonly IfNoneMatch: "*" };

export type WriteResult =
  | { readonly kind: "written"; readonly etag: string }
  | { readonly kind: "conflict" }
  | { readonly kind: "failed"; readonly refusal: MemoryRefusal };

/** One small object of S3. No function throws. */
export interface S3Object {
  readonly read: (signal: AbortSignal) => Promise<StoredObject>;
  /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html */
  readonly write: (text: string, expected: Expected, signal: AbortSignal) => Promise<WriteResult>;
  /** Milliseconds since the epoch by S3's clock, once it has answered; by this machine's before. */
  readonly now: () => number;
}

/** Reading and writing end sooner by their own signals. */
const deadlineMs = 60_000;

/** Some networks answer in its place. */
const notS3: MemoryRefusal = { code: "not-s3" };

/** The object with the SDK's own credential chain and endpoint rules, so that `AWS_ENDPOINT_URL_S3` works. */
export function createS3Object(
  bucket: string,
  key: string,
  { now: ownNow, ...settings }: S3ClientSettings & { readonly now: () => number },
): S3Object {
  const client = createClient(settings);
  const now = followClock(client, ownNow);
  const place = { Bucket: bucket, Key: key };
  return {
    async read(abortSignal) {
      try {
        const { Body, ETag, LastModified } = await client.send(new GetObjectCommand(place), { abortSignal });
        if (!(Body instanceof Readable) || ETag === undefined) return { kind: "unreadable", refusal: notS3 };
        const content = await readBody(Body, abortSignal);
        const modified = LastModified === undefined ? {} : { modifiedAtMs: LastModified.getTime() };
        return { kind: "object", etag: ETag, content, ...modified };
      } catch (error) {
        if (isMissing(error)) return { kind: "nothing" };
        return { kind: isDenied(error) ? "denied" : "unreadable", refusal: describeS3Error(error) };
      }
    },
    async write(text, expected, abortSignal) {
      const object = { ...place, Body: text, ContentType: "application/json", ...expected };
      try {
        const { ETag } = await client.send(new PutObjectCommand(object), { abortSignal });
        return ETag === undefined ? { kind: "failed", refusal: notS3 } : { kind: "written", etag: ETag };
      } catch (error) {
        return isConflict(error) ? { kind: "conflict" } : { kind: "failed", refusal: describeS3Error(error) };
      }
    },
    now,
  };
}

/** S3's time, from the last answer that told it: this machine's clock may be wrong. */
function followClock(client: S3Client, ownNow: () => number): () => number {
  let aheadMs = 0;
  client.middlewareStack.add(
    (next) => async (request) => {
      const result = await next(request);
      const { headers } = result.response as { readonly headers?: Readonly<Record<string, string>> };
      const toldMs = Date.parse(headers?.["date"] ?? "");
      if (!Number.isNaN(toldMs)) aheadMs = toldMs - ownNow();
      return result;
    },
    { step: "deserialize", priority: "low" },
  );
  return () => ownNow() + aheadMs;
}

function createClient({ region, httpsAgent, credentials, endpoint }: S3ClientSettings): S3Client {
  const client = new S3Client({
    ...(region !== undefined && { region }),
    requestHandler: createBoundedHandler(httpsAgent ? { httpsAgent } : {}, {
      deadlineMs,
      maxBytes: 2 * largestMemoryBytes,
    }),
    ...(credentials && { credentials }),
    ...(endpoint !== undefined && { endpoint, useFipsEndpoint: false, useDualstackEndpoint: false }),
    followRegionRedirects: true,
    // A checksum would wrap the answer in a stream that does not close the connection when it is given up.
    responseChecksumValidation: "WHEN_REQUIRED",
  });
  const { endpointProvider } = client.config;
  // Another endpoint than AWS's own rarely has a host name per bucket.
  client.config.endpointProvider = (parameters, context) =>
    endpointProvider({ ...parameters, ForcePathStyle: parameters.Endpoint !== undefined }, context);
  return client;
}

/** The object's bytes; none when there are more than a memory can have. */
async function readBody(body: Readable, signal: AbortSignal): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of addAbortSignal(signal, body) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > largestMemoryBytes) return new Uint8Array();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
