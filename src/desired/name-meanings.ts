import type { RememberedMeaning } from "../model/memory.ts";
import { recordKey, type RecordRef } from "../model/record.ts";
import type { Claimant, NamedPermissionSet, PermissionSetNames } from "./permission-set-names.ts";

/** What the name in an assignment record stands for, and what to remember of it. */
export type Meaning =
  | {
      readonly kind: "set";
      readonly named: NamedPermissionSet;
      /** It may be another one, which does not matter as long as nothing is granted of either. */
      readonly isUnsure?: true;
    }
  /** Several records have or had the name, and which of them was meant is not known. */
  | { readonly kind: "unclear"; readonly records: readonly string[] }
  | { readonly kind: "unknown" };

/**
 * What the name means. Lookups are copies: as long as the record has not been saved again, its name means the set that
 * it meant then, whatever names have moved since. One that was saved again with the name that its set has now follows it;
 * with another name, or once its author has been asked to choose again, it means what the names say.
 */
export function findMeaning(
  ref: RecordRef,
  typed: string,
  names: PermissionSetNames,
  before: RememberedMeaning | undefined,
): Meaning {
  if (before === undefined) return judgeUnremembered(ref, typed, names);
  const isSaved = before.revision !== ref.revision;
  if (before.name !== typed) return judgeOtherName(ref, typed, names, isSaved ? before.record : undefined);
  if (before.asked) return isSaved ? judgeChosen(ref, typed, names) : unclear(typed, names);
  if (before.record === undefined) return judgeNewName(ref, typed, names);
  return judgeRemembered(typed, before.record, isSaved, names);
}

/** Another name than before; `record` is the one whose set was meant, where the author may have followed it. */
function judgeOtherName(
  ref: RecordRef,
  typed: string,
  names: PermissionSetNames,
  record: string | undefined,
): Meaning {
  const isFollowed = record !== undefined && names.givenBy(record) === typed;
  const followed = isFollowed ? names.ofRecord(record, typed) : undefined;
  if (followed !== undefined) return meaningOf(followed);
  // A name that is chosen now does not mean a set that gave it up in an earlier pass.
  const claimants = names.claimantsOf(typed).filter(({ isFormer }) => isFormer !== true);
  const current = names.byName.get(typed);
  if (current?.toldBy === "former-name-tag") return { kind: "unknown" };
  const isLeft = current?.toldBy === "record-tag" && !isSavedBefore(ref, typed, names);
  return isLeft || isNamedSince(ref, typed, names)
    ? doubtful(typed, names)
    : judgeClaimants(ref, typed, claimants, names);
}

/** A name that its author has chosen again. */
function judgeChosen(ref: RecordRef, typed: string, names: PermissionSetNames): Meaning {
  const current = names.byName.get(typed);
  return current?.toldBy === undefined ? meaningOf(current) : judgeUnremembered(ref, typed, names);
}

/** A name that meant nothing when the record was saved: a record may have got it since, tags alone prove nothing. */
function judgeNewName(ref: RecordRef, typed: string, names: PermissionSetNames): Meaning {
  const isGiven = names.byName.get(typed)?.toldBy === undefined;
  return isGiven ? judgeClaimants(ref, typed, names.claimantsOf(typed), names) : { kind: "unknown" };
}

/** A name that is as it was when it meant the set of a record. */
function judgeRemembered(
  typed: string,
  record: string,
  isSaved: boolean,
  names: PermissionSetNames,
): Meaning {
  const current = names.byName.get(typed);
  const meant = names.ofRecord(record, typed);
  const isGiven = current !== undefined && current.toldBy === undefined;
  if (!isGiven || current.record === (meant?.record ?? record)) return meaningOf(meant);
  if (names.takesPlaceOf(record, current.record)) return meaningOf(current);
  return isSaved || meant === undefined ? unclear(typed, names) : meaningOf(meant);
}

/** What to remember: the meaning at this revision, or that its author has been asked. */
export function rememberMeaning(
  { revision }: RecordRef,
  name: string,
  meaning: Meaning,
  before: RememberedMeaning | undefined,
): RememberedMeaning | undefined {
  if (meaning.kind === "set") {
    if (meaning.isUnsure) return before?.name === name ? before : { revision, name };
    return { revision, name, record: meaning.named.record };
  }
  // A name that has meant a set goes on meaning it when it is back.
  if (meaning.kind === "unknown") return before?.name === name ? before : { revision, name };
  return { revision, name, ...(before?.record === undefined ? {} : { record: before.record }), asked: true };
}

/** A name of which no memory tells what it meant: it is clear when one record has or had it. */
function judgeUnremembered(ref: RecordRef, typed: string, names: PermissionSetNames): Meaning {
  const claimants = names.claimantsOf(typed);
  const isTold = names.byName.get(typed)?.toldBy !== undefined;
  // A record that was saved since it was given up may have meant a set that is gone.
  const isOld = isTold && claimants.some((one) => one.ref !== undefined && isSavedAfter(ref, one));
  return isOld || isNamedSince(ref, typed, names)
    ? doubtful(typed, names)
    : judgeClaimants(ref, typed, claimants, names);
}

/** Whether the set gets the name only now, by an edit that came after the record was saved: it was another's then, or free. */
function isNamedSince(ref: RecordRef, typed: string, names: PermissionSetNames): boolean {
  const current = names.byName.get(typed);
  if (current === undefined || current.heldBy !== undefined || current.toldBy !== undefined) return false;
  const isRenamed = current.actualNames.length > 0 && !current.actualNames.some((name) => name === typed);
  return isRenamed && isSavedBefore(ref, typed, names);
}

/** Whether the record was saved before the last edit of the one whose set has the name. */
function isSavedBefore(ref: RecordRef, typed: string, { byName, claimantsOf }: PermissionSetNames): boolean {
  const current = byName.get(typed);
  const giver = claimantsOf(typed).find(({ id }) => id === current?.record)?.ref;
  return giver !== undefined && timeOf(ref) < timeOf(giver);
}

/** What may be another set: its author is asked, unless the one that it may be waits for its own record, so that nothing is granted of it. */
function doubtful(typed: string, names: PermissionSetNames): Meaning {
  const current = names.byName.get(typed);
  return current?.heldBy === undefined
    ? unclear(typed, names)
    : { kind: "set", named: current, isUnsure: true };
}

/** Comparable with no other where the record does not tell. */
function timeOf({ updatedAt }: RecordRef): number {
  return updatedAt === undefined ? Number.NaN : Date.parse(updatedAt);
}

function judgeClaimants(
  ref: RecordRef,
  typed: string,
  claimants: readonly Claimant[],
  names: PermissionSetNames,
): Meaning {
  const current = names.byName.get(typed);
  if (current === undefined) return { kind: "unknown" };
  const others = claimants.filter(
    ({ id }) => id !== current.record && !names.takesPlaceOf(id, current.record),
  );
  const isClear = others.length === 0 && isPlausible(typed, current, names);
  // The author who saved a record last, after all the others, chose what a record gives, and nothing that is only told of by tags.
  const isChosen = current.toldBy === undefined && claimants.every((claimant) => isSavedAfter(ref, claimant));
  if (isClear || isChosen) return meaningOf(current);
  const areAllHeld = current.heldBy !== undefined && others.every(({ id }) => names.givenBy(id) === typed);
  return areAllHeld ? { kind: "set", named: current, isUnsure: true } : unclear(typed, names);
}

/** A record's number is all that a tag has of it: where name and definition are others, the number may have been given anew. */
function isPlausible(
  typed: string,
  { record, toldBy }: NamedPermissionSet,
  { isAsRecord }: PermissionSetNames,
): boolean {
  return toldBy !== "record-tag" || isAsRecord(typed, record);
}

/** kintone tells the minute: within one it is not known which was first. Of a record that is gone it is not known when it went. */
function isSavedAfter(ref: RecordRef, claimant: Claimant): boolean {
  return claimant.ref === undefined || timeOf(ref) > timeOf(claimant.ref);
}

function meaningOf(named: NamedPermissionSet | undefined): Meaning {
  return named === undefined ? { kind: "unknown" } : { kind: "set", named };
}

const mostTold = 10;

function unclear(typed: string, { claimantsOf }: PermissionSetNames): Meaning {
  const there = claimantsOf(typed).flatMap(({ id, ref }) => (ref === undefined ? [] : [id]));
  const records = there.toSorted((a, b) => Number(a) - Number(b)).slice(0, mostTold);
  return { kind: "unclear", records };
}

/** What memory knows of the record's name; revisions only grow, or else the record is another one of the same number. */
export function meaningIn(
  remembered: Readonly<Record<string, RememberedMeaning>>,
  ref: RecordRef,
): RememberedMeaning | undefined {
  const key = recordKey(ref);
  const before = Object.hasOwn(remembered, key) ? remembered[key] : undefined;
  return before === undefined || before.revision > ref.revision ? undefined : before;
}
