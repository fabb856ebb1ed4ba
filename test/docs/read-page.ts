import { readFileSync } from "node:fs";
import MarkdownIt from "markdown-it";

const markdown = new MarkdownIt({ html: true });

/** What the tests need to know of one page of the documents. */
export interface Page {
  readonly path: string;
  readonly text: string;
  /** `##` and the like, in their order. */
  readonly levels: readonly string[];
  /** The anchors that links may name. */
  readonly anchors: ReadonlySet<string>;
  readonly code: readonly { readonly language: string; readonly content: string }[];
  readonly links: readonly string[];
  /** Sentences of paragraphs, lists and cells; code counts as one word. */
  readonly sentences: readonly string[];
}

/** Reads one page. */
export function readPage(path: string): Page {
  const text = readFileSync(path, "utf8");
  const tokens = markdown.parse(text, {});
  const headings = tokens.flatMap(({ type, markup }, index) =>
    type === "heading_open" ? [{ level: markup, title: tokens[index + 1]?.content ?? "" }] : [],
  );
  const inline = tokens.filter(({ type }) => type === "inline");
  return {
    path,
    text,
    levels: headings.map(({ level }) => level),
    anchors: new Set(headings.map(({ title }) => anchorOf(title))),
    code: tokens
      .filter(({ type }) => type === "fence")
      .map(({ info, content }) => ({ language: info.trim(), content })),
    links: inline.flatMap(({ children }) =>
      (children ?? []).flatMap((token) => {
        const link = token.attrGet("href") ?? token.attrGet("src");
        return link === null ? [] : [String(link)];
      }),
    ),
    sentences: inline.flatMap(({ children }) =>
      sentencesOf(
        (children ?? [])
          .map(({ type, content }) =>
            type === "code_inline" ? "code" : type === "softbreak" ? " " : type === "text" ? content : "",
          )
          .join(""),
      ),
    ),
  };
}

/** The anchor that GitHub gives a heading. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(/\s/gu, "-");
}

function sentencesOf(text: string): readonly string[] {
  return text
    .split(/(?<=[.!?…:]["”)]?)\s+(?=["“(]?[\p{Lu}\d]|code)/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => wordsIn(sentence) > 2);
}

/** How many words a sentence has. */
export function wordsIn(sentence: string): number {
  return sentence.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
