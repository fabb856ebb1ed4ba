/** A JSON value that knows where it stands in its text. */
export type JsonNode = { readonly start: number; readonly end: number } & (
  | { readonly kind: "scalar"; readonly value: string | number | boolean | null }
  | { readonly kind: "list"; readonly items: readonly JsonNode[] }
  | { readonly kind: "object"; readonly members: ReadonlyMap<string, JsonNode> }
);

/** Where a text stops being JSON. */
export class JsonSyntaxError extends Error {
  override readonly name = "JsonSyntaxError";
  readonly offset: number;

  constructor(offset: number) {
    super(`Not JSON at offset ${offset}.`);
    this.offset = offset;
  }
}

/** Reads a JSON text with the position of every value. Throws a JsonSyntaxError. */
export function readPositionedJson(text: string): JsonNode {
  const reader = { text, offset: 0 };
  const node = readValue(reader);
  skipSpace(reader);
  if (reader.offset < text.length) throw new JsonSyntaxError(reader.offset);
  return node;
}

interface Reader {
  readonly text: string;
  offset: number;
}

function readValue(reader: Reader): JsonNode {
  skipSpace(reader);
  const start = reader.offset;
  if (tryTake(reader, "{")) {
    const members = readMembers(reader);
    return { kind: "object", members, start, end: reader.offset };
  }
  if (tryTake(reader, "[")) {
    const items = readItems(reader);
    return { kind: "list", items, start, end: reader.offset };
  }
  const value = readScalar(reader);
  return { kind: "scalar", value, start, end: reader.offset };
}

function readMembers(reader: Reader): Map<string, JsonNode> {
  const members = new Map<string, JsonNode>();
  if (tryTake(reader, "}")) return members;
  do {
    skipSpace(reader);
    const keyAt = reader.offset;
    const key = readScalar(reader);
    if (typeof key !== "string") throw new JsonSyntaxError(keyAt);
    take(reader, ":");
    members.set(key, readValue(reader));
  } while (tryTake(reader, ","));
  take(reader, "}");
  return members;
}

function readItems(reader: Reader): JsonNode[] {
  const items: JsonNode[] = [];
  if (tryTake(reader, "]")) return items;
  do items.push(readValue(reader));
  while (tryTake(reader, ","));
  take(reader, "]");
  return items;
}

function readScalar(reader: Reader): string | number | boolean | null {
  const token = /"(?:[^"\\]|\\.)*"|[-+.\w]+/y;
  token.lastIndex = reader.offset;
  const [literal] = token.exec(reader.text) ?? [];
  if (literal === undefined) throw new JsonSyntaxError(reader.offset);
  try {
    const value = JSON.parse(literal) as string | number | boolean | null;
    reader.offset += literal.length;
    return value;
  } catch {
    throw new JsonSyntaxError(reader.offset);
  }
}

function skipSpace(reader: Reader): void {
  while (/[ \t\r\n]/.test(reader.text.charAt(reader.offset))) reader.offset += 1;
}

function tryTake(reader: Reader, character: string): boolean {
  skipSpace(reader);
  if (reader.text.charAt(reader.offset) !== character) return false;
  reader.offset += 1;
  return true;
}

function take(reader: Reader, character: string): void {
  if (!tryTake(reader, character)) throw new JsonSyntaxError(reader.offset);
}
