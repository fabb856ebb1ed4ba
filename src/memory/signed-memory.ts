import { createHash, createHmac, scryptSync, timingSafeEqual } from "node:crypto";

import {
  emptyMemory,
  type LoadedMemory,
  type Memory,
  type MemoryLoss,
  type MemoryRefusal,
  memoryVersion,
  type OpenIncident,
} from "../model/memory.ts";
import {
  claimsOf,
  decodeIncident,
  decodeMemory,
  encodeMemory,
  largestMemoryBytes,
} from "../remember/decode-memory.ts";
import { joinSignedText, type SignedText, splitSignedText } from "./signed-text.ts";

/** What a deployment signs its memory with: random texts, or a password that a person may have chosen. */
export type SigningSecret =
  | { readonly kind: "random"; readonly secret: string }
  | { readonly kind: "password"; readonly username: string; readonly secret: string };

/** The memory of one owner as the text that is kept. */
export interface SignedMemory {
  /** The text to keep, or why there is none. `nowMs` is by the clock of the place that keeps it. */
  readonly write: (memory: Memory, nowMs: number) => string | MemoryRefusal;
  /** Milliseconds since the epoch by this machine's clock. */
  readonly now: () => number;
  /** What a kept text says; `modifiedAtMs` is when its place got it, where the place can be trusted to know. */
  readonly read: (content: Uint8Array, modifiedAtMs?: number) => LoadedMemory;
  /** Why this deployment must not replace the text; undefined when it may. */
  readonly keepsOut: (content: Uint8Array) => MemoryRefusal | undefined;
}

/** How long keeping may take: what the place got later than that after it was signed is a copy that was put back. */
const keepingMs = 60_000;

/**
 * Signs and proves the memory. Any one secret that signed it and is still configured proves it, so that secrets can be
 * changed one after the other. Without secrets nothing is believed.
 */
export function createSignedMemory(
  owner: string,
  secrets: readonly SigningSecret[],
  now: () => number,
): SignedMemory {
  if (secrets.length === 0) return createUnsignedMemory(owner, now);
  let keys: readonly Uint8Array[] | undefined;
  const macsOf = (body: Uint8Array): readonly Buffer[] => {
    keys ??= secrets.map((secret) => deriveKey(secret, owner));
    const digest = createHash("sha256").update(body).digest();
    return keys.map((key) => createHmac("sha256", key).update(digest).digest());
  };
  // An older one than was read here before has been put back.
  let newestMs = 0;
  const judge = (
    { macs, body, unproven }: SignedText,
    modifiedAtMs: number | undefined,
  ): Exclude<LoadedMemory, { kind: "nothing" }> => {
    const isProven = macsOf(body).some((mac) => macs.some((one) => timingSafeEqual(mac, one)));
    if (!isProven) return { kind: "lost", loss: "signature-wrong" };
    const memory = decodeMemory(body, owner);
    if (memory === undefined) return { kind: "lost", loss: "damaged" };
    const savedMs = Date.parse(memory.savedAt ?? "");
    const isCopy = modifiedAtMs !== undefined && modifiedAtMs - savedMs > keepingMs;
    if (isCopy || newestMs - savedMs > keepingMs) return { kind: "lost", loss: "older-copy" };
    newestMs = Math.max(newestMs, savedMs);
    return { kind: "memory", memory: withIncident(memory, unproven) };
  };
  return {
    now,
    write: (memory, nowMs) => {
      const savedAt = new Date(Math.max(nowMs, newestMs)).toISOString();
      const body = Buffer.from(encodeMemory({ ...memory, savedAt }));
      return limited(joinSignedText({ macs: macsOf(body), body }));
    },
    read: (content, modifiedAtMs) => {
      const text = splitSignedText(content);
      if (text === undefined) return { kind: "lost", loss: lossOfUnsigned(content, owner) };
      const loaded = isOnlyIncident(text)
        ? ({ kind: "memory", memory: withIncident(emptyMemory(owner), text.unproven) } as const)
        : judge(text, modifiedAtMs);
      if (loaded.kind === "memory") return loaded;
      return { kind: "lost", loss: lossOf(content, owner) ?? loaded.loss };
    },
    keepsOut: (content) => refusalOf(content, owner),
  };
}

/**
 * The memory where the configuration lacks what signs it: nothing in it is believed or changed but one open message to
 * the operators, that the pass failed, so that this is one message too, however many passes it lasts.
 */
function createUnsignedMemory(owner: string, now: () => number): SignedMemory {
  let kept: SignedText | undefined;
  return {
    now,
    write: ({ incidents }) => {
      const { macs, body } = kept ?? { macs: [], body: Buffer.from(encodeMemory(emptyMemory(owner))) };
      const incident = incidents[onlyIncident];
      const unproven = incident === undefined ? undefined : encodeIncident(incident);
      return limited(joinSignedText({ macs, body, unproven }));
    },
    read: (content) => {
      kept = splitSignedText(content);
      if (kept === undefined) return { kind: "lost", loss: lossOfUnsigned(content, owner) };
      return { kind: "memory", memory: withIncident(emptyMemory(owner), kept.unproven) };
    },
    keepsOut: (content) => refusalOf(content, owner),
  };
}

const onlyIncident = "pass-failed";

/** A text that only the above has written; to replace a memory by it is no more than to delete the memory. */
function isOnlyIncident({ macs, unproven }: SignedText): boolean {
  return macs.length === 0 && unproven !== undefined;
}

/** One flat object in ASCII: braces inside its texts are escaped. */
function encodeIncident(incident: OpenIncident): string {
  const inner = JSON.stringify(incident).slice(1, -1);
  const escaped = inner.replaceAll(
    /[{}\u0080-\uffff]/gu,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `{${escaped}}`;
}

function withIncident(memory: Memory, unproven: string | undefined): Memory {
  const incident = unproven === undefined ? undefined : decodeIncident(unproven);
  if (incident === undefined) return memory;
  return { ...memory, incidents: { ...memory.incidents, [onlyIncident]: incident } };
}

function limited(text: string): string | MemoryRefusal {
  return Buffer.byteLength(text) > largestMemoryBytes ? { code: "too-large" } : text;
}

/** What a text says of itself that keeps it from being ours to read or to replace, signed or not. */
function lossOf(content: Uint8Array, owner: string): "another-owner" | "newer-version" | undefined {
  const claims = claimsOf(content);
  if (claims === undefined) return undefined;
  if (claims.owner !== owner) return "another-owner";
  return (claims.schemaVersion ?? 0) > memoryVersion ? "newer-version" : undefined;
}

function lossOfUnsigned(content: Uint8Array, owner: string): MemoryLoss {
  return lossOf(content, owner) ?? (claimsOf(content) === undefined ? "damaged" : "not-signed");
}

function refusalOf(content: Uint8Array, owner: string): MemoryRefusal | undefined {
  const loss = lossOf(content, owner);
  return loss === undefined ? undefined : { code: loss };
}

const keyBytes = 32;
const purpose = "kintone-sso-sync memory";

/** A key that does nothing else. A password is stretched: who reads the memory could else try passwords on it. */
function deriveKey(secret: SigningSecret, owner: string): Uint8Array {
  if (secret.kind === "random") {
    return createHmac("sha256", secret.secret).update(`${purpose}\n${owner}`).digest();
  }
  const salt = JSON.stringify([purpose, owner, secret.username.toLowerCase()]);
  return scryptSync(secret.secret, salt, keyBytes, { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 });
}
