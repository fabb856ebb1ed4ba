import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it, onTestFinished, vi } from "vitest";
import { createKintoneClient } from "../../src/kintone/client.ts";
import { createRecordSource } from "../../src/kintone/record-source.ts";
import { defaultMapping } from "../../src/model/fields.ts";
import { createVirtualClock } from "../fakes/virtual-clock.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

it("a proxy that hangs up without a word ends the read instead of keeping it for ever", async () => {
  const server = createServer((socket) => {
    socket.on("data", () => void socket.end());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => void server.close());
  vi.stubEnv("HTTPS_PROXY", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv("NO_PROXY", "");
  vi.stubEnv("no_proxy", "");
  const config = {
    baseUrl: "https://example.cybozu.com",
    permissionSets: { app: 10 },
    assignments: { app: 11 },
    fields: defaultMapping,
    query: { permissionSets: "", assignments: "" },
  };
  const client = createKintoneClient({ config, secrets: { kintone: { kind: "api-token", tokens: ["t"] } } });
  const source = createRecordSource({ client, config, clock: createVirtualClock(), deadlineMs: 100 });
  await expect(source.readAllRecords()).rejects.toMatchObject({ code: "kintone.unreachable" });
});
