// In Slack's words: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
type Element =
  | { readonly type: "text"; readonly text: string; readonly style?: { readonly bold: boolean } }
  | { readonly type: "link"; readonly url: string; readonly text: string }
  | { readonly type: "user"; readonly user_id: string };

/** A paragraph of rich text. */
export interface TextBlock {
  readonly type: "rich_text";
  readonly elements: readonly {
    readonly type: "rich_text_section";
    readonly elements: readonly Element[];
  }[];
}

export interface MessageContent {
  readonly title: string;
  readonly sections: readonly string[];
  /** Addresses that can be followed where they are a whole line of a section. */
  readonly links?: readonly string[];
  /** What is shown for an address. */
  readonly linkNames?: Readonly<Record<string, string>>;
  /** Ids of the Slack users to mention at the end. */
  readonly userIds?: readonly string[];
}

// https://docs.slack.dev/reference/block-kit/blocks: 50 blocks. rich_text has no documented length, so that of a
// section is taken; in all, Slack has refused messages from some 11,300 characters on
// (https://github.com/slackapi/bolt-js/issues/2867).
const maxBlocks = 50;
const maxSectionLength = 3_000;
const maxTotalLength = 10_000;
const maxMentions = 10;

/**
 * Builds a bold title and a paragraph per section of rich text, in which Slack interprets nothing: no mention, no link,
 * no markup. Only the links and users that are given as such are live. What is too much is cut off, with a count of what
 * is left out; a link that is the last section stays. Empty sections are dropped.
 */
export function buildBlocks({
  title,
  sections,
  links = [],
  linkNames = {},
  userIds = [],
}: MessageContent): TextBlock[] {
  const heading = cutText(title);
  const texts = sections.filter((section) => section.trim() !== "").map(cutText);
  const known = new Map(
    links
      .filter((link) => /^https?:\/\//.test(link))
      .map((link) => [link, Object.hasOwn(linkNames, link) ? (linkNames[link] ?? link) : link]),
  );
  // The way to all that is left out here is never left out itself.
  const way = texts.slice(-1).filter((text) => known.has(text));
  const between = texts.slice(0, texts.length - way.length);
  const ends = [
    ...way.map((text) => block(withLinks(text, known))),
    ...(userIds.length === 0 ? [] : [mentionBlock(userIds)]),
  ];
  const starts =
    heading.trim() === "" ? [] : [block([{ type: "text", text: heading, style: { bold: true } }])];
  const places = maxBlocks - starts.length - ends.length;
  const length = maxTotalLength - heading.length - way.join("").length;
  const kept = between.slice(0, countFitting(between, places, length));
  const leftOut = between.length - kept.length;
  return [
    ...starts,
    ...kept.map((text) => block(withLinks(text, known))),
    ...(leftOut > 0 ? [block([{ type: "text", text: `… (+${leftOut} sections)` }])] : []),
    ...ends,
  ];
}

/** Escapes text for a place where Slack does interpret: https://docs.slack.dev/messaging/formatting-message-text */
export function escapeText(text: string): string {
  return cutText(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** How many of the texts, from the first on, fit into the places together with a note on the rest. */
function countFitting(texts: readonly string[], places: number, totalLength: number): number {
  const most = texts.length <= places ? places : places - 1;
  let length = 0;
  const tooMuch = texts.findIndex((text, index) => {
    length += text.length;
    return index === most || length > totalLength;
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

/** The text with its lines that are links made live: Slack shows an address in a text as nothing but text. */
function withLinks(text: string, links: ReadonlyMap<string, string>): readonly Element[] {
  const lines = text.split("\n");
  const elements: Element[] = [];
  let plain = "";
  for (const [index, line] of lines.entries()) {
    const end = index === lines.length - 1 ? "" : "\n";
    const name = links.get(line);
    if (name === undefined) {
      plain += line + end;
      continue;
    }
    if (plain !== "") elements.push({ type: "text", text: plain });
    elements.push({ type: "link", url: line, text: name });
    plain = end;
  }
  return plain === "" ? elements : [...elements, { type: "text", text: plain }];
}

function mentionBlock(userIds: readonly string[]): TextBlock {
  const users = userIds.slice(0, maxMentions).flatMap((id): readonly Element[] => [
    { type: "user", user_id: id },
    { type: "text", text: " " },
  ]);
  return block(users.slice(0, -1));
}

function block(elements: readonly Element[]): TextBlock {
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements }] };
}
