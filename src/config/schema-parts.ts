import * as z from "zod";
import type { SchemaRule } from "./schema-messages.ts";

// A message given to zod here is the name of a SchemaRule; the sentence is chosen later, with the language.
/** The rule whose sentence describes the value. */
export const rule = (name: SchemaRule): SchemaRule => name;

export const nonEmptyText = z.string().min(1);

/** A section that is not written is an empty one, so that what it lacks is reported key by key. */
export function section<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const object = z.strictObject(shape);
  return object.prefault({} as z.input<typeof object>);
}

export const positive = z.int().min(1);
