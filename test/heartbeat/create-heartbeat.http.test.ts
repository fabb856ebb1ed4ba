import { describe, expect, it, onTestFinished } from "vitest";
import { createHeartbeat } from "../../src/heartbeat/create-heartbeat.ts";
import { startMonitor } from "./monitor.ts";

async function monitorWith(status?: number) {
  const monitor = await startMonitor(status);
  onTestFinished(() => monitor.close());
  return monitor;
}

describe("a heartbeat", () => {
  it("speaks healthchecks.io's protocol", async () => {
    const monitor = await monitorWith();
    const heartbeat = createHeartbeat(monitor.url);
    for (const signal of ["start", "success", "failure"] as const) {
      expect(await heartbeat.ping(signal)).toBeUndefined();
    }
    expect(monitor.pings).toEqual([
      "POST /ping/0f5f-secret/start",
      "POST /ping/0f5f-secret",
      "POST /ping/0f5f-secret/fail",
    ]);
  });

  it("leaves the query of an address where it is", async () => {
    const monitor = await monitorWith();
    await createHeartbeat(`${monitor.url}/?create=1`).ping("start");
    expect(monitor.pings).toEqual(["POST /ping/0f5f-secret/start?create=1"]);
  });

  it("says why a signal did not get through, without the address", async () => {
    const monitor = await monitorWith(404);
    expect(await createHeartbeat(monitor.url).ping("success")).toBe("HTTP 404");
    expect(await createHeartbeat("http://127.0.0.1:1/0f5f-secret").ping("success")).not.toMatch(/0f5f|127/u);
  });
});
