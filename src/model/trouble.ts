import { dayMs } from "./duration.ts";
import { digest } from "./digest.ts";
import { changeKinds } from "./change-kinds.ts";
import type { Change } from "./plan.ts";
import { canonicalText, type Json } from "./json.ts";

/** A change that was applied and may be asked for again. */
export interface RememberedRepeat {
  /** The same for the same before and after. */
  readonly mark: string;
  /** Passes in a row that applied it like that. */
  readonly times: number;
  /** When it was last applied. ISO 8601 UTC. */
  readonly at: string;
  /** When operators were told that it does not stay. ISO 8601 UTC. */
  readonly told?: string;
}

/** A change that failed in the last pass that tried it. */
export interface RememberedFailure {
  /** AWS's code of the reason. */
  readonly code: string;
  /** When operators, and the authors whom it concerns, had been told. ISO 8601 UTC. */
  readonly told?: string;
}

/** What is remembered of changes that do not become what the records say, by id. */
export interface Troubles {
  readonly repeats?: Readonly<Record<string, RememberedRepeat>>;
  readonly failures?: Readonly<Record<string, RememberedFailure>>;
}

const markLength = 16;
const appliedBefore = 2;
const knownMs = 7 * dayMs;

/**
 * By id, what is equal when the same is asked for again: before and after, and of what only passes a definition on, or
 * notes that, the changes of the definition.
 */
export function markChanges(changes: readonly Change[]): ReadonlyMap<string, string> {
  const own = ({ before, after }: Change): Json => asJson([before ?? null, after ?? null]);
  const definitions = new Map<string, Json[]>();
  for (const change of changes) {
    if (!changeKinds[change.kind].touchesDefinition) continue;
    const name: string = change.target.permissionSet;
    definitions.set(name, [...(definitions.get(name) ?? []), change.id, own(change)]);
  }
  const markOf = (change: Change): string => {
    const passedOn = changeKinds[change.kind].isHousekeeping
      ? definitions.get(change.target.permissionSet)
      : [];
    return digest(canonicalText([own(change), ...(passedOn ?? [])])).slice(0, markLength);
  };
  return new Map(changes.map((change) => [change.id, markOf(change)]));
}

function asJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

/** Ids of the changes that are asked for with the same before and after for the third pass at least, though each applied them. */
export function findRepeats(changes: readonly Change[], { repeats = {} }: Troubles): ReadonlySet<string> {
  const marks = markChanges(changes);
  const isRepeated = ({ id }: Change): boolean => {
    const known = Object.hasOwn(repeats, id) ? repeats[id] : undefined;
    return known !== undefined && known.times >= appliedBefore && known.mark === marks.get(id);
  };
  return new Set(changes.filter(isRepeated).map(({ id }) => id));
}

/** Whether people know of it, and not for so long that it counts again. */
export function isKnown(trouble: { readonly told?: string } | undefined, nowMs: number): boolean {
  return trouble?.told !== undefined && nowMs - Date.parse(trouble.told) < knownMs;
}
