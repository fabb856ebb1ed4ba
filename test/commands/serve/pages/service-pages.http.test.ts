import { request as ask } from "node:http";
import { describe, expect, it, onTestFinished } from "vitest";
import type { SignInOptions } from "../../../../src/commands/serve/pages/sign-in.ts";
import { startServiceServer } from "../../../../src/commands/serve/service-server.ts";
import { namedAccessReport } from "../../../report/who-has-what/access-samples.ts";

const token = "a-token-that-nobody-guesses";

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

async function pagesServer(signIn: Partial<SignInOptions> = {}) {
  const done: string[] = [];
  const clock = { ms: Date.parse("2026-11-20T03:00:00Z") };
  const server = await startServiceServer({
    host: "127.0.0.1",
    port: 0,
    trustProxy: [],
    metrics: { contentType: "text/plain", render: () => Promise.resolve("") },
    readiness: () => ({ ready: true, lastSuccess: null }),
    onSync: () => {
      done.push("sync");
      return "started";
    },
    pages: {
      reader: { language: "en", timeZone: "Asia/Tokyo" },
      isLoopback: true,
      signIn: { nowMs: () => clock.ms, ...signIn },
      history: { passes: () => [], issues: () => [] },
      readAccess: () => {
        done.push("access");
        return Promise.resolve(namedAccessReport("anna"));
      },
      readPlan: () => {
        done.push("plan");
        return Promise.resolve("what a sync would do");
      },
    },
  });
  onTestFinished(() => server.close());
  const host = `127.0.0.1:${server.port}`;
  // Not fetch, which sends no other Host and no Origin.
  const call = (path: string, { method = "GET", headers = {}, body }: Asked = {}) =>
    new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; text: string }>(
      (resolve, reject) => {
        const form = body === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" };
        const sent = ask(
          { host: "127.0.0.1", port: server.port, path, method, headers: { host, ...form, ...headers } },
          (answer) => {
            let text = "";
            answer.setEncoding("utf8").on("data", (part: string) => (text += part));
            answer.on("end", () =>
              resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }),
            );
          },
        );
        sent.on("error", reject);
        sent.end(body);
      },
    );
  const proofIn = (text: string): string => /"value":"([\w-]{20,})"/u.exec(text)?.[1] ?? "";
  return { call, done, clock, host, proofIn };
}

describe("the pages of a service on the loopback address", () => {
  it("are there for whoever calls this machine by its own names only", async () => {
    const { call } = await pagesServer();
    expect((await call("/pages")).status).toBe(200);
    expect((await call("/pages", { headers: { host: "evil.example.com" } })).status).toBe(403);
    expect((await call("/pages", { headers: { host: "localhost" } })).status).toBe(200);
  });

  it("load nothing, run nothing but their own script, and are shown in no frame", async () => {
    const { headers, text } = await (await pagesServer()).call("/pages");
    expect(headers["content-security-policy"]).toMatch(
      /^default-src 'none'; script-src 'sha256-\S+'; style-src 'sha256-\S+'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'$/u,
    );
    expect(headers["cache-control"]).toBe("no-store");
    expect(text).not.toMatch(/https?:\/\/|unsafe/u);
  });

  it("start a pass only for a form of their own", async () => {
    const { call, done, host, proofIn } = await pagesServer();
    const proof = proofIn((await call("/pages")).text);
    const post = (body: string, headers: Asked["headers"] = {}) =>
      call("/pages/sync", { method: "POST", body, headers });
    const right = `proof=${proof}`;
    const refused = [
      await post("proof=guessed"),
      await post(""),
      await post(right, { origin: "https://evil.example.com" }),
      await post(right, { origin: "null" }),
      await post(right, { "sec-fetch-site": "cross-site" }),
      await post(right, { host: "evil.example.com" }),
      await call("/pages/sync", { method: "POST", headers: { "content-type": "application/json" } }),
    ];
    expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 403));
    expect(done).toEqual([]);
    expect((await call("/pages/sync")).status).toBe(404);
    const answer = await post(right, { origin: `http://${host}`, "sec-fetch-site": "same-origin" });
    expect([answer.status, answer.headers["location"], done]).toEqual([303, "/pages?sync=started", ["sync"]]);
    expect((await call("/pages?sync=started")).text).toContain("A pass has begun.");
  });

  it("read and plan on demand only, and show one person's access by name", async () => {
    const { call, done, proofIn } = await pagesServer();
    for (const path of ["/pages/access", "/pages/plan", "/pages/mine?user=anna"]) await call(path);
    expect(done).toEqual([]);
    const body = `proof=${proofIn((await call("/pages")).text)}`;
    for (const path of ["/pages/access", "/pages/plan"]) {
      expect((await call(path, { method: "POST", body })).headers["location"]).toBe(path);
    }
    expect(done).toEqual(["access", "plan"]);
    expect((await call("/pages/access")).text).toContain('"id":"222222222222"');
    expect((await call("/pages/plan")).text).toContain("what a sync would do");
    expect((await call("/pages/mine?user=anna")).text).toContain("11#1");
    expect((await call("/pages/mine?user=nemo")).text).toContain("nemo has no access");
    expect((await call("/pages/mine?user=a&user=b")).status).toBe(200);
    expect((await call("/pages?sync=constructor")).status).toBe(200);
  });
});

describe("the pages behind a token", () => {
  it("open with the token, exchanged for a cookie that scripts cannot read, for twelve hours", async () => {
    const { call, clock } = await pagesServer({ token });
    const turnedAway = await call("/pages/issues");
    expect([turnedAway.status, turnedAway.headers["location"]]).toEqual([303, "/pages/sign-in"]);
    expect((await call("/pages/sign-in")).status).toBe(200);
    expect((await call("/pages/sign-in", { method: "POST", body: "token=guessed" })).status).toBe(401);
    const signedIn = await call("/pages/sign-in", { method: "POST", body: `token=${token}` });
    const cookie = String(signedIn.headers["set-cookie"]);
    expect([signedIn.status, signedIn.headers["location"]]).toEqual([303, "/pages"]);
    expect(cookie).toMatch(/; Path=\/pages; HttpOnly; SameSite=Strict; Max-Age=43200$/u);
    const [pair = ""] = cookie.split(";");
    expect(pair).not.toContain(token);
    expect((await call("/pages", { headers: { cookie: pair } })).status).toBe(200);
    expect((await call("/pages", { headers: { cookie: `${pair}x` } })).status).toBe(303);
    clock.ms += 12 * 60 * 60_000 + 1;
    expect((await call("/pages", { headers: { cookie: pair } })).status).toBe(303);
  });

  it("cannot be tried out: ten attempts a minute", async () => {
    const { call } = await pagesServer({ token });
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 12; attempt += 1) {
      statuses.push((await call("/pages/sign-in", { method: "POST", body: "token=guessed" })).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429]);
  });
});

describe("the pages behind a proxy that signs people in", () => {
  const name = "X-Forwarded-User";
  const as = { "x-forwarded-user": "anna" };

  it("believe its header from its own address only", async () => {
    const trusting = await pagesServer({ header: { name, proxies: ["127.0.0.0/8"] } });
    expect((await trusting.call("/pages", { headers: as })).status).toBe(200);
    expect((await trusting.call("/pages")).status).toBe(403);
    const other = await pagesServer({ header: { name, proxies: ["10.0.0.0/8"] } });
    expect((await other.call("/pages", { headers: as })).status).toBe(403);
  });

  it("or beside the secret that they share, and know whose access is one's own", async () => {
    const { call } = await pagesServer({ header: { name, proxies: [], secret: token } });
    const shown = (secret: string) => ({ ...as, "x-kintone-sso-sync-proxy-secret": secret });
    expect((await call("/pages", { headers: shown("guessed") })).status).toBe(403);
    expect((await call("/pages/mine", { headers: shown(token) })).text).toContain('"value":"anna"');
  });
});
