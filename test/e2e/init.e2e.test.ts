import { mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";

import { runCommandLine } from "../../src/commands/command-line.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import { acceleratedClock } from "../../src/wiring/clocks.ts";
import { fakeProcess } from "../fake-process.ts";
import { smallCompany } from "./small-company.ts";
import { withSandbox, writesTo, type World } from "./with-sandbox.ts";

const people = smallCompany().kintone.users.map((user) => ({ ...user, password: "secret-of-the-person" }));
const newcomer = {
  seed: {
    ...smallCompany({ permissionSets: [], assignments: [] }),
    kintone: {
      language: "ja" as const,
      users: people,
      groups: [{ code: "cloud", name: "クラウド" }],
      apps: [],
    },
  },
};

async function folder(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "init-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** What a newcomer has in the environment: no app, no token, no configuration. */
function bare({ environment }: World): Readonly<Record<string, string>> {
  const {
    KINTONE_PERMISSION_SET_APP: _1,
    KINTONE_ASSIGNMENT_APP: _2,
    KINTONE_API_TOKEN: _3,
    ...rest
  } = environment;
  return rest;
}

const namesake = { id: 7, name: "Assignments", fields: {}, records: [], tokens: [] };

const credentials = { KINTONE_USERNAME: "hanako", KINTONE_PASSWORD: "secret-of-the-person" };

async function runInit(
  world: World,
  args: string,
  more: {
    directory: string;
    environment?: Readonly<Record<string, string>>;
    answers?: readonly (string | (() => string))[];
  },
) {
  const { answers, directory, environment = credentials } = more;
  const fake = fakeProcess({
    args: `init --lang en ${args}`.trim().split(" "),
    environment: { ...bare(world), NO_COLOR: "1", ...environment },
    clock: acceleratedClock(20),
    directory,
    ...(answers && { answers, isTTY: true }),
  });
  const code = await runCommandLine(fake.face, "0.0.0");
  return { code, stdout: fake.stdout(), stderr: fake.stderr(), questions: fake.questions() };
}

it("init makes the apps and a configuration that loads, asks eight questions where nothing is known, and keeps no password", () =>
  withSandbox(newcomer, async (world) => {
    const directory = await folder();
    const { KINTONE_BASE_URL: baseUrl = "" } = bare(world);
    const answers = [
      baseUrl,
      "hanako",
      "secret-of-the-person",
      "ap-northeast-1",
      "cloud",
      "developers",
      "yes",
      "",
    ];
    const environment = { KINTONE_BASE_URL: "", AWS_REGION: "" };
    const run = await runInit(world, "", { directory, answers, environment });
    expect(run).toMatchObject({ code: 0 });
    expect(run.questions).toHaveLength(8);
    expect(await readFile("README.md", "utf8")).toContain("at most 6 commands and 8 questions");
    const text = await readFile(join(directory, "kintone-sso-sync.yaml"), "utf8");
    expect(text).toContain('userTemplate: "{code}@example.co.jp"');
    expect(text.split("\n").length).toBeLessThan(16);
    const loaded = loadConfig({
      file: { path: "kintone-sso-sync.yaml", text },
      environment: { KINTONE_API_TOKEN: "a,b" },
      flags: {},
      readSecretFile: () => new Uint8Array(),
      language: "en",
    });
    expect(loaded).toMatchObject({
      ok: true,
      config: { kintone: { baseUrl, permissionSets: { app: 2 }, assignments: { app: 3 } } },
    });
    expect(run.stderr).toContain(`${baseUrl}/k/admin/app/apitoken?app=3`);
    const files = await readdir(directory, { recursive: true, withFileTypes: true });
    for (const file of files.filter((each) => each.isFile()))
      expect(await readFile(join(file.parentPath, file.name), "utf8")).not.toContain("secret-of-the-person");
    expect(files.map(({ name }) => name)).not.toContain("kintone-sso-sync.init.json");
  }));

const asked = ["cloud", "", "yes"];

it("init waits for the tokens, tells what is wrong with each, keeps them for their owner, and goes on to doctor and the import", () =>
  withSandbox(newcomer, async (world) => {
    const directory = await folder();
    const token = (app: number, ...rights: Parameters<World["kintone"]["createToken"]>[1]) =>
      world.kintone.createToken(app, rights);
    const tokens: string[] = [];
    const answers = [
      ...asked,
      () => `mistyped,${token(2, "add")} ${token(3, "view", "manage")}、${token(1, "view", "add")}`,
      () => {
        tokens.push(token(3, "view", "add"), token(2, "view", "add"), token(1, "view", "add", "edit"));
        return tokens.join(",");
      },
    ];
    const run = await runInit(world, "", { directory, answers });
    expect(run).toMatchObject({ code: 0 });
    for (const said of [
      "Token 1: kintone does not know it.",
      "The token of “Permission sets” may not view records",
      "The token of “Assignments” may also manage the app",
      "The token of “AWS accounts” may not add and edit records",
    ])
      expect(run.stderr).toContain(said);
    expect(run.stdout).toContain("✓ Configuration: valid.");
    expect(run.stdout).toContain("Nothing to import.");
    const kept = await readFile(join(directory, ".env"), "utf8");
    expect(kept.split("\n").toSorted()).toEqual([
      "",
      `KINTONE_ACCOUNTS_API_TOKEN=${tokens[2] ?? ""}`,
      `KINTONE_API_TOKEN=${tokens[0] ?? ""},${tokens[1] ?? ""}`,
    ]);
    expect((await stat(join(directory, ".env"))).mode & 0o077).toBe(0);
    expect(await readFile(join(directory, ".gitignore"), "utf8")).toContain(".env");
    for (const secret of [...tokens, "secret-of-the-person"])
      expect(run.stdout + run.stderr).not.toContain(secret);
    expect(world.kintone.records(1)).toEqual([]);
  }));

it("init leaves the tokens for later when nothing is pasted, and keeps none where git would take them", () =>
  withSandbox(newcomer, async (world) => {
    const directory = await folder();
    const later = await runInit(world, "", { directory, answers: [...asked, ""] });
    expect(later).toMatchObject({ code: 0 });
    expect(later.stderr).toContain("kintone-sso-sync doctor --first-run");
    await writeFile(join(directory, ".gitignore"), "node_modules\n");
    const paste = () =>
      [1, 2, 3].map((app) => world.kintone.createToken(app, ["view", "add", "edit"])).join(",");
    const again = await runInit(world, "", { directory, answers: [...asked, paste] });
    expect(again.stderr).toContain(".gitignore does not name .env");
    expect(await readdir(directory)).not.toContain(".env");
  }));

it("init --dry-run shows all of it and writes nothing", () =>
  withSandbox(newcomer, async (world) => {
    const directory = await folder();
    const run = await runInit(world, "--dry-run --set-authors cloud", { directory });
    expect(run).toMatchObject({ code: 0 });
    for (const part of [
      "make the app “Assignments”",
      "AWS accounts (accounts)",
      "cloud may add",
      "kintone:",
      "region:",
    ])
      expect(run.stdout).toContain(part);
    expect(writesTo(world)).toEqual([]);
    expect(await readdir(directory)).toEqual([]);
  }));

it("without a terminal init says all that is missing at once, and writes nothing without --yes", () =>
  withSandbox(newcomer, async (world) => {
    const directory = await folder();
    const missing = await runInit(world, "", {
      directory,
      environment: { AWS_REGION: "", KINTONE_BASE_URL: "" },
    });
    expect(missing.code).toBe(1);
    for (const name of ["KINTONE_BASE_URL", "KINTONE_USERNAME", "KINTONE_PASSWORD", "AWS_REGION"])
      expect(missing.stderr).toContain(name);
    expect(await runInit(world, "", { directory })).toMatchObject({ code: 1 });
    expect(writesTo(world)).toEqual([]);
    expect(await runInit(world, "--yes", { directory })).toMatchObject({ code: 0 });
  }));

it("init names apps that are called the same, and stops where the environment names other apps than it would make", () =>
  withSandbox(
    { seed: { ...newcomer.seed, kintone: { ...newcomer.seed.kintone, apps: [namesake] } } },
    async (world) => {
      const directory = await folder();
      const shown = await runInit(world, "--dry-run", { directory });
      expect(shown.stdout).toContain("! App 7 is called “Assignments” too, and stays as it is.");
      expect(shown.stdout).toContain("permissionSets: { app: … }");
      const environment = { ...credentials, KINTONE_ASSIGNMENT_APP: "7" };
      const stopped = await runInit(world, "--yes", { directory, environment });
      expect(stopped.code).toBe(1);
      expect(stopped.stderr).toContain("KINTONE_ASSIGNMENT_APP names app 7");
      expect(writesTo(world)).toEqual([]);
    },
  ));

it("init tells a wrong password, or two factors, before anything is written", () =>
  withSandbox(newcomer, async (world) => {
    const directory = await folder();
    const environment = { ...credentials, KINTONE_PASSWORD: "not-the-password-of-hanako" };
    const run = await runInit(world, "--yes", { directory, environment });
    expect(run.code).toBe(1);
    expect(run.stderr).toContain("two-factor");
    expect(writesTo(world)).toEqual([]);
  }));

it("a second init changes nothing, and leaves files that are there as they are", () =>
  withSandbox(newcomer, async (world) => {
    const directory = await folder();
    expect(await runInit(world, "--yes", { directory })).toMatchObject({ code: 0 });
    await writeFile(join(directory, ".env.example"), "mine");
    const before = writesTo(world).length;
    const environment = { ...credentials, KINTONE_API_TOKEN: "" };
    const again = await runInit(world, "--yes --permission-set-app 2 --assignment-app 3 --account-app 1", {
      directory,
      environment,
    });
    expect(again).toMatchObject({ code: 0 });
    expect(writesTo(world)).toHaveLength(before);
    expect(await readFile(join(directory, ".env.example"), "utf8")).toBe("mine");
  }));
