import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";

import { signed } from "../memory/memories.ts";
import { createFileMemory } from "../../src/memory/file-memory.ts";
import { createProcessMemory } from "../../src/memory/process-memory.ts";
import type { RunReport } from "../../src/model/run-report.ts";
import { exitCodeOf } from "../../src/report/exit-codes.ts";
import type { MemoryStore } from "../../src/ports.ts";
import { passInProcess } from "./pass-in-process.ts";
import {
  accounts,
  appliedSets,
  assignmentApp,
  developers,
  readers as reading,
  userName,
} from "./small-company.ts";
import { grantsIn, type World, withSandbox, writesTo } from "./with-sandbox.ts";

const hourMs = 60 * 60_000;
const people = ["hanako", "ichiro", "misaki"];
const readers = people.flatMap((code) =>
  [accounts.production, accounts.staging].map((accountId) => ({ accountId, userName: userName(code) })),
);
/** Records that give nothing of what AWS has: seven deletions. */
const company = {
  assignments: [],
  aws: {
    permissionSets: appliedSets.map((set) =>
      set.name === "ReadOnly" ? { ...set, assignments: readers } : set,
    ),
  },
};

async function memoryPath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "approval-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, "memory.json");
}

const exitOf = (report: RunReport) => exitCodeOf(report, {});
const awsWrites = (world: World) => writesTo(world).filter((write) => !write.startsWith("kintone"));

test("an approval lets the refused plan through once: used again, it is told as used and nothing is written", () =>
  withSandbox({ company }, async (world) => {
    const memory = { KINTONE_SSO_SYNC_MEMORY: await memoryPath() };
    const sync = (hours: number, approve?: string) =>
      passInProcess(world, "sync", memory, undefined, { approve, laterMs: hours * hourMs });

    const refused = await sync(0);
    const code = refused.approval?.code;
    expect(exitOf(refused)).toBe(3);
    expect(refused.plan?.changes).toHaveLength(7);
    expect(awsWrites(world)).toEqual([]);

    const approved = await sync(1, code);
    expect(approved.result).toBe("applied");
    expect(exitOf(approved)).toBe(0);
    expect(approved.notes.map((note) => note.code)).toContain("plan-approved");
    expect(grantsIn(world)).toEqual([]);

    for (const reader of readers) world.aws.state.addAssignment("ReadOnly", reader);
    world.aws.state.addAssignment("Developer", { accountId: accounts.development, group: "developers" });
    const written = awsWrites(world);
    const again = await sync(2, code);
    expect(again.plan?.hash).toBe(refused.plan?.hash);
    expect(again.approval?.rejected?.reason).toBe("used");
    expect(exitOf(again)).toBe(3);
    expect(awsWrites(world)).toEqual(written);

    const anew = await sync(3, again.approval?.code);
    expect(anew.result).toBe("applied");
  }));

test("an approval that another pass uses up after this one has begun lets nothing through", () =>
  withSandbox({ company }, async (world) => {
    const memory = createProcessMemory("e2e");
    const sync = (hours: number, approve?: string, memoryStore: MemoryStore = memory) =>
      passInProcess(world, "sync", {}, undefined, { approve, memoryStore, laterMs: hours * hourMs });
    const code = (await sync(0)).approval?.code;
    const others: RunReport[] = [];
    let loads = 0;
    const slow = await sync(2, code, {
      ...memory,
      load: async () => {
        loads += 1;
        if (loads === 2) others.push(await sync(1, code));
        return memory.load();
      },
    });
    expect(others.map(({ result }) => result)).toEqual(["applied"]);
    expect(slow.approval?.rejected?.reason).toBe("used");
    expect(exitOf(slow)).toBe(3);
  }));

test("an approval that another pass uses up just before the first change of this one lets nothing through", () =>
  withSandbox({ company }, async (world) => {
    const path = await memoryPath();
    const memory = createFileMemory({ path, signed: signed(undefined, "e2e") });
    const sync = (
      hours: number,
      approve?: string,
      memoryStore: MemoryStore = createFileMemory({ path, signed: signed(undefined, "e2e") }),
    ) => passInProcess(world, "sync", {}, undefined, { approve, memoryStore, laterMs: hours * hourMs });
    const code = (await sync(0)).approval?.code;
    const others: RunReport[] = [];
    const slow = await sync(2, code, {
      ...memory,
      save: async (kept) => {
        if (others.length === 0) others.push(await sync(1, code));
        return memory.save(kept);
      },
    });
    expect(others.map(({ result }) => result)).toEqual(["applied"]);
    expect(slow.approval?.rejected?.reason).toBe("used");
    expect(exitOf(slow)).toBe(3);
  }));

test("the command that a refusal prints lets the plan through as it stands, in the same half and with the same files", () =>
  withSandbox({ company }, async (world) => {
    const memory = await memoryPath();
    const [config, audit] = [`${memory}-config.yaml`, `${memory}-audit.jsonl`];
    await writeFile(config, world.config);
    const refused = await world.cli(
      `sync --only assignments --config ${config} --audit ${audit} --full --lang en`,
    );
    expect(refused.code).toBe(3);
    const command = /: kintone-sso-sync (sync .*)$/mu.exec(refused.stdout)?.[1] ?? "";
    expect(command).toMatch(/ --only assignments --config \S+ --audit \S+ --full --lang en$/u);
    expect(await world.cli(command)).toMatchObject({ code: 0 });
    expect(grantsIn(world)).toEqual([]);
  }));

test("an approval of yesterday has expired, one of tomorrow does not count yet, and nothing is written", () =>
  withSandbox({ company }, async (world) => {
    const sync = (hours: number, approve?: string) =>
      passInProcess(world, "sync", {}, undefined, { approve, laterMs: hours * hourMs });
    const { approval } = await sync(0);
    const [expired, early] = [await sync(25, approval?.code), await sync(-1, approval?.code)];
    expect(expired.approval?.rejected?.reason).toBe("expired");
    expect(early.approval?.rejected?.reason).toBe("from-the-future");
    expect([exitOf(expired), exitOf(early)]).toEqual([3, 3]);
    expect(awsWrites(world)).toEqual([]);
    expect((await sync(23, approval?.code)).result).toBe("applied");
  }));

test("an approval does not count once the plan has changed, or after the memory was lost", () =>
  withSandbox({ company }, async (world) => {
    const path = await memoryPath();
    const sync = (hours: number, approve?: string) =>
      passInProcess(world, "sync", { KINTONE_SSO_SYNC_MEMORY: path }, undefined, {
        approve,
        laterMs: hours * hourMs,
      });
    const first = await sync(0);
    world.aws.state.removeAssignment("ReadOnly", {
      accountId: accounts.staging,
      userName: userName("hanako"),
    });
    const changed = await sync(1, first.approval?.code);
    expect(changed.approval?.rejected?.reason).toBe("other-plan");

    await rm(path);
    const lost = await sync(2, changed.approval?.code);
    expect(lost.approval?.rejected?.reason).toBe("memory-lost");
    const old = await sync(3, changed.approval?.code);
    expect(old.approval?.rejected?.reason).toBe("memory-lost");
    expect(awsWrites(world)).toEqual([]);
    expect((await sync(4, lost.approval?.code)).result).toBe("applied");
  }));

test("a source that shrank stays refused, pass after pass, and the app's next record does not change that", () =>
  withSandbox(
    { company: { assignments: [reading, developers, ...Array.from({ length: 10 }, () => reading)] } },
    async (world) => {
      const memory = { KINTONE_SSO_SYNC_MEMORY: await memoryPath() };
      const sync = (hours: number) =>
        passInProcess(world, "sync", memory, undefined, { laterMs: hours * hourMs });
      expect((await sync(0)).result).toBe("applied");
      const granted = grantsIn(world);
      for (let id = 2; id <= 7; id += 1) world.kintone.deleteRecord(assignmentApp, id);
      for (let hours = 1; hours <= 3; hours += 1) {
        const report = await sync(hours);
        expect(report.violations.map(({ guard }) => guard)).toEqual(["source-shrank"]);
        expect(exitOf(report)).toBe(3);
      }
      expect(grantsIn(world)).toEqual(granted);
    },
  ));
