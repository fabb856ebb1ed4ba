import type { ActualState } from "../../src/model/actual-state.ts";
import { formerNameTag, recordTag } from "../../src/model/ownership.ts";
import { definitionOf, definitionText } from "./definitions.ts";
import type { AssignmentRecord, Records, SetRecord } from "./kintone-twin.ts";

/** Which set the author of an assignment record means by the name in it. */
export interface Meant {
  readonly name: string;
  /** The revision whose author chose it. */
  readonly revision: number;
  /** Lines of the set records: the one that had the name when it was chosen, and what took its place. */
  readonly lines: readonly number[];
  /** All records of these lines that there have been since. */
  readonly ids: readonly number[];
  /** All records that have had the name since it was chosen. */
  readonly had: readonly number[];
  /** The author has been asked to choose again. */
  readonly isAsked?: true;
  /** The name that the last complete pass has seen. */
  readonly seen?: string;
}

/** A record that is entered again, or a copy of one, is of the same line. */
export function lineOf({ id, line }: SetRecord): number {
  return line ?? id;
}

/** The records, each assignment record with what its name means; an author who saves it with another name chooses that. */
export function withMeanings({ sets, assignments }: Records, before?: Records): Records {
  const earlier = new Map(before?.assignments.map(({ id, meant }) => [id, meant]));
  return { sets, assignments: assignments.map((one) => withMeaning(one, sets, earlier.get(one.id))) };
}

function withMeaning(
  record: AssignmentRecord,
  sets: readonly SetRecord[],
  before: Meant | undefined,
): AssignmentRecord {
  const { set: name, revision } = record;
  const isSaved = before?.revision !== revision;
  const isKept = before !== undefined && before.name === name && !(isSaved && before.isAsked === true);
  const kept = isKept ? before : { lines: [], ids: [] };
  const givers = sets.filter((set) => set.name === name).map(({ id }) => id);
  const had = [...new Set([...(before?.name === name ? before.had : []), ...givers])];
  // Whoever chooses a name sees what it is; what nobody has had yet is whose record comes to show it.
  const shown = isKept && !isSaved ? sets.filter(isNamed) : sets;
  const lines = kept.lines.length > 0 ? kept.lines : linesOf(name, shown);
  const asked = isKept && !isSaved && before.isAsked === true ? { isAsked: true as const } : {};
  const seen = before?.seen === undefined ? {} : { seen: before.seen };
  return {
    ...record,
    meant: { name, revision, lines, ids: idsOf(lines, sets, kept.ids), had, ...seen, ...asked },
  };
}

function idsOf(
  lines: readonly number[],
  sets: readonly SetRecord[],
  before: readonly number[],
): readonly number[] {
  return [...new Set([...before, ...sets.filter((set) => lines.includes(lineOf(set))).map(({ id }) => id)])];
}

function isNamed({ flaw }: SetRecord): boolean {
  return flaw !== "name-emptied";
}

function linesOf(name: string, sets: readonly SetRecord[]): readonly number[] {
  return [...new Set(sets.filter((set) => set.name === name).map(lineOf))];
}

/** What a pass knew beforehand, and what it had to find out. */
export interface Look {
  readonly actual: ActualState;
  readonly hasMemory: boolean;
  /** Whether it came to its end, so that the next one knows what it found out. */
  readonly isComplete: boolean;
  /** Ids of the assignment records whose authors it asks to choose again. */
  readonly asks: ReadonlySet<string>;
}

/** The records after a pass has looked at what it has seen of them: what it could not know better it may believe from then on. */
export function looked({ sets, assignments }: Records, seen: Records, look: Look): Records {
  const names = new Map(seen.assignments.map(({ id, set }) => [id, set]));
  return {
    sets,
    assignments: assignments.map((one) =>
      names.get(one.id) === one.set ? lookedAt(one, seen.sets, look) : one,
    ),
  };
}

function lookedAt(record: AssignmentRecord, sets: readonly SetRecord[], look: Look): AssignmentRecord {
  const { meant, set: name } = record;
  if (meant === undefined) return record;
  const isKnown = look.hasMemory && meant.seen === name;
  const visible = sets.filter(isNamed);
  const claims = claimantsOf(name, visible, look.actual);
  const found = [
    ...(meant.lines.length === 0 ? linesOf(name, visible) : []),
    ...(isKnown ? [] : believable(record, visible, claims, look.actual)),
    ...successors(record, meant, sets, look.actual),
  ];
  // What means nothing when it is first looked at means what comes to have the name.
  const isOfNobody = !isKnown && claims.size === 0;
  const lines = isOfNobody ? [] : [...new Set([...meant.lines, ...found])];
  const { isAsked: _asked, ...others } = meant;
  return {
    ...record,
    meant: {
      ...(look.isComplete ? others : meant),
      lines,
      ids: idsOf(lines, sets, meant.ids),
      ...(look.isComplete ? { seen: name } : {}),
      ...(look.asks.has(String(record.id)) ? { isAsked: true as const } : {}),
    },
  };
}

/** Ids of the records that give the name, or whose set has it, had it before, or is on its way to it. */
function claimantsOf(
  name: string,
  sets: readonly SetRecord[],
  { permissionSets }: ActualState,
): ReadonlySet<number> {
  const tagged = permissionSets.flatMap(({ name: current, managed, tags }) => {
    const id = tags[recordTag] ?? "";
    const names = [current, tags[formerNameTag]];
    return managed && (names.includes(name) || current === `${name}.record-${id}`) ? [Number(id)] : [];
  });
  return new Set([...sets.filter((set) => set.name === name).map(({ id }) => id), ...tagged]);
}

/** Lines of the records that somebody without a memory may take the name for: nothing speaks for another one. */
function believable(
  { set: name, updatedAtMs }: AssignmentRecord,
  sets: readonly SetRecord[],
  claimants: ReadonlySet<number>,
  { permissionSets }: ActualState,
): readonly number[] {
  const givers = sets.filter((set) => set.name === name);
  const isRenamedSince = givers.some(({ id, updatedAtMs: at }) => {
    const own = permissionSets.filter(({ managed, tags }) => managed && tags[recordTag] === String(id));
    return at > updatedAtMs && own.length > 0 && own.every((set) => set.name !== name);
  });
  if (isRenamedSince) return [];
  const there = sets.filter(({ id }) => claimants.has(id));
  const isSavedLast = there.every((set) => updatedAtMs > set.updatedAtMs);
  if (givers.length > 0 && isSavedLast) return givers.map(lineOf);
  const lines = new Set(there.map(lineOf));
  const areAllThere = there.length === claimants.size;
  return areAllThere && lines.size === 1 && !(givers.length === 0 && isSavedLast) ? [...lines] : [];
}

/** Lines of the records that define just what the set of the name is, which is meant and whose own record is not that any more. */
function successors(
  { set: name }: AssignmentRecord,
  { ids }: Meant,
  sets: readonly SetRecord[],
  { permissionSets }: ActualState,
): readonly number[] {
  const left = permissionSets.find((set) => set.name === name);
  if (left?.managed !== true || !ids.includes(Number(left.tags[recordTag]))) return [];
  const own = sets.find(({ id }) => String(id) === left.tags[recordTag]);
  if (own !== undefined && definitionText(definitionOf(own)) === definitionText(left.definition)) return [];
  const same = sets.filter(
    (set) => set.name === name && definitionText(definitionOf(set)) === definitionText(left.definition),
  );
  return same.map(lineOf);
}

/** Whether the author of the assignment record means the set of that record. */
export function means({ meant }: AssignmentRecord, set: SetRecord): boolean {
  return meant?.lines.includes(lineOf(set)) === true;
}

const inBetween = /\.record-\d+$/u;

/** Whether a set has the name only on its way to one that is another's in this pass. */
export function isInBetween(name: string): boolean {
  return inBetween.test(name);
}

/** The name that such a set is to get; any other name itself. */
export function nameOnceThere(name: string): string {
  return name.replace(inBetween, "");
}

/** Whether the record's set has the name, or has it on its way. */
export function isNameOf({ id, name }: SetRecord, asked: string): boolean {
  return asked === name || asked === `${name}.record-${id}`;
}
