import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { companySeed } from "../../../src/sandbox/company/company-seed.ts";
import {
  appliedSets,
  assignmentApp,
  permissionSetApp,
  smallCompany,
} from "../../../test/e2e/small-company.ts";
import { type World, withSandbox } from "../../../test/e2e/with-sandbox.ts";
import type { ForeignCase, ForeignTool } from "./foreign-tool.ts";
import { endedWith, runTool, type ToolRun, versionOf } from "./run-tool.ts";

/** 45 MB of packages, which nothing but this needs: npx keeps them where it keeps such things. */
const program = ["--yes", "--package=@kintone/cli@1.19.2", "cli-kintone"] as const;

const editToken = "kintoneCliMayWriteInAllApps00000000000000";

/** kintone's own command line: exports, imports and upserts, also what our `import --csv` has written. */
export const kintoneCli: ForeignTool = {
  name: "kintone-cli",
  version: () => versionOf("npx", [...program, "--version"]),
  run: async () => {
    const folder = await mkdtemp(join(tmpdir(), "kintone-cli-"));
    try {
      return [...(await exportAndUpsert(folder)), ...(await importOurs(folder))];
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

type Ask = (args: readonly string[]) => Promise<ToolRun>;

function askIn({ environment: { KINTONE_BASE_URL: baseUrl = "" } }: World): Ask {
  return ([noun = "", verb = "", ...args]) =>
    runTool("npx", [...program, noun, verb, "--base-url", baseUrl, "--api-token", editToken, ...args]);
}

/** The sample company's sets, whose names are unique: one text of the exported file is another one when it comes back. */
async function exportAndUpsert(folder: string): Promise<readonly ForeignCase[]> {
  const seed = companySeed();
  return withSandbox({ seed: { ...seed, kintone: { ...seed.kintone, editToken } } }, async (world) => {
    const ask = askIn(world);
    const app = ["--app", String(permissionSetApp)];
    const file = join(folder, "sets.csv");
    const before = textsIn(world);
    const [first = ""] = before;
    const exported = await ask(["record", "export", ...app]);
    const missing = before.filter((text) => !exported.stdout.includes(text));
    await writeFile(file, exported.stdout.replace(first, `${first}!`));
    const upserted = await ask(["record", "import", ...app, "--file-path", file, "--update-key", "name"]);
    const wanted = [`${first}!`, ...before.slice(1)];
    const isChanged = JSON.stringify(textsIn(world)) === JSON.stringify(wanted);
    return [
      {
        name: "kintone-cli record export",
        problems: [...endedWith(0, exported), ...missing.map((text) => `it lacks ${text}`)],
      },
      {
        name: "kintone-cli record import --update-key",
        problems: [
          ...endedWith(0, upserted),
          ...(isChanged ? [] : [`the texts are ${textsIn(world).join()}`]),
        ],
      },
    ];
  });
}

function textsIn({ kintone }: World): readonly string[] {
  return kintone.records(permissionSetApp).map((record) => String(record["description"]?.value));
}

/** What exists in AWS as files for kintone's own import, put into empty apps by kintone's own program: nothing is left to do. */
async function importOurs(folder: string): Promise<readonly ForeignCase[]> {
  const permissionSets = appliedSets.map((set) => ({ ...set, tags: {} }));
  const seed = smallCompany({ permissionSets: [], assignments: [], aws: { permissionSets } });
  return withSandbox({ seed: { ...seed, kintone: { ...seed.kintone, editToken } } }, async (world) => {
    const written = await world.cli(`import --csv ${folder}`);
    const ask = askIn(world);
    const runs: ToolRun[] = [];
    for (const [app, name] of [
      [permissionSetApp, "permission-sets.csv"],
      [assignmentApp, "assignments.csv"],
    ] as const)
      runs.push(await ask(["record", "import", "--app", String(app), "--file-path", join(folder, name)]));
    const records = () =>
      JSON.stringify([permissionSetApp, assignmentApp].map((app) => world.kintone.records(app)));
    const before = records();
    const adopted = await world.cli("import --append --yes");
    const plan = await world.cli("plan --exit-code");
    return [
      { name: "import --csv", problems: written.code === 0 ? [] : [written.stderr] },
      { name: "kintone-cli record import of our files", problems: runs.flatMap((run) => endedWith(0, run)) },
      {
        name: "our import has nothing to add to what kintone-cli has imported",
        problems: adopted.code === 0 && records() === before ? [] : [`${adopted.stdout}${adopted.stderr}`],
      },
      { name: "and nothing is left to do", problems: plan.code === 0 ? [] : [plan.stdout] },
    ];
  });
}
