import { loadConfig } from "../../src/config/load-config.ts";
import { acceleratedClock } from "../../src/wiring/clocks.ts";
import { createLogger, type Logger } from "../../src/process/logger.ts";
import { runPass, type RunPassInput } from "../../src/wiring/run-pass.ts";
import { enterSandbox, sandboxEnvironment } from "../../src/commands/sandbox/sandbox-environment.ts";
import type { Mode } from "../../src/model/pass.ts";
import type { RunReport } from "../../src/model/run-report.ts";
import type { World } from "./with-sandbox.ts";

const speed = 200;

interface InProcessOptions extends Partial<Pick<RunPassInput, "network" | "memoryStore">> {
  readonly approve?: string | undefined;
  readonly laterMs?: number;
}

/**
 * The pass that the commands run, over the same HTTP, but on a clock that does not make a test wait. It changes this
 * process's environment, so only one can run at a time. The clock can be set so much later than the machine's.
 */
export async function passInProcess(
  world: Pick<World, "config" | "environment" | "kintone" | "aws" | "slack" | "close">,
  mode: Mode,
  environment: Readonly<Record<string, string>> = {},
  logger: Logger = createLogger({ level: "silent", format: "text", secrets: [], stream: process.stderr }),
  { approve, laterMs = 0, ...options }: InProcessOptions = {},
): Promise<RunReport> {
  enterSandbox({ ...sandboxEnvironment(world), ...environment });
  const settings = loadConfig({
    file: { path: "kintone-sso-sync.yaml", text: world.config },
    environment: process.env,
    flags: { lang: "en" },
    readSecretFile: () => new Uint8Array(),
    language: "en",
  });
  if (!settings.ok) throw new Error(JSON.stringify(settings.problems));
  const accelerated = acceleratedClock(speed);
  const clock = { ...accelerated, now: () => accelerated.now() + laterMs };
  return runPass({ ...settings, mode, clock, logger, ...(approve !== undefined && { approve }), ...options });
}
