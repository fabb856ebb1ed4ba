import { Agent } from "node:https";

import { expect, test, vi } from "vitest";

import { createCertificates } from "./create-certificates.ts";
import { createClient, libraryWith, startLibrary } from "./with-library.ts";

test("an app tells its name, its fields with the system fields, and its settings", async () => {
  const client = createClient(await startLibrary());
  await expect(client.app.getApp({ id: 1 })).resolves.toMatchObject({
    appId: "1",
    name: "本",
    spaceId: null,
  });
  const { properties } = await client.app.getFormFields({ app: 1 });
  expect(properties["title"]).toMatchObject({ type: "SINGLE_LINE_TEXT", unique: true });
  expect(properties["chapters"]).toMatchObject({
    type: "SUBTABLE",
    fields: { chapter: { code: "chapter" } },
  });
  const types = ["レコード番号", "作成者", "作成日時", "更新者", "更新日時"].map(
    (code) => properties[code]?.type,
  );
  expect(types).toEqual(["RECORD_NUMBER", "CREATOR", "CREATED_TIME", "MODIFIER", "UPDATED_TIME"]);
  expect(properties["ステータス"]).toMatchObject({ type: "STATUS", enabled: false });
  await expect(client.app.getAppSettings({ app: 1 })).resolves.toMatchObject({ enableComments: true });
});

test("system fields of another language are left as the seed has them", async () => {
  const Created_by = { type: "CREATOR", code: "Created_by", label: "Created by" };
  const client = createClient(
    await startLibrary({ seed: libraryWith({ fields: { Created_by }, records: [] }) }),
  );
  const { properties } = await client.app.getFormFields({ app: 1 });
  expect(properties).toHaveProperty("Created_by");
  expect(properties).not.toHaveProperty("作成者");
});

test("process management shows its states, and null where it was never switched on", async () => {
  const client = createClient(await startLibrary(), { auth: { apiToken: ["booksAll", "loansAll"] } });
  await expect(client.app.getProcessManagement({ app: 1 })).resolves.toMatchObject({
    enable: false,
    states: null,
    actions: null,
  });
  await expect(client.app.getProcessManagement({ app: 2 })).resolves.toMatchObject({
    enable: true,
    states: { 未処理: { index: "0" }, 承認済み: { index: "1" } },
    actions: [{ from: "未処理", to: "承認済み" }],
  });
});

test("a person moves a record to the next state; editing it later does not move it back", async () => {
  const sandbox = await startLibrary();
  sandbox.updateRecord(2, 7, { ステータス: "承認済み" }, "suzuki");
  sandbox.updateRecord(2, 7, { book: "two" }, "sato");
  const client = createClient(sandbox, { auth: { apiToken: ["loansAll", "booksAll"] } });
  await client.record.updateRecord({ app: 2, id: 7, record: { ステータス: { value: "未処理" } } });
  expect(sandbox.records(2)[0]?.["ステータス"]?.value).toBe("承認済み");
});

test("requests are logged in the order of their arrival, with what was asked and answered", async () => {
  const sandbox = await startLibrary({ now: () => new Date("2026-11-20T10:54:33.123Z") });
  const client = createClient(sandbox);
  await client.record.getRecords({ app: 1, fields: ["title"], query: "limit 1" });
  await client.record.addRecordComment({ app: 1, record: 2, comment: { text: "x" } });
  await client.app.getApp({ id: 99 }).catch(() => undefined);
  expect(sandbox.requests).toMatchObject([
    {
      at: Date.parse("2026-11-20T10:54:33.123Z"),
      method: "GET",
      path: "/k/v1/records.json",
      operation: "getRecords",
      app: 1,
      parameters: { app: "1", fields: ["title"], query: "limit 1" },
      kind: "read",
      auth: "token",
      status: 200,
    },
    { method: "POST", operation: "addRecordComment", kind: "write", parameters: { record: 2 }, status: 200 },
    { operation: "getApp", app: 99, status: 404 },
  ]);
});

test("the request beyond the limit in flight gets 429 without Retry-After, and every answer counts them", async () => {
  const sandbox = await startLibrary({ limits: { requestsInFlight: 2 } });
  sandbox.failures.add({ match: { operation: "getApp" }, times: 2, respond: { delayMs: 400 } });
  const client = createClient(sandbox);
  const waiting = [client.app.getApp({ id: 1 }), client.app.getApp({ id: 1 })];
  await vi.waitFor(() => expect(sandbox.requests).toHaveLength(2));
  const headers = { "X-Cybozu-API-Token": "booksAll" };
  const refused = await fetch(`${sandbox.url}/k/v1/records.json?app=1`, { headers });
  expect(refused.status).toBe(429);
  await expect(refused.json()).resolves.toMatchObject({ code: "GAIA_TO04" });
  expect(refused.headers.get("retry-after")).toBeNull();
  await Promise.all(waiting);
  const accepted = await fetch(`${sandbox.url}/k/v1/records.json?app=1`, { headers });
  expect(accepted.status).toBe(200);
  expect(accepted.headers.get("x-concurrencylimit-limit")).toBe("2");
  expect(accepted.headers.get("x-concurrencylimit-running")).toBe("1");
});

test("a failure can be switched on for an operation, before or after its effect", async () => {
  const sandbox = await startLibrary();
  const client = createClient(sandbox);
  const comment = { text: "x" };
  const respond = { status: 503, body: "database could not be locked" };
  sandbox.failures.add({ match: { operation: "addRecordComment" }, nth: 1, respond });
  const post = () => client.record.addRecordComment({ app: 1, record: 1, comment });
  await expect(post()).rejects.toThrow("503: Service Unavailable");
  expect(sandbox.comments(1)).toHaveLength(0);
  sandbox.failures.add({
    match: { path: "/k/v1/record/comment.json" },
    nth: 1,
    phase: "after",
    respond: { reset: true },
  });
  await expect(post()).rejects.toMatchObject({ code: "ECONNRESET" });
  expect(sandbox.comments(1)).toHaveLength(1);
  expect(sandbox.requests.map(({ status }) => status)).toEqual([503, 0]);
  await expect(post()).resolves.toEqual({ id: "2" });
});

test("with a speed, answers take their time, shortened by it", async () => {
  const client = createClient(await startLibrary({ speed: 4 }));
  const begin = performance.now();
  await client.app.getApp({ id: 1 });
  expect(performance.now() - begin).toBeGreaterThan(20);
});

test("over https only clients with a certificate are let in, if it is asked for", async () => {
  const { authority, server, client: own } = createCertificates();
  const tls = { ...server, ca: authority, requestClientCert: true };
  const sandbox = await startLibrary({ tls });
  expect(sandbox.url).toMatch(/^https:\/\/localhost:\d+$/);
  const known = createClient(sandbox, { httpsAgent: new Agent({ ca: authority, ...own }) });
  await expect(known.app.getApp({ id: 1 })).resolves.toMatchObject({ appId: "1" });
  const stranger = createClient(sandbox, { httpsAgent: new Agent({ ca: authority }) });
  await expect(stranger.app.getApp({ id: 1 })).rejects.toMatchObject({ isAxiosError: true });
  expect(sandbox.requests).toHaveLength(1);
});

test("closing the sandbox cuts off requests that are still waiting", async () => {
  const sandbox = await startLibrary();
  sandbox.failures.add({ match: {}, respond: { delayMs: 60_000 } });
  const waiting = createClient(sandbox).app.getApp({ id: 1 });
  await Promise.all([
    expect(waiting).rejects.toMatchObject({ code: "ECONNRESET" }),
    vi.waitFor(() => expect(sandbox.requests).toHaveLength(1)).then(() => sandbox.close()),
  ]);
});
