import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

import { mutants } from "../../scripts/prove/mutants.ts";

it.each(mutants.map((mutant) => [mutant.name, mutant] as const))(
  "The mutant of “%s” finds its place in the code, and the tests it names are there",
  (_, { file, before, after, run }) => {
    expect(readFileSync(file, "utf8").split(before)).toHaveLength(2);
    expect(after).not.toBe(before);
    for (const path of run) expect(readFileSync(path, "utf8")).not.toBe("");
  },
);
