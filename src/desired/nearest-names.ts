import { distance } from "fastest-levenshtein";

const mostSuggestions = 3;

/** Up to three of the names that are only a few letters away, nearest first; case does not count. */
export function nearestNames(wanted: string, names: Iterable<string>): readonly string[] {
  const furthest = Math.max(2, Math.floor(wanted.length / 4));
  const lowerWanted = wanted.toLowerCase();
  const near: { name: string; away: number }[] = [];
  for (const name of names) {
    if (Math.abs(name.length - wanted.length) > furthest) continue;
    const away = distance(lowerWanted, name.toLowerCase());
    if (away <= furthest) near.push({ name, away });
  }
  near.sort((a, b) => a.away - b.away || (a.name < b.name ? -1 : 1));
  return near.slice(0, mostSuggestions).map(({ name }) => name);
}
