import { simulate, type SimulationResult } from "./simulate.ts";

export const timeoutMs = 300_000;
const commands = 50;

/**
 * A hundred stories of fifty steps; the ten seeds of the tests are spread over four files, so that no process has all of them. A failure
 * prints its seed, and `npm run prove -- simulation --seed N` tells the same stories again.
 */
export async function hundredRuns(
  seed: number,
): Promise<{ readonly runs: number; readonly failure: SimulationResult["failure"] | undefined }> {
  const { runs, failure } = await simulate({ seed, runs: 100, commands });
  return { runs, failure };
}
