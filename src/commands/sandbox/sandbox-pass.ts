import type { RunReport } from "../../model/run-report.ts";
import type { MemoryStore } from "../../ports.ts";
import type { ProcessFace, Surroundings } from "../../process/process-face.ts";
import type { Sandbox } from "../../sandbox/start-sandbox.ts";
import { acceleratedClock } from "../../wiring/clocks.ts";
import { runPass } from "../../wiring/run-pass.ts";
import { type CommandContext, type GlobalOptions, openContext } from "../command-context.ts";
import { enterSandbox } from "./sandbox-environment.ts";

/** What a pass inside the sandbox is made of: nothing that is configured here for a real deployment. */
export type InsideContext = CommandContext & { readonly surroundings: Surroundings };

/** Reads the sandbox's environment in place of this one. */
export function openInside(face: ProcessFace, options: GlobalOptions, sandbox: Sandbox): InsideContext {
  const surroundings = enterSandbox(face, sandbox);
  return { ...openContext(surroundings, options, "environment"), surroundings };
}

/** One sync of the sample company, at the sandbox's speed. */
export async function syncInside(
  { settings, logger, surroundings }: InsideContext,
  speed: number,
  memoryStore?: MemoryStore,
): Promise<RunReport> {
  if (!settings.ok)
    throw new Error(settings.problems.map(({ path, message }) => `${path}: ${message}`).join("\n"));
  return runPass({
    ...settings,
    surroundings,
    mode: "sync",
    clock: acceleratedClock(speed),
    logger,
    ...(memoryStore === undefined ? {} : { memoryStore }),
  });
}
