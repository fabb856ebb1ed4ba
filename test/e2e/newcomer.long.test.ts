import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";

import type { SeedAssignment } from "../../src/sandbox/aws/aws-seed.ts";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { runBundle } from "./run-cli.ts";
import { accounts, smallCompany, userName } from "./small-company.ts";
import { grantsIn, reportIn } from "./with-sandbox.ts";

const people = Array.from({ length: 40 }, (_, index) => `person${index + 1}`);
const teams = Array.from({ length: 8 }, (_, index) => `team${index + 1}`);
const projects = Array.from({ length: 40 }, (_, index) => ({
  id: String(700_000_000_000 + index),
  name: `project-${index + 1}`,
}));

/** What people have clicked together over the years: teams in their accounts, people here and there. */
function byHand(set: number, count: number): readonly SeedAssignment[] {
  return Array.from({ length: count }, (_, index) => {
    const project = projects[(index * (set + 3) + Math.floor(index / 40)) % projects.length];
    const principal =
      index % 3 === 0
        ? { group: teams[(index + set) % teams.length] ?? "" }
        : { userName: userName(people[(index * 7 + set) % people.length] ?? "") };
    return { accountId: project?.id ?? "", ...principal };
  });
}

function unique(assignments: readonly SeedAssignment[]): readonly SeedAssignment[] {
  return [...new Map(assignments.map((each) => [JSON.stringify(each), each])).values()];
}

const policy = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const sets = [
  ["ReadOnly", "ReadOnlyAccess"],
  ["Billing", "job-function/Billing"],
  ["Viewer", "job-function/ViewOnlyAccess"],
  ["Audit", "SecurityAudit"],
  ["Support", "AWSSupportAccess"],
] as const;

const seed = {
  ...smallCompany({
    aws: {
      accounts: [...Object.entries(accounts).map(([name, id]) => ({ id, name })), ...projects],
      users: people.map((code) => ({ userName: userName(code), email: userName(code) })),
      groups: teams.map((displayName) => ({ displayName })),
      permissionSets: sets.map(([name, managed], index) => ({
        name,
        managedPolicies: [policy(managed)],
        assignments: unique(byHand(index, 90)).slice(0, 60),
      })),
    },
  }),
  kintone: {
    language: "ja" as const,
    users: people.map((code) => ({ code, name: code, password: "secret-of-the-person" })),
    groups: [{ code: "cloud", name: "クラウド" }],
    apps: [],
  },
};

/** The README names this number. */
const mostCommands = 6;

it("a newcomer with 300 assignments made by hand gets from nothing to an empty plan, and one edit is one change", async () => {
  const sandbox = await startSandbox({ seed, speed: 100 });
  const directory = await mkdtemp(join(tmpdir(), "newcomer-"));
  onTestFinished(async () => {
    await sandbox.close();
    await rm(directory, { recursive: true, force: true });
  });
  const before = grantsIn(sandbox);
  expect(before).toHaveLength(300);
  const {
    KINTONE_PERMISSION_SET_APP: _1,
    KINTONE_ASSIGNMENT_APP: _2,
    KINTONE_API_TOKEN: _3,
    ...bare
  } = sandbox.environment;
  let environment: Readonly<Record<string, string>> = bare;
  let commands = 0;
  const cli = async (args: string, more: Readonly<Record<string, string>> = {}) => {
    commands += 1;
    return runBundle(args.split(" "), { directory, environment: { ...environment, ...more } });
  };

  const person = { KINTONE_USERNAME: "person1", KINTONE_PASSWORD: "secret-of-the-person" };
  expect(await cli("init --yes --set-authors cloud", person)).toMatchObject({ code: 0 });
  const token = (app: number, ...rights: ("view" | "add" | "edit")[]) =>
    sandbox.kintone.createToken(app, rights);
  environment = {
    ...bare,
    KINTONE_API_TOKEN: `${token(2, "view", "add")},${token(3, "view", "add")}`,
    KINTONE_ACCOUNTS_API_TOKEN: token(1, "view", "add", "edit"),
  };
  expect(await cli("import --yes")).toMatchObject({ code: 0 });
  expect(sandbox.kintone.records(1)).toHaveLength(45);
  expect(await cli("doctor")).toMatchObject({ code: 0 });
  expect(reportIn(await cli("plan --json"))).toMatchObject({ result: "in-sync", counts: { issues: 0 } });
  expect(grantsIn(sandbox)).toEqual(before);

  const codesIn = (field: { readonly value: unknown } | undefined) =>
    ((field?.value ?? []) as readonly { readonly code: string }[]).map(({ code }) => code);
  const record = sandbox.kintone
    .records(3)
    .find(
      ({ accounts: rows, users }) => [rows?.value].flat().length === 1 && codesIn(users)[0] !== "person9",
    );
  sandbox.kintone.updateRecord(3, Number(record?.["$id"]?.value), {
    users: [...codesIn(record?.["users"]), "person9"],
  });
  expect(reportIn(await cli("plan --json")).counts).toMatchObject({ changes: 1, deletions: 0 });
  expect(commands).toBeLessThanOrEqual(mostCommands);
});
