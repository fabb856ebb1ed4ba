import { createHash } from "node:crypto";

/** One page of a list, and the token of the next one when there is more. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextToken?: string;
}

export interface PageRequest<Item> {
  readonly all: readonly Item[];
  /** Identifies an item and gives the order of the list. */
  readonly keyOf: (item: Item) => string;
  /** Whatever the list depends on: a token is valid only for the very same list. */
  readonly scope: unknown;
  readonly size: number;
  readonly token: string | undefined;
  /** The error to throw for a token that was not given out for this list. */
  readonly invalidToken: () => Error;
  /** Answers the first token with an empty page and another token, as Organizations may do. */
  readonly withEmptyPage?: boolean;
}

interface Cursor {
  readonly scope: string;
  readonly after: string;
  readonly empty: boolean;
}

/**
 * Cuts one page out of a list. A token holds the last key, not an offset, so items that come and go between two pages
 * move no others.
 */
export function pageOf<Item>(request: PageRequest<Item>): Page<Item> {
  const { all, keyOf, size, withEmptyPage = false } = request;
  const scope = createHash("sha256").update(JSON.stringify(request.scope)).digest("base64url").slice(0, 12);
  const cursor = request.token === undefined ? undefined : readToken(request.token, scope);
  if (cursor === "invalid") throw request.invalidToken();
  if (cursor?.empty === true) return { items: [], nextToken: writeToken({ ...cursor, empty: false }) };

  const rest = all
    .map((item) => ({ item, key: keyOf(item) }))
    .filter(({ key }) => cursor === undefined || key > cursor.after)
    .sort((one, other) => (one.key < other.key ? -1 : 1));
  const page = rest.slice(0, size);
  const items = page.map(({ item }) => item);
  const last = page.at(-1);
  if (last === undefined || page.length === rest.length) return { items };
  const empty = withEmptyPage && cursor === undefined;
  return { items, nextToken: writeToken({ scope, after: last.key, empty }) };
}

function writeToken(cursor: Cursor): string {
  return Buffer.from(JSON.stringify([cursor.scope, cursor.after, cursor.empty])).toString("base64url");
}

function readToken(token: string, expectedScope: string): Cursor | "invalid" {
  try {
    const parts: unknown = JSON.parse(Buffer.from(token, "base64url").toString());
    if (!Array.isArray(parts)) return "invalid";
    const [scope, after, empty]: readonly unknown[] = parts;
    const isCursor = scope === expectedScope && typeof after === "string" && typeof empty === "boolean";
    return isCursor ? { scope: expectedScope, after, empty } : "invalid";
  } catch {
    return "invalid";
  }
}
