import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";

import { sandboxEnvironment } from "../../src/commands/sandbox/sandbox-environment.ts";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { acceleratedClock } from "../../src/wiring/clocks.ts";
import { runCli } from "./run-cli.ts";
import { accounts, appliedSets, companyConfig, smallCompany } from "./small-company.ts";
import { countRequests, grantsIn, reportIn } from "./with-sandbox.ts";

const mayAdd = (token: string) => ({ tokens: [{ token, permissions: ["view", "add"] as const }] });

/** Two sets made by hand, and one that is nobody's business. */
const byHand = {
  permissionSets: [],
  assignments: [],
  apps: { permissionSets: mayAdd("permissionSetAppToken"), assignments: mayAdd("assignmentAppToken") },
  aws: {
    permissionSets: [
      ...appliedSets.map((set) => ({ ...set, tags: {} })),
      {
        name: "Others",
        tags: { "kintone-sso-sync:owner": "somebody else" },
        assignments: [{ accountId: accounts.staging, group: "developers" }],
      },
    ],
  },
};

const speed = 100;
/** Of the command's own patience: a busy machine must not use it up. */
const clockSpeed = 25;

/** A company that imports, in a folder of its own, with a memory where one is wanted. */
async function startCompany(withMemory: boolean) {
  const sandbox = await startSandbox({ seed: smallCompany(byHand), speed });
  const directory = await mkdtemp(join(tmpdir(), "import-sweep-"));
  await writeFile(
    join(directory, "kintone-sso-sync.yaml"),
    `${companyConfig}${withMemory ? "memory: memory.json\n" : ""}`,
  );
  return {
    sandbox,
    cli: (args: string) =>
      runCli(args.split(" "), {
        environment: sandboxEnvironment(sandbox),
        directory,
        // What nobody answers is given up as fast as the sandbox runs.
        clock: acceleratedClock(clockSpeed),
      }),
    close: async () => {
      await sandbox.close();
      await rm(directory, { recursive: true });
    },
  };
}

/** How many requests an import takes that nothing befalls. */
export async function countImport(): Promise<number> {
  const { sandbox, cli, close } = await startCompany(false);
  expect(await cli("import --yes")).toMatchObject({ code: 0 });
  const requests = countRequests(sandbox);
  await close();
  return requests;
}

/** An import that is gone after its nth request, which has its effect; a sync; and the import once more. */
export async function importDiesAfter(nth: number, withMemory: boolean): Promise<void> {
  const { sandbox, cli, close } = await startCompany(withMemory);
  const before = grantsIn(sandbox);
  let seen = 0;
  for (const { failures } of [sandbox.kintone, sandbox.aws]) {
    failures.add({
      match: () => {
        seen += 1;
        return seen === nth;
      },
      phase: "after",
      respond: { reset: true },
    });
    failures.add({ match: () => seen > nth, respond: { reset: true } });
  }
  expect((await cli("import --yes")).code, `request ${nth}`).not.toBe(0);
  sandbox.kintone.failures.clear();
  sandbox.aws.failures.clear();
  await cli("sync");
  expect(grantsIn(sandbox), `request ${nth}`).toEqual(before);
  expect(await cli("import --yes"), `request ${nth}`).toMatchObject({ code: 0 });
  const { result, error } = reportIn(await cli("plan --json"));
  expect({ result, error }, `request ${nth}`).toEqual({ result: "in-sync" });
  expect(grantsIn(sandbox)).toEqual(before);
  expect([10, 11].map((app) => sandbox.kintone.records(app).length)).toEqual([2, 2]);
  await close();
}
