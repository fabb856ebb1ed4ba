import type { Belief } from "../../sandbox/beliefs.ts";
import { companySeed } from "../../sandbox/company/company-seed.ts";
import { type Sandbox, startSandbox } from "../../sandbox/start-sandbox.ts";
import { cliTexts } from "../cli-texts.ts";
import { type GlobalOptions, openContext } from "../command-context.ts";
import type { ProcessFace } from "../../process/process-face.ts";
import { openPages } from "./pages/open-pages.ts";
import { sandboxEnvironment } from "./sandbox-environment.ts";

/** Where its servers listen; any free ports of the loopback interface for what is left out. */
export interface SandboxPlace {
  readonly port?: number;
  readonly host?: string;
  /** What is played the other way. */
  readonly belief?: readonly Belief[];
  /** How many times as fast as AWS; as fast when absent. */
  readonly speed?: number;
}

/** `sandbox`: keeps the embedded servers up until SIGINT or SIGTERM; stdout has the environment as `export` lines. */
export async function runSandbox(
  face: ProcessFace,
  options: GlobalOptions,
  place: SandboxPlace,
): Promise<number> {
  const { terminal, language } = openContext(face, options);
  const texts = cliTexts(language);
  const sandbox = await startOn(place);
  if ("unusablePort" in sandbox) {
    terminal.say(texts.portUnusable(sandbox.unusablePort));
    return 1;
  }
  const lines = Object.entries(sandboxEnvironment(sandbox)).map(
    ([name, value]) => `export ${name}='${value}'`,
  );
  terminal.say(texts.sandboxReady);
  terminal.print(`${lines.join("\n")}\n`);
  openPages(face, { ...options, lang: language }, sandbox, place.speed ?? 1);
  terminal.say(texts.sandboxPages(`${sandbox.kintone.url}/`));
  await untilStopped(face);
  await sandbox.close();
  return 0;
}

/** Resolves at SIGINT or SIGTERM. */
export async function untilStopped(face: ProcessFace): Promise<void> {
  await new Promise<void>((resolve) => {
    const release = face.onSignal(["SIGINT", "SIGTERM"], () => {
      release();
      resolve();
    });
  });
}

async function startOn({
  port,
  host,
  belief,
  speed,
}: SandboxPlace): Promise<Sandbox | { readonly unusablePort: number }> {
  const ports = port === undefined ? {} : { ports: { kintone: port, aws: port + 1, slack: port + 2 } };
  try {
    return await startSandbox({
      seed: companySeed(),
      ...ports,
      ...(host !== undefined && { host }),
      ...(speed !== undefined && { speed }),
      others: new Set(belief),
    });
  } catch (error) {
    if (error instanceof Error && "port" in error && typeof error.port === "number") {
      return { unusablePort: error.port };
    }
    throw error;
  }
}
