import { describe, expect, test } from "vitest";

import { createClient, libraryWith, startLibrary } from "./with-library.ts";

async function ids(query: string, app = 1): Promise<unknown[]> {
  const sandbox = await startLibrary();
  const client = createClient(sandbox, { auth: { apiToken: ["booksAll", "loansAll"] } });
  const { records } = await client.record.getRecords({ app, query });
  return records.map((record) => record["$id"]?.value);
}

async function refusal(query: string, app = 1): Promise<unknown> {
  return ids(query, app).catch((error: unknown) => error);
}

describe("a query finds", () => {
  test.each([
    ["ids by comparison", "$id >= 2 and $id != 3", ["2"]],
    ["ids in a list", '$id in (1, "3")', ["3", "1"]],
    ["ids below a bound", "$id < 2 or $id <= 1", ["1"]],
    ["a text that is equal", 'title = "one"', ["1"]],
    ["texts in a list", 'title in ("one", "two") order by $id asc', ["1", "2"]],
    ["texts that are not in a list", 'title not in ("one")', ["3", "2"]],
    ["a whole word in a text", 'memo like "keyword"', ["1"]],
    ["nothing by a part of a word", 'memo like "key"', []],
    ["texts of several lines that are empty", "memo is empty", ["3", "2"]],
    ["texts of several lines that are not empty", "memo is not empty", ["1"]],
    ["numbers by size, not by spelling", "pages > 9 order by pages desc", ["2", "1"]],
    ["choices in a list", 'genre in ("小説")', ["1"]],
    ["choices that are not made", 'genre in ("")', ["2"]],
    ["choices of which one is made", 'tags in ("new", "old")', ["2", "1"]],
    ["users by code", 'owners in ("suzuki")', ["3"]],
    ["records by their creator", '作成者 in ("sato")', ["1"]],
    ["times whatever their zone", '作成日時 <= "2026-10-01T10:02:59+09:00"', ["1"]],
    ["cells of a table", 'chapter in ("第一章")', ["2"]],
    ["what parentheses group", '(title = "one" or title = "two") and $id > 1', ["2"]],
    ["and before or", 'title = "three" or title = "two" and $id = 1', ["3"]],
    ["everything, ordered by several fields", "order by shelf asc, pages desc, $id asc", ["2", "1", "3"]],
    ["everything in descending order when no direction is given", "order by title", ["2", "3", "1"]],
    ["a page", "order by $id asc limit 1 offset 1", ["2"]],
    ["nothing with a limit of zero", "limit 0", []],
    ["everything with an empty query", "", ["3", "2", "1"]],
  ])("%s", async (_, query, expected) => {
    expect(await ids(query)).toEqual(expected);
  });

  test("escaped quotation marks, and keywords in any case between any white space", async () => {
    const seed = libraryWith({ records: [{ values: { title: 'say "hi" \\o/' } }] });
    const client = createClient(await startLibrary({ seed }));
    const query = 'title　=\n"say \\"hi\\" \\\\o/" AND $id = 1 ORDER BY $id ASC';
    const { records } = await client.record.getRecords({ app: 1, query });
    expect(records).toHaveLength(1);
  });

  test("records by status, with = and in", async () => {
    expect(await ids('ステータス = "未処理"', 2)).toEqual(["7"]);
    expect(await ids('ステータス in ("承認済み")', 2)).toEqual([]);
  });
});

describe("a query is refused", () => {
  test.each([
    ["for an operator a field does not take", 'genre = "小説"', "GAIA_IQ03"],
    ["for = on a text of several lines", 'memo = "x"', "GAIA_IQ03"],
    ["for = on a cell of a table", 'chapter = "x"', "GAIA_IQ07"],
    ["for an unknown choice", 'genre in ("詩")', "GAIA_IQ10"],
    ["for a field that does not exist", 'titel = "one"', "GAIA_IQ11"],
    ["for ordering by a field that does not exist", "order by titel asc", "GAIA_IQ11"],
    ["for a user nobody knows", 'owners in ("nobody")', "GAIA_IL26"],
    ["for a status without process management", 'ステータス in ("承認済み")', "GAIA_ST02"],
    ["for a limit over 500", "limit 501", "GAIA_QU01"],
    ["for an offset over 10,000", "offset 10001", "GAIA_QU02"],
    ["for a negative limit", "limit -1", "CB_VA01"],
    ["for offset before limit", "offset 1 limit 1", "CB_VA01"],
    ["for a text without its closing mark", 'title = "one', "CB_VA01"],
    ["for a raw line break in a text", 'title = "o\nne"', "CB_VA01"],
    ["for a missing operator", "title", "CB_VA01"],
    ["for an unclosed parenthesis", '(title = "one"', "CB_VA01"],
    ["for a value without quotation marks", "title = one", "CB_VA01"],
    ["for words after its end", 'title = "one" please', "CB_VA01"],
  ])("%s", async (_, query, code) => {
    expect(await refusal(query)).toMatchObject({ status: 400, code });
  });

  test("for an unknown status", async () => {
    expect(await refusal('ステータス in ("却下")', 2)).toMatchObject({ code: "GAIA_IQ10" });
  });

  test("with the query named as the place of a syntax error", async () => {
    expect(await refusal("title ?")).toMatchObject({
      errors: { query: { messages: ["クエリ記法が間違っています。"] } },
    });
  });
});
