import type * as z from "zod";

import { mostEntries } from "./memory-parts.ts";

/** The item, where it makes sense. */
export function soundOnes<Item>(item: unknown, schema: z.ZodType<Item>): readonly Item[] {
  const { data } = schema.safeParse(item);
  return data === undefined ? [] : [data];
}

/** The entries that make sense. */
export function soundEntries<Entry>(
  entries: unknown,
  schema: z.ZodType<Entry>,
): Readonly<Record<string, Entry>> {
  if (typeof entries !== "object" || entries === null || Array.isArray(entries)) return {};
  const all = Object.entries(entries);
  if (all.length > mostEntries) return {};
  const sound = all.flatMap(([key, value]) => {
    const { data } = schema.safeParse(value);
    // Copying the entry by assignment would set a prototype.
    return data === undefined || key === "__proto__" ? [] : [[key, data] as const];
  });
  return Object.fromEntries(sound);
}
