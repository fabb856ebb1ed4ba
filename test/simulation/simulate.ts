import fc from "fast-check";

import { anyCommand, type Command } from "./commands.ts";
import { converge } from "./converge.ts";
import { brokenBy } from "./invariants.ts";
import { rulebooks } from "./company.ts";
import { createWorld, type SimulatedWorld, type WorldOptions } from "./simulated-world.ts";

export interface SimulationOptions {
  readonly seed: number;
  readonly runs: number;
  /** Commands in each run; a convergence is added to the end. */
  readonly commands: number;
}

/** What a simulation came to; `failure` is the shortest story found that breaks a promise. */
export interface SimulationResult {
  readonly runs: number;
  readonly commands: number;
  readonly passes: number;
  readonly failure?: { readonly run: number; readonly problem: string; readonly story: readonly string[] };
}

/**
 * Lets worlds live through random stories, the same ones for the same seed, and checks every promise after every
 * command. With an even seed passes read only what can have changed, and the rest in turn; every two seeds have other
 * guardrails than the two before.
 */
export async function simulate({ seed, runs, commands }: SimulationOptions): Promise<SimulationResult> {
  const stories = fc.sample(fc.array(anyCommand, { minLength: commands, maxLength: commands, size: "max" }), {
    seed,
    numRuns: runs,
  });
  const rulebook = rulebooks[Math.floor(seed / 2) % rulebooks.length] ?? "none";
  const options = { readsInPart: seed % 2 === 0, rulebook };
  let passes = 0;
  for (const [index, story] of stories.entries()) {
    const told = await tell(story, options);
    passes += told.passes;
    if (told.problem === undefined) continue;
    const shortest = await shorten(story, told.problem, options);
    const failure = { run: index, ...shortest };
    return { runs: index + 1, commands: (index + 1) * commands, passes, failure };
  }
  return { runs, commands: runs * commands, passes };
}

interface Told {
  readonly problem?: string;
  readonly passes: number;
  /** How many commands were run. */
  readonly length: number;
}

interface Setup {
  readonly world: SimulatedWorld;
  checked: number;
}

async function tell(story: readonly Command[], options: WorldOptions): Promise<Told> {
  const setup: Setup = { world: createWorld(options), checked: 0 };
  let length = 0;
  const steps = [...story, { name: "converge", happen: converge }].map(
    ({ name, happen }): fc.AsyncCommand<object, Setup> => ({
      check: () => true,
      toString: () => name,
      run: async (_model, real) => {
        length += 1;
        // Nobody does two things in one moment.
        real.world.clock.jump(1_000);
        const problems = (await happen(real.world)) ?? [];
        const broken = [...problems, ...checkPasses(real)];
        if (broken.length > 0) throw new Error(broken.join("\n"));
      },
    }),
  );
  try {
    await fc.asyncModelRun(() => ({ model: {}, real: setup }), steps);
    return { passes: setup.world.passes.length, length };
  } catch (error) {
    const problem =
      error instanceof Error ? (/^I\d/.test(error.message) ? error.message : String(error.stack)) : "?";
    return { problem, passes: setup.world.passes.length, length };
  }
}

/** Every invariant on every pass that was not looked at yet. */
function checkPasses(setup: Setup): readonly string[] {
  const { passes } = setup.world;
  const fresh = passes.slice(setup.checked);
  setup.checked = passes.length;
  return fresh.flatMap(brokenBy);
}

/** Leaves out whatever the same promise breaks without; a story is deterministic, so telling it again is proof. */
async function shorten(
  story: readonly Command[],
  problem: string,
  options: WorldOptions,
): Promise<{ readonly problem: string; readonly story: readonly string[] }> {
  const promise = problem.split(":", 1)[0];
  let best = { story, problem };
  for (let size = Math.ceil(story.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < best.story.length;) {
      const shorter = best.story.toSpliced(from, size);
      const told = await tell(shorter, options);
      if (told.problem?.startsWith(`${promise}:`) === true) {
        best = { story: shorter.slice(0, told.length), problem: told.problem };
      } else from += size;
    }
  }
  return { problem: best.problem, story: best.story.map(({ name }) => name) };
}
