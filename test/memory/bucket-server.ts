import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

interface StoredObject {
  readonly body: Buffer;
  readonly etag: string;
  readonly modifiedAtMs: number;
}

/** What a request is answered instead, or done to before it is answered. */
export type Intervention = (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>;

export interface BucketServer {
  readonly url: string;
  /** Method and path of every request. */
  readonly requests: readonly string[];
  readonly headers: readonly IncomingMessage["headers"][];
  /** The object's text; undefined when there is none. */
  readonly read: (key: string) => string | undefined;
  readonly put: (key: string, text: string, modifiedAtMs?: number) => void;
  readonly remove: (key: string) => void;
  /** Asked before every request, with its body read; whether it has answered. */
  intervene: Intervention;
  /** Whether a write's answer is lost after the object is stored, once. */
  losesNextAnswer: boolean;
}

export const bucket = "sync-memory";

/**
 * One bucket as S3 keeps it, with conditional writes:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export async function startBucketServer(): Promise<BucketServer> {
  const objects = new Map<string, StoredObject>();
  const requests: string[] = [];
  const headers: IncomingMessage["headers"][] = [];
  const clock = (): number => performance.timeOrigin + performance.now();
  const store = (key: string, body: Buffer, modifiedAtMs = clock()): StoredObject => {
    const object = { body, modifiedAtMs, etag: `"${createHash("md5").update(body).digest("hex")}"` };
    objects.set(key, object);
    return object;
  };

  function answerGet(key: string, response: ServerResponse): void {
    const object = objects.get(key);
    if (object === undefined) sendError(response, 404, "NoSuchKey");
    else response.writeHead(200, headersOf(object)).end(object.body);
  }

  function answerPut(key: string, body: Buffer, request: IncomingMessage, response: ServerResponse): void {
    const object = objects.get(key);
    const { "if-match": match, "if-none-match": noneMatch } = request.headers;
    if (match !== undefined && object === undefined) sendError(response, 404, "NoSuchKey");
    else if (match !== undefined && match !== object?.etag) sendError(response, 412, "PreconditionFailed");
    else if (noneMatch === "*" && object !== undefined) sendError(response, 412, "PreconditionFailed");
    else {
      const { etag } = store(key, body);
      if (server.losesNextAnswer) response.destroy();
      else response.writeHead(200, { ETag: etag }).end();
      server.losesNextAnswer = false;
    }
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.split("?")[0] ?? "";
    requests.push(`${request.method} ${path}`);
    headers.push(request.headers);
    const body = await readBody(request);
    if (await server.intervene(request, response)) return;
    const [, name, ...rest] = path.split("/");
    const key = decodeURIComponent(rest.join("/"));
    if (name !== bucket) sendError(response, 404, "NoSuchBucket");
    else if (request.method === "GET") answerGet(key, response);
    else if (request.method === "PUT") answerPut(key, body, request, response);
    else sendError(response, 405, "MethodNotAllowed");
  }

  const http = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => {
    http.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => {
    http.closeAllConnections();
    http.close();
  });
  const server: BucketServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    requests,
    headers,
    read: (key) => objects.get(key)?.body.toString("utf8"),
    put: (key, text, modifiedAtMs) => void store(key, Buffer.from(text), modifiedAtMs),
    remove: (key) => void objects.delete(key),
    intervene: () => false,
    losesNextAnswer: false,
  };
  return server;
}

function headersOf({ etag, modifiedAtMs }: StoredObject) {
  return { ETag: etag, "Last-Modified": new Date(modifiedAtMs).toUTCString() };
}

export function sendError(
  response: ServerResponse,
  status: number,
  code: string,
  message = "Refused.",
): void {
  response.writeHead(status, { "Content-Type": "application/xml" });
  response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
