/// <reference lib="dom" />
// What runs in the browser, as page-script.ts does, and finds what the page shows.
import type { PageData, PageLine } from "./page-data.ts";

/** What of the access is shown, and how much of it is drawn. */
export interface Filters {
  text: string;
  administrators: boolean;
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

function isChosen(data: PageData, [account, set, , , source, records]: PageLine, filters: Filters): boolean {
  const isAll = (chosen: number, own: number): boolean => chosen < 0 || chosen === own;
  return (
    isAll(filters.account, account) &&
    isAll(filters.set, set) &&
    isAll(filters.source, source) &&
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
  for (const [account, set, person] of lines) {
    const pair = account * data.sets.length + set;
    const whole = pair * data.people.length + person;
    if (seen.has(whole)) continue;
    seen.add(whole);
    people.set(pair, (people.get(pair) ?? 0) + 1);
    accounts.add(account);
    sets.add(set);
  }
  return {
    accounts: [...accounts].sort((a, b) => a - b),
    sets: data.setOrder.filter((set) => sets.has(set)),
    people: (account: number, set: number): number => people.get(account * data.sets.length + set) ?? 0,
  };
}

/** Which columns of the list say anything: starts, ends and last uses are not in every company. */
function columnsOf(data: PageData): readonly (6 | 7 | 8)[] {
  return ([6, 7, 8] as const).filter((column) => data.lines.some((line) => line[column] >= 0));
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
  readonly sheetsOf: typeof sheetsOf;
}

function accessSearch(): AccessSearch {
  return { searchIndex, findLines, tally, columnsOf, accountName, sheetsOf };
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
  sheetsOf,
  accessSearch,
] as const;
