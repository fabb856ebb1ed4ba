import * as z from "zod";

import { canonicalText, type Json } from "../model/json.ts";
import type { RememberedApprovals } from "../model/approval.ts";
import {
  type Memory,
  memoryVersion,
  type OpenIncident,
  type RememberedAdministrators,
  type RememberedApps,
  type RememberedCount,
  type RememberedDeletions,
  type RememberedMeaning,
  type RememberedPause,
  type RememberedRequest,
  type ToldRecord,
  type SizeMemory,
  type OwnershipMemory,
  type MemoryStamps,
  type RecordFacts,
  type DailyCounts,
  type MeaningMemory,
  type RequestMemory,
} from "../model/memory.ts";
import { rememberedClass, rememberedEnd, rememberedGate } from "./record-facts.ts";
import type { RememberedFailure, RememberedRepeat, Troubles } from "../model/trouble.ts";
import { decodePeople } from "./decode-people.ts";
import {
  mostEntries,
  natural,
  rememberedPlan,
  seenPart,
  seenPermissionSet,
  texts,
  time,
} from "./memory-parts.ts";
import { soundEntries, soundOnes } from "./sound-entries.ts";

/** A memory of a hundred thousand records has about half of these bytes. */
export const largestMemoryBytes = 20 * 1024 * 1024;

const mostCounts = 20_000;

const toldRecord: z.ZodType<ToldRecord> = z.object({ marker: z.string(), toldAt: time });
const openIncident: z.ZodType<OpenIncident> = z.object({
  channel: z.string(),
  messageId: z.string(),
  fingerprint: z.string(),
  openedAt: time,
  remindedAt: time,
  unconfirmed: natural.min(1).exactOptional(),
  untold: natural.min(1).exactOptional(),
});
const rememberedRequest: z.ZodType<RememberedRequest> = z.object({
  revision: natural,
  permissionSets: texts,
  accounts: texts,
  principals: texts,
});
const rememberedMeaning: z.ZodType<RememberedMeaning> = z.object({
  revision: natural,
  name: z.string(),
  record: z.string().exactOptional(),
  asked: z.literal(true).exactOptional(),
});
const rememberedApps: z.ZodType<RememberedApps> = z.object({ permissionSets: natural, assignments: natural });
const rememberedDeletions: z.ZodType<RememberedDeletions> = z.object({
  at: time,
  count: natural,
  ids: texts.exactOptional(),
  run: z.string().exactOptional(),
});
const rememberedCount: z.ZodType<RememberedCount> = z.object({ at: time, count: natural });
const rememberedAdministrators: z.ZodType<RememberedAdministrators> = z.object({
  sets: z.array(z.tuple([z.string(), z.string()])).max(mostEntries),
  assignments: texts,
});
const rememberedPause: z.ZodType<RememberedPause> = z.object({
  by: z.string(),
  reason: z.string(),
  at: time,
});
const rememberedApprovals: z.ZodType<RememberedApprovals> = z.object({
  since: time,
  used: z.array(z.object({ code: z.string(), usedAt: time })).max(mostCounts),
});
const rememberedRepeat: z.ZodType<RememberedRepeat> = z.object({
  mark: z.string(),
  times: natural,
  at: time,
  told: time.exactOptional(),
});
const rememberedFailure: z.ZodType<RememberedFailure> = z.object({
  code: z.string(),
  told: time.exactOptional(),
});
const goodRead = z.object({ at: time, permissionSets: natural, assignments: natural });

/** Version 0 is a memory that does not tell its version and need not have every part. */
const memoryOf = (owner: string) =>
  z.object({
    schemaVersion: z.literal([0, 1, memoryVersion]).optional(),
    savedAt: time.optional().catch(undefined),
    owner: z.literal(owner),
    records: z.unknown().optional(),
    incidents: z.unknown().optional(),
    lastGoodRead: goodRead.optional().catch(undefined),
    instanceArn: z.string().optional().catch(undefined),
    requests: z.unknown().optional(),
    earlierRecords: texts.optional().catch(undefined),
    meanings: z.unknown().optional(),
    apps: rememberedApps.optional().catch(undefined),
    wholes: z.unknown().optional(),
    ends: z.unknown().optional(),
    classes: z.unknown().optional(),
    holders: z.unknown().optional(),
    formerHolders: z.unknown().optional(),
    gates: z.unknown().optional(),
    principalNames: z.unknown().optional(),
    unmanagedSets: texts.optional().catch(undefined),
    adoptedSets: texts.optional().catch(undefined),
    claimedSets: texts.optional().catch(undefined),
    ownedSets: z.unknown().optional(),
    madeSets: z.unknown().optional(),
    deletions: z.array(z.unknown()).max(mostCounts).optional().catch(undefined),
    departures: z.array(z.unknown()).max(mostCounts).optional().catch(undefined),
    adminGrants: z.array(z.unknown()).max(mostCounts).optional().catch(undefined),
    managed: z.array(z.unknown()).max(mostCounts).optional().catch(undefined),
    paused: rememberedPause.optional().catch(undefined),
    // As a whole or not at all: of a part, who is missing would count as made by hand.
    administrators: rememberedAdministrators.optional().catch(undefined),
    // As a whole or not at all: a part that has lost a used approval would let it count again.
    approvals: rememberedApprovals.optional().catch(undefined),
    repeats: z.unknown().optional(),
    failures: z.unknown().optional(),
    seen: seenPart.optional().catch(undefined),
    writtenBy: z.string().optional().catch(undefined),
    // As a whole or not at all: of a part, what waits for a person would count as carried out.
    planned: rememberedPlan.optional().catch(undefined),
  });

/**
 * The memory that a text or its UTF-8 bytes hold: undefined when they are damaged, over 20 MB, of a newer version or of
 * another owner. Unknown fields and entries that make no sense are dropped.
 */
export function decodeMemory(content: string | Uint8Array, owner: string): Memory | undefined {
  const { data } = memoryOf(owner).safeParse(parseContent(content));
  if (data === undefined) return undefined;
  const { records, incidents, lastGoodRead, instanceArn } = data;
  const { classes, principalNames, administrators, paused, approvals, seen } = data;
  return {
    schemaVersion: memoryVersion,
    owner,
    records: soundEntries(records, toldRecord),
    incidents: soundEntries(incidents, openIncident),
    ...(lastGoodRead && { lastGoodRead }),
    ...(instanceArn !== undefined && { instanceArn }),
    ...decodeRequests(data),
    ...decodeMeanings(data),
    ...decodePeople(data),
    ...decodeRecordFacts(data),
    ...(classes !== undefined && { classes: soundEntries(classes, rememberedClass) }),
    ...(principalNames !== undefined && { principalNames: soundEntries(principalNames, z.string()) }),
    ...decodeSets(data),
    ...decodeCounts(data),
    ...decodeTroubles(data),
    ...(administrators && { administrators }),
    ...(paused && { paused }),
    ...(approvals && { approvals }),
    ...(seen && { seen: { ...seen, permissionSets: soundEntries(seen.permissionSets, seenPermissionSet) } }),
    ...decodeStamps(data),
  };
}

/** What is known of records one by one. */
function decodeRecordFacts({
  wholes,
  ends,
  gates,
}: {
  readonly wholes?: unknown;
  readonly ends?: unknown;
  readonly gates?: unknown;
}): RecordFacts {
  return {
    ...(gates !== undefined && { gates: soundEntries(gates, rememberedGate) }),
    ...(wholes !== undefined && { wholes: soundEntries(wholes, texts) }),
    ...(ends !== undefined && { ends: soundEntries(ends, rememberedEnd) }),
  };
}

function decodeSets({
  unmanagedSets,
  adoptedSets,
  claimedSets,
  ownedSets,
  madeSets,
}: {
  readonly [Part in "unmanagedSets" | "adoptedSets" | "claimedSets"]?: readonly string[] | undefined;
} & { readonly ownedSets?: unknown; readonly madeSets?: unknown }): OwnershipMemory {
  return {
    ...(unmanagedSets !== undefined && { unmanagedSets }),
    ...(adoptedSets !== undefined && { adoptedSets }),
    ...(claimedSets !== undefined && { claimedSets }),
    ...(ownedSets !== undefined && { ownedSets: soundEntries(ownedSets, z.string()) }),
    ...(madeSets !== undefined && { madeSets: soundEntries(madeSets, z.string()) }),
  };
}

/** Who is not known to have been there is taken for new: a request that makes no sense must not make its record so. */
function decodeRequests({
  requests,
  earlierRecords,
}: {
  readonly requests?: unknown;
  readonly earlierRecords?: readonly string[] | undefined;
}): RequestMemory {
  if (requests === undefined) return {};
  const sound = soundEntries(requests, rememberedRequest);
  const isWhole = Object.keys(sound).length === Object.keys(requests ?? {}).length;
  return { requests: sound, ...(isWhole && earlierRecords !== undefined && { earlierRecords }) };
}

function decodeMeanings({
  meanings,
  apps,
}: {
  readonly meanings?: unknown;
  readonly apps?: RememberedApps | undefined;
}): MeaningMemory {
  if (meanings === undefined || apps === undefined) return {};
  return { meanings: soundEntries(meanings, rememberedMeaning), apps };
}

function decodeTroubles({
  repeats,
  failures,
}: {
  readonly repeats?: unknown;
  readonly failures?: unknown;
}): Troubles {
  return {
    ...(repeats !== undefined && { repeats: soundEntries(repeats, rememberedRepeat) }),
    ...(failures !== undefined && { failures: soundEntries(failures, rememberedFailure) }),
  };
}

function decodeStamps({
  writtenBy,
  savedAt,
  planned,
}: { readonly [Stamp in keyof MemoryStamps]?: MemoryStamps[Stamp] | undefined }): MemoryStamps {
  return {
    ...(planned && { planned }),
    ...(writtenBy !== undefined && { writtenBy }),
    ...(savedAt !== undefined && { savedAt }),
  };
}

function decodeCounts({
  deletions,
  departures,
  adminGrants,
  managed,
}: {
  readonly [Part in keyof DailyCounts | "managed"]?: readonly unknown[] | undefined;
}): DailyCounts & SizeMemory {
  return {
    ...(adminGrants && { adminGrants: adminGrants.flatMap((one) => soundOnes(one, rememberedDeletions)) }),
    ...(departures && { departures: departures.flatMap((one) => soundOnes(one, rememberedDeletions)) }),
    ...(deletions && { deletions: deletions.flatMap((one) => soundOnes(one, rememberedDeletions)) }),
    ...(managed && { managed: managed.flatMap((one) => soundOnes(one, rememberedCount)) }),
  };
}

/** An open incident as JSON; undefined when it makes no sense. */
export function decodeIncident(content: string): OpenIncident | undefined {
  return openIncident.safeParse(parseContent(content)).data;
}

const claims = z.object({ owner: z.string(), schemaVersion: z.number().optional().catch(undefined) });

/** Whose memory a text says that it is, and of what version, whether it is to be believed or not; undefined when it says neither. */
export function claimsOf(content: string | Uint8Array): z.infer<typeof claims> | undefined {
  return claims.safeParse(parseContent(content)).data;
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
