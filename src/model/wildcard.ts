/** Whether a text matches a pattern in which `*` stands for any characters and `?` for one; in linear memory, without a regular expression that a pattern could make slow. */
export function matchesWildcard(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  let index = 0;
  while (index < text.length) {
    const wanted = pattern.charAt(at);
    if (wanted === "*") {
      star = at;
      resume = index;
      at += 1;
    } else if (at < pattern.length && (wanted === "?" || wanted === text.charAt(index))) {
      at += 1;
      index += 1;
    } else if (star === -1) {
      return false;
    } else {
      // The last star takes one character more.
      at = star + 1;
      resume += 1;
      index = resume;
    }
  }
  return /^\**$/u.test(pattern.slice(at));
}
