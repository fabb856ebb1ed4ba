import { showValue } from "../words/show-value.ts";

// cmark, which renders GitHub's Markdown, knows no code span with more than 80 backticks around it.
const tooManyBackticks = /`{10,}/gu;
const longestAddress = 2_000;

/**
 * One line of text as a code span, the one place where GitHub interprets nothing: no Markdown, HTML, entity or automatic
 * link, and also no mention, issue, commit or emoji, which GitHub looks for in the finished page, so that no escape would
 * keep them away. https://spec.commonmark.org/0.31.2/#code-spans
 */
export function codeSpan(text: string, limit = 200): string {
  const shown = show(text, limit).replaceAll(tooManyBackticks, `${"`".repeat(9)}…`);
  if (shown.trim() === "") return "";
  const fence = "`".repeat(longestRunOfBackticks(shown) + 1);
  const pad = /^`|`$|^ .* $/u.test(shown) ? " " : "";
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** Looks at no more of the text than there is room for: it can be a long one in each of many cells. */
function show(text: string, limit: number): string {
  return showValue(text.slice(0, limit + 1), limit);
}

function longestRunOfBackticks(text: string): number {
  return Math.max(0, ...(text.match(/`+/gu) ?? []).map((run) => run.length));
}

const plainWord = /^(?:(?:\d{1,6}-)?[A-Za-z]+(?:['-][A-Za-z]+)*|\d{1,6})$/u;
const commitId = /[\da-f]{7}/iu;

/**
 * A sentence on one line: words stay words, and whatever Markdown or GitHub could take for more becomes a code span. It
 * does not begin a line, where a number can begin a list. Beyond ASCII nothing has a meaning in Markdown.
 */
export function prose(text: string, limit = 1_000): string {
  const shown = show(text, limit).trim();
  return shown.replaceAll(/[!-~]+/gu, (run, offset: number) => {
    const { before, word, after } = splitRun(run);
    const next = shown.charAt(offset + run.length);
    return `${before}${isPlain(word, after, next) ? word : codeSpan(word, limit)}${after}`;
  });
}

const closingMarks = `"'),.;:?!%`;

/** The word without the punctuation of the sentence around it, which is harmless by itself. */
function splitRun(run: string): Readonly<Record<"before" | "word" | "after", string>> {
  const start = /^["'(]*/u.exec(run)?.[0].length ?? 0;
  let end = run.length;
  while (end > start && closingMarks.includes(run.charAt(end - 1))) end -= 1;
  return { before: run.slice(0, start), word: run.slice(start, end), after: run.slice(end) };
}

function isPlain(word: string, after: string, next: string): boolean {
  // `www.` goes on as a domain name with a letter beyond ASCII.
  if (after.endsWith(".") && next.trim() !== "") return false;
  return plainWord.test(word) && !commitId.test(word);
}

/** A link where the address is one of the web, and the label alone where it is not. */
export function linkTo(address: string, label: string): string {
  const destination = linkDestination(address);
  return destination === undefined ? codeSpan(label) : `[${codeSpan(label)}](${destination})`;
}

function linkDestination(address: string): string | undefined {
  if (address.length > longestAddress || !URL.canParse(address)) return undefined;
  const { href, protocol, username, password } = new URL(address);
  if (!/^https?:$/u.test(protocol) || username !== "" || password !== "") return undefined;
  return href
    .replaceAll(/[^\w\-.~:/?#@=&%+,;]/gu, (character) => `%${character.charCodeAt(0).toString(16)}`)
    .replaceAll("&", "&amp;");
}

/** One row of a table; a cell is one line of Markdown. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", String.raw`\|`)).join(" | ")} |`;
}

const longestCommand = 4_000;

/** Lines of a command to copy. */
export function codeBlock(text: string): string {
  return fenced("sh", show(text, longestCommand).replaceAll(tooManyBackticks, "…"));
}

const longestDiffLine = 300;

/** Lines that GitHub colours by the sign that each begins with. */
export function diffBlock(lines: readonly string[]): string {
  const shown = lines.map((line) => show(line, longestDiffLine).replaceAll(tooManyBackticks, "…"));
  return fenced("diff", shown.join("\n"));
}

function fenced(language: string, text: string): string {
  const fence = "`".repeat(Math.max(3, longestRunOfBackticks(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}
