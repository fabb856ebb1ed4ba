import { distance } from "fastest-levenshtein";

const mostSuggestions = 3;
const mostIssuesWithSuggestions = 20;

/** The nearest names for one more issue; none when the record has many already, which nobody reads and which take long. */
export function suggestNames(
  wanted: string,
  names: Iterable<string>,
  issues: readonly unknown[],
): readonly string[] {
  return issues.length < mostIssuesWithSuggestions ? nearestNames(wanted, names) : [];
}

/** Up to three of the names that are only a few letters away, nearest first; case does not count. */
function nearestNames(wanted: string, names: Iterable<string>): readonly string[] {
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
