import type { AppSeed, FormProperty, KintoneSeed } from "../../../src/sandbox/kintone/kintone-seed.ts";

const text = (code: string, more: Partial<FormProperty> = {}): FormProperty => ({
  type: "SINGLE_LINE_TEXT",
  code,
  label: code,
  ...more,
});

const choices = (...names: string[]) => ({
  options: Object.fromEntries(names.map((label, index) => [label, { label, index: String(index) }])),
});

/** An app with one field of every kind the sandbox knows. */
export const BOOKS: AppSeed = {
  id: 1,
  name: "本",
  fields: {
    title: text("title", { required: true, unique: true, maxLength: "32" }),
    memo: { type: "MULTI_LINE_TEXT", code: "memo", label: "メモ" },
    pages: { type: "NUMBER", code: "pages", label: "ページ数" },
    genre: { type: "DROP_DOWN", code: "genre", label: "分類", ...choices("小説", "技術") },
    tags: { type: "MULTI_SELECT", code: "tags", label: "タグ", ...choices("new", "old") },
    owners: { type: "USER_SELECT", code: "owners", label: "所有者", entities: [] },
    read_at: { type: "DATETIME", code: "read_at", label: "読んだ日時" },
    chapters: {
      type: "SUBTABLE",
      code: "chapters",
      label: "章",
      fields: { chapter: text("chapter", { required: true }), note: text("note", { defaultValue: "-" }) },
    },
    shelf: text("shelf", { defaultValue: "A" }),
  },
  records: [
    {
      values: {
        title: "one",
        memo: "gamma keyword",
        pages: 10,
        genre: "小説",
        tags: ["new"],
        owners: ["sato"],
      },
      creator: "sato",
      createdAt: "2026-10-01T01:02:03Z",
    },
    { values: { title: "two", pages: 200, tags: ["old"], chapters: [{ chapter: "第一章", note: "x" }] } },
    { values: { title: "three", genre: "技術", owners: ["suzuki", "tanaka"] }, creator: "suzuki" },
  ],
  tokens: [
    { token: "booksAll", permissions: ["view", "add", "edit", "delete"] },
    { token: "booksView", permissions: ["view"] },
    { token: "booksDraft", permissions: ["view"], deployed: false },
  ],
};

/** An app whose records look a book up by its title. */
const LOANS: AppSeed = {
  id: 2,
  name: "貸出",
  code: "LOAN",
  fields: {
    book: text("book", {
      lookup: {
        relatedApp: { app: "1", code: "" },
        relatedKeyField: "title",
        fieldMappings: [{ field: "book_memo", relatedField: "memo" }],
      },
    }),
    book_memo: { type: "MULTI_LINE_TEXT", code: "book_memo", label: "メモ" },
  },
  records: [{ id: 7, values: { book: "one" } }],
  tokens: [{ token: "loansAll", permissions: ["view", "add", "edit", "delete"] }],
  process: { states: ["未処理", "承認済み"] },
};

export const LIBRARY: KintoneSeed = {
  users: [
    { code: "sato", name: "佐藤 花子", password: "pass:word" },
    { code: "suzuki", name: "鈴木 一郎", password: "secret" },
    { code: "tanaka", name: "田中 次郎", active: false, password: "secret" },
  ],
  groups: [{ code: "readers", name: "読書会" }],
  apps: [BOOKS, LOANS],
};
