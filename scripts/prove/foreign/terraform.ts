import { existsSync } from "node:fs";
import { cp, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import {
  accounts,
  appliedSets,
  developers,
  readers,
  readOnly,
  developer,
  userName,
} from "../../../test/e2e/small-company.ts";
import { type World, withSandbox } from "../../../test/e2e/with-sandbox.ts";
import { managementAccessKeyId } from "../../../src/sandbox/aws/aws-services.ts";
import type { ForeignCase, ForeignTool } from "./foreign-tool.ts";
import { endedWith, runTool, type ToolRun, versionOf } from "./run-tool.ts";

/** Terraform with its aws provider: our module, and the management account's file from nothing to nothing left to do. */
export const terraform: ForeignTool = {
  name: "terraform",
  version: () => versionOf("terraform", ["version"]),
  async run() {
    const folder = await mkdtemp(join(tmpdir(), "terraform-"));
    try {
      return [
        ...(await checkModule(folder)),
        ...(await checkFile(folder, "no assignment exists", [])),
        ...(await checkFile(folder, "an assignment exists", [existing])),
      ];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

const existing = { accountId: accounts.management, userName: userName("hanako") };
const provider = `terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
provider "aws" { region = "ap-northeast-1" }
`;

async function checkModule(folder: string): Promise<readonly ForeignCase[]> {
  await cp("infra/terraform", folder, { recursive: true });
  const plugins = await pluginFolder();
  const init = ["init", "-input=false", ...(plugins === undefined ? [] : [`-plugin-dir=${plugins}`])];
  return [
    { name: "terraform init", problems: endedWith(0, await inFolder(folder, init)) },
    {
      name: "terraform validate of the module",
      problems: endedWith(0, await inFolder(folder, ["validate"])),
    },
  ];
}

/** A mirror of providers on this machine, where there is one; else Terraform asks its registry. */
async function pluginFolder(): Promise<string | undefined> {
  const places = ["/opt", "/usr/local/share/terraform", join(homedir(), ".terraform.d")];
  for (const place of places) {
    const names = await readdir(place).catch(() => []);
    const folder = names.map((name) => join(place, name)).find((path) => existsSync(join(path, registry)));
    if (folder !== undefined) return folder;
  }
  return undefined;
}

const registry = "registry.terraform.io/hashicorp/aws";

async function checkFile(
  folder: string,
  situation: string,
  inManagement: readonly (typeof existing)[],
): Promise<readonly ForeignCase[]> {
  for (const name of await readdir(folder)) {
    if (/\.tf$|tfstate/u.test(name)) await rm(join(folder, name), { force: true });
  }
  await writeFile(join(folder, "provider.tf"), provider);
  const permissionSets = appliedSets.map((set) =>
    set.name === "ReadOnly" ? { ...set, assignments: [...(set.assignments ?? []), ...inManagement] } : set,
  );
  const company = {
    permissionSets: [readOnly, developer],
    assignments: [
      { ...readers, accounts: "management\nproduction\nstaging" },
      { ...developers, accounts: "development\nmanagement" },
    ],
    aws: { permissionSets },
  };
  return withSandbox({ company }, async (world) => {
    const cases: ForeignCase[] = [];
    const step = async (name: string, run: () => Promise<readonly string[]>) => {
      cases.push({ name: `${name}, where ${situation}`, problems: await run() });
    };
    await step("our file is written", () => writeOurs(world, folder));
    const imports = inManagement.length;
    const changes = new RegExp(
      `Plan: ${imports > 0 ? `${imports} to import, ` : ""}${3 - imports} to add, 0 to change, 0 to destroy`,
      "u",
    );
    const asManagement = (args: readonly string[]) => inFolder(folder, args, managementEnvironment(world));
    await step("validate", async () => endedWith(0, await asManagement(["validate"])));
    await step("plan adds what is not there, imports what is, and takes nothing away", async () => {
      const run = await asManagement(["plan", "-input=false", "-detailed-exitcode"]);
      return [...endedWith(2, run), ...says(changes, run)];
    });
    const apply = ["apply", "-input=false", "-auto-approve"];
    await step("apply", async () => endedWith(0, await asManagement(apply)));
    const plan = ["plan", "-input=false", "-detailed-exitcode"];
    await step("plan again has nothing to do", async () => endedWith(0, await asManagement(plan)));
    await step("our file, written again, imports all three", async () => [
      ...(await writeOurs(world, folder, 3)),
      ...endedWith(0, await asManagement(plan)),
    ]);
    await step("what is in the management account is what the records say", async () => {
      const there = world.aws.state
        .assignments()
        .filter(({ accountId }) => accountId === accounts.management);
      return there.length === 3 ? [] : [`there are ${there.length} assignments instead of 3`];
    });
    return cases;
  });
}

async function writeOurs(world: World, folder: string, imports?: number): Promise<readonly string[]> {
  const path = join(folder, "management.tf");
  const run = await world.cli(`terraform --out ${path} --lang en`);
  const wanted =
    imports === undefined ? /./u : new RegExp(`3 assignments, of which ${imports} exist already`, "u");
  return [...endedWith(0, { ...run, code: run.code ?? 1 }), ...says(wanted, run)];
}

function says(wanted: RegExp, { stdout, stderr }: Pick<ToolRun, "stdout" | "stderr">): readonly string[] {
  return wanted.test(`${stdout}${stderr}`) ? [] : [`it does not say ${wanted}: ${stderr.trim().slice(-300)}`];
}

function inFolder(
  cwd: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<ToolRun> {
  return runTool("terraform", [...args, "-no-color"], {
    cwd,
    environment: { ...environment, CHECKPOINT_DISABLE: "1" },
  });
}

function managementEnvironment({ aws }: World): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: aws.url,
    AWS_ACCESS_KEY_ID: managementAccessKeyId,
    AWS_SECRET_ACCESS_KEY: "no-secret-in-the-sandbox",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_MAX_ATTEMPTS: "2",
  };
}
