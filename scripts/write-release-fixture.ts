// Writes what a version leaves behind, for the tests of upgrades: its memory, and its permission sets with their tags.
//   node --import tsx scripts/write-release-fixture.ts CLI.js FOLDER
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sandboxEnvironment } from "../src/commands/sandbox/sandbox-environment.ts";
import { startSandbox } from "../src/sandbox/start-sandbox.ts";
import { runBundle } from "../test/e2e/run-cli.ts";
import { companyConfig, smallCompany, userName } from "../test/e2e/small-company.ts";
import { companyBefore, renameDeveloper } from "../test/upgrades/before-upgrade.ts";

const [entry = "", folder = ""] = process.argv.slice(2);
if (entry === "" || folder === "") {
  process.stderr.write("usage: write-release-fixture CLI.js FOLDER\n");
  process.exit(2);
}

const sandbox = await startSandbox({ seed: smallCompany(companyBefore()), speed: 100 });
const directory = await mkdtemp(join(tmpdir(), "release-"));
try {
  await writeFile(join(directory, "kintone-sso-sync.yaml"), `${companyConfig}memory: memory.json\n`);
  const run = async (...args: readonly string[]): Promise<void> => {
    const { code, stdout, stderr } = await runBundle(args, {
      entry,
      directory,
      environment: sandboxEnvironment(sandbox),
    });
    if (code !== 0) throw new Error(`${args.join(" ")}: ${code}\n${stdout}${stderr}`);
  };
  await run("sync");
  await run("adopt", "Audit", "--yes");
  renameDeveloper(sandbox);
  await run("sync");
  await run("sync");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "memory.json"), await readFile(join(directory, "memory.json")));
  await writeFile(join(folder, "permission-sets.json"), `${JSON.stringify(setsIn(), null, 2)}\n`);
} finally {
  await sandbox.close();
  await rm(directory, { recursive: true, force: true });
}

/** The sets as a sandbox can be given them again. */
function setsIn() {
  const { state } = sandbox.aws;
  const userNames = new Map(
    ["hanako", "ichiro", "kenta", "misaki"].map((code) => [state.userId(userName(code)), userName(code)]),
  );
  const assignments = state.assignments();
  return state.permissionSets().map(({ arn: _arn, provisionedAccounts: _accounts, ...set }) => ({
    ...set,
    assignments: assignments.flatMap(({ permissionSet, accountId, principalId }) => {
      if (permissionSet !== set.name) return [];
      const known = userNames.get(principalId);
      return [known === undefined ? { accountId, group: "developers" } : { accountId, userName: known }];
    }),
  }));
}
