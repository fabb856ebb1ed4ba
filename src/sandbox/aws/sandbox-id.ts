import { createHash } from "node:crypto";

/** Hexadecimal digits that look random and depend only on the text, so that runs can be compared. */
export function hexDigits(text: string, length: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, length);
}

/** An identity store id of a user or group: the store's ten digits and a UUID. */
export function principalIdFor(identityStoreId: string, text: string): string {
  const hex = hexDigits(text, 32);
  const uuid = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
    "-",
  );
  return `${identityStoreId.replace(/^d-/, "")}-${uuid}`;
}
