import { createHash } from "node:crypto";

const hexDigits = 20;

/** The first 80 bits of the text's SHA-256, in hexadecimal: short enough to type, long enough not to be forged. */
export function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, hexDigits);
}
