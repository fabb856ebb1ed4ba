import { canonicalText, type Json } from "../model/json.ts";
import type { Change } from "../model/plan.ts";

/** What changes come to, as one text to take a digest of: what would be written, and where; not who asked, nor in which order it was read. */
export function planText(changes: readonly Change[], instanceArn: string, owner: string): string {
  const written = changes.map(({ id, kind, before, after }) => ({
    id,
    kind,
    before: before ?? null,
    after: after ?? null,
  }));
  return canonicalText({ instanceArn, owner, changes: written } as unknown as Json);
}
