/** One step of a pattern: a character, or any one; `isMany` where it stands for any number of them. */
interface Step {
  readonly isMany: boolean;
  /** `any` character, any but a colon (`no-colon`), or this one. */
  readonly accepts: string;
}

/** What any text is in one part of an ARN: anything but a colon. */
export const anyPart = "\u0000";

const wildcards = new RegExp(`[*?${anyPart}]|$`, "u");

/**
 * Whether some text matches both patterns: `*` stands for any characters, `?` for one, and in the second pattern
 * `anyPart` for any characters but colons.
 */
export function patternsMeet(one: string, other: string): boolean {
  if (one === "*" || other === "*" || one === other) return true;
  const start = one.search(/[*?]|$/u);
  const otherStart = other.search(wildcards);
  const common = Math.min(start, otherStart);
  if (one.slice(0, common) !== other.slice(0, common)) return false;
  return meet(stepsOf(one.slice(common)), stepsOf(other.slice(common)));
}

function stepsOf(pattern: string): readonly Step[] {
  return Array.from(pattern.replaceAll(/\*{2,}/gu, "*"), (character) => {
    if (character === "*") return { isMany: true, accepts: "any" };
    if (character === anyPart) return { isMany: true, accepts: "no-colon" };
    return { isMany: false, accepts: character === "?" ? "any" : character };
  });
}

/** Walks the first pattern over all places of the second at once, so that no pattern can make it slow. */
function meet(one: readonly Step[], other: readonly Step[]): boolean {
  let row = spread(other, new Set([0]));
  for (const step of one) {
    const reached = step.isMany ? travel(step, other, row) : advance(step, other, row);
    if (reached.size === 0) return false;
    row = spread(other, reached);
  }
  return row.has(other.length);
}

/** Places reached without a character: whatever stands for many may stand for none. */
function spread(steps: readonly Step[], places: ReadonlySet<number>): ReadonlySet<number> {
  const reached = new Set(places);
  for (const place of reached) if (steps[place]?.isMany === true) reached.add(place + 1);
  return reached;
}

/** Places after one character that both accept. */
function advance(step: Step, steps: readonly Step[], places: ReadonlySet<number>): ReadonlySet<number> {
  const reached = new Set<number>();
  for (const place of places) {
    const other = steps[place];
    if (other !== undefined && agree(step, other)) reached.add(other.isMany ? place : place + 1);
  }
  return reached;
}

/** Places after any number of characters: a set that grows while it is walked. */
function travel(step: Step, steps: readonly Step[], places: ReadonlySet<number>): ReadonlySet<number> {
  const reached = new Set(places);
  for (const place of reached) {
    const other = steps[place];
    if (other !== undefined && (other.isMany || agree(step, other))) reached.add(place + 1);
  }
  return reached;
}

function agree(one: Step, other: Step): boolean {
  if (one.accepts === "any" || other.accepts === "any") return true;
  if (one.accepts === "no-colon") return other.accepts !== ":";
  if (other.accepts === "no-colon") return one.accepts !== ":";
  return one.accepts === other.accepts;
}
