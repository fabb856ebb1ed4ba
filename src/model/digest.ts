import { createHash } from "node:crypto";

const hexDigits = 32;

/**
 * The first 128 bits of the text's SHA-256, in hexadecimal: who writes two texts at will, as authors of records do
 * with plans, finds no two of one digest among the 2^64 it takes.
 */
export function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, hexDigits);
}

/** The whole SHA-256 as a content security policy names it. https://www.w3.org/TR/CSP3/#grammardef-hash-source */
export function sha256Base64(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}
