import { once } from "node:events";
import { companySeed } from "../sandbox/company/company-seed.ts";
import { startSandbox } from "../sandbox/start-sandbox.ts";
import { cliTexts } from "./cli-texts.ts";
import { type GlobalOptions, openContext } from "./command-context.ts";
import { sandboxEnvironment } from "./sandbox-environment.ts";

/** `sandbox`: keeps the embedded servers up until SIGINT or SIGTERM; stdout has the environment as `export` lines. */
export async function runSandbox(options: GlobalOptions, port: number | undefined): Promise<void> {
  const { terminal, language } = openContext(options);
  const ports = port === undefined ? {} : { ports: { kintone: port, aws: port + 1, slack: port + 2 } };
  const sandbox = await startSandbox({ seed: companySeed(), ...ports });
  const lines = Object.entries(sandboxEnvironment(sandbox)).map(
    ([name, value]) => `export ${name}='${value}'`,
  );
  terminal.say(cliTexts(language).sandboxReady);
  terminal.print(`${lines.join("\n")}\n`);
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  await sandbox.close();
}
