import { digest } from "../model/digest.ts";
import { holderKey, type RememberedHolder } from "../model/holder.ts";
import type { PeopleMemory } from "../model/memory.ts";
import { recordKey, type RecordRef, wasSavedAfter } from "../model/record.ts";

/** What memory knows of the names of people and groups. */
export interface KnownHolders extends PeopleMemory {
  /** The newest revision of the record that an earlier pass has seen; undefined for one that none has. */
  readonly seenRevision: (record: RecordRef) => number | undefined;
}

/** A user or group of the directory. */
interface Found {
  readonly id: string;
  readonly externalIds?: readonly string[];
  readonly createdAt?: string;
}

/** A name in a record. */
export interface NamedPrincipal {
  readonly kind: "USER" | "GROUP";
  readonly name: string;
  readonly record: RecordRef;
}

/** What memory keeps of the names that one record gives. */
export interface HolderNotes {
  readonly holders: Map<string, RememberedHolder>;
  readonly former: Map<string, RememberedHolder>;
}

/** Whether a name means its present holder, or meant another person when its record was saved, or a person who is gone. */
export type Standing = "meant" | "changed" | "gone" | "unknown";

/**
 * Judges a name by whom it meant when its record was saved, and notes what the next pass has to know. Another person who
 * has the name now is meant when the record was saved after that one appeared, or after a pass saw that the name was free.
 */
export function judgeHolder(
  { kind, name, record }: NamedPrincipal,
  found: Found | undefined,
  known: KnownHolders,
  notes: HolderNotes,
): Standing {
  const key = holderKey(kind, name);
  const before = entryOf(known.holders, key);
  const former = formerOf(known, record, key);
  if (found === undefined) {
    if (before === undefined) return "unknown";
    notes.holders.set(key, { ...before, gone: true });
    const meant = former ?? (before.gone === true ? undefined : before);
    if (meant !== undefined) notes.former.set(key, meant);
    return "gone";
  }
  const now = holderOf(found);
  notes.holders.set(key, now);
  const meant = former ?? meantBefore(before, record, found, known);
  if (meant === undefined || isSame(kind, meant, now)) return "meant";
  notes.former.set(key, meant);
  return "changed";
}

/** What memory keeps of all names in the records. */
export function peopleIn(
  records: readonly { readonly ref: RecordRef; readonly notes: HolderNotes }[],
): Required<PeopleMemory> {
  const former = records.filter(({ notes }) => notes.former.size > 0);
  return {
    holders: Object.fromEntries(records.flatMap(({ notes }) => [...notes.holders])),
    formerHolders: Object.fromEntries(
      former.map(({ ref, notes }) => [
        recordKey(ref),
        { revision: ref.revision, holders: Object.fromEntries(notes.former) },
      ]),
    ),
  };
}

/** Keeps what is known of a name that several have now, so that whom it means cannot be told. */
export function keepHolder(
  { kind, name, record }: NamedPrincipal,
  known: KnownHolders,
  notes: HolderNotes,
): void {
  const key = holderKey(kind, name);
  const before = entryOf(known.holders, key);
  const former = formerOf(known, record, key);
  if (before !== undefined) notes.holders.set(key, before);
  if (former !== undefined) notes.former.set(key, former);
}

/** The name that the former holder of this one has now; undefined where there was none, or that one is gone. */
export function nowCalled(
  { kind, name }: NamedPrincipal,
  namesById: ReadonlyMap<string, string>,
  { holders }: PeopleMemory,
): string | undefined {
  const before = entryOf(holders, holderKey(kind, name));
  return before && namesById.get(before.id);
}

/** Whether memory knows a former holder of the name. */
export function wasHeld(kind: NamedPrincipal["kind"], name: string, { holders }: PeopleMemory): boolean {
  return entryOf(holders, holderKey(kind, name)) !== undefined;
}

/** Whether it is the very user whom the name meant before, as the directory's source tells. */
export function isHolder(name: string, found: Found, { holders }: PeopleMemory): boolean {
  const before = entryOf(holders, holderKey("USER", name));
  return before !== undefined && isSame("USER", before, holderOf(found));
}

function meantBefore(
  before: RememberedHolder | undefined,
  record: RecordRef,
  found: Found,
  { seenRevision }: KnownHolders,
): RememberedHolder | undefined {
  if (before === undefined || before.gone === true) return undefined;
  const isUnchanged = seenRevision(record) === record.revision;
  return !isUnchanged && wasSavedAfter(record, found.createdAt) ? undefined : before;
}

function formerOf(
  { formerHolders = {} }: KnownHolders,
  record: RecordRef,
  key: string,
): RememberedHolder | undefined {
  const id = recordKey(record);
  const former = Object.hasOwn(formerHolders, id) ? formerHolders[id] : undefined;
  return former?.revision === record.revision ? entryOf(former.holders, key) : undefined;
}

/** A group of the same name is the same group, unless the directory's source says that it is not. */
function isSame(kind: NamedPrincipal["kind"], one: RememberedHolder, other: RememberedHolder): boolean {
  if (one.id === other.id) return true;
  const { external: before = [] } = one;
  const { external: now = [] } = other;
  if (kind === "GROUP" && (before.length === 0 || now.length === 0)) return true;
  return before.some((id) => now.includes(id));
}

const digits = 16;

function holderOf({ id, externalIds = [] }: Found): RememberedHolder {
  if (externalIds.length === 0) return { id };
  return { id, external: externalIds.map((one) => digest(one).slice(0, digits)) };
}

function entryOf(
  entries: Readonly<Record<string, RememberedHolder>> | undefined,
  key: string,
): RememberedHolder | undefined {
  return entries !== undefined && Object.hasOwn(entries, key) ? entries[key] : undefined;
}
