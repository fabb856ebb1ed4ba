import { describe, expect, test } from "vitest";

import { createClient, libraryWith, startLibrary } from "./with-library.ts";

const SATO = { username: "sato", password: "pass:word" };
const SUZUKI = { username: "suzuki", password: "secret" };

describe("a token", () => {
  test.each([
    ["that nobody made is unknown", ["wrong"], 1, 400, "GAIA_IA02"],
    ["that was not deployed is unknown", ["booksDraft"], 1, 400, "GAIA_IA02"],
    ["of another app is refused", ["loansAll"], 1, 403, "GAIA_AP15"],
    ["that is wrong spoils the right one beside it", ["booksAll", "wrong"], 1, 400, "GAIA_IA02"],
    ["of the same app as another one is refused", ["booksAll", "booksView"], 1, 400, "GAIA_DA03"],
    ["does not find an app that is gone", ["booksAll"], 99, 404, "GAIA_AP01"],
  ])("%s", async (_, apiToken, app, status, code) => {
    const client = createClient(await startLibrary(), { auth: { apiToken } });
    await expect(client.record.getRecords({ app })).rejects.toMatchObject({ status, code });
  });

  test("works beside tokens of other apps, nine at most", async () => {
    const sandbox = await startLibrary();
    const two = createClient(sandbox, { auth: { apiToken: ["loansAll", "booksAll"] } });
    await expect(two.record.getRecords({ app: 1 })).resolves.toMatchObject({ records: { length: 3 } });
    const ten = createClient(sandbox, { auth: { apiToken: Array.from({ length: 10 }, () => "booksAll") } });
    await expect(ten.record.getRecords({ app: 1 })).rejects.toMatchObject({ code: "GAIA_IA02" });
  });

  test("that may only view can read and comment but not add, change or delete", async () => {
    const client = createClient(await startLibrary(), { auth: { apiToken: "booksView" } });
    await client.app.getFormFields({ app: 1 });
    await client.record.addRecordComment({ app: 1, record: 1, comment: { text: "x" } });
    const refused = { status: 403, code: "GAIA_NO01" };
    await expect(client.record.addRecord({ app: 1, record: {} })).rejects.toMatchObject(refused);
    await expect(client.record.updateRecord({ app: 1, id: 1, record: {} })).rejects.toMatchObject(refused);
    await expect(client.record.deleteRecords({ app: 1, ids: [1] })).rejects.toMatchObject(refused);
  });

  test("sees everything, whatever the access rights say", async () => {
    const acl = {
      hiddenRecords: { sato: [1] },
      hiddenFields: { sato: ["memo"] },
      usersWithoutAccess: ["suzuki"],
    };
    const client = createClient(await startLibrary({ seed: libraryWith({ acl }) }));
    const { records } = await client.record.getRecords({ app: 1 });
    expect(records).toHaveLength(3);
    expect(records[0]).toHaveProperty("memo");
  });
});

describe("a user", () => {
  test("signs in with a password, colons included, and reads", async () => {
    const client = createClient(await startLibrary(), { auth: SATO });
    await expect(client.record.getRecords({ app: 1 })).resolves.toMatchObject({ records: { length: 3 } });
  });

  test.each([
    ["with a wrong password", { username: "sato", password: "wrong" }],
    ["who does not exist", { username: "nobody", password: "secret" }],
    ["who is not active", { username: "tanaka", password: "secret" }],
  ])("%s is refused", async (_, auth) => {
    const client = createClient(await startLibrary(), { auth });
    await expect(client.record.getRecords({ app: 1 })).rejects.toMatchObject({
      status: 401,
      code: "CB_WA01",
    });
  });

  test("does not see hidden records and fields, and nothing says so", async () => {
    const acl = { hiddenRecords: { sato: [1] }, hiddenFields: { sato: ["memo"] } };
    const sandbox = await startLibrary({ seed: libraryWith({ acl }) });
    const client = createClient(sandbox, { auth: SATO });
    const { records, totalCount } = await client.record.getRecords({ app: 1, totalCount: true });
    expect(records.map((record) => record["$id"]?.value)).toEqual(["3", "2"]);
    expect(totalCount).toBe("2");
    expect(records[0]).not.toHaveProperty("memo");
    await expect(client.record.getRecord({ app: 1, id: 1 })).rejects.toMatchObject({ code: "CB_NO02" });
    const others = createClient(sandbox, { auth: SUZUKI });
    await expect(others.record.getRecords({ app: 1 })).resolves.toMatchObject({ records: { length: 3 } });
  });

  test("without access to the app is refused", async () => {
    const seed = libraryWith({ acl: { usersWithoutAccess: ["sato"] } });
    const client = createClient(await startLibrary({ seed }), { auth: SATO });
    await expect(client.app.getApp({ id: 1 })).rejects.toMatchObject({ status: 403, code: "CB_NO02" });
  });

  test("is taken rather than a token when both are sent", async () => {
    const { url } = await startLibrary();
    const headers = {
      "X-Cybozu-API-Token": "wrong",
      "X-Cybozu-Authorization": Buffer.from("sato:pass:word").toString("base64"),
    };
    const response = await fetch(`${url}/k/v1/app.json?id=1`, { headers });
    expect(response.status).toBe(200);
  });
});

describe("a guest space's app", () => {
  test("is served under its own path only", async () => {
    const sandbox = await startLibrary({ seed: libraryWith({ guestSpaceId: 5 }) });
    const inside = createClient(sandbox, { guestSpaceId: 5 });
    await expect(inside.record.getRecords({ app: 1 })).resolves.toMatchObject({ records: { length: 3 } });
    await expect(inside.app.getApp({ id: 1 })).resolves.toMatchObject({ spaceId: "5" });
    await expect(createClient(sandbox).record.getRecords({ app: 1 })).rejects.toMatchObject({
      status: 400,
      code: "GAIA_IL23",
    });
    const elsewhere = createClient(sandbox, { guestSpaceId: 6 });
    await expect(elsewhere.record.getRecords({ app: 1 })).rejects.toMatchObject({ code: "CB_NO02" });
  });

  test("is no other app: the normal ones are refused on the guest path", async () => {
    const client = createClient(await startLibrary(), { guestSpaceId: 5 });
    await expect(client.app.getApp({ id: 1 })).rejects.toMatchObject({ status: 403, code: "CB_NO02" });
  });
});

test("a request without credentials is refused", async () => {
  const { url, requests } = await startLibrary();
  const response = await fetch(`${url}/k/v1/records.json?app=1`);
  expect(response.status).toBe(401);
  await expect(response.json()).resolves.toMatchObject({
    code: "CB_AU01",
    message: "ログインしてください。",
  });
  expect(requests).toMatchObject([{ auth: "none", status: 401 }]);
});

test("Basic authentication stands in front of everything and answers without JSON", async () => {
  const basicAuth = { username: "gate", password: "keeper" };
  const sandbox = await startLibrary({ seed: libraryWith({}, { basicAuth }) });
  await expect(createClient(sandbox).app.getApp({ id: 1 })).rejects.toThrow("401: Unauthorized");
  await expect(createClient(sandbox, { basicAuth }).app.getApp({ id: 1 })).resolves.toMatchObject({
    appId: "1",
  });
});

test("messages are in the language asked for, else in the domain's, and every error has its own id", async () => {
  const sandbox = await startLibrary({ seed: libraryWith({}, { language: "en" }) });
  const ask = async (language?: string) => {
    const headers = { "X-Cybozu-API-Token": "booksAll", ...(language && { "Accept-Language": language }) };
    const response = await fetch(`${sandbox.url}/k/v1/record.json?app=1&id=99`, { headers });
    return (await response.json()) as { id: string; message: string };
  };
  const [plain, japanese] = [await ask(), await ask("ja-JP,en;q=0.5")];
  expect(plain.message).toBe("The specified record (ID: 99) is not found.");
  expect(japanese.message).toBe("指定したレコード（id: 99）が見つかりません。");
  expect(plain.id).not.toBe(japanese.id);
});

test.each([
  ["a missing app", "GET", "/k/v1/records.json", { app: { messages: ["必須です。"] } }],
  ["a negative app", "GET", "/k/v1/records.json?app=-1", { app: { messages: ["最小でも1以上です。"] } }],
  ["an app that is no number", "GET", "/k/v1/records.json?app=x", { app: expect.anything() }],
  ["a missing record id", "GET", "/k/v1/record.json?app=1", { id: { messages: ["必須です。"] } }],
  [
    "a selection that is no list",
    "GET",
    "/k/v1/records.json?app=1&fields=title",
    { fields: expect.anything() },
  ],
  ["no ids to delete", "DELETE", "/k/v1/records.json?app=1", { ids: { messages: { length: 2 } } }],
])("%s is invalid input", async (_, method, path, errors) => {
  const { url } = await startLibrary();
  const response = await fetch(`${url}${path}`, { method, headers: { "X-Cybozu-API-Token": "booksAll" } });
  expect(response.status).toBe(400);
  await expect(response.json()).resolves.toMatchObject({ code: "CB_VA01", errors });
});

test("a body that is not JSON is refused as such", async () => {
  const { url } = await startLibrary();
  const headers = { "X-Cybozu-API-Token": "booksAll", "Content-Type": "application/json" };
  const response = await fetch(`${url}/k/v1/record.json`, { method: "POST", headers, body: "{app:1" });
  await expect(response.json()).resolves.toMatchObject({ code: "CB_IJ01" });
});
