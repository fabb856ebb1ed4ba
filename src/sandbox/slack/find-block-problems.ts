const MAX_BLOCKS = 50;
const MAX_BLOCK_ID = 255;
const MAX_SECTION = 3000;
const MAX_FIELD = 2000;
const MAX_HEADER = 150;
const MAX_BUTTON = 75;
const MAX_URL = 3000;
const MAX_MARKDOWN = 12_000;

type Json = Readonly<Record<string, unknown>>;
/** Adds to the problems found with a part of a message, which stands at the JSON pointer. */
type Check = (part: Json, at: string, problems: string[]) => void;

/**
 * Finds what Slack objects to in the blocks of a message, in its words and with a JSON pointer each. Kinds of blocks
 * that are not known here are objected to as well. https://docs.slack.dev/reference/block-kit/blocks
 */
export function findBlockProblems(blocks: readonly unknown[]): string[] {
  const problems: string[] = [];
  if (blocks.length > MAX_BLOCKS)
    problems.push(problem(`no more than ${MAX_BLOCKS} items allowed`, "/blocks"));
  const ids = new Set<unknown>();
  for (const [index, block] of blocks.entries()) {
    const at = `/blocks/${index}`;
    const part = toObject(block);
    checkType(part, at, problems, CHECKS);
    const id = part["block_id"];
    if (id === undefined) continue;
    checkLength(id, `${at}/block_id`, MAX_BLOCK_ID, problems);
    if (ids.has(id)) problems.push(problem("`block_id` already exists", `${at}/block_id`));
    ids.add(id);
  }
  return problems;
}

/** Counts the characters of all texts in the blocks, wherever they stand. */
export function countBlockText(part: unknown): number {
  if (Array.isArray(part)) return part.reduce((sum: number, item) => sum + countBlockText(item), 0);
  if (typeof part !== "object" || part === null) return 0;
  return Object.entries(part).reduce(
    (sum, [name, value]) =>
      sum + (name === "text" && typeof value === "string" ? value.length : countBlockText(value)),
    0,
  );
}

const CHECKS: Readonly<Record<string, Check>> = {
  actions: (block, at, problems) => {
    checkEach(block, "elements", at, problems, 25, (element, place) => {
      checkType(element, place, problems, { button: checkButton });
    });
  },
  context: (block, at, problems) => {
    checkEach(block, "elements", at, problems, 10, (element, place) => {
      checkType(element, place, problems, {
        mrkdwn: checkTextObject(MAX_FIELD),
        plain_text: checkTextObject(MAX_FIELD),
        image: checkImage,
      });
    });
  },
  divider: () => {},
  header: (block, at, problems) => {
    checkType(toObject(block["text"]), `${at}/text`, problems, { plain_text: checkTextObject(MAX_HEADER) });
  },
  image: checkImage,
  markdown: (block, at, problems) => {
    checkLength(block["text"], `${at}/text`, MAX_MARKDOWN, problems);
  },
  rich_text: (block, at, problems) => {
    checkEach(block, "elements", at, problems, Number.POSITIVE_INFINITY, checkRichTextPart(problems));
  },
  section: checkSection,
  table: (block, at, problems) => {
    const rows = toList(block["rows"]);
    if (rows.length === 0 || rows.length > 100)
      problems.push(problem("must have 1 to 100 rows", `${at}/rows`));
    for (const [index, row] of rows.entries())
      if (toList(row).length > 20)
        problems.push(problem("no more than 20 items allowed", `${at}/rows/${index}`));
  },
};

function checkSection(block: Json, at: string, problems: string[]): void {
  const { text, fields } = block;
  const texts = (max: number) => ({ mrkdwn: checkTextObject(max), plain_text: checkTextObject(max) });
  if (text === undefined && fields === undefined) problems.push(problem("missing required field: text", at));
  if (text !== undefined) checkType(toObject(text), `${at}/text`, problems, texts(MAX_SECTION));
  if (fields !== undefined)
    checkEach(block, "fields", at, problems, 10, (field, place) => {
      checkType(field, place, problems, texts(MAX_FIELD));
    });
}

function checkButton(button: Json, at: string, problems: string[]): void {
  checkType(toObject(button["text"]), `${at}/text`, problems, { plain_text: checkTextObject(MAX_BUTTON) });
  if (button["url"] !== undefined) checkLength(button["url"], `${at}/url`, MAX_URL, problems);
}

function checkImage(image: Json, at: string, problems: string[]): void {
  checkLength(image["image_url"], `${at}/image_url`, MAX_URL, problems);
  checkLength(image["alt_text"], `${at}/alt_text`, MAX_FIELD, problems);
}

function checkTextObject(max: number): Check {
  return (text, at, problems) => {
    checkLength(text["text"], `${at}/text`, max, problems);
  };
}

/** Rich text nests: sections, lists of sections, and in them texts, links, users and the like. */
function checkRichTextPart(problems: string[]): (part: Json, at: string) => void {
  const check = (part: Json, at: string): void => {
    const { type } = part;
    if (typeof type !== "string") {
      problems.push(problem("missing required field: type", at));
      return;
    }
    if (type === "text") checkLength(part["text"], `${at}/text`, Number.POSITIVE_INFINITY, problems);
    if (!type.startsWith("rich_text_")) return;
    checkEach(part, "elements", at, problems, Number.POSITIVE_INFINITY, check);
  };
  return check;
}

function checkType(
  part: Json,
  at: string,
  problems: string[],
  checks: Readonly<Record<string, Check>>,
): void {
  const { type } = part;
  const check = typeof type === "string" && Object.hasOwn(checks, type) ? checks[type] : undefined;
  if (check === undefined) problems.push(problem(`unsupported type: ${String(type)}`, `${at}/type`));
  else check(part, at, problems);
}

function checkEach(
  part: Json,
  name: string,
  at: string,
  problems: string[],
  max: number,
  check: (item: Json, at: string) => void,
): void {
  const items = toList(part[name]);
  if (!Array.isArray(part[name])) problems.push(problem(`missing required field: ${name}`, at));
  if (items.length > max) problems.push(problem(`no more than ${max} items allowed`, `${at}/${name}`));
  for (const [index, item] of items.entries()) check(toObject(item), `${at}/${name}/${index}`);
}

function checkLength(text: unknown, at: string, max: number, problems: string[]): void {
  if (typeof text !== "string") problems.push(problem("must be a string", at));
  else if (text.length === 0) problems.push(problem("must be more than 0 characters", at));
  else if (text.length > max) problems.push(problem(`must be less than ${max + 1} characters`, at));
}

function problem(text: string, at: string): string {
  return `${text} [json-pointer:${at}]`;
}

function toObject(value: unknown): Json {
  return typeof value === "object" && value !== null ? (value as Json) : {};
}

function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
