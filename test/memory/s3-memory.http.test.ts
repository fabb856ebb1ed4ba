import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";

import { createS3Memory, type S3MemorySettings } from "../../src/memory/s3-memory.ts";
import {
  bucket,
  type BucketServer,
  type Intervention,
  sendError,
  startBucketServer,
} from "./bucket-server.ts";
import { memoryOf, memoryIn, said, signed, textOf, memoryInText } from "./memories.ts";

const sessionToken = "canary-session-token";
const key = "sync/memory.json";
const other = memoryOf({ records: {} });

let server: BucketServer;

beforeEach(async () => {
  server = await startBucketServer();
  vi.stubEnv("AWS_ENDPOINT_URL", undefined);
  vi.stubEnv("AWS_ENDPOINT_URL_S3", server.url);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIATEST");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "canary-secret");
  vi.stubEnv("AWS_SESSION_TOKEN", sessionToken);
  vi.stubEnv("AWS_PROFILE", undefined);
  vi.stubEnv("AWS_REGION", "ap-northeast-1");
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
  return () => vi.unstubAllEnvs();
});

const open = (settings: Partial<S3MemorySettings> = {}) =>
  createS3Memory({ bucket, key, signed: signed(), region: "ap-northeast-1", ...settings });

/** Writes behind the store's back. */
const putBehind = (memory = other) => server.put(key, textOf(memory));

const failing =
  (status: number, code: string, message?: string): Intervention =>
  (_request, response) => {
    sendError(response, status, code, message);
    return true;
  };

const refusing =
  (method: "GET" | "PUT", action: string): Intervention =>
  (request, response) => {
    if (request.method !== method) return false;
    const who = "User: arn:aws:sts::111122223333:assumed-role/sync/pass is";
    const message = `${who} not authorized to perform: ${action} on resource: x`;
    sendError(response, 403, "AccessDenied", message);
    return true;
  };

describe("A memory in S3", () => {
  it("is there for the next pass, as it was saved", async () => {
    expect(said(await open().save(memoryOf()))).toBeUndefined();
    expect(memoryInText(server.read(key) ?? "{}")).toEqual(memoryOf());
    expect(memoryIn(await open().load())).toEqual(memoryOf());
  });

  it("is none before the first pass, which may create it", async () => {
    const store = open();
    expect(memoryIn(await store.load())).toBeUndefined();
    expect(said(await store.save(memoryOf()))).toBeUndefined();
    expect(server.headers[1]).toMatchObject({ "if-none-match": "*", "content-type": "application/json" });
    expect(server.headers[1]).not.toHaveProperty("if-match");
  });

  it("takes the place of the one that was loaded, and of no other", async () => {
    putBehind();
    const store = open();
    await store.load();
    expect(said(await store.save(memoryOf()))).toBeUndefined();
    expect(server.headers[1]?.["if-match"]).toMatch(/^"[0-9a-f]{32}"$/u);
    expect(server.headers[1]).not.toHaveProperty("if-none-match");
  });

  it("leaves its encryption to the bucket", async () => {
    await open().save(memoryOf());
    const names = server.headers.flatMap((headers) => Object.keys(headers));
    expect(names).toContain("if-none-match");
    expect(names.filter((name) => name.includes("encryption"))).toEqual([]);
  });

  it("can be saved several times by one pass", async () => {
    const store = open();
    expect(said(await store.save(memoryOf()))).toBeUndefined();
    expect(said(await store.save(other))).toBeUndefined();
    expect(memoryIn(await store.load())).toEqual(other);
    expect(said(await store.save(memoryOf()))).toBeUndefined();
    expect(memoryIn(await store.load())).toEqual(memoryOf());
  });

  it.each([["a b/メモリ.json"], ["..//memory.json"], ["%2e/+&=?#.json"]])(
    "is found again under the key %j",
    async (name) => {
      await open({ key: name }).save(memoryOf());
      expect(memoryInText(server.read(name) ?? "{}")).toEqual(memoryOf());
      expect(memoryIn(await open({ key: name }).load())).toEqual(memoryOf());
    },
  );

  it.each([
    ["damaged", textOf(memoryOf()).slice(0, 100)],
    ["empty", ""],
    ["of the version before signatures", JSON.stringify({ ...memoryOf(), schemaVersion: 1 })],
    ["larger than 20 MB", textOf(memoryOf()).padEnd(20 * 1024 * 1024 + 1)],
  ])("is none when the object is %s, and the next one takes its place", async (_what, text) => {
    server.put(key, text);
    const store = open();
    expect(memoryIn(await store.load())).toBeUndefined();
    expect(said(await store.save(memoryOf()))).toBeUndefined();
    expect(memoryIn(await store.load())).toEqual(memoryOf());
  });

  it("is not kept when it has more than 20 MB, which nobody would read again", async () => {
    const huge = { marker: "x".repeat(20 * 1024 * 1024), toldAt: "2026-11-20T03:00:00.000Z" };
    expect(said(await open().save(memoryOf({ records: { huge } })))).toBe("larger than 20 MB");
    expect(server.requests).toEqual([]);
  });

  it("of another owner is neither read nor replaced", async () => {
    const foreign = memoryOf({ owner: "example.com/1" });
    putBehind(foreign);
    const kept = server.read(key);
    const store = open();
    expect(memoryIn(await store.load())).toBeUndefined();
    expect(said(await store.save(memoryOf()))).toBe("it is another owner's memory");
    expect(server.read(key)).toBe(kept);
  });
});

describe("Two passes at once", () => {
  it("leave the memory of the one that wrote first, and the other is told", async () => {
    putBehind();
    const [first, second] = [open(), open()];
    await Promise.all([first.load(), second.load()]);
    expect(said(await first.save(memoryOf()))).toBeUndefined();
    expect(said(await second.save(memoryOf({ incidents: {} })))).toBe("overtaken");
    expect(memoryInText(server.read(key) ?? "{}")).toEqual(memoryOf());
  });

  it("create one memory", async () => {
    const stores = Array.from({ length: 10 }, () => open());
    await Promise.all(stores.map((store) => store.load()));
    const saved = stores.map((store, index) =>
      store.save(
        memoryOf({
          records: {},
          incidents: {},
          lastGoodRead: {
            at: "2026-11-20T03:00:00.000Z",
            permissionSets: index,
            assignments: index,
          },
        }),
      ),
    );
    const reasons = (await Promise.all(saved)).map(said);
    expect(reasons.filter((reason) => reason === undefined)).toHaveLength(1);
    expect(new Set(reasons)).toEqual(new Set([undefined, "overtaken"]));
  });

  it("do not bring back a memory that was removed meanwhile", async () => {
    putBehind();
    const store = open();
    await store.load();
    server.remove(key);
    expect(said(await store.save(memoryOf()))).toBe("overtaken");
    expect(server.read(key)).toBeUndefined();
  });

  it("do not disturb the next pass, which loads what is there", async () => {
    const store = open();
    await store.load();
    putBehind();
    expect(said(await store.save(memoryOf()))).toBe("overtaken");
    expect(memoryIn(await store.load())).toEqual(other);
    expect(said(await store.save(memoryOf()))).toBeUndefined();
    expect(memoryInText(server.read(key) ?? "{}")).toEqual(memoryOf());
  });

  it("are told apart when S3 finds their writes in each other's way", async () => {
    server.intervene = (request, response) =>
      request.method === "PUT" && failing(409, "ConditionalRequestConflict")(request, response);
    expect(said(await open().save(memoryOf()))).toBe("overtaken");
  });

  it("are not seen in one write whose answer was lost", async () => {
    putBehind();
    const store = open();
    await store.load();
    server.losesNextAnswer = true;
    expect(said(await store.save(memoryOf()))).toBeUndefined();
    expect(server.requests.filter((request) => request.startsWith("PUT"))).toHaveLength(2);
    expect(said(await store.save(other))).toBeUndefined();
    expect(memoryInText(server.read(key) ?? "{}")).toEqual(other);
  });
});

describe("A copy of an older memory that is put back into the bucket", () => {
  const hours = (count: number) => Date.now() - count * 3_600_000;

  it("is lost, because S3 got it later than it was signed", async () => {
    server.put(key, textOf(memoryOf(), hours(2)));
    expect(await open().load()).toEqual({ kind: "lost", loss: "older-copy" });
  });

  it("is lost for a store that has seen a newer one, however S3 dates it", async () => {
    const store = open();
    await store.save(memoryOf());
    await store.load();
    server.put(key, textOf(memoryOf(), hours(2)), hours(2));
    expect(await store.load()).toEqual({ kind: "lost", loss: "older-copy" });
  });

  it("is told from one that lies there for long since", async () => {
    server.put(key, textOf(memoryOf(), hours(2)), hours(2));
    expect(memoryIn(await open().load())).toEqual(memoryOf());
  });

  it("is told from one that a machine with a wrong clock keeps, because S3's clock counts", async () => {
    vi.spyOn(Date, "now").mockImplementation(() => performance.timeOrigin + performance.now() - 7_200_000);
    onTestFinished(() => void vi.restoreAllMocks());
    expect(said(await open().save(memoryOf()))).toBeUndefined();
    expect(memoryIn(await open().load())).toEqual(memoryOf());
  });
});

describe("S3 that refuses", () => {
  it("is asked to create the memory when the pass may not list the bucket, and so cannot know that there is none", async () => {
    server.intervene = (request, response) =>
      server.read(key) === undefined && refusing("GET", "s3:ListBucket")(request, response);
    const store = open();
    expect(memoryIn(await store.load())).toBeUndefined();
    expect(said(await store.save(memoryOf()))).toBeUndefined();
    expect(memoryIn(await store.load())).toEqual(memoryOf());
  });

  it("keeps a memory that the pass may not read", async () => {
    putBehind();
    server.intervene = refusing("GET", "s3:GetObject");
    const store = open();
    expect(memoryIn(await store.load())).toBeUndefined();
    expect(said(await store.save(memoryOf()))).toBe("AccessDenied, HTTP 403: s3:GetObject");
    expect(memoryInText(server.read(key) ?? "{}")).toEqual(other);
  });

  it("is told with the permission that the pass lacks", async () => {
    server.intervene = refusing("PUT", "kms:GenerateDataKey");
    expect(said(await open().save(memoryOf()))).toBe("AccessDenied, HTTP 403: kms:GenerateDataKey");
  });

  it("is told when there is no such bucket", async () => {
    const store = open({ bucket: "elsewhere" });
    expect(memoryIn(await store.load())).toBeUndefined();
    expect(said(await store.save(memoryOf()))).toBe("NoSuchBucket, HTTP 404");
  });

  it.each([
    ["an internal error", failing(500, "InternalError"), "InternalError, HTTP 500"],
    ["an archived object", failing(403, "InvalidObjectState"), "InvalidObjectState, HTTP 403"],
    [
      "a page of HTML",
      (_request, response) => {
        response.writeHead(502, { "Content-Type": "text/html" }).end("<html><body>Bad gateway");
        return true;
      },
      expect.stringMatching(/HTTP 502$/u),
    ],
    [
      "somebody else's answer",
      (_request, response) => {
        response.writeHead(200, { "Content-Type": "text/html" }).end("<html>Log in first</html>");
        return true;
      },
      "not S3's answer",
    ],
  ] satisfies [string, Intervention, unknown][])(
    "loses no memory to %s",
    async (_what, intervene, reason) => {
      putBehind();
      server.intervene = intervene;
      const store = open();
      expect(memoryIn(await store.load())).toBeUndefined();
      expect(said(await store.save(memoryOf()))).toEqual(reason);
      server.intervene = () => false;
      expect(memoryIn(await store.load())).toEqual(other);
      server.intervene = intervene;
      expect(said(await store.save(memoryOf()))).toEqual(expect.any(String));
      expect(memoryInText(server.read(key) ?? "{}")).toEqual(other);
    },
  );

  it("is asked again when it answers only now and then", async () => {
    putBehind();
    let count = 0;
    server.intervene = (request, response) => {
      count += 1;
      return count % 2 === 1 && failing(503, "SlowDown")(request, response);
    };
    const store = open();
    expect(memoryIn(await store.load())).toEqual(other);
    expect(said(await store.save(memoryOf()))).toBeUndefined();
  });

  it("never has a secret in what is told, though its answer quotes the whole request", async () => {
    server.intervene = (request, response) => {
      const quoted = JSON.stringify(request.headers).replaceAll("<", "");
      expect(quoted).toContain(sessionToken);
      sendError(response, 403, "SignatureDoesNotMatch", `not authorized to perform: ${quoted}`);
      return true;
    };
    const reason = said(await open().save(memoryOf()));
    expect(reason).toBe("SignatureDoesNotMatch, HTTP 403");
  });
});

describe("S3 that cannot be reached", () => {
  it("is told when connections break", async () => {
    server.intervene = (request) => {
      request.socket.destroy();
      return true;
    };
    const store = open();
    expect(memoryIn(await store.load())).toBeUndefined();
    expect(said(await store.save(memoryOf()))).toBe("no answer (ECONNRESET)");
  });

  it("is told when the answer breaks off", async () => {
    putBehind();
    server.intervene = (request, response) => {
      response.writeHead(200, { ETag: '"x"', "Content-Length": "100000" });
      response.write("{", () => request.socket.destroy());
      return true;
    };
    const store = open();
    expect(memoryIn(await store.load())).toBeUndefined();
    expect(said(await store.save(memoryOf()))).toBe("no answer (ECONNRESET)");
  });

  it.each([
    ["does not answer", () => true],
    [
      "stops in the middle of its answer",
      (_request, response) => {
        response.writeHead(200, { ETag: '"x"', "Content-Length": "100000" }).write("{");
        return true;
      },
    ],
    [
      "is slow",
      async () => {
        await sleep(600_000, undefined, { ref: false });
        return false;
      },
    ],
  ] satisfies [string, Intervention][])("is given up when it %s", async (_what, intervene) => {
    server.intervene = intervene;
    const store = open({ loadTimeoutMs: 150, saveTimeoutMs: 150 });
    expect(memoryIn(await store.load())).toBeUndefined();
    expect(said(await store.save(memoryOf()))).toBe("no answer in time");
  });

  it("is told when there are no credentials", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", undefined);
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", undefined);
    vi.stubEnv("AWS_SESSION_TOKEN", undefined);
    vi.stubEnv("AWS_WEB_IDENTITY_TOKEN_FILE", undefined);
    vi.stubEnv("AWS_CONTAINER_CREDENTIALS_FULL_URI", undefined);
    vi.stubEnv("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", undefined);
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere");
    vi.stubEnv("AWS_CONFIG_FILE", "/nowhere");
    const store = open();
    expect(memoryIn(await store.load())).toBeUndefined();
    expect(said(await store.save(memoryOf()))).toBe("no AWS credentials");
  });

  it("is given up when credentials do not come", async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => {
      silent.listen(0, "127.0.0.1", resolve);
    });
    onTestFinished(() => {
      silent.closeAllConnections();
      silent.close();
    });
    vi.stubEnv("AWS_ACCESS_KEY_ID", undefined);
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", undefined);
    const address = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
    vi.stubEnv("AWS_CONTAINER_CREDENTIALS_FULL_URI", address);
    const store = open({ loadTimeoutMs: 150, saveTimeoutMs: 150 });
    expect(memoryIn(await store.load())).toBeUndefined();
    expect(said(await store.save(memoryOf()))).toBe("no answer in time");
  });
});

describe("The address of the bucket", () => {
  it.each([["AWS_ENDPOINT_URL_S3"], ["AWS_ENDPOINT_URL"]])(
    "is the one in %s, with the bucket in the path",
    async (name) => {
      vi.stubEnv("AWS_ENDPOINT_URL_S3", undefined);
      vi.stubEnv(name, server.url);
      expect(said(await open().save(memoryOf()))).toBeUndefined();
      expect(server.requests).toEqual([`GET /${bucket}/${key}`, `PUT /${bucket}/${key}`]);
    },
  );

  it("is the one in AWS_ENDPOINT_URL_S3 when AWS_ENDPOINT_URL is another", async () => {
    vi.stubEnv("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
    expect(said(await open().save(memoryOf()))).toBeUndefined();
  });

  it("is in the Region that S3 names when the bucket is in another one", async () => {
    server.intervene = (request, response) => {
      if (request.headers.authorization?.includes("/eu-west-1/s3/") === true) return false;
      response.setHeader("x-amz-bucket-region", "eu-west-1");
      sendError(response, 301, "PermanentRedirect");
      return true;
    };
    const store = open();
    expect(memoryIn(await store.load())).toBeUndefined();
    expect(said(await store.save(memoryOf()))).toBeUndefined();
    expect(memoryInText(server.read(key) ?? "{}")).toEqual(memoryOf());
  });
});
