import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const script = fileURLToPath(new URL("simulate-seeds.ts", import.meta.url));
const timeout = 600_000;

/** `npm run prove -- simulation --seed N --runs 100 --commands 50` tells the stories of one seed again. */
async function tellStories(seeds: readonly number[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", script, ...seeds.map(String)],
    { timeout, maxBuffer: 2 ** 24 },
  );
  return JSON.parse(stdout) as unknown;
}

describe.concurrent("whatever happens in fifty steps to records, people, AWS, the network and the process itself", () => {
  it(
    "no promise is broken, and all is as recorded once it is over, when passes read everything",
    async () => {
      expect(await tellStories([1, 3, 5, 7, 9, 11, 13])).toEqual({ runs: 700, failures: [] });
    },
    timeout,
  );

  it(
    "no promise is broken, and all is as recorded once it is over, when passes read in part",
    async () => {
      expect(await tellStories([2, 4, 6])).toEqual({ runs: 300, failures: [] });
    },
    timeout,
  );
});
