import type { RememberedMeaning } from "../model/memory.ts";
import { recordKey, type RecordRef } from "../model/record.ts";
import type { NamedPermissionSet, PermissionSetNames } from "./permission-set-names.ts";

/** What the name in an assignment record stands for, and what to remember of it. */
export type Meaning =
  | {
      readonly kind: "set";
      readonly named: NamedPermissionSet;
      /** It may be another one, which does not matter as long as nothing is granted of either. */
      readonly isUnsure?: true;
    }
  /** Several records have or had the name, and nobody can tell which of them was meant. */
  | { readonly kind: "unclear"; readonly records: readonly string[] }
  | { readonly kind: "unknown" };

/**
 * What the name means. Lookups are copies: as long as the record has not been saved again, its name means the set that
 * it meant then, whatever names have moved since. A record that was saved again means what the names say now, once its
 * author has changed the name or been asked to choose again.
 */
export function findMeaning(
  ref: RecordRef,
  typed: string,
  names: PermissionSetNames,
  before: RememberedMeaning | undefined,
): Meaning {
  const current = names.byName.get(typed);
  if (before === undefined) return judgeUnremembered(ref, typed, names);
  // The author has typed another name: what it is called now is what was chosen.
  if (before.name !== typed) return meaningOf(current);
  const isSameRevision = before.revision === ref.revision;
  if (before.asked) return isSameRevision ? unclear(typed, names) : meaningOf(current);
  return judgeRemembered(before, isSameRevision, current, names);
}

/** A name that is as it was when it meant the set of a record. */
function judgeRemembered(
  before: RememberedMeaning,
  isSameRevision: boolean,
  current: NamedPermissionSet | undefined,
  names: PermissionSetNames,
): Meaning {
  const { name: typed } = before;
  if (before.record === undefined) return unclear(typed, names);
  const meant = names.ofRecord(before.record, typed);
  if (meant !== undefined && (isSameRevision || current?.record === before.record)) {
    return { kind: "set", named: meant };
  }
  if (current === undefined || current.record === before.record) return meaningOf(current);
  if (meant === undefined && names.takesPlaceOf(before.record, current.record)) return meaningOf(current);
  return unclear(typed, names);
}

/** What to remember: the meaning at this revision, or that its author has been asked. */
export function rememberMeaning(
  { revision }: RecordRef,
  name: string,
  meaning: Meaning,
  before: RememberedMeaning | undefined,
): RememberedMeaning | undefined {
  if (meaning.kind === "unknown" || (meaning.kind === "set" && meaning.isUnsure)) return before;
  if (meaning.kind === "set") return { revision, name, record: meaning.named.record };
  return { revision, name, ...(before?.record === undefined ? {} : { record: before.record }), asked: true };
}

/** A name of which no memory tells what it meant: it is clear when one record has or had it. */
function judgeUnremembered(ref: RecordRef, typed: string, names: PermissionSetNames): Meaning {
  const current = names.byName.get(typed);
  if (current === undefined) return meaningOf(current);
  const claimants = names.claimantsOf(typed);
  const others = claimants.filter(({ id }) => id !== current.record);
  if (others.length === 0 || claimants.every((claimant) => isSavedAfter(ref, claimant))) {
    return meaningOf(current);
  }
  return current.heldBy === undefined
    ? unclear(typed, names)
    : { kind: "set", named: current, isUnsure: true };
}

/** kintone tells the minute: within one nobody knows which was first. */
function isSavedAfter({ updatedAt }: RecordRef, { updatedAt: other }: RecordRef): boolean {
  return updatedAt !== undefined && other !== undefined && Date.parse(updatedAt) > Date.parse(other);
}

function meaningOf(named: NamedPermissionSet | undefined): Meaning {
  return named === undefined ? { kind: "unknown" } : { kind: "set", named };
}

const mostTold = 10;

function unclear(typed: string, { claimantsOf }: PermissionSetNames): Meaning {
  return {
    kind: "unclear",
    records: claimantsOf(typed)
      .slice(0, mostTold)
      .map(({ id }) => id),
  };
}

/** What memory knows of the record's name. */
export function meaningIn(
  remembered: Readonly<Record<string, RememberedMeaning>>,
  ref: RecordRef,
): RememberedMeaning | undefined {
  const key = recordKey(ref);
  return Object.hasOwn(remembered, key) ? remembered[key] : undefined;
}
