import MarkdownIt, { type Token } from "markdown-it";

const markdown = new MarkdownIt({ html: true, linkify: true });

/** What becomes of Markdown on a page, with everything live that GitHub has: HTML, links, automatic links. */
export interface Page {
  /** Blocks as their tokens' names, HTML with its source. */
  readonly blocks: readonly string[];
  /** Everything in the blocks that is neither text nor code nor a line break. */
  readonly live: readonly string[];
  /** Texts outside of code and links, where GitHub looks for mentions, references and emoji. */
  readonly texts: readonly string[];
  readonly codes: readonly string[];
  /** The cells of every row, without markup. */
  readonly rows: readonly (readonly string[])[];
}

export function readPage(source: string): Page {
  const tokens = markdown.parse(source, {});
  const inline = tokens.filter(({ type }) => type === "inline").map(({ children }) => children ?? []);
  return {
    blocks: tokens.flatMap(blockOf),
    live: inline.flat().flatMap(liveOf),
    texts: inline.map(textOf),
    codes: inline.flat().flatMap(({ type, content }) => (type === "code_inline" ? [content] : [])),
    rows: rowsOf(tokens),
  };
}

/** Cells are left out, because a column without any text is not shown. */
function blockOf({ type, content, info }: Token): readonly string[] {
  if (/^(inline|th_|td_)/u.test(type)) return [];
  if (type === "html_block") return [content];
  return [type === "fence" ? `${type} ${info}` : type];
}

function liveOf(token: Token): readonly string[] {
  const { type, content } = token;
  if (type === "text" || type === "code_inline" || type === "softbreak") return [];
  if (type === "html_inline") return content === "<br>" ? [] : [content];
  return [type === "link_open" ? `${type} ${token.attrGet("href") ?? ""}` : type];
}

function textOf(children: readonly Token[]): string {
  return children.map(({ type, content }) => (type === "text" ? content : "\u{FFFC}")).join("");
}

function rowsOf(tokens: readonly Token[]): readonly (readonly string[])[] {
  const rows: string[][] = [];
  for (const [index, { type }] of tokens.entries()) {
    if (type === "tr_open") rows.push([]);
    if (type === "th_open" || type === "td_open") {
      const children = tokens[index + 1]?.children ?? [];
      rows.at(-1)?.push(children.map(({ content }) => content).join(""));
    }
  }
  return rows;
}

// What GitHub looks for in the text of a finished page, apart from code and links, and what its Markdown makes a link of.
const finds = [
  /@[\w-]/u,
  /#\d/u,
  /\bGH-\d/iu,
  /\b[\da-f]{7,40}\b/iu,
  /:[\w+-]+:/u,
  /\S@\S/u,
  /www\.[^\s]/iu,
  /\w:\/\//u,
  /\b(mailto|xmpp|javascript|data):\S/iu,
  /\$/u,
  /\[\^/u,
];

/** What GitHub would make live of the text. */
export function findLiveText(text: string): string | undefined {
  return finds.map((pattern) => pattern.exec(text)?.[0]).find((found) => found !== undefined);
}
