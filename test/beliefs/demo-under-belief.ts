import { loadConfig } from "../../src/config/load-config.ts";
import type { RunReport } from "../../src/model/run-report.ts";
import { createLogger } from "../../src/process/logger.ts";
import type { OtherBeliefs } from "../../src/sandbox/beliefs.ts";
import { companyChanges } from "../../src/sandbox/company/company-changes.ts";
import { companySeed } from "../../src/sandbox/company/company-seed.ts";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { acceleratedClock } from "../../src/wiring/clocks.ts";
import { runPass } from "../../src/wiring/run-pass.ts";
import { surroundingsIn } from "../e2e/pass-in-process.ts";
import { grantsIn } from "../e2e/with-sandbox.ts";

const speed = 40;
const morePasses = 3;

/** What the demo's company came to. */
export interface DemoEnd {
  /** Who had what before the first pass. */
  readonly before: ReadonlySet<string>;
  readonly grants: ReadonlySet<string>;
  readonly last: RunReport;
}

/** The demo, all of it over HTTP, and a few passes more for what took longer. */
export async function playDemo(others: OtherBeliefs): Promise<DemoEnd> {
  const sandbox = await startSandbox({ seed: companySeed(), speed, others });
  try {
    const before = new Set(grantsIn(sandbox));
    const surroundings = surroundingsIn(sandbox);
    const settings = loadConfig({
      file: undefined,
      environment: surroundings.environment,
      flags: { lang: "en" },
      readSecretFile: () => new Uint8Array(),
      language: "en",
    });
    if (!settings.ok) throw new Error(JSON.stringify(settings.problems));
    const logger = createLogger({ level: "silent", format: "text", secrets: [], stream: process.stderr });
    const clock = acceleratedClock(speed);
    const pass = () => runPass({ ...settings, surroundings, mode: "sync", clock, logger });
    await pass();
    companyChanges(sandbox.kintone);
    let last = await pass();
    for (let more = 0; more < morePasses && last.result !== "in-sync"; more += 1) last = await pass();
    return { before, grants: new Set(grantsIn(sandbox)), last };
  } finally {
    await sandbox.close();
  }
}

/** In what the end is worse than when every belief holds: access that it has not there, or less of it that nobody tells of. */
export function worseThan(usual: DemoEnd, { before, grants, last }: DemoEnd): readonly string[] {
  const isTold = last.result !== "in-sync";
  const added = [...grants].filter((grant) => !usual.grants.has(grant));
  const missing = [...usual.grants].filter((grant) => !grants.has(grant));
  return [
    ...added.filter((grant) => !isTold || !before.has(grant)).map((grant) => `${grant} is there`),
    ...missing.filter((grant) => !isTold || before.has(grant)).map((grant) => `${grant} is not there`),
  ];
}
