import type { Config, Secrets } from "../../model/config.ts";
import { type Environment, variable } from "../../model/environment.ts";
import type { LoadedMemory } from "../../model/memory.ts";
import type { Surroundings } from "../../process/process-face.ts";
import type { AwsConnection } from "../../aws/clients.ts";
import { configuredMemory } from "../../wiring/wire.ts";
import type { CheckOutcome } from "./checks.ts";
import { type Check, found } from "./run-checks.ts";

interface MemoryCheckSettings {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly surroundings: Surroundings;
  readonly connection: AwsConnection;
}

/** Looks whether passes have a memory that stays, whether what is there counts, and what proves it. */
export function memoryCheck({ connection, ...settings }: MemoryCheckSettings): Check {
  const { config, secrets, surroundings } = settings;
  return {
    subject: { check: "memory" },
    look: async () => {
      const store = configuredMemory(settings, connection);
      if (store === undefined) return found("skipped", "memory.none", {});
      if (isGoneAfterTheJob(config.memory, surroundings.environment)) {
        return found("failed", "memory.gone-after-the-job", {});
      }
      return judge(await store.load(), secrets);
    },
  };
}

function judge(loaded: LoadedMemory, { memoryKeys }: Secrets): CheckOutcome {
  if (loaded.kind === "lost") return found("failed", "memory.lost", { loss: loaded.loss });
  if (loaded.kind === "nothing") return found("passed", "memory.nothing-yet", {});
  return found("passed", memoryKeys === undefined ? "memory.credentials" : "memory.own-key", {});
}

/** A file on a machine that exists for one job. */
function isGoneAfterTheJob(memory: string | undefined, environment: Environment): boolean {
  if (memory?.startsWith("s3://") === true) return false;
  const isGithubs = variable(environment, "RUNNER_ENVIRONMENT") === "github-hosted";
  return isGithubs || variable(environment, "AGENT_ISSELFHOSTED") === "0";
}
