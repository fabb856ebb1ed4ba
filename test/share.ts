/** Whether this run proves everything (`npm run check`), or a share of it (`npm test`). */
const provesAll = process.env["PROOF"] === "whole";

/** How many of these random runs this run makes: all of them, or a fifth. */
export function someOf(runs: number): number {
  return provesAll ? runs : Math.ceil(runs / 5);
}

/** Of cases that are alike all of them, or every fifth. */
export function everyFifth<Case>(cases: readonly Case[]): readonly Case[] {
  return cases.filter((_case, index) => provesAll || index % 5 === 0);
}
