// Run by tell-stories.ts in a process of its own, which is twice as fast as under the test runner: as many
// stories of fifty steps as the first argument says for each seed that follows. Prints what breaks a promise, in one line of JSON.
import { simulate } from "./simulate.ts";

const failures: unknown[] = [];
let runs = 0;
const [stories = 0, ...seeds] = process.argv.slice(2).map(Number);
for (const seed of seeds) {
  const result = await simulate({ seed, runs: stories, commands: 50 });
  runs += result.runs;
  if (result.failure !== undefined) failures.push({ seed, ...result.failure });
}
process.stdout.write(JSON.stringify({ runs, failures }));
