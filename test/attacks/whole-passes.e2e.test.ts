import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ListInstancesCommand, SSOAdminClient, TagResourceCommand } from "@aws-sdk/client-sso-admin";
import { describe, expect, onTestFinished, test } from "vitest";

import { createSignedMemory } from "../../src/memory/signed-memory.ts";
import { adoptedTag, adoptedValue, formerNameTag, ownerTag, recordTag } from "../../src/model/ownership.ts";
import { runAction } from "../e2e/github/run-action.ts";
import { startGithub } from "../e2e/github/start-github.ts";
import { passInProcess } from "../e2e/pass-in-process.ts";
import {
  accounts,
  appliedSets,
  developers,
  permissionSetApp,
  readers,
  readOnly,
  userName,
} from "../e2e/small-company.ts";
import { countRequests, grantsIn, withSandbox, type World, writesTo } from "../e2e/with-sandbox.ts";

const hourMs = 60 * 60_000;
const key = "a-key-of-at-least-thirty-two-characters";

async function memoryFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "attacks-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, "memory.json");
}

const kept = (path: string) => ({ KINTONE_SSO_SYNC_MEMORY: path, KINTONE_SSO_SYNC_MEMORY_KEY: key });
const awsWrites = (world: World) => writesTo(world).filter((write) => !write.startsWith("kintone"));

const holders = ["hanako", "ichiro", "misaki"].flatMap((code) =>
  [accounts.production, accounts.staging].map((accountId) => ({ accountId, userName: userName(code) })),
);
/** Records that give nothing of what AWS has: more than may go unasked. */
const emptied = {
  assignments: [],
  aws: {
    permissionSets: appliedSets.map((set) =>
      set.name === "ReadOnly" ? { ...set, assignments: holders } : set,
    ),
  },
};

/** Approves once what is refused, has it all come back, and gives the code. */
async function useUp(world: World, path: string): Promise<string> {
  const refused = await passInProcess(world, "sync", kept(path));
  const code = refused.approval?.code ?? "";
  await passInProcess(world, "sync", kept(path), undefined, { approve: code, laterMs: hourMs });
  expect(grantsIn(world)).toEqual([]);
  for (const holder of holders) world.aws.state.addAssignment("ReadOnly", holder);
  world.aws.state.addAssignment("Developer", { accountId: accounts.development, group: "developers" });
  return code;
}

/** What somebody who can write the memory, and holds nothing that signs it, makes of it. */
const forgeries: Readonly<Record<string, (text: string) => string>> = {
  "left alone": (text) => text,
  "with no used code": (text) => edited(text, { approvals: { since: "2020-01-01T00:00:00.000Z", used: [] } }),
  "with no deletions": (text) => edited(text, { deletions: [], approvals: undefined }),
  "without signatures": (text) => edited(text, { approvals: undefined, macs: undefined }),
  "signed by somebody else": (text) => {
    const loaded = createSignedMemory("e2e", [{ kind: "random", secret: key }], Date.now).read(
      Buffer.from(text),
    );
    const others = createSignedMemory("e2e", [{ kind: "random", secret: "another-key" }], Date.now);
    if (loaded.kind !== "memory") throw new Error(loaded.kind);
    const { approvals: _used, ...rest } = loaded.memory;
    const forged = others.write(rest, Date.now());
    return typeof forged === "string" ? forged : forged.code;
  },
  "replaced by an empty text": () => "",
  "replaced by half of itself": (text) => text.slice(0, text.length / 2),
  "filled up": (text) => edited(text, { managed: Array(300_000).fill(1e300) }),
};

function edited(text: string, changes: object): string {
  return JSON.stringify({ ...(JSON.parse(text) as object), ...changes });
}

describe("a used approval", () => {
  test.each(Object.entries(forgeries))("lets nothing through again with the memory %s", (_how, forge) =>
    withSandbox({ company: emptied, speed: 1000 }, async (world) => {
      const path = await memoryFile();
      const code = await useUp(world, path);
      await writeFile(path, forge(await readFile(path, "utf8")));
      const before = awsWrites(world);
      const later = { approve: code, laterMs: 2 * hourMs };
      const again = await passInProcess(world, "sync", kept(path), undefined, later);
      expect(again.result).toBe("refused");
      expect(again.approval?.rejected?.reason).toBeDefined();
      expect(awsWrites(world)).toEqual(before);
    }),
  );
});

const reading = { permission: "read", role_name: "read" };

describe("/sync by who may not", () => {
  test.each(
    ["public", "internal", ""].flatMap((visibility) =>
      ["read", "triage"].map((role) => ({ visibility, role })),
    ),
  )("starts nothing in a repository whose visibility is “$visibility”, with $role", ({ visibility, role }) =>
    withSandbox({}, async (world) => {
      const github = await startGithub({ access: { "hanako-sato": { ...reading, role_name: role } } });
      try {
        for (const body of [
          "/sync",
          "／ｓｙｎｃ",
          "/Sync plan",
          "/sync  approve `0123456789abcdef0123456789abcdef`",
        ]) {
          const run = await runAction(world, github, { event: "comment-sync", visibility, body });
          expect(run.code).toBe(1);
        }
        expect(countRequests(world)).toBe(0);
        expect(github.replies().join("\n")).not.toMatch(/ReadOnly|Developer|@example/u);
      } finally {
        await github.close();
      }
    }),
  );
});

/** Writes tags as whoever may tag permission sets can. */
async function tag(world: World, name: string, tags: Readonly<Record<string, string>>): Promise<void> {
  const credentials = { accessKeyId: "sandbox", secretAccessKey: "sandbox" };
  const client = new SSOAdminClient({ endpoint: world.aws.url, region: "ap-northeast-1", credentials });
  onTestFinished(() => client.destroy());
  const [instance] = (await client.send(new ListInstancesCommand({}))).Instances ?? [];
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  const { arn: ResourceArn } = world.aws.state.permissionSet(name);
  await client.send(new TagResourceCommand({ InstanceArn: instance?.InstanceArn, ResourceArn, Tags }));
}

describe("a set of others with our tags", () => {
  const legacy = {
    name: "Legacy",
    managedPolicies: ["arn:aws:iam::aws:policy/AdministratorAccess"],
    assignments: [{ accountId: accounts.production, userName: userName("kenta") }],
  };
  const company = { aws: { permissionSets: [...appliedSets, legacy] } };
  const forged: Readonly<Record<string, (arn: string) => Readonly<Record<string, string>>>> = {
    "the owner's": () => ({ [ownerTag]: "e2e" }),
    "those of a record that is gone": () => ({ [ownerTag]: "e2e", [recordTag]: "99" }),
    "those of a record that exists": () => ({ [ownerTag]: "e2e", [recordTag]: "1" }),
    "the proof of adopt": (arn) => ({
      [ownerTag]: "e2e",
      [recordTag]: "99",
      [adoptedTag]: adoptedValue(arn, "e2e"),
    }),
    "a name that a record says": () => ({
      [ownerTag]: "e2e",
      [recordTag]: "99",
      [formerNameTag]: "ReadOnly",
    }),
  };

  test.each(Object.entries(forged))(
    "%s, is neither emptied, deleted nor given to anybody, pass after pass",
    (_which, tagsOf) =>
      withSandbox({ company, speed: 1000 }, async (world) => {
        const memory = kept(await memoryFile());
        await passInProcess(world, "sync", memory);
        const before = grantsIn(world);
        await tag(world, "Legacy", tagsOf(world.aws.state.permissionSet("Legacy").arn));
        for (let pass = 0; pass < 3; pass += 1) await passInProcess(world, "sync", memory);
        expect(grantsIn(world)).toEqual(before);
        expect(world.aws.state.permissionSet("Legacy").managedPolicies).toEqual(legacy.managedPolicies);
      }),
  );

  test("a hand-written former name gives no held record the rights of another set", () =>
    withSandbox(
      {
        company: {
          ...company,
          permissionSets: [readOnly, { ...readOnly, name: "Root", managed_policies: "AdministratorAccess" }],
          assignments: [readers, { ...developers, permission_set: "Gone" }],
        },
        speed: 1000,
      },
      async (world) => {
        const memory = kept(await memoryFile());
        await passInProcess(world, "sync", memory);
        const before = grantsIn(world).filter((one) => one.startsWith("Root"));
        await tag(world, "Root", { [formerNameTag]: "Gone" });
        world.kintone.updateRecord(permissionSetApp, 2, { description: "again" });
        for (let pass = 0; pass < 2; pass += 1) await passInProcess(world, "sync", memory);
        expect(grantsIn(world).filter((one) => one.startsWith("Root"))).toEqual(before);
      },
    ));
});

describe("a group with more members than may become administrators at once", () => {
  const admin = { ...readOnly, name: "Admin", managed_policies: "AdministratorAccess" };
  const staff = Array.from({ length: 30 }, (_, index) => userName(`staff${index}`));
  const aws = {
    users: staff.map((one) => ({ userName: one, email: one })),
    groups: [{ displayName: "staff", members: staff }],
  };
  const granting = { permission_set: "Admin", groups: "staff", accounts: "production" };

  const edited = [{ ...admin, managed_policies: "ReadOnlyAccess" }];
  test.each([
    { how: "granted anew", permissionSets: [admin], memory: "with a memory" },
    { how: "granted anew", permissionSets: [admin], memory: "without a memory" },
    { how: "by an edit of the set that it has", permissionSets: edited, memory: "with a memory" },
  ])("waits for a person: $how, $memory", ({ permissionSets, memory }) =>
    withSandbox({ company: { permissionSets, assignments: [granting], aws }, speed: 1000 }, async (world) => {
      const environment = memory === "with a memory" ? kept(await memoryFile()) : {};
      const first = await passInProcess(world, "sync", environment);
      world.kintone.updateRecord(permissionSetApp, 1, { managed_policies: "AdministratorAccess" });
      const last = first.result === "refused" ? first : await passInProcess(world, "sync", environment);
      expect(last.result).toBe("refused");
      expect(last.violations.map(({ guard }) => guard)).toContain("administrator-grants");
      const approved = await passInProcess(world, "sync", environment, undefined, {
        approve: last.approval?.code,
        laterMs: hourMs,
      });
      expect(approved.result).toBe("applied");
    }),
  );
});
