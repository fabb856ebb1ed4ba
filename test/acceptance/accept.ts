import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { runAcceptance } from "../../src/commands/acceptance/acceptance-command.ts";
import { sandboxEnvironment } from "../../src/commands/sandbox/sandbox-environment.ts";
import type { AcceptanceReport } from "../../src/model/acceptance.ts";
import type { OtherBeliefs } from "../../src/sandbox/beliefs.ts";
import type { Clock } from "../../src/ports.ts";
import type { SeedPermissionSet } from "../../src/sandbox/aws/aws-seed.ts";
import { type FakeProcess, fakeProcess } from "../fake-process.ts";
import { accounts, smallCompany, userName } from "../e2e/small-company.ts";
import { acceleratedClock } from "../../src/wiring/clocks.ts";
import { createVirtualClock } from "../fakes/virtual-clock.ts";
import { type World, withSandbox } from "../e2e/with-sandbox.ts";

/** Whom and what the acceptance is about. */
export const subjects = {
  account: accounts.development,
  user: userName("kenta"),
  group: "developers",
};

const speed = 30;

/** A world with the clock that the command goes by. */
export interface AcceptanceWorld extends World {
  readonly clock: Clock;
}

/** The small company, whose development account lacks the policy that the acceptance attaches. */
export function withAcceptance<Result>(
  use: (world: AcceptanceWorld) => Promise<Result>,
  { others = new Set(), config = "", permissionSets, measures = false }: AcceptanceOptions = {},
): Promise<Result> {
  const name = "zz-acceptance-no-such-policy";
  const missingCustomerManagedPolicies = [{ accountId: accounts.development, name }];
  const seed = smallCompany({
    aws: { missingCustomerManagedPolicies, ...(permissionSets && { permissionSets }) },
  });
  if (!measures) {
    const clock = acceleratedClock(speed);
    return withSandbox({ seed, speed, others, config }, (world) => use({ ...world, clock }));
  }
  const clock = createVirtualClock(Date.now());
  const options = { seed, speed: 1, clock: () => clock.now(), others, config };
  return withSandbox(options, (world) => use({ ...world, clock }));
}

interface AcceptanceOptions {
  readonly others?: OtherBeliefs;
  readonly config?: string;
  /** What Identity Center has at first. */
  readonly permissionSets?: readonly SeedPermissionSet[];
  /** Time passes while somebody waits, and at no other time: a busy machine does not make slow what is fast. */
  readonly measures?: boolean;
}

interface Asked {
  readonly yes?: boolean;
  readonly record?: number;
  readonly account?: string;
  readonly user?: string;
  readonly group?: string;
  /** What a person at the terminal answers. */
  readonly answers?: readonly string[];
  readonly onStart?: (process: FakeProcess) => void;
}

/** The command, on a clock as fast as the sandbox. */
export async function accept(world: AcceptanceWorld, { yes = true, answers, onStart, ...more }: Asked = {}) {
  const directory = await mkdtemp(join(tmpdir(), "acceptance-"));
  try {
    await writeFile(join(directory, "kintone-sso-sync.yaml"), world.config);
    const process = fakeProcess({
      clock: world.clock,
      environment: sandboxEnvironment(world),
      directory,
      ...(answers !== undefined && { isTTY: true, answers }),
    });
    onStart?.(process);
    const globals = { lang: "en", logLevel: "silent", logFormat: "text", color: false } as const;
    const options = { ...subjects, yes, json: true, ...more };
    const code = await runAcceptance(process.face, globals, options);
    const text = process.stdout();
    const report = text === "" ? undefined : (JSON.parse(text) as AcceptanceReport);
    return { code, questions: process.questions(), said: process.stderr(), text, report };
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** What two acceptances of the same services have in common: all but how long it took and how often was asked. */
export function essenceOf({ steps }: AcceptanceReport) {
  return steps.map(({ step, verdict, beliefs, seen, requests }) => ({
    step,
    verdict,
    beliefs,
    seen: Object.fromEntries(Object.entries(seen).filter(([name]) => !/seconds/iu.test(name))),
    lastAnswers: Object.fromEntries(
      requests.map(({ operation, answer, error }) => [operation, error ?? answer]),
    ),
  }));
}
