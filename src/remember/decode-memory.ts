import * as z from "zod";

import { canonicalText, type Json } from "../model/json.ts";
import type { RememberedApprovals } from "../model/approval.ts";
import type {
  Memory,
  OpenIncident,
  RememberedCount,
  RememberedDeletions,
  RememberedRequest,
  ToldRecord,
} from "../model/memory.ts";
import type { SeenPermissionSet } from "../model/reading.ts";

/** A memory of a hundred thousand records has about half of these bytes. */
export const largestMemoryBytes = 20 * 1024 * 1024;

const time = z.iso.datetime();
const toldRecord: z.ZodType<ToldRecord> = z.object({ marker: z.string(), toldAt: time });
const openIncident: z.ZodType<OpenIncident> = z.object({
  channel: z.string(),
  messageId: z.string(),
  fingerprint: z.string(),
  openedAt: time,
  remindedAt: time,
  unconfirmed: z.int().min(1).exactOptional(),
});
const texts = z.array(z.string());
const rememberedRequest: z.ZodType<RememberedRequest> = z.object({
  revision: z.int().min(0),
  permissionSets: texts,
  accounts: texts,
  principals: texts,
});
const rememberedDeletions: z.ZodType<RememberedDeletions> = z.object({
  at: time,
  count: z.int().min(0),
  ids: texts.exactOptional(),
  run: z.string().exactOptional(),
});
const rememberedCount: z.ZodType<RememberedCount> = z.object({ at: time, count: z.int().min(0) });
const rememberedApprovals: z.ZodType<RememberedApprovals> = z.object({
  since: time,
  used: z.array(z.object({ code: z.string(), usedAt: time })),
});
const seenPermissionSet: z.ZodType<SeenPermissionSet> = z
  .object({
    name: z.string(),
    tags: z.record(z.string(), z.string()),
    definition: z.string().optional(),
    pass: z.int().min(0),
    stalePass: z.int().min(0),
    accounts: z.record(z.string(), z.tuple([z.string(), z.int().min(0)])),
  })
  .transform(({ definition, ...seen }) => (definition === undefined ? seen : { ...seen, definition }));
const seenPart = z.object({ pass: z.int().min(0), permissionSets: z.unknown() });
const goodRead = z.object({ at: time, permissionSets: z.int().min(0), assignments: z.int().min(0) });

/** Version 0 is a memory that does not tell its version and need not have every part. */
const memoryOf = (owner: string) =>
  z.object({
    schemaVersion: z.literal([0, 1]).optional(),
    owner: z.literal(owner),
    records: z.unknown().optional(),
    incidents: z.unknown().optional(),
    lastGoodRead: goodRead.optional().catch(undefined),
    instanceArn: z.string().optional().catch(undefined),
    requests: z.unknown().optional(),
    principalNames: z.unknown().optional(),
    unmanagedSets: texts.optional().catch(undefined),
    deletions: z.array(z.unknown()).optional().catch(undefined),
    managed: z.array(z.unknown()).optional().catch(undefined),
    // As a whole or not at all: a part that has lost a used approval would let it count again.
    approvals: rememberedApprovals.optional().catch(undefined),
    seen: seenPart.optional().catch(undefined),
    writtenBy: z.string().optional().catch(undefined),
  });

/**
 * The memory that a text or its UTF-8 bytes hold: undefined when they are damaged, over 20 MB, of a newer version or of
 * another owner. Unknown fields and entries that make no sense are dropped.
 */
export function decodeMemory(content: string | Uint8Array, owner: string): Memory | undefined {
  const { data } = memoryOf(owner).safeParse(parseContent(content));
  if (data === undefined) return undefined;
  const { records, incidents, lastGoodRead, instanceArn, requests } = data;
  const { principalNames, unmanagedSets, approvals, seen, writtenBy } = data;
  return {
    schemaVersion: 1,
    owner,
    records: soundEntries(records, toldRecord),
    incidents: soundEntries(incidents, openIncident),
    ...(lastGoodRead && { lastGoodRead }),
    ...(instanceArn !== undefined && { instanceArn }),
    ...(requests !== undefined && { requests: soundEntries(requests, rememberedRequest) }),
    ...(principalNames !== undefined && { principalNames: soundEntries(principalNames, z.string()) }),
    ...(unmanagedSets !== undefined && { unmanagedSets }),
    ...decodeCounts(data),
    ...(approvals && { approvals }),
    ...(seen && { seen: { ...seen, permissionSets: soundEntries(seen.permissionSets, seenPermissionSet) } }),
    ...(writtenBy !== undefined && { writtenBy }),
  };
}

function decodeCounts({
  deletions,
  managed,
}: {
  readonly deletions?: readonly unknown[] | undefined;
  readonly managed?: readonly unknown[] | undefined;
}): Pick<Memory, "deletions" | "managed"> {
  return {
    ...(deletions && { deletions: deletions.flatMap((one) => soundOnes(one, rememberedDeletions)) }),
    ...(managed && { managed: managed.flatMap((one) => soundOnes(one, rememberedCount)) }),
  };
}

/** Whether the content is another owner's memory, of whatever version: not ours to replace. */
export function isMemoryOfAnother(content: string | Uint8Array, owner: string): boolean {
  const { data } = z.object({ owner: z.string() }).safeParse(parseContent(content));
  return data !== undefined && data.owner !== owner;
}

/** One line of JSON with sorted keys: equal memories are equal texts. */
export function encodeMemory(memory: Memory): string {
  return `${canonicalText(JSON.parse(JSON.stringify(memory)) as Json)}\n`;
}

function parseContent(content: string | Uint8Array): unknown {
  if (content.length > largestMemoryBytes) return undefined;
  try {
    const text =
      typeof content === "string" ? content : new TextDecoder("utf-8", { fatal: true }).decode(content);
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function soundOnes<Item>(item: unknown, schema: z.ZodType<Item>): readonly Item[] {
  const { data } = schema.safeParse(item);
  return data === undefined ? [] : [data];
}

function soundEntries<Entry>(entries: unknown, schema: z.ZodType<Entry>): Readonly<Record<string, Entry>> {
  if (typeof entries !== "object" || entries === null || Array.isArray(entries)) return {};
  const sound = Object.entries(entries).flatMap(([key, value]) => {
    const { data } = schema.safeParse(value);
    // Whoever copies the entry by assignment would set a prototype.
    return data === undefined || key === "__proto__" ? [] : [[key, data] as const];
  });
  return Object.fromEntries(sound);
}
