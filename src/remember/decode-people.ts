import * as z from "zod";

import type { FormerHolders, RememberedHolder } from "../model/holder.ts";
import type { PeopleMemory } from "../model/memory.ts";
import { natural, texts } from "./memory-parts.ts";
import { soundEntries } from "./sound-entries.ts";

const rememberedHolder: z.ZodType<RememberedHolder> = z.object({
  id: z.string(),
  external: texts.exactOptional(),
  gone: z.literal(true).exactOptional(),
});
const formerOnes: z.ZodType<FormerHolders> = z.object({
  revision: natural,
  holders: z.record(z.string(), rememberedHolder),
});

/** What a memory tells of the names of people and groups; entries that make no sense are dropped. */
export function decodePeople({
  holders,
  formerHolders,
}: {
  readonly holders?: unknown;
  readonly formerHolders?: unknown;
}): PeopleMemory {
  return {
    ...(holders !== undefined && { holders: soundEntries(holders, rememberedHolder) }),
    ...(formerHolders !== undefined && { formerHolders: soundEntries(formerHolders, formerOnes) }),
  };
}
