import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it, onTestFinished, vi } from "vitest";
import { createAwsClients } from "../../src/aws/clients.ts";
import { createIdentityCenter } from "../../src/aws/identity-center.ts";
import type { Surroundings } from "../../src/process/process-face.ts";
import { proxyAgents } from "../../src/wiring/aws-proxy.ts";
import { connectToAws } from "../../src/wiring/connect-to-aws.ts";
import { acceleratedClock } from "../../src/wiring/clocks.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

const surroundings: Surroundings = {
  environment: { AWS_ACCESS_KEY_ID: "AKIATEST", AWS_SECRET_ACCESS_KEY: "test" },
  directory: ".",
  usesProxies: true,
  nodeVersion: "24.0.0",
};

/** A proxy that notes where it is asked to connect to, and refuses. */
async function startProxy(): Promise<{ readonly url: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const server = createServer();
  server.on("connect", (request, socket) => {
    asked.push(request.url ?? "");
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

it("sends requests to AWS through the proxy that HTTPS_PROXY names", async () => {
  const proxy = await startProxy();
  vi.stubEnv("HTTPS_PROXY", proxy.url);
  vi.stubEnv("NO_PROXY", "");
  vi.stubEnv("no_proxy", "");
  const region = "ap-northeast-1";
  const clock = acceleratedClock(1_000);
  const clients = createAwsClients({
    ...connectToAws(surroundings, { region, clock }),
    pace: { requestsPerSecond: 15 },
    maxAttempts: 1,
  });
  const identityCenter = createIdentityCenter({ clients, clock, owner: "test", region });
  await expect(identityCenter.readActualState()).rejects.toMatchObject({ code: "aws.request-failed" });
  expect(proxy.asked).toContain("sts.ap-northeast-1.amazonaws.com:443");
});

it("goes straight to AWS when NO_PROXY exempts it", () => {
  vi.stubEnv("HTTPS_PROXY", "http://127.0.0.1:1");
  vi.stubEnv("NO_PROXY", ".amazonaws.com");
  vi.stubEnv("no_proxy", ".amazonaws.com");
  const { httpsAgent } = connectToAws(surroundings, { region: "ap-northeast-1", clock: acceleratedClock(1) });
  expect(httpsAgent).toBeUndefined();
});

it("asks for a token through the proxy as well, unless its address is on this machine or exempt", () => {
  vi.stubEnv("HTTPS_PROXY", "http://127.0.0.1:1");
  vi.stubEnv("NO_PROXY", "dev.azure.com");
  vi.stubEnv("no_proxy", "dev.azure.com");
  expect(proxyAgents(surroundings)("https://run-1.actions.githubusercontent.com/token")).toBeDefined();
  expect(proxyAgents(surroundings)("https://dev.azure.com/acme/oidctoken")).toBeUndefined();
  expect(proxyAgents(surroundings)("http://127.0.0.1:8080/token")).toBeUndefined();
});
