import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

import { sandboxEnvironment } from "../../src/commands/sandbox/sandbox-environment.ts";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { smallCompany } from "./small-company.ts";

const passes = 1000;
const warmUp = 200;
/** About half a minute on two idle cores. */
const longestMs = 600_000;

interface Sample {
  readonly heapMb: number;
  readonly handles: number;
  readonly listeners: number;
}

/** Every pass reads over HTTP; a company without records keeps each of them short. */
async function runPasses(): Promise<{
  readonly results: unknown;
  readonly samples: readonly [Sample, Sample];
}> {
  const managedPolicies = [{ name: "ReadOnlyAccess", path: "/" }];
  const seed = smallCompany({ permissionSets: [], assignments: [], aws: { managedPolicies } });
  const sandbox = await startSandbox({ seed, speed: 10_000 });
  try {
    const script = fileURLToPath(new URL("thousand-passes.ts", import.meta.url));
    const child = spawn(
      process.execPath,
      ["--expose-gc", "--import", "tsx", script, String(passes), String(warmUp)],
      {
        env: {
          PATH: process.env["PATH"],
          AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
          ...sandboxEnvironment(sandbox),
        },
        stdio: ["ignore", "pipe", "inherit"],
        timeout: longestMs,
      },
    );
    let output = "";
    child.stdout.on("data", (data) => {
      output += String(data);
    });
    await new Promise((resolve) => {
      child.once("close", resolve);
    });
    return JSON.parse(output) as Awaited<ReturnType<typeof runPasses>>;
  } finally {
    await sandbox.close();
  }
}

test(
  "a thousand passes of serve leave no handles and no listeners behind, and no more than 20 % of heap",
  async () => {
    const { results, samples } = await runPasses();
    expect(results).toEqual({ "in-sync": passes });
    const [early, late] = samples;
    expect(late.handles).toBeLessThanOrEqual(early.handles * 1.2);
    expect(late.listeners).toBe(early.listeners);
    expect(late.heapMb).toBeLessThanOrEqual(early.heapMb * 1.2);
  },
  longestMs,
);
