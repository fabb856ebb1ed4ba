import { createServer } from "node:http";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HttpsProxyAgent } from "https-proxy-agent";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";

import { openMemory } from "../../src/memory/open-memory.ts";
import { bucket, startBucketServer } from "./bucket-server.ts";
import { memoryOf, memoryIn, said, signed, memoryInText } from "./memories.ts";

beforeEach(() => {
  vi.stubEnv("AWS_ENDPOINT_URL", undefined);
  vi.stubEnv("AWS_ENDPOINT_URL_S3", undefined);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIATEST");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
  vi.stubEnv("AWS_PROFILE", undefined);
  return () => vi.unstubAllEnvs();
});

/** A proxy that notes where it is asked to connect to, and refuses. */
async function startProxy() {
  const asked = new Set<string | undefined>();
  const server = createServer();
  server.on("connect", (request, socket) => {
    asked.add(request.url);
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { asked, httpsAgent: new HttpsProxyAgent(url) };
}

describe("The memory's place", () => {
  it("is a file when a path names it", async () => {
    const folder = await mkdtemp(join(tmpdir(), "memory-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const path = join(folder, "s3", "memory.json");
    expect(said(await openMemory(path, signed()).save(memoryOf()))).toBeUndefined();
    expect(memoryInText(await readFile(path, "utf8"))).toEqual(memoryOf());
    expect(memoryIn(await openMemory(path, signed()).load())).toEqual(memoryOf());
  });

  it("is an S3 object when s3://bucket/key names it", async () => {
    const server = await startBucketServer();
    vi.stubEnv("AWS_ENDPOINT_URL", server.url);
    const open = () => openMemory(`s3://${bucket}/a/b.json`, signed(), { region: "ap-northeast-1" });
    expect(said(await open().save(memoryOf()))).toBeUndefined();
    expect(memoryInText(server.read("a/b.json") ?? "{}")).toEqual(memoryOf());
    expect(memoryIn(await open().load())).toEqual(memoryOf());
  });

  it("is at AWS itself, in the bucket's own host, when no other address is given", async () => {
    const { asked, httpsAgent } = await startProxy();
    const store = openMemory(`s3://${bucket}/memory.json`, signed(), { region: "eu-west-1", httpsAgent });
    expect(memoryIn(await store.load())).toBeUndefined();
    expect(said(await store.save(memoryOf()))).toEqual(expect.any(String));
    expect(asked).toEqual(new Set([`${bucket}.s3.eu-west-1.amazonaws.com:443`]));
  });

  it.each([["s3://"], ["s3://bucket"], ["s3://bucket/"], ["s3:///key"]])(
    "is nowhere when it is %j, and no file gets that name",
    async (location) => {
      const store = openMemory(location, signed(), { region: "eu-west-1" });
      expect(memoryIn(await store.load())).toBeUndefined();
      expect(said(await store.save(memoryOf()))).toBe("the request could not be sent");
    },
  );
});
