/// <reference lib="dom" />
// What runs in the browser, as page-script.ts does, and finds what the page shows.
import type { PageData, PageLine } from "./page-data.ts";

/** What of the access is shown, and how much of it is drawn. */
export interface Filters {
  text: string;
  administrators: boolean;
  /** Only what a plan changes. */
  changes: boolean;
  source: number;
  owner: number;
  account: number;
  set: number;
  rows: number;
  columns: number;
  lines: number;
}

/** The texts to search, in small letters, each thing once: lines only point to them. */
export interface SearchIndex {
  readonly accounts: readonly string[];
  readonly sets: readonly string[];
  readonly people: readonly string[];
  readonly groups: readonly string[];
  readonly records: readonly string[];
}

/** Full-width letters and half-width kana are found as well. */
function searchable(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

function searchIndex(data: PageData): SearchIndex {
  return {
    accounts: data.accounts.map(({ id, name, path }) => searchable(`${id} ${name} ${path}`)),
    sets: data.sets.map(({ name }) => searchable(name)),
    people: data.people.map(({ name, detail }) => searchable(`${name} ${detail}`)),
    groups: data.groups.map(searchable),
    records: data.records.map(({ name, detail }) => searchable(`${name} ${detail}`)),
  };
}

/** Of each thing, whether the word is in its text. */
function hitsOf(index: SearchIndex, word: string): Readonly<Record<keyof SearchIndex, readonly boolean[]>> {
  const marks = (texts: readonly string[]): readonly boolean[] => texts.map((text) => text.includes(word));
  return {
    accounts: marks(index.accounts),
    sets: marks(index.sets),
    people: marks(index.people),
    groups: marks(index.groups),
    records: marks(index.records),
  };
}

function isHit(line: PageLine, hits: ReturnType<typeof hitsOf>): boolean {
  const [account, set, person, group, , records] = line;
  return (
    hits.people[person] === true ||
    hits.accounts[account] === true ||
    hits.sets[set] === true ||
    hits.groups[group] === true ||
    records.some((record) => hits.records[record] === true)
  );
}

function isChosen(data: PageData, line: PageLine, filters: Filters): boolean {
  const [account, set, , , source, records] = line;
  const isAll = (chosen: number, own: number): boolean => chosen < 0 || chosen === own;
  return (
    isAll(filters.account, account) &&
    isAll(filters.set, set) &&
    isAll(filters.source, source) &&
    (!filters.changes || line[9] >= 0) &&
    (filters.owner < 0 || records.some((record) => data.records[record]?.owner === filters.owner)) &&
    (!filters.administrators || data.sets[set]?.isAdministrator === true)
  );
}

function findLines(data: PageData, index: SearchIndex, filters: Filters): readonly PageLine[] {
  const words = searchable(filters.text)
    .split(/\s+/u)
    .filter((word) => word !== "");
  const hits = words.map((word) => hitsOf(index, word));
  return data.lines.filter((line) => isChosen(data, line, filters) && hits.every((one) => isHit(line, one)));
}

/** How many people have each set in each account, with the accounts and sets in the order of the matrix. */
function tally(data: PageData, lines: readonly PageLine[]) {
  const seen = new Set<number>();
  const people = new Map<number, number>();
  const accounts = new Set<number>();
  const sets = new Set<number>();
  const marked = data.marks.map(() => new Map<number, number>());
  const removed = 1;
  for (const line of lines) {
    const [account, set, person] = line;
    const pair = account * data.sets.length + set;
    accounts.add(account);
    sets.add(set);
    const marks = marked[line[9]];
    marks?.set(pair, (marks.get(pair) ?? 0) + 1);
    if (line[9] === removed) continue;
    const whole = pair * data.people.length + person;
    if (seen.has(whole)) continue;
    seen.add(whole);
    people.set(pair, (people.get(pair) ?? 0) + 1);
  }
  return {
    accounts: [...accounts].sort((a, b) => a - b),
    sets: data.setOrder.filter((set) => sets.has(set)),
    people: (account: number, set: number): number => people.get(account * data.sets.length + set) ?? 0,
    /** ` +2 −1`; empty where nothing changes. */
    marks: (account: number, set: number): string =>
      marked
        .map((marks, mark) => {
          const count = marks.get(account * data.sets.length + set) ?? 0;
          return count === 0 ? "" : ` ${mark === removed ? "−" : "+"}${count}`;
        })
        .join(""),
  };
}

/** Which columns of the list say anything: starts, ends and last uses are not in every company. */
function columnsOf(data: PageData): readonly (6 | 7 | 8)[] {
  return ([6, 7, 8] as const).filter((column) => data.lines.some((line) => line[column] >= 0));
}

function numbered(text: string, number: number): string {
  return text.replace("#", () => number.toLocaleString());
}

function setOf(data: PageData, set: number): PageData["sets"][number] {
  return data.sets[set] ?? { name: "", kind: "", isAdministrator: false, why: "" };
}

function accountName(data: PageData, account: number): string {
  const { name, id } = data.accounts[account] ?? { name: "", id: "" };
  return name === id ? id : `${name} (${id})`;
}

/** The lines by account, or by the user who changed the records last. */
function sheetsOf(
  data: PageData,
  lines: readonly PageLine[],
  isByAccount: boolean,
): ReadonlyMap<string, readonly PageLine[]> {
  const sheets = new Map<string, PageLine[]>();
  for (const line of lines) {
    const owners = line[5].map((record) => data.owners[data.records[record]?.owner ?? -1]);
    const known = owners.filter((owner) => owner !== undefined);
    const byOwner = known.length === 0 ? [data.texts.noOwner] : known;
    for (const key of new Set(isByAccount ? [accountName(data, line[0])] : byOwner)) {
      const sheet = sheets.get(key);
      if (sheet === undefined) sheets.set(key, [line]);
      else sheet.push(line);
    }
  }
  return sheets;
}

export type Tally = ReturnType<typeof tally>;

/** What the page's own functions know of these, as `tools`. */
export interface AccessSearch {
  readonly searchIndex: typeof searchIndex;
  readonly findLines: typeof findLines;
  readonly tally: typeof tally;
  readonly columnsOf: typeof columnsOf;
  readonly accountName: typeof accountName;
  readonly setOf: typeof setOf;
  readonly numbered: typeof numbered;
  readonly sheetsOf: typeof sheetsOf;
}

function accessSearch(): AccessSearch {
  return { searchIndex, findLines, tally, columnsOf, accountName, setOf, numbered, sheetsOf };
}

/** What finds access in the page; the last one hands it out. */
export const searchFunctions = [
  searchable,
  searchIndex,
  hitsOf,
  isHit,
  isChosen,
  findLines,
  tally,
  columnsOf,
  accountName,
  setOf,
  numbered,
  sheetsOf,
  accessSearch,
] as const;
