// Run by tell-stories.ts in a process of its own, which is twice as fast as under the test runner: a hundred stories of
// fifty steps for each seed that is given. Prints what breaks a promise, in one line of JSON.
import { simulate } from "./simulate.ts";

const failures: unknown[] = [];
let runs = 0;
for (const seed of process.argv.slice(2).map(Number)) {
  const result = await simulate({ seed, runs: 100, commands: 50 });
  runs += result.runs;
  if (result.failure !== undefined) failures.push({ seed, ...result.failure });
}
process.stdout.write(JSON.stringify({ runs, failures }));
