import { distance } from "fastest-levenshtein";

const mostSuggestions = 3;
const mostIssuesWithSuggestions = 20;

/** Names that may have been meant, prepared for comparison when the first suggestion is asked for. */
export interface NameIndex {
  readonly list: () => readonly IndexedName[];
}

interface IndexedName {
  readonly name: string;
  /** In small letters. */
  readonly lower: string;
  /** The name without what AWS puts before and behind most names. */
  readonly stem: string;
  readonly words: readonly string[];
  /** A name that makes administrators: suggested only for what can hardly mean anything else. */
  readonly isSensitive: boolean;
}

/** Prepares names for suggestions. */
export function indexNames(
  names: Iterable<string>,
  isSensitive: (name: string) => boolean = () => false,
): NameIndex {
  let list: readonly IndexedName[] | undefined;
  return { list: () => (list ??= [...names].map((name) => prepare(name, isSensitive(name)))) };
}

/** The likeliest names for one more issue; none when the record has many already, which are not read and take long. */
export function suggestNames(
  wanted: string,
  index: NameIndex,
  issues: readonly unknown[],
): readonly string[] {
  return issues.length < mostIssuesWithSuggestions ? likelyNames(prepare(wanted, false), index) : [];
}

/** Up to three names: those of the same words; or else those that hold the words, and then those only a few letters away. */
function likelyNames(wanted: IndexedName, index: NameIndex): readonly string[] {
  const names = index.list();
  const same = names.filter(({ stem }) => stem === wanted.stem);
  if (same.length > 0) return firstNames(same, ({ name }) => name.length);
  const longer = names.filter((one) => !one.isSensitive && holds(one, wanted));
  const near = names.flatMap((one) => {
    const away = lettersBetween(one, wanted);
    return away === undefined ? [] : [{ ...one, away }];
  });
  const found = [...firstNames(longer, ({ stem }) => stem.length), ...firstNames(near, ({ away }) => away)];
  return [...new Set(found)].slice(0, mostSuggestions);
}

function firstNames<One extends { readonly name: string }>(
  list: readonly One[],
  rankOf: (one: One) => number,
): readonly string[] {
  const sorted = list.toSorted((a, b) => rankOf(a) - rankOf(b) || (a.name < b.name ? -1 : 1));
  return sorted.slice(0, mostSuggestions).map(({ name }) => name);
}

const word = /[A-Z]+\d*(?![a-z])|[A-Z]?[a-z]+\d*|\d+|[^\s\p{P}\p{S}A-Za-z\d]+/gu;

function prepare(name: string, isSensitive: boolean): IndexedName {
  const words = (name.match(word) ?? []).map((one) => one.toLowerCase());
  const [first, ...rest] = words;
  const withoutMaker = rest.length > 0 && isMaker(first) ? rest : words;
  const isAccess = withoutMaker.length > 1 && withoutMaker.at(-1) === "access";
  const telling = (isAccess ? withoutMaker.slice(0, -1) : withoutMaker).map(fullWord);
  return { name, lower: name.toLowerCase(), stem: stemOf(telling.join("")), words: telling, isSensitive };
}

function isMaker(text: string | undefined): boolean {
  return text === "amazon" || text === "aws";
}

function fullWord(text: string): string {
  return text === "admin" ? "administrator" : text;
}

/** The same for a name in small letters, in which no words can be told apart. */
function stemOf(text: string): string {
  const stem = text.replace(/^(?:amazon|aws)(?=.)/u, "").replace(/(?<=.)access$/u, "");
  return fullWord(stem);
}

const shortestPart = 3;

/** Whether all words of the other one are in the name, in their order. */
function holds({ words, stem }: IndexedName, wanted: IndexedName): boolean {
  if (wanted.stem.length < shortestPart) return false;
  let next = 0;
  for (const one of words) if (one === wanted.words[next]) next += 1;
  return next === wanted.words.length || stem.includes(wanted.stem);
}

const mostLettersOfSensitive = 2;

/** How many letters are between two names; undefined when they are too many for a slip of the keyboard. */
function lettersBetween(one: IndexedName, wanted: IndexedName): number | undefined {
  const furthest = Math.max(2, Math.floor(wanted.name.length / 4));
  const most = one.isSensitive ? mostLettersOfSensitive : furthest;
  if (Math.abs(one.lower.length - wanted.lower.length) > most) return undefined;
  const away = distance(wanted.lower, one.lower);
  const isOther = isOtherWord(one, wanted) || (one.isSensitive && isReplaced(one.lower, wanted.lower, away));
  return away <= most && !isOther ? away : undefined;
}

/** Whether just one word differs, in half of its letters or more: it is another word then, as EC2 is not IAM. */
function isOtherWord({ words }: IndexedName, wanted: IndexedName): boolean {
  if (words.length < 2 || words.length !== wanted.words.length) return false;
  const pairs = words.map((text, index) => [text, wanted.words[index] ?? ""] as const);
  const [pair, ...others] = pairs.filter(([a, b]) => a !== b);
  if (pair === undefined || others.length > 0) return false;
  const [a, b] = pair;
  return distance(a, b) * 2 >= Math.max(a.length, b.length);
}

/** Whether all letters between what the two begin and end with alike are other ones: IoT is not IAM, but a swap is a slip. */
function isReplaced(a: string, b: string, away: number): boolean {
  const start = alikeLength(a, b);
  const [restA, restB] = [reverse(a.slice(start)), reverse(b.slice(start))];
  const end = alikeLength(restA, restB);
  const [one, other] = [sortLetters(restA.slice(end)), sortLetters(restB.slice(end))];
  const length = Math.max(one.length, other.length);
  return length > 1 && length === away && one !== other;
}

/** How many letters two texts begin with alike. */
function alikeLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

function reverse(text: string): string {
  return Array.from(text).toReversed().join("");
}

function sortLetters(text: string): string {
  return Array.from(text).toSorted().join("");
}
