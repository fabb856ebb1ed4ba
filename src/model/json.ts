export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const deepest = 100;

/** JSON text with sorted keys and no white space, so that equal documents are equal texts; undefined when it is no JSON or nested over 100 deep. */
export function canonicalJson(text: string): string | undefined {
  if (nestingDepth(text) > deepest) return undefined;
  try {
    return canonicalText(JSON.parse(text) as Json);
  } catch {
    return undefined;
  }
}

/** The value as JSON text with sorted keys and no white space. Values must not nest over a few hundred deep. */
export function canonicalText(value: Json): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalText(item)}`).join(",")}}`;
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

const openers = new Set(["[", "{"]);
const closers = new Set(["]", "}"]);

/** Deepest nesting of arrays and objects in a JSON text, found in one scan without recursion; brackets inside strings do not count. Of other text it tells nothing. */
function nestingDepth(text: string): number {
  let depth = 0;
  let deepestSeen = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (inString && character === "\\") index += 1;
    else if (character === '"') inString = !inString;
    else if (inString) continue;
    else if (openers.has(character)) deepestSeen = Math.max(deepestSeen, (depth += 1));
    else if (closers.has(character)) depth -= 1;
  }
  return deepestSeen;
}
