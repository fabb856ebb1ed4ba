import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, it, onTestFinished } from "vitest";

import { createLease, type Lease } from "../../../src/commands/serve/lease.ts";
import { openLease } from "../../../src/memory/lease-store.ts";
import type { LeaseStore } from "../../../src/ports.ts";
import { bucket, startBucketServer } from "../../memory/bucket-server.ts";

/** A clock that goes on only as it is told; what sleeps on it wakes when its time has come. */
function handClock() {
  let nowMs = Date.parse("2026-11-28T03:00:00Z");
  const sleepers = new Set<{ readonly atMs: number; readonly wake: () => void }>();
  return {
    clock: {
      now: () => nowMs,
      sleep: (ms: number, signal?: AbortSignal) =>
        new Promise<void>((resolve) => {
          const wake = (): void => {
            signal?.removeEventListener("abort", wake);
            resolve();
          };
          sleepers.add({ atMs: nowMs + ms, wake });
          signal?.addEventListener("abort", wake);
        }),
    },
    pass: async (ms: number) => {
      for (const end = nowMs + ms; nowMs < end;) {
        nowMs += 5_000;
        for (const sleeper of sleepers) {
          if (sleeper.atMs > nowMs) continue;
          sleepers.delete(sleeper);
          sleeper.wake();
        }
        await settle();
      }
    },
  };
}

/** Until nothing goes on but sleep, where the store answers at once. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Stores that several instances share. */
function sharedStores(clock: ReturnType<typeof handClock>["clock"], kept?: string) {
  let text = kept;
  let version = 0;
  return (): LeaseStore => ({
    read: async () =>
      text === undefined ? { kind: "nothing" } : { kind: "lease", text, version: String(version) },
    write: async (next, before) => {
      if (before !== (text === undefined ? undefined : String(version))) return "conflict";
      text = next;
      version += 1;
      return "written";
    },
    now: clock.now,
  });
}

interface Instance {
  readonly lease: Lease;
  readonly taken: () => number;
  readonly stop: () => Promise<void>;
  /** Ends as a process that is killed: nothing is given back, and nothing renewed. */
  readonly die: () => void;
}

function start(store: LeaseStore, clock: ReturnType<typeof handClock>["clock"], holder: string): Instance {
  const ended = new AbortController();
  let taken = 0;
  let isDead = false;
  const mortal: LeaseStore = {
    ...store,
    read: () => (isDead ? new Promise(() => {}) : store.read()),
  };
  const lease = createLease({ store: mortal, clock, holder });
  const following = lease.follow(ended.signal, () => {
    taken += 1;
  });
  return {
    lease,
    taken: () => taken,
    stop: async () => {
      ended.abort();
      await following;
    },
    die: () => {
      isDead = true;
    },
  };
}

describe("of two instances beside one memory", () => {
  it("one has the lease as long as it lives, and the other takes over within a minute of its death", async () => {
    const { clock, pass } = handClock();
    const open = sharedStores(clock);
    const first = start(open(), clock, "first");
    await settle();
    const second = start(open(), clock, "second");
    await pass(10 * 60_000);
    expect([first.lease.isHeld(), second.lease.isHeld()]).toEqual([true, false]);
    expect([first.taken(), second.taken()]).toEqual([1, 0]);
    first.die();
    await pass(60_000);
    expect([second.lease.isHeld(), second.taken()]).toEqual([true, 1]);
    await second.stop();
  });

  it("the other takes over at its next look when the one is stopped", async () => {
    const { clock, pass } = handClock();
    const open = sharedStores(clock);
    const first = start(open(), clock, "first");
    await settle();
    const second = start(open(), clock, "second");
    await settle();
    await first.stop();
    expect(first.lease.isHeld()).toBe(false);
    await pass(20_000);
    expect(second.lease.isHeld()).toBe(true);
    await second.stop();
  });
});

describe("the only instance", () => {
  it.each([
    ["a lease without an end", JSON.stringify({ holder: "ghost", until: "2099-01-01T00:00:00.000Z" })],
    ["a lease of no time", JSON.stringify({ holder: "ghost", until: "soon" })],
    ["something else", "{"],
    ["a lease that is over", JSON.stringify({ holder: "ghost", until: "2026-11-28T02:59:59.000Z" })],
  ])("is never stopped by %s", async (_what, text) => {
    const { clock } = handClock();
    const open = sharedStores(clock, text);
    const only = start(open(), clock, "only");
    await settle();
    expect(only.lease.isHeld()).toBe(true);
    await only.stop();
  });

  it.each<[string, Partial<LeaseStore>]>([
    ["cannot be read", { read: async () => ({ kind: "unreadable" }) }],
    ["cannot be written", { read: async () => ({ kind: "nothing" }), write: async () => "failed" }],
  ])("goes on where the store %s", async (_what, store) => {
    const { clock } = handClock();
    const open = sharedStores(clock);
    const only = start({ ...open(), ...store }, clock, "only");
    await settle();
    expect(only.lease.isHeld()).toBe(true);
    await only.stop();
  });
});

it("in a file a writer that saw something else by now has no lease", async () => {
  const folder = await mkdtemp(join(tmpdir(), "lease-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await expect(oneWriter(() => openLease(join(folder, "memory.json"), Date.now))).resolves.toBeUndefined();
});

it("in S3 only one of two writers that saw the same gets the lease", async () => {
  const server = await startBucketServer();
  const s3 = {
    endpoint: server.url,
    region: "ap-northeast-1",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
  };
  await expect(
    oneWriter(() => openLease(`s3://${bucket}/memory.json`, Date.now, s3)),
  ).resolves.toBeUndefined();
});

async function oneWriter(open: () => LeaseStore): Promise<void> {
  const [one, other] = [open(), open()];
  expect((await one.read()).kind).toBe("nothing");
  expect(await one.write("one", undefined)).toBe("written");
  expect(await other.write("other", undefined)).toBe("conflict");
  const stored = await other.read();
  expect(stored).toMatchObject({ kind: "lease", text: "one" });
  const version = stored.kind === "lease" ? stored.version : undefined;
  expect(await one.write("again", version)).toBe("written");
  expect(await other.write("late", version)).toBe("conflict");
}
