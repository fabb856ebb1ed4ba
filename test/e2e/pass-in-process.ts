import { tmpdir } from "node:os";

import { loadConfig } from "../../src/config/load-config.ts";
import { acceleratedClock } from "../../src/wiring/clocks.ts";
import { createLogger, type Logger } from "../../src/process/logger.ts";
import type { Surroundings } from "../../src/process/process-face.ts";
import { runPass, type RunPassInput } from "../../src/wiring/run-pass.ts";
import { enterSandbox } from "../../src/commands/sandbox/sandbox-environment.ts";
import type { Mode } from "../../src/model/pass.ts";
import type { RunReport } from "../../src/model/run-report.ts";
import type { World } from "./with-sandbox.ts";

const speed = 200;

interface InProcessOptions extends Partial<
  Pick<RunPassInput, "patience" | "memoryStore" | "stopSwitch" | "version">
> {
  readonly approve?: string | undefined;
  readonly laterMs?: number;
}

/** What a pass against the sandbox finds around it, with more variables. */
export function surroundingsIn(
  sandbox: Pick<World, "environment">,
  more: Readonly<Record<string, string>> = {},
): Surroundings {
  const bare = { environment: {}, directory: tmpdir(), usesProxies: false, nodeVersion: "24.0.0" };
  const { environment, ...around } = enterSandbox(bare, sandbox);
  return { ...around, environment: { ...environment, ...more } };
}

/**
 * The pass that the commands run, over the same HTTP, but on a clock that does not make a test wait. The clock can be set
 * so much later than the machine's.
 */
export async function passInProcess(
  world: Pick<World, "config" | "environment" | "kintone" | "aws" | "slack" | "close">,
  mode: Mode,
  environment: Readonly<Record<string, string>> = {},
  logger: Logger = createLogger({ level: "silent", format: "text", secrets: [], stream: process.stderr }),
  { approve, laterMs = 0, ...options }: InProcessOptions = {},
): Promise<RunReport> {
  const surroundings = surroundingsIn(world, environment);
  const settings = loadConfig({
    file: { path: "kintone-sso-sync.yaml", text: world.config },
    environment: surroundings.environment,
    flags: { lang: "en" },
    readSecretFile: () => new Uint8Array(),
    language: "en",
  });
  if (!settings.ok) throw new Error(JSON.stringify(settings.problems));
  const accelerated = acceleratedClock(speed);
  const clock = { ...accelerated, now: () => accelerated.now() + laterMs };
  return runPass({
    ...settings,
    surroundings,
    mode,
    clock,
    logger,
    ...(approve !== undefined && { approve }),
    ...options,
  });
}
