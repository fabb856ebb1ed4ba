import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { expect, it, onTestFinished } from "vitest";

import { fetchDirectly, fetchFailure } from "../../src/network/fetch-directly.ts";

async function open(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it("a redirect is an answer and leads nowhere", async () => {
  const seen: (string | undefined)[] = [];
  const url = await open((request, response) => {
    seen.push(request.url);
    response.writeHead(302, { location: "/elsewhere" }).end();
  });
  expect((await fetchDirectly(`${url}/here`, {}, { timeoutMs: 5_000 })).status).toBe(302);
  expect(seen).toEqual(["/here"]);
});

it("a compressed answer is read decompressed, and no further than it may be long", async () => {
  const url = await open((_request, response) => {
    response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("a".repeat(1_000_000)));
  });
  expect(await (await fetchDirectly(url, {}, {})).text()).toHaveLength(1_000_000);
  const error = await fetchDirectly(url, {}, { maxBytes: 1_000 }).catch((reason: unknown) => reason);
  expect(fetchFailure(error)).toBe("ANSWER_TOO_LARGE");
});

it("an answer that trickles ends at the deadline", async () => {
  const url = await open((_request, response) => {
    const timer = setInterval(() => response.write("a"), 5);
    response.on("close", () => clearInterval(timer));
  });
  const error = await fetchDirectly(url, {}, { timeoutMs: 100 }).catch((reason: unknown) => reason);
  expect(fetchFailure(error)).toBe("no answer in time");
});
