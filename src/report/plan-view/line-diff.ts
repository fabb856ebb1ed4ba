/** One line of two texts, and in which of them it is. */
export interface DiffLine {
  readonly sign: "+" | "-" | " ";
  readonly text: string;
}

/** Lines of a table that has a row for every line of one text and a column for every line of the other: enough for any policy. */
const mostCells = 4_000_000;

/** The lines of both texts, those that are in both told once. Texts that are too long to compare count as all different. */
export function diffLines(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const start = countEqual(before, after);
  const rest = [before.slice(start), after.slice(start)] as const;
  const end = countEqual(rest[0].toReversed(), rest[1].toReversed());
  const middle = rest.map((lines) => lines.slice(0, lines.length - end));
  const same = (lines: readonly string[]): DiffLine[] => lines.map((text) => ({ sign: " ", text }));
  return [
    ...same(before.slice(0, start)),
    ...diffMiddle(middle[0] ?? [], middle[1] ?? []),
    ...same(before.slice(before.length - end)),
  ];
}

function countEqual(a: readonly string[], b: readonly string[]): number {
  const different = a.findIndex((line, index) => line !== b[index]);
  return different === -1 ? a.length : different;
}

function diffMiddle(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const removed = (text: string): DiffLine => ({ sign: "-", text });
  const added = (text: string): DiffLine => ({ sign: "+", text });
  if (before.length * after.length > mostCells) return [...before.map(removed), ...after.map(added)];
  const common = longestCommon(before, after);
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  for (;;) {
    const [old, young] = [before[i], after[j]];
    if (old === undefined || young === undefined) break;
    if (old === young) {
      lines.push({ sign: " ", text: old });
      [i, j] = [i + 1, j + 1];
    } else if (at(common, i + 1, j) >= at(common, i, j + 1)) {
      lines.push(removed(old));
      i += 1;
    } else {
      lines.push(added(young));
      j += 1;
    }
  }
  return [...lines, ...before.slice(i).map(removed), ...after.slice(j).map(added)];
}

type Table = readonly Uint16Array[];

function at(table: Table, i: number, j: number): number {
  return table[i]?.[j] ?? 0;
}

/** How many lines are common from each pair of places on. https://en.wikipedia.org/wiki/Longest_common_subsequence */
function longestCommon(a: readonly string[], b: readonly string[]): Table {
  const rows = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (const [fromEnd, line] of a.toReversed().entries()) {
    const i = a.length - 1 - fromEnd;
    const row = rows[i] ?? new Uint16Array();
    for (let j = b.length - 1; j >= 0; j -= 1) {
      row[j] = line === b[j] ? at(rows, i + 1, j + 1) + 1 : Math.max(at(rows, i + 1, j), at(rows, i, j + 1));
    }
  }
  return rows;
}

const linesAround = 3;

/** Only what differs, with three lines around; what is left out between is one line with how many lines it was. */
export function foldDiff(lines: readonly DiffLine[]): readonly (DiffLine | { readonly leftOut: number })[] {
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - linesAround), index + linesAround + 1).some(({ sign }) => sign !== " "),
  );
  const folded: (DiffLine | { leftOut: number })[] = [];
  for (const [index, line] of lines.entries()) {
    const last = folded.at(-1);
    if (near[index] === true) folded.push(line);
    else if (last !== undefined && "leftOut" in last) last.leftOut += 1;
    else folded.push({ leftOut: 1 });
  }
  return folded;
}
