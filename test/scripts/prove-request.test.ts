import { describe, expect, it } from "vitest";

import { readRequest } from "../../scripts/prove/read-request.ts";

const known = [
  "simulation",
  "crash",
  "source",
  "faults",
  "peers",
  "attacks",
  "mutation",
  "foreign",
  "beliefs",
];
const read = (line: string) => readRequest(line.split(" ").filter(Boolean), known);

describe("what the proofs are asked for", () => {
  it("is all of them but the mutation, the foreign clients and the beliefs at full size when nothing is said", () => {
    expect(read("")).toEqual({
      names: ["simulation", "crash", "source", "faults", "peers", "attacks"],
      json: false,
      options: { seed: 1, runs: 10_000, commands: 100, only: "", all: false },
    });
  });

  it("is a whole number of stories and steps, and any seed from 0", () => {
    expect(read("simulation --runs 250 --commands 1 --seed 0 --json")).toMatchObject({
      json: true,
      options: { runs: 250, commands: 1, seed: 0 },
    });
  });

  it.each(
    ["runs", "commands", "seed"].flatMap((option) =>
      ["abc", "-5", "2.5", "1e3", "", ...(option === "seed" ? [] : ["0"])].flatMap((value) => [
        ["simulation", `--${option}`, value],
        ["simulation", `--${option}=${value}`],
      ]),
    ),
  )("is refused with one line that names the option: %s %s %s", (...args) => {
    const [, option] = /--(\w+)/u.exec(args.join(" ")) ?? [];
    expect(readRequest(args, known)).toEqual(expect.stringMatching(new RegExp(`^.*--${option}.*$`, "u")));
  });

  it.each([
    ["crash --bogus", "Unknown option '--bogus'"],
    ["crash sources", "no such proof: sources"],
    ["crash --only", "Option '--only <value>' argument missing"],
    ["crash --runs 5", "--runs is an option of the simulation"],
    ["crash --all", "--all is an option of foreign"],
    ["simulation --only crash", "--only is no option of the simulation"],
  ])("is refused as `%s`", (line, problem) => {
    expect(read(line)).toBe(problem);
  });

  it("has as many runs as the proof that counts them", () => {
    expect(read("foreign")).toMatchObject({ options: { runs: 2000 } });
    expect(read("beliefs")).toMatchObject({ options: { runs: 200 } });
    expect(read("beliefs --runs 10 --only reads-lag")).toMatchObject({ options: { runs: 10 } });
  });

  it("may have options of which each means something to one of the proofs", () => {
    expect(read("simulation crash --only write --seed 7")).toMatchObject({
      names: ["simulation", "crash"],
      options: { only: "write", seed: 7 },
    });
  });
});
