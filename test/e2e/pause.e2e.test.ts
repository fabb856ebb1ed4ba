import { describe, expect, it } from "vitest";

import { createProcessMemory } from "../../src/memory/process-memory.ts";
import { exitCodeOf } from "../../src/report/exit-codes.ts";
import type { StopSwitch } from "../../src/tell/keep-pause.ts";
import { passInProcess } from "./pass-in-process.ts";
import { assignmentApp, readers } from "./small-company.ts";
import { grantsIn, withSandbox, type World, writesTo } from "./with-sandbox.ts";

const hourMs = 3_600_000;
const awsWrites = (world: World) => writesTo(world).filter((write) => !write.startsWith("kintone"));
const channel = ({ slack }: World) => slack.messages.filter(({ thread_ts: thread }) => thread === undefined);
const replies = ({ slack }: World) => slack.messages.filter(({ thread_ts: thread }) => thread !== undefined);
const notes = (report: Awaited<ReturnType<typeof passInProcess>>) =>
  report.notes.filter(({ code }) => code === "paused").map(({ message }) => message);

describe("while the configuration has a readOnly reason", () => {
  const config = "readOnly: the audit of March";

  it("passes plan and tell, write nothing to AWS, and are good ones", () =>
    withSandbox({ config, speed: 1000 }, async (world) => {
      const report = await passInProcess(world, "sync");
      expect(report).toMatchObject({ result: "paused", outcomes: [], violations: [] });
      expect(report.counts.changes).toBeGreaterThan(0);
      expect(notes(report)).toEqual([expect.stringContaining("the audit of March")]);
      expect(exitCodeOf(report, {})).toBe(0);
      expect(awsWrites(world)).toEqual([]);
      expect(await passInProcess(world, "plan")).toMatchObject({ result: "changes-pending" });
    }));

  it("operators hear of it once, and are reminded every day", () =>
    withSandbox({ config, speed: 1000 }, async (world) => {
      const memoryStore = createProcessMemory("e2e");
      const pass = (laterMs: number) => passInProcess(world, "sync", {}, undefined, { memoryStore, laterMs });
      await pass(0);
      await pass(hourMs);
      expect(channel(world)).toHaveLength(1);
      expect(replies(world)).toHaveLength(0);
      await pass(25 * hourMs);
      expect(channel(world)).toHaveLength(1);
      expect(replies(world)).toHaveLength(1);
    }));

  it("nothing is approved: the code counts once passes write again", () =>
    withSandbox({ speed: 1000 }, async (world) => {
      const memoryStore = createProcessMemory("e2e");
      const pass = (where: World, hours: number, approve?: string) =>
        passInProcess(where, "sync", {}, undefined, { memoryStore, approve, laterMs: hours * hourMs });
      await pass(world, 0);
      world.kintone.updateRecord(assignmentApp, 1, { ...readers, users: ["misaki"] });
      await pass(world, 1);
      const refused = await pass(world, 2);
      const code = refused.approval?.code ?? "";
      expect(code).not.toBe("");
      const before = grantsIn(world);
      const still = { ...world, config: `${world.config}${config}\n` };
      expect(await pass(still, 3, code)).toMatchObject({ result: "paused" });
      expect(grantsIn(world)).toEqual(before);
      expect(await pass(world, 4, code)).toMatchObject({ result: "applied", violations: [] });
    }));
});

describe("the comments /sync pause and /sync resume", () => {
  const pause: StopSwitch = { kind: "pause", by: "hanako-sato", reason: "somebody is in our directory" };

  it("stop all writing, removals as well, until somebody resumes", () =>
    withSandbox({ speed: 1000 }, async (world) => {
      const memoryStore = createProcessMemory("e2e");
      const pass = (stopSwitch?: StopSwitch) =>
        passInProcess(world, "sync", {}, undefined, { memoryStore, ...(stopSwitch && { stopSwitch }) });
      await pass();
      world.kintone.deleteRecord(assignmentApp, 2);
      const before = grantsIn(world);
      for (const report of [await pass(pause), await pass(), await pass()]) {
        expect(report).toMatchObject({ result: "paused" });
        expect(notes(report)[0]).toContain("hanako-sato");
        expect(notes(report)[0]).toContain("somebody is in our directory");
      }
      expect(grantsIn(world)).toEqual(before);
      expect(await pass({ kind: "resume" })).toMatchObject({ result: "applied" });
      expect(grantsIn(world)).not.toEqual(before);
      const report = await pass();
      expect([report.result, ...notes(report)]).toEqual(["in-sync"]);
    }));

  it("need a memory, and say so", () =>
    withSandbox({ speed: 1000 }, async (world) => {
      const report = await passInProcess(world, "sync", {}, undefined, { stopSwitch: pause });
      expect(report).toMatchObject({ result: "failed", error: { code: "config.pause-needs-memory" } });
      expect(awsWrites(world)).toEqual([]);
    }));
});
