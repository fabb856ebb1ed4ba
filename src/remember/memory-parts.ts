import * as z from "zod";

import type { RememberedPlan } from "../model/memory.ts";
import type { SeenPermissionSet } from "../model/reading.ts";

/** A part with more entries was not written by this program. */
export const mostEntries = 200_000;
/** Revisions, numbers of passes and counts; none is ever nearly as large. */
export const natural = z.int().min(0).max(2_147_483_647);

/** ISO 8601 UTC. */
export const time = z.iso.datetime();
/** Names or ids. */
export const texts = z.array(z.string()).max(mostEntries);
/** As a whole or not at all. */
export const rememberedPlan: z.ZodType<RememberedPlan> = z.object({
  version: z.string(),
  revisions: z.record(z.string(), natural),
  left: texts,
  waiting: texts,
});
/** One set as it was seen. */
export const seenPermissionSet: z.ZodType<SeenPermissionSet> = z
  .object({
    name: z.string(),
    tags: z.record(z.string(), z.string()),
    definition: z.string().optional(),
    pass: natural,
    stalePass: natural,
    accounts: z.record(z.string(), z.tuple([z.string(), natural])),
    administrator: z.literal(true).exactOptional(),
  })
  .transform(({ definition, ...seen }) => (definition === undefined ? seen : { ...seen, definition }));
/** What passes saw, the sets one by one. */
export const seenPart = z
  .object({ pass: natural, wholeAt: time.optional().catch(undefined), permissionSets: z.unknown() })
  .transform(({ wholeAt, ...seen }) => (wholeAt === undefined ? seen : { ...seen, wholeAt }));
