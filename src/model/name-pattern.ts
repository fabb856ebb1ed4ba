import { isMatch } from "matcher";

/** Whether one of the texts matches one of the patterns as a whole: `*` stands for any characters, upper and lower case are the same. */
export function matchesName(texts: readonly string[], patterns: readonly string[]): boolean {
  return isMatch(texts, patterns);
}
