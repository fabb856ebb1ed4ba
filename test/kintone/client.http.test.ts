import type { TLSSocket } from "node:tls";
import { gzipSync } from "node:zlib";

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { createKintoneClient } from "../../src/kintone/client.ts";
import {
  bothTokens,
  createInstantClock,
  hanakosPassword,
  kintoneConfig,
  kintoneSeed,
  openSandbox,
  passError,
  permissionSetsAppId,
  rejectionOf,
  sourceAt,
} from "./kintone-fixture.ts";
import {
  openProxy,
  openServer,
  openTlsServer,
  pfxPassword,
  readFixture,
  serverTls,
  unusedUrl,
} from "./local-server.ts";

const clientCertificate = { pfx: readFixture("client.pfx"), password: pfxPassword };
const withCertificate = { ...bothTokens, kintoneClientCertificate: clientCertificate };
const appAnswer = JSON.stringify({ appId: "10", name: "許可セット" });

const proxyVariables = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"];

beforeEach(() => {
  for (const name of proxyVariables.flatMap((variable) => [variable, variable.toLowerCase()])) {
    vi.stubEnv(name, "");
  }
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("Signing in to kintone", () => {
  it("works with the API tokens of both apps", async () => {
    const sandbox = await openSandbox(kintoneSeed());
    await expect(sourceAt(sandbox.url).readAllRecords()).resolves.toBeDefined();
    expect(new Set(sandbox.requests.map(({ auth }) => auth))).toEqual(new Set(["token"]));
  });

  it("works with a user's password", async () => {
    const sandbox = await openSandbox(kintoneSeed());
    await expect(sourceAt(sandbox.url, { secrets: hanakosPassword }).readAllRecords()).resolves.toBeDefined();
    expect(new Set(sandbox.requests.map(({ auth }) => auth))).toEqual(new Set(["password"]));
  });

  it("is told as failed when the password is wrong", async () => {
    const sandbox = await openSandbox(kintoneSeed());
    const secrets = { kintone: { kind: "password", username: "hanako", password: "wrong" } } as const;
    const error = await rejectionOf(sourceAt(sandbox.url, { secrets }).readAllRecords());
    expect(error).toMatchObject(
      passError("kintone.not-authenticated", { status: 401, kintoneCode: "CB_WA01" }),
    );
  });

  it("passes the Basic authentication in front of the domain", async () => {
    const basicAuth = { username: "gate", password: "gate's password" };
    const sandbox = await openSandbox(kintoneSeed({ domain: { basicAuth } }));
    const secrets = { ...bothTokens, kintoneBasicAuth: basicAuth };
    await expect(sourceAt(sandbox.url, { secrets }).readAllRecords()).resolves.toBeDefined();
  });

  it("is told as failed when Basic authentication is asked for and not given", async () => {
    const basicAuth = { username: "gate", password: "gate's password" };
    const sandbox = await openSandbox(kintoneSeed({ domain: { basicAuth } }));
    const error = await rejectionOf(sourceAt(sandbox.url).readAllRecords());
    expect(error).toMatchObject(passError("kintone.not-authenticated", { status: 401, kintoneCode: "" }));
  });

  it("reaches apps of a guest space by the configured space", async () => {
    const guest = { guestSpaceId: 5 };
    const sandbox = await openSandbox(kintoneSeed({ permissionSets: guest, assignments: guest }));
    await expect(
      sourceAt(sandbox.url, { config: { guestSpaceId: 5 } }).readAllRecords(),
    ).resolves.toBeDefined();
    expect(sandbox.requests[0]?.path).toBe("/k/guest/5/v1/app.json");
  });

  it("is told as a matter of the guest space when none is configured for an app in one", async () => {
    const sandbox = await openSandbox(kintoneSeed({ permissionSets: { guestSpaceId: 5 } }));
    const error = await rejectionOf(sourceAt(sandbox.url).readAllRecords());
    expect(error).toMatchObject(
      passError("kintone.guest-space", { appId: permissionSetsAppId, kintoneCode: "GAIA_IL23" }),
    );
  });

  it("names the product in every request", async () => {
    let userAgent: string | undefined;
    const url = await openServer((request, response) => {
      userAgent = request.headers["user-agent"];
      response.end(appAnswer);
    });
    await createKintoneClient({ config: kintoneConfig(url), secrets: bothTokens }).app.getApp({ id: 10 });
    expect(userAgent).toMatch(/ kintone-sso-sync$/);
  });
});

describe("A client certificate", () => {
  it("opens a domain that asks for one", async () => {
    const tls = { ...serverTls(), requestClientCert: true };
    const sandbox = await openSandbox(kintoneSeed(), { tls });
    expect(sandbox.url).toMatch(/^https:/);
    await expect(sourceAt(sandbox.url, { secrets: withCertificate }).readAllRecords()).resolves.toBeDefined();
  });

  it("is shown once for many requests, which share a connection", async () => {
    const names = new Set<unknown>();
    const { url, counter } = await openTlsServer((request, response) => {
      names.add((request.socket as TLSSocket).getPeerCertificate().subject.CN);
      response.end(appAnswer);
    });
    const client = createKintoneClient({ config: kintoneConfig(url), secrets: withCertificate });
    for (const id of [10, 10, 10]) await client.app.getApp({ id });
    expect(names).toEqual(new Set(["sync"]));
    expect(counter.connections).toBe(1);
  });

  it.each([
    ["the password is wrong", "client.pfx", "wrong", "KINTONE_PFX_FILE_PASSWORD"],
    [
      "the file is encrypted in a way OpenSSL 3 gave up",
      "client-rc2.pfx",
      pfxPassword,
      "KINTONE_PFX_FILE_PATH",
    ],
    ["the file is another one", "ca.cert.pem", pfxPassword, "KINTONE_PFX_FILE_PATH"],
  ])("is refused before any request when %s", (_name, file, password, path) => {
    const kintoneClientCertificate = { pfx: readFixture(file), password };
    const secrets = { ...bothTokens, kintoneClientCertificate };
    const config = kintoneConfig("https://example.cybozu.com");
    expect(() => createKintoneClient({ config, secrets })).toThrowError(
      expect.objectContaining(
        passError("config.invalid", { problems: [{ path, message: expect.any(String) as string }] }),
      ) as Error,
    );
  });

  it("does not make a server trusted that nobody vouches for", async () => {
    let requests = 0;
    const { url } = await openTlsServer((_request, response) => {
      requests += 1;
      response.end(appAnswer);
    });
    const clock = createInstantClock();
    const error = await rejectionOf(sourceAt(url, { clock }).readAllRecords());
    expect(error).toMatchObject(
      passError("kintone.unreachable", { baseUrl: url, reason: "SELF_SIGNED_CERT_IN_CHAIN" }),
    );
    expect(requests).toBe(0);
    expect(clock.waitsMs).toEqual([]);
  });
});

describe("A proxy", () => {
  it("named by HTTPS_PROXY is asked for a tunnel, through which the client certificate is shown", async () => {
    const tls = { ...serverTls(), requestClientCert: true };
    const sandbox = await openSandbox(kintoneSeed(), { tls });
    const proxy = await openProxy();
    vi.stubEnv("HTTPS_PROXY", `http://proxy-user:proxy-password@${proxy.host}`);
    await expect(sourceAt(sandbox.url, { secrets: withCertificate }).readAllRecords()).resolves.toBeDefined();
    expect(proxy.asked[0]?.url).toBe(new URL(sandbox.url).host);
    expect(proxy.asked[0]?.headers).toMatchObject({
      "proxy-authorization": `Basic ${Buffer.from("proxy-user:proxy-password").toString("base64")}`,
    });
    expect(proxy.asked[0]?.rawHeaders.join(" ")).not.toMatch(/cybozu/i);
  });

  it("is left aside for hosts that NO_PROXY names", async () => {
    const tls = { ...serverTls(), requestClientCert: true };
    const sandbox = await openSandbox(kintoneSeed(), { tls });
    const proxy = await openProxy();
    vi.stubEnv("HTTPS_PROXY", `http://${proxy.host}`);
    vi.stubEnv("NO_PROXY", "localhost");
    await expect(sourceAt(sandbox.url, { secrets: withCertificate }).readAllRecords()).resolves.toBeDefined();
    expect(proxy.asked).toEqual([]);
  });

  it("that asks for a password is told as such", async () => {
    const proxy = await openProxy("407 Proxy Authentication Required");
    vi.stubEnv("HTTPS_PROXY", `http://${proxy.host}`);
    const error = await rejectionOf(sourceAt("https://example.cybozu.com").readAllRecords());
    expect(error).toMatchObject(
      passError("kintone.unreachable", {
        baseUrl: "https://example.cybozu.com",
        reason: "PROXY_AUTHENTICATION_REQUIRED",
      }),
    );
    expect(proxy.asked).toHaveLength(2);
  });
});

describe("A redirect", () => {
  async function openRedirectingServer(target: (port: string) => string) {
    const seen: string[] = [];
    const { url } = await openTlsServer((request, response) => {
      seen.push(request.headers.host ?? "");
      response.writeHead(302, { location: target(new URL(`https://${request.headers.host}`).port) }).end();
    });
    return { url, seen };
  }

  it.each([
    ["another host", "https://127.0.0.1:PORT/"],
    ["plain HTTP on the loopback interface", "http://localhost:PORT/"],
    ["a page of the same host", "/login"],
  ])("to %s gets no request, and so no token", async (_name, target) => {
    const { url, seen } = await openRedirectingServer((port) => target.replace("PORT", port));
    const error = await rejectionOf(sourceAt(url, { secrets: withCertificate }).readAllRecords());
    expect(error).toMatchObject(passError("kintone.unreachable", { baseUrl: url, reason: "REDIRECTED" }));
    expect(seen).toHaveLength(2);
  });

  it("to another host gets no request through a proxy either", async () => {
    const { url } = await openRedirectingServer((port) => `https://other.example:${port}/`);
    const proxy = await openProxy();
    vi.stubEnv("HTTPS_PROXY", `http://${proxy.host}`);
    const error = await rejectionOf(sourceAt(url, { secrets: withCertificate }).readAllRecords());
    expect(error).toMatchObject(passError("kintone.unreachable", { reason: "REDIRECTED" }));
    expect(new Set(proxy.asked.map(({ url: asked }) => asked))).toEqual(new Set([new URL(url).host]));
  });
});

describe("An answer without an end", () => {
  it("is given up at the deadline of its request, though its connection is never silent", async () => {
    const url = await openServer((_request, response) => {
      const timer = setInterval(() => response.write(" "), 5);
      response.on("close", () => clearInterval(timer));
    });
    const client = createKintoneClient({ config: kintoneConfig(url), secrets: bothTokens, deadlineMs: 100 });
    await expect(client.app.getApp({ id: 10 })).rejects.toMatchObject({ code: "ERR_CANCELED" });
  });

  it("is not read further than the largest size, decompressed, and not asked for again", async () => {
    const bomb = gzipSync(Buffer.alloc(100_000_000, " "), { level: 1 });
    let requests = 0;
    const url = await openServer((_request, response) => {
      requests += 1;
      response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" }).end(bomb);
    });
    const error = await rejectionOf(sourceAt(url).readAllRecords());
    expect(error).toMatchObject(
      passError("kintone.unreachable", { baseUrl: url, reason: "ANSWER_TOO_LARGE" }),
    );
    expect(requests).toBe(2);
  });
});

describe("A server that does not answer", () => {
  it("is given up after the time a connection may stay silent, five times over", async () => {
    const url = await openServer(() => undefined);
    const clock = createInstantClock();
    const error = await rejectionOf(sourceAt(url, { socketTimeoutMs: 30, clock }).readAllRecords());
    expect(error).toMatchObject(passError("kintone.unreachable", { baseUrl: url, reason: "ECONNABORTED" }));
    expect(clock.waitsMs.toSorted((left, right) => left - right)).toEqual(
      [500, 1_000, 2_000, 4_000].flatMap((waitMs) => [waitMs, waitMs]),
    );
  });

  it.each([200, 500])("to the end, with the status %i, is asked again and then given up", async (status) => {
    let requests = 0;
    const url = await openServer((_request, response) => {
      requests += 1;
      response.writeHead(status, { "content-length": "100" }).write('{"appId"');
      setTimeout(() => response.destroy(), 5);
    });
    const error = await rejectionOf(sourceAt(url).readAllRecords());
    expect(error).toMatchObject(
      passError("kintone.unreachable", { baseUrl: url, reason: "ANSWER_BROKE_OFF" }),
    );
    expect(requests).toBe(10);
  });

  it("because nobody listens is told as refused", async () => {
    const url = await unusedUrl();
    const error = await rejectionOf(sourceAt(url).readAllRecords());
    expect(error).toMatchObject(passError("kintone.unreachable", { baseUrl: url, reason: "ECONNREFUSED" }));
  });
});
