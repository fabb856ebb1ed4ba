import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeBlock, codeSpan, linkTo, prose, tableRow } from "../../src/tell/github-markdown.ts";
import { showValue } from "../../src/words/show-value.ts";
import { hostileTexts } from "../corpus/hostile-texts.ts";
import { findLiveText, type Page, readPage } from "./github-page.ts";
import { someOf } from "../share.ts";

const pieces = [
  ...hostileTexts.filter(({ length }) => length < 50),
  ..."`|\\*_[]()<>&@#:!~$.-+=1a \n".split(""),
];
/** Several of those texts in one, in all their neighbourhoods. */
const mixture = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: "binary", maxLength: 3 })), { maxLength: 8 })
  .map((parts) => parts.join(""));

/** What a reader sees of a value. */
function shownOf(text: string): string {
  const shown = showValue(text, 200).replaceAll(/`{10,}/gu, "`````````…");
  return shown.trim() === "" ? "" : shown;
}

/** What comes of a value and the cell after it. */
function readCell(text: string): Pick<Page, "live" | "rows"> & { readonly code: string } {
  const source = ["| a | b |", "| --- | --- |", tableRow([codeSpan(text), "next"])].join("\n");
  const { rows, live, codes } = readPage(source);
  return { live, rows: rows.slice(1), code: codes.join("") };
}

function onlyShown(text: string): ReturnType<typeof readCell> {
  return { live: [], rows: [[shownOf(text), "next"]], code: shownOf(text) };
}

describe("a value in a table", () => {
  it.each(hostileTexts)("is shown letter by letter and stays in its cell (text %#)", (text) => {
    expect(readCell(text)).toEqual(onlyShown(text));
  });

  it("is so in every combination", () => {
    const property = fc.property(mixture, (text) => {
      expect(readCell(text)).toEqual(onlyShown(text));
    });
    fc.assert(property, { numRuns: someOf(1_000) });
  });

  it("is cut where it is too long", () => {
    expect(codeSpan("x".repeat(201))).toBe(`\`${"x".repeat(200)}…\``);
  });
});

const surroundings = [(it: string) => `x ${it}`, (it: string) => `| a |\n| --- |\n${tableRow([`x ${it}`])}`];

/** Whatever becomes of the sentence but words, in a paragraph and in a table. */
function findLive(text: string): readonly unknown[] {
  return surroundings.flatMap((around) => {
    const { blocks, live, texts } = readPage(around(prose(text)));
    const sameBlocks = blocks.join(" ") === readPage(around("x")).blocks.join(" ");
    const found = texts.map(findLiveText).filter((one) => one !== undefined);
    return [...(sameBlocks ? [] : blocks), ...live, ...found];
  });
}

describe("a sentence", () => {
  it.each(hostileTexts)("is only read (text %#)", (text) => {
    expect(findLive(text)).toEqual([]);
  });

  it("is so in every combination", () => {
    const property = fc.property(mixture, (text) => {
      expect(findLive(text)).toEqual([]);
    });
    fc.assert(property, { numRuns: someOf(1_000) });
  });

  it.each([
    ['The app (10) isn\'t there: add it, or "name" another one!', undefined],
    ["ユーザー「山田」が見つかりません。1件を確認してください。", undefined],
    ["Set AWS_REGION.", "Set `AWS_REGION`."],
    [
      'More than 10 % (guards.maxDeletions), "Prod" in-sync.',
      'More than 10 % (`guards.maxDeletions`), "Prod" in-sync.',
    ],
    ["設定のkintone.baseUrlを確認", "設定の`kintone.baseUrl`を確認"],
    ["see https://example.com/a?b.", "see `https://example.com/a?b`."],
  ])("stays prose as far as it is harmless: %s", (text, expected) => {
    expect(prose(text)).toBe(expected ?? text);
  });
});

describe("a link", () => {
  it("leads to an address of the web", () => {
    expect(linkTo("https://example.cybozu.com/k/10/show#record=3&x", "10#3")).toBe(
      "[`10#3`](https://example.cybozu.com/k/10/show#record=3&amp;x)",
    );
  });

  it.each(hostileTexts)("leads nowhere else than its address says (text %#)", (text) => {
    for (const address of [text, `https://example.cybozu.com/k/10/show#record=${text}`]) {
      const source = ["| a | b |", "| --- | --- |", tableRow([linkTo(address, text), "next"])].join("\n");
      const { live, rows } = readPage(source);
      const links = live.filter((one) => one !== "link_close");
      expect(links.length).toBeLessThanOrEqual(1);
      for (const link of links) expect(link).toMatch(/^link_open https?:\/\/[\w\-.~:/?#@=&%+,;]+$/u);
      expect(rows[1]).toEqual([shownOf(text), "next"]);
    }
  });

  it.each([
    "javascript:alert(1)",
    "data:text/html,x",
    "ftp://example.com/",
    "https://u:p@example.com/",
    "",
    "x",
  ])("is none where the address is %j", (address) => {
    expect(linkTo(address, "10#3")).toBe("`10#3`");
  });
});

describe("a command to copy", () => {
  it.each(hostileTexts)("stays in its block (text %#)", (text) => {
    const { blocks, live } = readPage(`a\n\n${codeBlock(text)}\n\nb`);
    expect(blocks).toEqual(readPage("a\n\n```sh\nx\n```\n\nb").blocks);
    expect(live).toEqual([]);
  });
});
