import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const script = fileURLToPath(new URL("simulate-seeds.ts", import.meta.url));
const timeout = 1_200_000;

/**
 * Stories of fifty steps for each seed, a hundred unless told otherwise, in a process of its own.
 * `npm run prove -- simulation --seed N --runs 100 --commands 50` tells the stories of one seed again.
 */
export async function tellStories(seeds: readonly number[], runs = 100): Promise<unknown> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", script, ...[runs, ...seeds].map(String)],
    { timeout, maxBuffer: 2 ** 24 },
  );
  return JSON.parse(stdout) as unknown;
}
