/** A paragraph of literal text, in Slack's words: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
export interface TextBlock {
  type: "rich_text";
  elements: {
    type: "rich_text_section";
    elements: { type: "text"; text: string; style?: { bold: boolean } }[];
  }[];
}

// https://docs.slack.dev/reference/block-kit/blocks: 50 blocks. rich_text has no documented length, so that of a
// section is taken; in all, Slack has refused messages from some 11,300 characters on
// (https://github.com/slackapi/bolt-js/issues/2867).
const maxBlocks = 50;
const maxSectionLength = 3_000;
const maxTotalLength = 10_000;

/**
 * Builds a bold title and a paragraph per section of rich text, in which Slack interprets nothing: no mention, no link,
 * no markup. What is too much is cut off, with a count of what is left out. Empty sections are dropped.
 */
export function buildBlocks(title: string, sections: readonly string[]): TextBlock[] {
  const texts = sections.filter((section) => section.trim() !== "").map(cutText);
  const heading = cutText(title);
  const kept = texts.slice(0, countFitting(texts, maxTotalLength - heading.length));
  const leftOut = texts.length - kept.length;
  return [
    ...(heading.trim() === "" ? [] : [textBlock(heading, true)]),
    ...kept.map((text) => textBlock(text)),
    ...(leftOut > 0 ? [textBlock(`… (+${leftOut} sections)`)] : []),
  ];
}

/** Escapes text for a place where Slack does interpret: https://docs.slack.dev/messaging/formatting-message-text */
export function escapeText(text: string): string {
  return cutText(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** How many of the texts, from the first on, fit into one message besides the title and a note on the rest. */
function countFitting(texts: readonly string[], totalLength: number): number {
  const places = texts.length < maxBlocks ? maxBlocks - 1 : maxBlocks - 2;
  let length = 0;
  const tooMuch = texts.findIndex((text, index) => {
    length += text.length;
    return index === places || length > totalLength;
  });
  return tooMuch === -1 ? texts.length : tooMuch;
}

function cutText(text: string): string {
  if (text.length <= maxSectionLength) return text;
  const noteLength = 40;
  // Half a surrogate pair is not a character.
  const kept = text.slice(0, maxSectionLength - noteLength).replace(/[\uD800-\uDBFF]$/, "");
  return `${kept}… (+${text.length - kept.length} characters)`;
}

function textBlock(text: string, bold = false): TextBlock {
  const element = { type: "text" as const, text, ...(bold && { style: { bold } }) };
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements: [element] }] };
}
