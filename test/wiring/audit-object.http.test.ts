import { expect, it } from "vitest";
import { createAuditObject } from "../../src/wiring/audit-object.ts";
import { bucket, sendError, startBucketServer } from "../memory/bucket-server.ts";

const at = Date.parse("2026-11-28T03:15:02Z");
const key = "passes/2026/11/28/031502-run-1.jsonl";

async function world() {
  const server = await startBucketServer();
  const s3 = {
    region: "ap-northeast-1",
    endpoint: server.url,
    credentials: { accessKeyId: "AKIASANDBOXSANDBOX00", secretAccessKey: "secret" },
  };
  const open = () =>
    createAuditObject({ place: `s3://${bucket}/passes/`, runId: "run-1", now: () => at }, s3);
  return { server, open };
}

it("becomes one object with all lines, on condition that there is none", async () => {
  const { server, open } = await world();
  const audit = open();
  audit.append("one\n");
  audit.append("two\n");
  expect(server.requests).toEqual([]);
  expect(await audit.create()).toBeUndefined();
  expect(server.read(key)).toBe("one\ntwo\n");
  expect(server.requests).toEqual([`PUT /${bucket}/${key}`]);
  expect(server.headers[0]?.["if-none-match"]).toBe("*");
});

it("is not there where nothing was to be written down", async () => {
  const { server, open } = await world();
  expect(await open().create()).toBeUndefined();
  expect(server.requests).toEqual([]);
});

it("never replaces what is there", async () => {
  const { server, open } = await world();
  server.put(key, "earlier\n");
  const audit = open();
  audit.append("later\n");
  await audit.create();
  expect(server.read(key)).toBe("earlier\n");
});

it("is whole and without complaint when the answer to its creation was lost", async () => {
  const { server, open } = await world();
  server.losesNextAnswer = true;
  const audit = open();
  audit.append("one\n");
  expect(await audit.create()).toBeUndefined();
  expect(server.read(key)).toBe("one\n");
});

it("says why it could not be made", async () => {
  const { server, open } = await world();
  server.intervene = (_request, response) => {
    sendError(response, 403, "AccessDenied");
    return true;
  };
  const audit = open();
  audit.append("one\n");
  expect(await audit.create()).toEqual({ code: "s3-refused", detail: "AccessDenied, HTTP 403" });
});
