import { inspect } from "node:util";

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { createKintoneClient } from "../../src/kintone/client.ts";
import { createRecordComments } from "../../src/kintone/record-comments.ts";
import { createRecordSource } from "../../src/kintone/record-source.ts";
import {
  assignmentsToken,
  createInstantClock,
  type FailureRule,
  type KintoneSecrets,
  kintoneConfig,
  kintoneSeed,
  openSandbox,
  permissionSetsToken,
  rejectionOf,
} from "./kintone-fixture.ts";
import { openProxy, openServer, openTlsServer, pfxPassword, readFixture, unusedUrl } from "./local-server.ts";

const gate = { username: "gatekeeper", password: "canary gate+password/2" };
const user = { username: "canary-user", password: "canary user+password/3" };
const proxyPassword = "canary-proxy-password-4";

const shared = {
  kintoneBasicAuth: gate,
  kintoneClientCertificate: { pfx: readFixture("client.pfx"), password: pfxPassword },
};
const byToken: KintoneSecrets = {
  ...shared,
  kintone: { kind: "api-token", tokens: [permissionSetsToken, assignmentsToken] },
};
const byPassword: KintoneSecrets = { ...shared, kintone: { kind: "password", ...user } };

const secretTexts = [
  permissionSetsToken,
  assignmentsToken,
  gate.password,
  `${gate.username}:${gate.password}`,
  user.password,
  `${user.username}:${user.password}`,
  pfxPassword,
  proxyPassword,
  `proxy-user:${proxyPassword}`,
].flatMap((secret) => [
  secret,
  Buffer.from(secret).toString("base64"),
  Buffer.from(secret).toString("base64url"),
  encodeURIComponent(secret),
  JSON.stringify(secret).slice(1, -1),
]);

/** Everything a logger could get out of an error. */
function everythingIn(error: unknown): string {
  return [
    inspect(error, { depth: 10, showHidden: true, maxArrayLength: null, maxStringLength: null }),
    JSON.stringify(error),
    error instanceof Error ? [error.message, error.stack, String(error.cause)].join("\n") : String(error),
  ].join("\n");
}

/** The errors of every part of the adapter that can fail against the base URL. */
async function errorsAt(baseUrl: string, secrets: KintoneSecrets): Promise<unknown[]> {
  const config = kintoneConfig(baseUrl);
  const clock = createInstantClock();
  const client = createKintoneClient({ config, secrets, socketTimeoutMs: 50 });
  const comments = createRecordComments({ client, config, clock });
  const record = { app: "assignments", id: "1", revision: 1 } as const;
  return Promise.all([
    rejectionOf(createRecordSource({ client, config, clock }).readAllRecords()),
    rejectionOf(comments.readNewestComments(record)),
    rejectionOf(comments.postComment(record, "text", ["taro"])),
  ]);
}

/** The secrets that can be found in one of the errors, in any of their forms. */
function leaksIn(errors: readonly unknown[]): string[] {
  return errors.flatMap((error) => {
    const text = everythingIn(error);
    return secretTexts.filter((secret) => text.includes(secret));
  });
}

const answers: readonly [string, FailureRule["respond"]][] = [
  ["a cut connection", { reset: true }],
  ["a time-out", { delayMs: 200 }],
  ["503 as a text", { status: 503, body: "Service Unavailable" }],
  ["500 as JSON", { status: 500, body: { code: "GAIA_XX01", id: "1", message: "Trouble." } }],
  ["500 as null", { status: 500, headers: { "content-type": "application/json" }, body: "null" }],
  ["429", { status: 429, body: { code: "GAIA_TO04", id: "1", message: "Too many." } }],
  ["400 of a locked database", { status: 400, body: { code: "GAIA_DA02", id: "1", message: "Locked." } }],
  ["401", { status: 401, body: { code: "CB_WA01", id: "1", message: "Wrong." } }],
  ["401 as a text", { status: 401, body: "401 Authorization Required" }],
  ["403", { status: 403, body: { code: "CB_NO02", id: "1", message: "No." } }],
  ["404", { status: 404, body: { code: "GAIA_AP01", id: "1", message: "Gone." } }],
  ["414 as a text", { status: 414, body: "Request-URI Too Large" }],
  ["an unknown 400", { status: 400, body: { code: "GAIA_XX02", id: "1", message: "New." } }],
  ["HTML with 200", { status: 200, body: "<html></html>" }],
  ["nothing with 200", { status: 200, body: "" }],
  [
    "a search that was cut off",
    {
      status: 200,
      headers: { "x-cybozu-warning": "Filter aborted because of too many search results" },
      body: {},
    },
  ],
];

beforeEach(() => {
  for (const name of ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"]) {
    vi.stubEnv(name, "");
    vi.stubEnv(name.toLowerCase(), "");
  }
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe.each([
  ["an API token", byToken],
  ["a password", byPassword],
])("Signing in with %s leaves no secret in the error", (_kind, secrets) => {
  it.each(answers)("after %s", async (_name, respond) => {
    const sandbox = await openSandbox(kintoneSeed());
    sandbox.failures.add({ match: () => true, respond });
    expect(leaksIn(await errorsAt(sandbox.url, secrets))).toEqual([]);
  });

  it("after an answer that broke off", async () => {
    const url = await openServer((_request, response) => {
      response.writeHead(200, { "content-length": "100" }).write("{");
      setTimeout(() => response.destroy(), 5);
    });
    expect(leaksIn(await errorsAt(url, secrets))).toEqual([]);
  });

  it("when nobody listens", async () => {
    expect(leaksIn(await errorsAt(await unusedUrl(), secrets))).toEqual([]);
  });

  it("when the server cannot be trusted", async () => {
    const { url } = await openTlsServer((_request, response) => response.end());
    const { kintoneClientCertificate: _left, ...withoutCertificate } = secrets;
    expect(leaksIn(await errorsAt(url, withoutCertificate))).toEqual([]);
  });

  it("after a redirect to another host", async () => {
    const { url } = await openTlsServer((request, response) => {
      const { port } = new URL(`https://${request.headers.host}`);
      response.writeHead(302, { location: `https://127.0.0.1:${port}/` }).end();
    });
    expect(leaksIn(await errorsAt(url, secrets))).toEqual([]);
  });

  it("after endless redirects", async () => {
    const { url } = await openTlsServer((_request, response) => {
      response.writeHead(302, { location: "/" }).end();
    });
    expect(leaksIn(await errorsAt(url, secrets))).toEqual([]);
  });

  it.each(["407 Proxy Authentication Required", "502 Bad Gateway"])(
    "when the proxy says %s",
    async (refusal) => {
      const proxy = await openProxy(refusal);
      vi.stubEnv("HTTPS_PROXY", `http://proxy-user:${proxyPassword}@${proxy.host}`);
      expect(leaksIn(await errorsAt("https://example.cybozu.com", secrets))).toEqual([]);
    },
  );

  it("when the proxy is not there", async () => {
    const { host } = new URL(await unusedUrl());
    vi.stubEnv("HTTPS_PROXY", `http://proxy-user:${proxyPassword}@${host}`);
    expect(leaksIn(await errorsAt("https://example.cybozu.com", secrets))).toEqual([]);
  });

  it("when the client certificate cannot be opened", async () => {
    for (const [file, password] of [
      ["client.pfx", `${pfxPassword}!`],
      ["client-rc2.pfx", pfxPassword],
    ] as const) {
      const kintoneClientCertificate = { pfx: readFixture(file), password };
      const opening = errorsAt("https://example.cybozu.com", { ...secrets, kintoneClientCertificate });
      expect(leaksIn([await rejectionOf(opening)])).toEqual([]);
    }
  });
});

describe("The search for secrets itself", () => {
  it("finds the token in what the client throws when a connection is cut", async () => {
    const config = kintoneConfig(await unusedUrl());
    const client = createKintoneClient({ config, secrets: byToken });
    const error = await rejectionOf(client.app.getApp({ id: 10 }));
    expect(everythingIn(error)).toContain(permissionSetsToken);
  });
});
