import { safeLines } from "../../report/safe-text.ts";

export interface ShownComment {
  readonly app: number;
  readonly record: string;
  readonly text: string;
  readonly mentions: readonly string[];
}

export interface ShownMessage {
  readonly ts: string;
  readonly channel: string;
  readonly text: string;
  readonly blocks: readonly unknown[];
}

/** The comments that passes left on records. */
export function renderComments(comments: readonly ShownComment[], heading: string): string {
  const blocks = comments.map(({ app, record, text, mentions }) => {
    const head = `  ${app}#${record}  ${mentions.map((code) => `@${code}`).join(" ")}`;
    return [head, ...safeLines(text).map((line) => `    ${line}`)].join("\n");
  });
  return section(heading, blocks);
}

/** The Slack messages as their readers see them. */
export function renderSlackMessages(messages: readonly ShownMessage[], heading: string): string {
  const blocks = messages.map(({ channel, blocks: content }) => {
    const lines = textsOf(content).join("").split("\n");
    return [`  ${channel}`, ...lines.flatMap((line) => safeLines(line)).map((line) => `    ${line}`)].join(
      "\n",
    );
  });
  return section(heading, blocks);
}

/** What a reader can do now. */
export function renderNext(heading: string, steps: readonly string[]): string {
  return `\n━━ ${heading}\n\n${steps.map((step) => `  ${step}`).join("\n")}\n`;
}

function section(heading: string, blocks: readonly string[]): string {
  return `\n━━ ${heading}\n\n${blocks.join("\n\n")}\n`;
}

/** Every text inside Slack's blocks, each block on lines of its own. */
function textsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== "object" || value === null) return [];
  const entries = Object.entries(value);
  const texts = entries.flatMap(([key, item]) =>
    key === "text" && typeof item === "string" ? [item] : textsOf(item),
  );
  return "block_id" in value || ("type" in value && isBlock(value.type)) ? [...texts, "\n"] : texts;
}

function isBlock(type: unknown): boolean {
  return type === "rich_text" || type === "section" || type === "header" || type === "context";
}
