import { expect, test } from "vitest";

import type { KintoneSandbox } from "../../../src/sandbox/kintone/start-kintone-sandbox.ts";
import { createClient, libraryWith, startLibrary } from "./with-library.ts";

const NOW = () => new Date("2026-11-20T10:54:33.123Z");
const ON = { app: 1, record: 1 };

function postMany(sandbox: KintoneSandbox, count: number): void {
  for (let index = 1; index <= count; index += 1) sandbox.postCommentAs("sato", 1, 1, `comment ${index}`);
}

test("a comment posted with a token is the Administrator's and keeps its line breaks and seconds", async () => {
  const client = createClient(await startLibrary({ now: NOW }));
  await expect(
    client.record.addRecordComment({ ...ON, comment: { text: "一行目\n二行目" } }),
  ).resolves.toEqual({ id: "1" });
  const { comments } = await client.record.getRecordComments(ON);
  expect(comments).toEqual([
    {
      id: "1",
      text: "一行目\n二行目",
      createdAt: "2026-11-20T10:54:33Z",
      creator: { code: "Administrator", name: "Administrator" },
      mentions: [],
    },
  ]);
});

test("a comment posted with a password is the user's", async () => {
  const sandbox = await startLibrary();
  const client = createClient(sandbox, { auth: { username: "sato", password: "pass:word" } });
  await client.record.addRecordComment({ ...ON, comment: { text: "x" } });
  expect(sandbox.comments(1, 1)).toMatchObject([{ record: 1, creator: { code: "sato", name: "佐藤 花子" } }]);
});

test("a comment leaves the record's revision and update time alone", async () => {
  const sandbox = await startLibrary();
  const before = sandbox.records(1);
  postMany(sandbox, 1);
  expect(sandbox.records(1)).toEqual(before);
});

test("what is read back begins with the names of those mentioned", async () => {
  const client = createClient(await startLibrary());
  const mentions = [
    { code: "sato", type: "USER" },
    { code: "tanaka", type: "USER" },
    { code: "readers", type: "GROUP" },
  ] as const;
  await client.record.addRecordComment({ ...ON, comment: { text: "本文", mentions: [...mentions] } });
  const { comments } = await client.record.getRecordComments(ON);
  expect(comments[0]?.text).toBe("佐藤 花子 田中 次郎 読書会 \n本文");
  expect(comments[0]?.mentions).toEqual(mentions);
});

test.each([
  ["a user", "USER", "GAIA_IL26"],
  ["a group", "GROUP", "GAIA_IL27"],
  ["an organization", "ORGANIZATION", "GAIA_IL28"],
] as const)("mentioning %s nobody knows is an error and posts nothing", async (_, type, code) => {
  const sandbox = await startLibrary();
  const comment = { text: "x", mentions: [{ code: "nobody", type }] };
  const posting = createClient(sandbox).record.addRecordComment({ ...ON, comment });
  await expect(posting).rejects.toMatchObject({ status: 400, code });
  expect(sandbox.comments(1)).toEqual([]);
});

test.each([
  ["an empty text", { text: "" }, "comment.text"],
  ["a text over 65,535 characters", { text: "x".repeat(65_536) }, "comment.text"],
  [
    "more than 10 mentions",
    { text: "x", mentions: Array.from({ length: 11 }, () => ({ code: "sato", type: "USER" as const })) },
    "comment.mentions",
  ],
])("%s is refused", async (_, comment, place) => {
  const client = createClient(await startLibrary());
  await expect(client.record.addRecordComment({ ...ON, comment })).rejects.toMatchObject({
    code: "CB_VA01",
    errors: { [place]: { messages: [expect.any(String)] } },
  });
});

test("comments are read newest first, ten at a time, and say whether there are older or newer ones", async () => {
  const sandbox = await startLibrary();
  postMany(sandbox, 12);
  const client = createClient(sandbox);
  const read = async (page: { order?: "asc" | "desc"; offset?: number; limit?: number }) => {
    const { comments, older, newer } = await client.record.getRecordComments({ ...ON, ...page });
    return { ids: comments.map(({ id }) => Number(id)), older, newer };
  };
  expect(await read({})).toEqual({ ids: [12, 11, 10, 9, 8, 7, 6, 5, 4, 3], older: true, newer: false });
  expect(await read({ offset: 10 })).toEqual({ ids: [2, 1], older: false, newer: true });
  expect(await read({ order: "asc", limit: 2 })).toEqual({ ids: [1, 2], older: false, newer: true });
  expect(await read({ order: "asc", offset: 11 })).toEqual({ ids: [12], older: true, newer: false });
});

test("more than ten comments at a time or an unknown order are refused", async () => {
  const client = createClient(await startLibrary());
  await expect(client.record.getRecordComments({ ...ON, limit: 11 })).rejects.toMatchObject({
    errors: { limit: expect.anything() },
  });
  const order = "newest" as "desc";
  await expect(client.record.getRecordComments({ ...ON, order })).rejects.toMatchObject({
    errors: { order: { messages: ["Enum値のいずれかでなければなりません。"] } },
  });
});

test("only one's own comments can be deleted", async () => {
  const sandbox = await startLibrary();
  postMany(sandbox, 1);
  const client = createClient(sandbox);
  await client.record.addRecordComment({ ...ON, comment: { text: "mine" } });
  await expect(client.record.deleteRecordComment({ ...ON, comment: 1 })).rejects.toMatchObject({
    status: 403,
  });
  await client.record.deleteRecordComment({ ...ON, comment: 2 });
  expect(sandbox.comments(1).map(({ text }) => text)).toEqual(["comment 1"]);
  await expect(client.record.deleteRecordComment({ ...ON, comment: 2 })).rejects.toMatchObject({
    status: 400,
    code: "GAIA_RE02",
  });
});

test("a comment on a record that is not there is refused", async () => {
  const client = createClient(await startLibrary());
  const posting = client.record.addRecordComment({ app: 1, record: 99, comment: { text: "x" } });
  await expect(posting).rejects.toMatchObject({ status: 404, code: "GAIA_RE01" });
});

test("where comments are switched off, reading, posting and deleting them are errors", async () => {
  const sandbox = await startLibrary({ seed: libraryWith({ enableComments: false }) });
  const { record } = createClient(sandbox);
  await expect(record.getRecordComments(ON)).rejects.toMatchObject({ status: 400 });
  await expect(record.addRecordComment({ ...ON, comment: { text: "x" } })).rejects.toMatchObject({
    status: 400,
  });
  await expect(record.deleteRecordComment({ ...ON, comment: 1 })).rejects.toMatchObject({ status: 400 });
});
