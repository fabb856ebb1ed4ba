import { PassError } from "../errors.ts";

/** One page of a list: its items, and the token of the next page unless it is the last. */
export interface Page<Item> {
  /** Undefined when the answer lacks the list. */
  readonly items: readonly Item[] | undefined;
  readonly nextToken: string | undefined;
}

const mostPages = 10_000;

/**
 * All items of a list, following every token; a page without items is not the end. Throws an `aws.incomplete-read` when
 * a page lacks its list, a token comes back a second time, or the pages do not end.
 */
export async function readAllPages<Item>(
  operation: string,
  readPage: (token: string | undefined) => Promise<Page<Item>>,
): Promise<Item[]> {
  const all: Item[] = [];
  const tokens = new Set<string>();
  let token: string | undefined;
  for (;;) {
    const { items, nextToken } = await readPage(token);
    if (items === undefined) throw incomplete(operation, "a page without its list");
    all.push(...items);
    if (nextToken === undefined || nextToken === "") return all;
    if (tokens.has(nextToken)) throw incomplete(operation, "the same page token twice");
    if (tokens.size >= mostPages) throw incomplete(operation, `more than ${mostPages} pages`);
    tokens.add(nextToken);
    token = nextToken;
  }
}

/** The member of an answer. Throws an `aws.incomplete-read` when AWS left it out. */
export function requireMember<Value>(
  operation: string,
  member: string,
  value: Value | null | undefined,
): Value {
  if (value === undefined || value === null) throw incomplete(operation, `an answer without ${member}`);
  return value;
}

/** The error for an answer that cannot be the whole truth. */
export function incomplete(operation: string, problem: string): PassError<"aws.incomplete-read"> {
  return new PassError("aws.incomplete-read", { operation, problem });
}
