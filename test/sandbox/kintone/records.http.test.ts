import { expect, test } from "vitest";

import { LIBRARY } from "./library-seed.ts";
import { createClient, libraryOf, libraryWith, startLibrary } from "./with-library.ts";

const NOW = () => new Date("2026-11-20T10:54:33.123Z");

test("a record is read with every value wrapped, every number a string and times cut to the minute", async () => {
  const client = createClient(await startLibrary());
  const { record } = await client.record.getRecord({ app: 1, id: 1 });
  expect(record).toEqual({
    title: { type: "SINGLE_LINE_TEXT", value: "one" },
    memo: { type: "MULTI_LINE_TEXT", value: "gamma keyword" },
    pages: { type: "NUMBER", value: "10" },
    genre: { type: "DROP_DOWN", value: "小説" },
    tags: { type: "MULTI_SELECT", value: ["new"] },
    owners: { type: "USER_SELECT", value: [{ code: "sato", name: "佐藤 花子" }] },
    read_at: { type: "DATETIME", value: "" },
    chapters: { type: "SUBTABLE", value: [] },
    shelf: { type: "SINGLE_LINE_TEXT", value: "" },
    レコード番号: { type: "RECORD_NUMBER", value: "1" },
    作成者: { type: "CREATOR", value: { code: "sato", name: "佐藤 花子" } },
    更新者: { type: "MODIFIER", value: { code: "sato", name: "佐藤 花子" } },
    作成日時: { type: "CREATED_TIME", value: "2026-10-01T01:02:00Z" },
    更新日時: { type: "UPDATED_TIME", value: "2026-10-01T01:02:00Z" },
    $id: { type: "__ID__", value: "1" },
    $revision: { type: "__REVISION__", value: "1" },
  });
});

test("a table's rows carry ids and typed cells, and an empty drop-down reads as null", async () => {
  const client = createClient(await startLibrary());
  const { record } = await client.record.getRecord({ app: 1, id: 2 });
  expect(record["genre"]?.value).toBeNull();
  expect(record["chapters"]?.value).toEqual([
    {
      id: expect.stringMatching(/^\d+$/),
      value: {
        chapter: { type: "SINGLE_LINE_TEXT", value: "第一章" },
        note: { type: "SINGLE_LINE_TEXT", value: "x" },
      },
    },
  ]);
});

test("a record number carries the app's code and a status appears only under process management", async () => {
  const sandbox = await startLibrary();
  const loans = createClient(sandbox, { auth: { apiToken: "loansAll" } });
  const { record } = await loans.record.getRecord({ app: 2, id: 7 });
  expect(record["レコード番号"]?.value).toBe("LOAN-7");
  expect(record["ステータス"]).toEqual({ type: "STATUS", value: "未処理" });
  expect(sandbox.records(1)[0]).not.toHaveProperty("ステータス");
});

test("a user who no longer exists stays in the records that name them", async () => {
  const seed = libraryWith({ records: [{ values: { title: "x", owners: ["gone"] }, creator: "gone" }] });
  const client = createClient(await startLibrary({ seed }));
  const { record } = await client.record.getRecord({ app: 1, id: 1 });
  expect(record["owners"]?.value).toEqual([{ code: "gone", name: "gone" }]);
});

test("records come newest first, 100 at a time and uncounted, unless asked otherwise", async () => {
  const client = createClient(await startLibrary({ seed: libraryOf(120) }));
  const page = await client.record.getRecords({ app: 1 });
  expect(page.records).toHaveLength(100);
  expect(page.records[0]?.["$id"]).toEqual({ type: "__ID__", value: "120" });
  expect(page.totalCount).toBeNull();
  const counted = await client.record.getRecords({ app: 1, query: "limit 1", totalCount: true });
  expect(counted.totalCount).toBe("120");
});

test("only the selected fields are returned", async () => {
  const client = createClient(await startLibrary());
  const { records } = await client.record.getRecords({ app: 1, fields: ["title", "$id"], query: "$id = 1" });
  expect(records.map((record) => Object.keys(record))).toEqual([["title", "$id"]]);
});

test("the client reads all records page by page, 500 at a time, by id", async () => {
  const sandbox = await startLibrary({ seed: libraryOf(501) });
  const records = await createClient(sandbox).record.getAllRecords({ app: 1, fields: ["title"] });
  expect(records).toHaveLength(501);
  expect(sandbox.requests.map(({ parameters }) => parameters["query"])).toEqual([
    "$id > 0 order by $id asc limit 500",
    "$id > 500 order by $id asc limit 500",
  ]);
});

test("a query too long for an address is sent with a method override and works", async () => {
  const sandbox = await startLibrary();
  const titles = Array.from({ length: 500 }, (_, index) => `"title ${index}"`).join(", ");
  const query = `title in (${titles}, "one")`;
  const { records } = await createClient(sandbox).record.getRecords({ app: 1, query });
  expect(records).toHaveLength(1);
  expect(sandbox.requests[0]).toMatchObject({ method: "GET", kind: "read", operation: "getRecords" });
});

test("an address longer than 8 KB is refused with 414", async () => {
  const { url } = await startLibrary();
  const response = await fetch(`${url}/k/v1/records.json?app=1&query=${"x".repeat(8192)}`);
  expect(response.status).toBe(414);
});

test("a search with too many matches is cut off and says so only in a header", async () => {
  const sandbox = await startLibrary({ seed: libraryOf(12), limits: { searchMatches: 10 } });
  const page = await createClient(sandbox).record.getRecords({ app: 1 });
  expect(page.records).toHaveLength(10);
  const careful = createClient(sandbox, { featureFlags: { enableAbortSearchError: true } });
  await expect(careful.record.getRecords({ app: 1 })).rejects.toThrow("Filter aborted");
  await expect(careful.record.getRecords({ app: 1, query: "$id > 2" })).resolves.toMatchObject({
    records: { length: 10 },
  });
});

test("an added record gets the next id, revision 1, defaults, and the Administrator as its creator", async () => {
  const sandbox = await startLibrary({ now: NOW });
  const client = createClient(sandbox);
  const added = await client.record.addRecord({ app: 1, record: { title: { value: "four" } } });
  expect(added).toEqual({ id: "4", revision: "1" });
  const { record } = await client.record.getRecord({ app: 1, id: 4 });
  expect(record["shelf"]?.value).toBe("A");
  expect(record["作成者"]?.value).toEqual({ code: "Administrator", name: "Administrator" });
  expect(record["作成日時"]?.value).toBe("2026-11-20T10:54:00Z");
});

test("an update makes a new revision by its author, even when it changes nothing", async () => {
  const sandbox = await startLibrary({ now: NOW });
  const client = createClient(sandbox);
  await expect(client.record.updateRecord({ app: 1, id: 1, record: {} })).resolves.toEqual({ revision: "2" });
  const { record } = await client.record.getRecord({ app: 1, id: 1 });
  expect(record["更新者"]?.value).toEqual({ code: "Administrator", name: "Administrator" });
  expect(record["更新日時"]?.value).toBe("2026-11-20T10:54:00Z");
  expect(record["作成者"]?.value).toEqual({ code: "sato", name: "佐藤 花子" });
});

test("an update or deletion with an old revision is refused and changes nothing", async () => {
  const sandbox = await startLibrary();
  const client = createClient(sandbox);
  await client.record.updateRecord({ app: 1, id: 1, revision: 1, record: { memo: { value: "new" } } });
  const stale = client.record.updateRecord({ app: 1, id: 1, revision: 1, record: { memo: { value: "x" } } });
  await expect(stale).rejects.toMatchObject({ status: 409, code: "GAIA_CO02" });
  const deletion = client.record.deleteRecords({ app: 1, ids: [2, 1], revisions: [1, 1] });
  await expect(deletion).rejects.toMatchObject({ code: "GAIA_CO02" });
  expect(sandbox.records(1)).toHaveLength(3);
  expect(sandbox.records(1)[0]?.["memo"]?.value).toBe("new");
});

test("deleted records vanish, with their comments, without a trace", async () => {
  const sandbox = await startLibrary();
  const client = createClient(sandbox);
  await client.record.addRecordComment({ app: 1, record: 1, comment: { text: "x" } });
  await client.record.deleteRecords({ app: 1, ids: [1, 3] });
  expect(sandbox.records(1).map((record) => record["$id"]?.value)).toEqual(["2"]);
  expect(sandbox.comments(1)).toEqual([]);
  await expect(client.record.getRecord({ app: 1, id: 1 })).rejects.toMatchObject({
    status: 404,
    code: "GAIA_RE01",
  });
});

test("required and unique fields, lengths and choices are checked, all in one answer", async () => {
  const client = createClient(await startLibrary());
  const record = {
    title: { value: "one" },
    genre: { value: "詩" },
    tags: { value: ["new", "rare"] },
    pages: { value: "many" },
    chapters: { value: [{ value: { note: { value: "n" } } }] },
  };
  await expect(client.record.addRecord({ app: 1, record })).rejects.toMatchObject({
    status: 400,
    code: "CB_VA01",
    errors: {
      "record.title.value": { messages: ["値がほかのレコードと重複しています。"] },
      "record.genre.value": { messages: ['"詩"は選択肢にありません。'] },
      "record.tags.values[1].value": { messages: ['"rare"は選択肢にありません。'] },
      "record[pages].value": { messages: ["数字でなければなりません。"] },
      "record.chapters.value[0].value.chapter.value": { messages: ["必須です。"] },
    },
  });
  const long = client.record.addRecord({ app: 1, record: { title: { value: "x".repeat(33) } } });
  await expect(long).rejects.toMatchObject({
    errors: { "record.title.value": { messages: ["33文字より短くなければなりません。"] } },
  });
});

test("an update fails over a required field it does not touch", async () => {
  const seed = libraryWith({ records: [{ values: { memo: "entered before the title was required" } }] });
  const client = createClient(await startLibrary({ seed }));
  await expect(client.record.updateRecord({ app: 1, id: 1, record: {} })).rejects.toMatchObject({
    errors: { "record.title.value": { messages: ["必須です。"] } },
  });
});

test("one bad record among many adds or changes none of them", async () => {
  const sandbox = await startLibrary();
  const client = createClient(sandbox);
  const adding = client.record.addRecords({ app: 1, records: [{ title: { value: "new" } }, {}] });
  await expect(adding).rejects.toMatchObject({
    errors: { "records[1].title.value": { messages: ["必須です。"] } },
  });
  const records = [
    { id: 1, record: { title: { value: "renamed" } } },
    { id: 99, record: {} },
  ];
  await expect(client.record.updateRecords({ app: 1, records })).rejects.toMatchObject({ code: "GAIA_RE01" });
  expect(sandbox.records(1).map((record) => record["title"]?.value)).toEqual(["one", "two", "three"]);
});

test("at most 100 records are taken at a time", async () => {
  const client = createClient(await startLibrary());
  const records = Array.from({ length: 101 }, (_, index) => ({ title: { value: `n${index}` } }));
  await expect(client.record.addRecords({ app: 1, records })).rejects.toMatchObject({
    errors: { records: { messages: ["一度に100件までのレコードを追加できます。"] } },
  });
  const ids = records.map((_, index) => index + 1);
  await expect(client.record.deleteRecords({ app: 1, ids })).rejects.toMatchObject({ code: "CB_VA01" });
  await expect(client.record.addRecords({ app: 1, records: records.slice(1) })).resolves.toMatchObject({
    ids: { length: 100 },
  });
});

test("records can be updated by a unique field, and added when nobody has its value", async () => {
  const sandbox = await startLibrary();
  const client = createClient(sandbox);
  const byTitle = (value: string) => ({
    updateKey: { field: "title", value },
    record: { memo: { value: "m" } },
  });
  const saved = await client.record.updateRecords({
    app: 1,
    upsert: true,
    records: [byTitle("two"), byTitle("five")],
  });
  expect(saved.records).toEqual([
    { id: "2", operation: "UPDATE", revision: "2" },
    { id: "4", operation: "INSERT", revision: "1" },
  ]);
  await expect(client.record.updateRecord({ app: 1, ...byTitle("six") })).rejects.toMatchObject({
    status: 404,
  });
});

test("one record that can be neither added nor updated keeps all from being so", async () => {
  const sandbox = await startLibrary();
  const records = [
    { updateKey: { field: "title", value: "five" }, record: {} },
    { updateKey: { field: "title", value: "two" }, record: { genre: { value: "詩" } } },
  ];
  const saving = createClient(sandbox).record.updateRecords({ app: 1, upsert: true, records });
  await expect(saving).rejects.toMatchObject({ errors: { "records[1].genre.value": expect.anything() } });
  expect(sandbox.records(1)).toHaveLength(3);
});

test("updating a table keeps rows named by id, adds the others and drops those left out", async () => {
  const sandbox = await startLibrary();
  const client = createClient(sandbox);
  const row = (id: string | undefined, cells: Record<string, string>) => ({
    ...(id !== undefined && { id }),
    value: Object.fromEntries(Object.entries(cells).map(([code, value]) => [code, { value }])),
  });
  const rows = async () =>
    (await client.record.getRecord({ app: 1, id: 2 })).record["chapters"]?.value as {
      id: string;
      value: Record<string, { value: string }>;
    }[];
  const [first] = await rows();
  const value = [row(first?.id, { note: "y" }), row("9999", { chapter: "第二章" })];
  await client.record.updateRecord({ app: 1, id: 2, record: { chapters: { value } } });
  const after = await rows();
  expect(after.map(({ value }) => [value["chapter"]?.value, value["note"]?.value])).toEqual([
    ["第一章", "y"],
    ["第二章", "-"],
  ]);
  expect(after[0]?.id).toBe(first?.id);
  expect(after[1]?.id).not.toBe("9999");
});

test("a date and time loses its seconds and its zone", async () => {
  const client = createClient(await startLibrary());
  const record = { read_at: { value: "2026-11-20T19:54:33+09:00" } };
  await client.record.updateRecord({ app: 1, id: 1, record });
  const read = await client.record.getRecord({ app: 1, id: 1 });
  expect(read.record["read_at"]?.value).toBe("2026-11-20T10:54:00Z");
});

test("a user nobody knows cannot be entered", async () => {
  const client = createClient(await startLibrary());
  const record = { owners: { value: [{ code: "nobody" }] } };
  await expect(client.record.updateRecord({ app: 1, id: 1, record })).rejects.toMatchObject({
    code: "GAIA_IL26",
  });
});

test("a lookup copies from its source once, needs the source's token, and reads back as plain text", async () => {
  const sandbox = await startLibrary();
  const alone = createClient(sandbox, { auth: { apiToken: "loansAll" } });
  const record = { book: { value: "two" }, book_memo: { value: "ignored" } };
  await expect(alone.record.addRecord({ app: 2, record })).rejects.toMatchObject({ code: "GAIA_LO04" });
  const both = createClient(sandbox, { auth: { apiToken: ["loansAll", "booksView"] } });
  sandbox.updateRecord(1, 2, { memo: "about two" });
  const { id } = await both.record.addRecord({ app: 2, record });
  sandbox.updateRecord(1, 2, { title: "renamed", memo: "changed" });
  const added = await both.record.getRecord({ app: 2, id });
  expect(added.record["book"]).toEqual({ type: "SINGLE_LINE_TEXT", value: "two" });
  expect(added.record["book_memo"]?.value).toBe("about two");
});

test("a lookup key that is not in the source is refused without a map of errors", async () => {
  const sandbox = await startLibrary();
  const client = createClient(sandbox, { auth: { apiToken: ["loansAll", "booksView"] } });
  const adding = client.record.addRecord({ app: 2, record: { book: { value: "nine" } } });
  await expect(adding).rejects.toMatchObject({ status: 400, code: "GAIA_LO04", errors: undefined });
});

test("a lookup whose source field allows duplicates cannot be written", async () => {
  const { title, ...others } = LIBRARY.apps[0]?.fields ?? {};
  const fields = {
    ...others,
    title: { ...title, type: "SINGLE_LINE_TEXT", code: "title", label: "t", unique: false },
  };
  const sandbox = await startLibrary({ seed: libraryWith({ fields }) });
  expect(() => sandbox.addRecord(2, { book: "one" })).toThrow("GAIA_LO03");
});

test("people add, change and delete records at the screen as through the API", async () => {
  const sandbox = await startLibrary();
  const id = sandbox.addRecord(
    1,
    { title: "four", owners: ["suzuki"], chapters: [{ chapter: "1" }] },
    "suzuki",
  );
  sandbox.updateRecord(1, id, { genre: "技術" }, "sato");
  const record = sandbox.records(1).at(-1);
  expect(record?.["owners"]?.value).toEqual([{ code: "suzuki", name: "鈴木 一郎" }]);
  expect(record?.["作成者"]?.value).toEqual({ code: "suzuki", name: "鈴木 一郎" });
  expect(record?.["更新者"]?.value).toEqual({ code: "sato", name: "佐藤 花子" });
  expect(() => sandbox.addRecord(1, {})).toThrow("CB_VA01");
  sandbox.deleteRecord(1, id);
  expect(sandbox.records(1)).toHaveLength(3);
});

test("a seed that names a field its app does not have is refused", async () => {
  await expect(
    startLibrary({ seed: libraryWith({ records: [{ values: { tilte: "x" } }] }) }),
  ).rejects.toThrow('no field "tilte"');
});
