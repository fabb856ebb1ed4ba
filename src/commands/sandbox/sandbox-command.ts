import { once } from "node:events";
import type { Belief } from "../../sandbox/beliefs.ts";
import { companySeed } from "../../sandbox/company/company-seed.ts";
import { type Sandbox, startSandbox } from "../../sandbox/start-sandbox.ts";
import { cliTexts } from "../cli-texts.ts";
import { type GlobalOptions, openContext } from "../command-context.ts";
import { sandboxEnvironment } from "./sandbox-environment.ts";

/** Where its servers listen; any free ports of the loopback interface for what is left out. */
export interface SandboxPlace {
  readonly port?: number;
  readonly host?: string;
  /** What is played the other way. */
  readonly belief?: readonly Belief[];
}

/** `sandbox`: keeps the embedded servers up until SIGINT or SIGTERM; stdout has the environment as `export` lines. */
export async function runSandbox(options: GlobalOptions, place: SandboxPlace): Promise<void> {
  const { terminal, language } = openContext(options);
  const texts = cliTexts(language);
  const sandbox = await startOn(place);
  if ("unusablePort" in sandbox) {
    terminal.say(texts.portUnusable(sandbox.unusablePort));
    process.exitCode = 1;
    return;
  }
  const lines = Object.entries(sandboxEnvironment(sandbox)).map(
    ([name, value]) => `export ${name}='${value}'`,
  );
  terminal.say(texts.sandboxReady);
  terminal.print(`${lines.join("\n")}\n`);
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  await sandbox.close();
}

async function startOn({
  port,
  host,
  belief,
}: SandboxPlace): Promise<Sandbox | { readonly unusablePort: number }> {
  const ports = port === undefined ? {} : { ports: { kintone: port, aws: port + 1, slack: port + 2 } };
  try {
    return await startSandbox({
      seed: companySeed(),
      ...ports,
      ...(host !== undefined && { host }),
      others: new Set(belief),
    });
  } catch (error) {
    if (error instanceof Error && "port" in error && typeof error.port === "number") {
      return { unusablePort: error.port };
    }
    throw error;
  }
}
