import * as z from "zod";

import type { FormField } from "../model/fields.ts";

const appSchema = z.object({ appId: z.string(), name: z.string() });

const mappingsSchema = z.object({ fieldMappings: z.array(z.object({ field: z.string() })) });
const columnSchema = z.object({
  type: z.string(),
  label: z.string().optional(),
  lookup: mappingsSchema.optional().catch(undefined),
});
const formSchema = z.object({
  properties: z.record(
    z.string(),
    columnSchema.extend({
      fields: z.record(z.string(), columnSchema).optional(),
      enabled: z.boolean().optional().catch(undefined),
    }),
  ),
});

/** The app's name; undefined unless the answer is about the app. */
export function decodeAppName(answer: unknown, appId: number): string | undefined {
  const { success, data } = appSchema.safeParse(answer);
  return success && data.appId === String(appId) ? data.name : undefined;
}

/** The fields of the app's form, without those that are switched off, which no record has; undefined unless the answer is a form. */
export function decodeForm(answer: unknown): readonly FormField[] | undefined {
  const { success, data } = formSchema.safeParse(answer);
  if (!success) return undefined;
  return Object.entries(data.properties).flatMap(([code, { fields, enabled, ...property }]) => {
    if (enabled === false) return [];
    const field = formField(code, property);
    return fields ? Object.assign(field, { columns: columnsOf(fields) }) : field;
  });
}

/** The columns that authors fill in: what a lookup copies beside its key says nothing of its own. */
function columnsOf(fields: Readonly<Record<string, z.infer<typeof columnSchema>>>): readonly FormField[] {
  const mappings = Object.values(fields).flatMap(({ lookup }) => lookup?.fieldMappings ?? []);
  const copied = new Set(mappings.map(({ field }) => field));
  return Object.entries(fields)
    .filter(([code]) => !copied.has(code))
    .map(([code, column]) => formField(code, column));
}

function formField(code: string, { type, label }: z.infer<typeof columnSchema>): FormField {
  return { code, label: label ?? code, type };
}
