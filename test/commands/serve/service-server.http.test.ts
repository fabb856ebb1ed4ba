import { connect } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  type Readiness,
  type ServiceServerOptions,
  startServiceServer,
} from "../../../src/commands/serve/service-server.ts";

const token = "a-token-that-nobody-guesses";

async function aServer(options: Partial<ServiceServerOptions> = {}) {
  const asked: string[] = [];
  const server = await startServiceServer({
    host: "127.0.0.1",
    port: 0,
    metrics: { contentType: "text/plain", render: () => Promise.resolve("metric 1\n") },
    readiness: (): Readiness => ({ ready: true, lastSuccess: "2026-11-20T03:00:00.000Z" }),
    webhookToken: token,
    trustProxy: [],
    onSync: () => {
      asked.push("pass");
      return "started";
    },
    ...options,
  });
  onTestFinished(() => server.close());
  const url = `http://127.0.0.1:${server.port}`;
  const sync = (authorization?: string, body?: string, type = "application/json") =>
    fetch(`${url}/sync`, {
      method: "POST",
      headers: {
        ...(authorization === undefined ? {} : { authorization }),
        ...(body === undefined ? {} : { "content-type": type }),
      },
      ...(body === undefined ? {} : { body }),
    });
  return { server, url, asked, sync };
}

describe("POST /sync", () => {
  it("starts a pass for whoever shows the token", async () => {
    const { sync, asked } = await aServer();
    const answer = await sync(`Bearer ${token}`);
    expect([answer.status, await answer.json(), asked]).toEqual([202, { pass: "started" }, ["pass"]]);
  });

  it("says that one more pass is promised while one is running", async () => {
    const { sync } = await aServer({ onSync: () => "promised" });
    const answer = await sync(`Bearer ${token}`);
    expect([answer.status, await answer.json()]).toEqual([202, { pass: "promised" }]);
  });

  it("answers 503 when the service is leaving", async () => {
    const { sync } = await aServer({ onSync: () => "closed" });
    expect((await sync(`Bearer ${token}`)).status).toBe(503);
  });

  it.each([
    undefined,
    "",
    token,
    `Basic ${token}`,
    `Bearer ${token}x`,
    `Bearer ${token.slice(1)}`,
    "Bearer ",
  ])("answers 401 to the authorization %j and starts nothing", async (authorization) => {
    const { sync, asked } = await aServer();
    expect([(await sync(authorization)).status, asked]).toEqual([401, []]);
  });

  it.each([
    ["{ not json", "application/json"],
    ['{"approve":"0123456789abcdef0123456789abcdef"}', "application/json"],
    ["a=1", "application/x-www-form-urlencoded"],
    ["\u0000\u0001", "application/octet-stream"],
  ])("does not look at a body like %j of the type %s", async (body, type) => {
    const { sync, asked } = await aServer();
    expect([(await sync(`Bearer ${token}`, body, type)).status, asked]).toEqual([202, ["pass"]]);
  });

  it("answers before a body has arrived that never ends", async () => {
    const { server } = await aServer();
    const socket = connect(server.port, "127.0.0.1");
    socket.write(
      `POST /sync HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Length: 999999999\r\n\r\n{`,
    );
    const [line] = await new Promise<string[]>((resolve) => {
      socket.once("data", (data) => resolve(String(data).split("\r\n")));
    });
    socket.destroy();
    expect(line).toBe("HTTP/1.1 202 Accepted");
  });

  it("answers 429 from the eleventh wrong attempt in a minute on, and from the eleventh right one", async () => {
    const { sync, asked } = await aServer();
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 11; attempt += 1) statuses.push((await sync("Bearer wrong")).status);
    for (let attempt = 0; attempt < 11; attempt += 1) statuses.push((await sync(`Bearer ${token}`)).status);
    expect(statuses).toEqual([...Array(10).fill(401), 429, ...Array(10).fill(202), 429]);
    expect(asked).toHaveLength(10);
  });

  it.each([[["127.0.0.1"]], [["127.0.0.0/8"]]])(
    "counts wrong tokens against whom the proxy %j says that they came from",
    async (trustProxy) => {
      const { url } = await aServer({ trustProxy });
      const from = async (address: string): Promise<number> => {
        const headers = { authorization: "Bearer wrong", "x-forwarded-for": address };
        return (await fetch(`${url}/sync`, { method: "POST", headers })).status;
      };
      for (let attempt = 0; attempt < 10; attempt += 1) await from("203.0.113.7");
      expect([await from("203.0.113.7"), await from("203.0.113.8")]).toEqual([429, 401]);
    },
  );

  it.each([[[]], [["192.0.2.1"]]])(
    "does not believe where a sender that is none of the proxies %j says to be",
    async (trustProxy: string[]) => {
      const { url } = await aServer({ trustProxy });
      const statuses: number[] = [];
      for (let attempt = 0; attempt < 11; attempt += 1) {
        const headers = { authorization: "Bearer wrong", "x-forwarded-for": `203.0.113.${attempt}` };
        statuses.push((await fetch(`${url}/sync`, { method: "POST", headers })).status);
      }
      expect(statuses.at(-1)).toBe(429);
    },
  );

  it("does not exist without a token", async () => {
    const { sync, asked } = await aServer({ webhookToken: undefined });
    expect([(await sync("Bearer ")).status, asked]).toEqual([404, []]);
  });
});

describe("GET", () => {
  it("/healthz answers as long as the process does, whatever became of the passes", async () => {
    const { url } = await aServer({ readiness: () => ({ ready: false, lastSuccess: null }) });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it.each([
    [true, 200],
    [false, 503],
  ])("/readyz with ready: %s answers %i", async (ready, status) => {
    const { url } = await aServer({ readiness: () => ({ ready, lastSuccess: null }) });
    const answer = await fetch(`${url}/readyz`);
    expect([answer.status, await answer.json()]).toEqual([status, { ready, lastSuccess: null }]);
  });

  it("/metrics answers in Prometheus' format", async () => {
    const { url } = await aServer();
    const answer = await fetch(`${url}/metrics`);
    expect(answer.headers.get("content-type")).toContain("text/plain");
    expect(await answer.text()).toBe("metric 1\n");
  });

  it("/sync is not how a pass is started", async () => {
    const { url, asked } = await aServer();
    const answer = await fetch(`${url}/sync`, { headers: { authorization: `Bearer ${token}` } });
    expect([answer.status, asked]).toEqual([404, []]);
  });
});
