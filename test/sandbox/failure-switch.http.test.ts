import fastify from "fastify";
import { describe, expect, onTestFinished, test } from "vitest";

import { createFailureSwitch, sendThroughFailures } from "../../src/sandbox/failure-switch.ts";

/** A server that counts: every POST adds one and answers with the number so far. */
async function startCounter() {
  const failures = createFailureSwitch();
  const counter = { count: 0 };
  const sent: unknown[] = [];
  const server = fastify({ forceCloseConnections: true });
  server.all("*", async (request, reply) => {
    const seen = { operation: "add", method: request.method, path: request.url, body: request.body };
    sent.push(
      await sendThroughFailures(failures, seen, reply, () => {
        counter.count += 1;
        return { status: 200, body: { count: counter.count } };
      }),
    );
    return reply;
  });
  const url = await server.listen({ host: "127.0.0.1", port: 0 });
  onTestFinished(() => server.close());
  const post = async (path = "/") => {
    const response = await fetch(`${url}${path}`, { method: "POST" });
    return { status: response.status, body: await response.text(), headers: response.headers };
  };
  return { failures, counter, sent, post, url };
}

const unavailable = { status: 503, body: { error: "unavailable" } };

describe("failure switch", () => {
  test("without rules every request is answered", async () => {
    const { post } = await startCounter();
    expect(await post()).toMatchObject({ status: 200, body: '{"count":1}' });
  });

  test("a failure before the effect keeps it from happening", async () => {
    const { failures, counter, post, sent } = await startCounter();
    failures.add({ match: { operation: "add" }, respond: unavailable });
    expect(await post()).toMatchObject({ status: 503, body: '{"error":"unavailable"}' });
    expect(counter.count).toBe(0);
    expect(sent).toEqual([unavailable]);
  });

  test("a failure after the effect only replaces the answer", async () => {
    const { failures, counter, post } = await startCounter();
    failures.add({ match: { operation: "add" }, phase: "after", respond: unavailable });
    expect(await post()).toMatchObject({ status: 503 });
    expect(counter.count).toBe(1);
  });

  test.each(["before", "after"] as const)("the connection can be reset %s the effect", async (phase) => {
    const { failures, counter, post, sent } = await startCounter();
    failures.add({ match: { path: "/" }, phase, times: 1, respond: { reset: true } });
    await expect(post()).rejects.toThrow("fetch failed");
    expect(counter.count).toBe(phase === "after" ? 1 : 0);
    expect(sent).toEqual(["reset"]);
    expect(await post()).toMatchObject({ status: 200 });
  });

  test.each(["before", "after"] as const)(
    "a request can stay without an answer, %s its effect",
    async (phase) => {
      const { failures, counter, post, url } = await startCounter();
      failures.add({ match: { path: "/" }, phase, times: 1, respond: { silent: true } });
      const signal = AbortSignal.timeout(100);
      await expect(fetch(url, { method: "POST", signal })).rejects.toThrow("timeout");
      expect(counter.count).toBe(phase === "after" ? 1 : 0);
      expect(await post()).toMatchObject({ status: 200 });
    },
  );

  test("a stale answer is the one that the same request got first, without its effect", async () => {
    const { failures, counter, post } = await startCounter();
    failures.add({ match: () => true, respond: { stale: true } });
    expect(await post("/a")).toMatchObject({ body: '{"count":1}' });
    expect(await post("/b")).toMatchObject({ body: '{"count":2}' });
    expect(await post("/a")).toMatchObject({ body: '{"count":1}' });
    expect(counter.count).toBe(2);
  });

  test("a delay holds the answer back and changes nothing else", async () => {
    const { failures, post } = await startCounter();
    failures.add({ match: () => true, respond: { delayMs: 60 } });
    const startedAtMs = performance.now();
    expect(await post()).toMatchObject({ status: 200, body: '{"count":1}' });
    expect(performance.now() - startedAtMs).toBeGreaterThan(50);
  });

  test("headers and plain bodies go out as they are given", async () => {
    const { failures, post } = await startCounter();
    const headers = { "retry-after": "7", "content-type": "text/html" };
    failures.add({ match: () => true, respond: { status: 429, headers, body: "<p>slow down</p>" } });
    const { status, body, headers: got } = await post();
    expect({ status, body }).toEqual({ status: 429, body: "<p>slow down</p>" });
    expect(got.get("retry-after")).toBe("7");
    expect(got.get("content-type")).toContain("text/html");
  });

  test.each([
    [{}, [503, 503, 503, 503]],
    [{ nth: 2 }, [200, 503, 200, 200]],
    [{ times: 2 }, [503, 503, 200, 200]],
    [{ nth: 2, times: 2 }, [200, 503, 503, 200]],
  ])("a rule with %o affects these of four requests: %o", async (numbers, expected) => {
    const { failures, post } = await startCounter();
    failures.add({ match: () => true, respond: unavailable, ...numbers });
    const statuses: number[] = [];
    for (let index = 0; index < 4; index += 1) statuses.push((await post()).status);
    expect(statuses).toEqual(expected);
  });

  test("a rule counts only the requests that match it", async () => {
    const { failures, post } = await startCounter();
    failures.add({ match: { path: "/b" }, nth: 2, respond: unavailable });
    failures.add({
      match: ({ method, path }) => method === "POST" && path === "/c",
      respond: { status: 404 },
    });
    const statuses: number[] = [];
    for (const path of ["/a", "/b", "/a", "/b", "/c"]) statuses.push((await post(path)).status);
    expect(statuses).toEqual([200, 200, 200, 503, 404]);
  });

  test("cleared rules affect nothing", async () => {
    const { failures, post } = await startCounter();
    failures.add({ match: () => true, respond: unavailable });
    failures.clear();
    expect(await post()).toMatchObject({ status: 200 });
  });
});
