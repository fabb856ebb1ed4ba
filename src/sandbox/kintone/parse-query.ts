import { invalidParameter, KintoneApiError } from "./kintone-api-error.ts";

const OPERATORS = [
  "=",
  "!=",
  "<",
  ">",
  "<=",
  ">=",
  "in",
  "not in",
  "like",
  "not like",
  "is empty",
  "is not empty",
] as const;

export type Operator = (typeof OPERATORS)[number];

export interface Comparison {
  readonly kind: "comparison";
  readonly field: string;
  readonly operator: Operator;
  readonly values: readonly QueryValue[];
}

/** A literal, or a call of one of kintone's functions, such as FROM_TODAY(14, DAYS). */
export type QueryValue = string | QueryFunction;

export interface QueryFunction {
  readonly name: string;
  readonly parameters: readonly string[];
}

export type Condition =
  | Comparison
  | { readonly kind: "and" | "or"; readonly left: Condition; readonly right: Condition };

export interface Query {
  readonly condition: Condition | undefined;
  readonly order: readonly { readonly field: string; readonly descending: boolean }[];
  readonly limit: number;
  readonly offset: number;
}

interface Token {
  readonly kind: "text" | "word" | "symbol";
  readonly value: string;
}

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 500;
const MAX_OFFSET = 10_000;
const TOKEN =
  /[\s\u3000]*(?:"((?:[^"\\\p{Cc}]|\\["\\tnr])*)"|(!=|<=|>=|[=<>(),])|([^\s\u3000"(),=<>!]+))[\s\u3000]*/uy;
const ESCAPES: Readonly<Record<string, string>> = { t: "\t", n: "\n", r: "\r" };

/**
 * Parses a query string of getRecords: comparisons, and, or, parentheses, order by, limit, offset. Throws CB_VA01 when
 * the syntax is wrong, GAIA_QU01 or GAIA_QU02 when limit or offset is too large. https://cybozu.dev/ja/kintone/docs/overview/query/
 */
export function parseQuery(text: string): Query {
  const tokens = createTokenReader(readTokens(text));
  const condition =
    tokens.isAtEnd() || tokens.isWord("order") || tokens.isWord("limit") || tokens.isWord("offset")
      ? undefined
      : parseOr(tokens);
  const order = parseOrder(tokens);
  const limit = parseCount(tokens, "limit") ?? DEFAULT_LIMIT;
  const offset = parseCount(tokens, "offset") ?? 0;
  if (!tokens.isAtEnd()) throw syntaxError();
  checkBounds(limit, offset);
  return { condition, order, limit, offset };
}

interface TokenReader {
  isAtEnd(): boolean;
  /** Whether the next token is this keyword, whatever its case. */
  isWord(keyword: string): boolean;
  takeWord(keyword: string): boolean;
  takeSymbol(symbol: string): boolean;
  take(): Token;
}

function createTokenReader(tokens: readonly Token[]): TokenReader {
  let next = 0;
  const isWord = (keyword: string) => {
    const token = tokens[next];
    return token?.kind === "word" && token.value.toLowerCase() === keyword;
  };
  const isSymbol = (symbol: string) => tokens[next]?.kind === "symbol" && tokens[next]?.value === symbol;
  const advanceIf = (matches: boolean) => {
    if (matches) next += 1;
    return matches;
  };
  return {
    isAtEnd: () => next >= tokens.length,
    isWord,
    takeWord: (keyword) => advanceIf(isWord(keyword)),
    takeSymbol: (symbol) => advanceIf(isSymbol(symbol)),
    take: () => {
      const token = tokens[next];
      if (token === undefined) throw syntaxError();
      next += 1;
      return token;
    },
  };
}

function readTokens(text: string): Token[] {
  const tokens: Token[] = [];
  if (text.trim() === "") return tokens;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (match === null) throw syntaxError();
    const [, literal, symbol, word] = match;
    if (literal !== undefined) tokens.push({ kind: "text", value: unescape(literal) });
    else if (symbol !== undefined) tokens.push({ kind: "symbol", value: symbol });
    else tokens.push({ kind: "word", value: word ?? "" });
  }
  return tokens;
}

function unescape(literal: string): string {
  return literal.replaceAll(/\\(.)/gu, (_, character: string) => ESCAPES[character] ?? character);
}

function parseOr(tokens: TokenReader): Condition {
  let condition = parseAnd(tokens);
  while (tokens.takeWord("or")) condition = { kind: "or", left: condition, right: parseAnd(tokens) };
  return condition;
}

function parseAnd(tokens: TokenReader): Condition {
  let condition = parsePrimary(tokens);
  while (tokens.takeWord("and")) condition = { kind: "and", left: condition, right: parsePrimary(tokens) };
  return condition;
}

function parsePrimary(tokens: TokenReader): Condition {
  if (tokens.takeSymbol("(")) {
    const condition = parseOr(tokens);
    if (!tokens.takeSymbol(")")) throw syntaxError();
    return condition;
  }
  const field = tokens.take();
  if (field.kind !== "word") throw syntaxError();
  const operator = parseOperator(tokens);
  return { kind: "comparison", field: field.value, operator, values: parseValues(tokens, operator) };
}

function parseOperator(tokens: TokenReader): Operator {
  if (tokens.takeWord("is")) {
    const isNegated = tokens.takeWord("not");
    if (!tokens.takeWord("empty")) throw syntaxError();
    return isNegated ? "is not empty" : "is empty";
  }
  const prefix = tokens.takeWord("not") ? "not " : "";
  const name = `${prefix}${tokens.take().value.toLowerCase()}`;
  const operator = OPERATORS.find((known) => known === name);
  if (operator === undefined) throw syntaxError();
  return operator;
}

function parseValues(tokens: TokenReader, operator: Operator): QueryValue[] {
  if (operator === "is empty" || operator === "is not empty") return [];
  if (operator !== "in" && operator !== "not in") return [parseValue(tokens)];
  if (!tokens.takeSymbol("(")) throw syntaxError();
  const values = [parseValue(tokens)];
  while (tokens.takeSymbol(",")) values.push(parseValue(tokens));
  if (!tokens.takeSymbol(")")) throw syntaxError();
  return values;
}

function parseValue(tokens: TokenReader): QueryValue {
  const { kind, value } = tokens.take();
  const isNumber = kind === "word" && /^[+-]?\d+(?:\.\d+)?$/.test(value);
  if (kind === "text" || isNumber) return value;
  if (kind !== "word" || !tokens.takeSymbol("(")) throw syntaxError();
  const parameters: string[] = [];
  while (!tokens.takeSymbol(")")) {
    parameters.push(tokens.take().value);
    tokens.takeSymbol(",");
  }
  return { name: value.toUpperCase(), parameters };
}

function parseOrder(tokens: TokenReader): Query["order"] {
  if (!tokens.takeWord("order")) return [];
  if (!tokens.takeWord("by")) throw syntaxError();
  const order: { field: string; descending: boolean }[] = [];
  do {
    const field = tokens.take();
    if (field.kind !== "word") throw syntaxError();
    const descending = tokens.takeWord("desc") || !tokens.takeWord("asc");
    order.push({ field: field.value, descending });
  } while (tokens.takeSymbol(","));
  return order;
}

function parseCount(tokens: TokenReader, keyword: string): number | undefined {
  if (!tokens.takeWord(keyword)) return undefined;
  const { kind, value } = tokens.take();
  if (kind !== "word" || !/^\d+$/.test(value)) throw syntaxError();
  return Number(value);
}

function checkBounds(limit: number, offset: number): void {
  if (limit > MAX_LIMIT)
    throw new KintoneApiError(400, "GAIA_QU01", {
      ja: "limit には 500 以下の値を指定してください。",
      en: "limit must be 500 or less.",
    });
  if (offset > MAX_OFFSET)
    throw new KintoneApiError(400, "GAIA_QU02", {
      ja: "offset には 10,000 以下の値を指定してください。",
      en: "offset must be 10,000 or less.",
    });
}

function syntaxError(): KintoneApiError {
  return invalidParameter("query", { ja: "クエリ記法が間違っています。", en: "Query syntax is invalid." });
}
