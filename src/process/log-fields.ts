import { PassError } from "../errors.ts";

/** Facts beside a message: plain data and errors. Of an error only named fields are logged. */
export type LogFields = Readonly<Record<string, unknown>>;

const deepest = 8;

/** The fields as plain data. An error of an HTTP client carries its request with the credentials, so no object of a class gets through. */
export function plainFields(fields: LogFields, withStack: boolean): LogFields {
  const entries = Object.entries(fields).map(([key, value]) => [key, plainValue(value, withStack, 1)]);
  return Object.fromEntries(entries) as LogFields;
}

function plainValue(value: unknown, withStack: boolean, depth: number): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Error) return plainError(value, withStack);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (depth > deepest) return "[…]";
  if (Array.isArray(value)) return value.map((item: unknown) => plainValue(item, withStack, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return `[${className(value)}]`;
  const entries = Object.entries(value).map(([key, child]) => [key, plainValue(child, withStack, depth + 1)]);
  return Object.fromEntries(entries);
}

function className(value: object): string {
  const { constructor } = value;
  return typeof constructor === "function" ? constructor.name : "object";
}

/** What can be told of an error. The stack is for finding bugs, and long. */
function plainError(error: Error, withStack: boolean): LogFields {
  const { name, message, stack } = error;
  const code: unknown = "code" in error ? error.code : undefined;
  const hint: unknown = "hint" in error ? error.hint : undefined;
  return {
    name,
    ...(typeof code === "string" || typeof code === "number" ? { code } : {}),
    message,
    ...(error instanceof PassError ? { params: plainValue(error.params, withStack, 1) } : {}),
    ...(typeof hint === "string" ? { hint } : {}),
    ...(withStack && stack !== undefined ? { stack } : {}),
  };
}
