import { mkdir, mkdtemp, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";

import type * as KintoneClient from "../../src/kintone/client.ts";
import type { RunReport } from "../../src/model/run-report.ts";
import type * as OperatorChannel from "../../src/slack/operator-channel.ts";
import { passInProcess } from "./pass-in-process.ts";
import {
  appliedSets,
  assignmentApp,
  type Company,
  developer,
  developers,
  readers,
  readOnly,
} from "./small-company.ts";
import { grantsIn, withSandbox, type World, writesTo } from "./with-sandbox.ts";

/** The adapters' own limits in real time, which a test shortens: the pass's clock has no power over sockets. */
const limits = vi.hoisted(() => {
  const regular = { kintone: {}, slack: { retryWaitMs: 5 } };
  const impatient = { kintone: { socketTimeoutMs: 150 }, slack: { retryWaitMs: 5, timeoutMs: 150 } };
  return { regular, impatient, current: regular };
});
vi.mock("../../src/kintone/client.ts", async (importOriginal) => {
  const original = await importOriginal<typeof KintoneClient>();
  const createKintoneClient: typeof original.createKintoneClient = (settings) =>
    original.createKintoneClient({ ...settings, ...limits.current.kintone });
  return { ...original, createKintoneClient };
});
vi.mock("../../src/slack/operator-channel.ts", async (importOriginal) => {
  const original = await importOriginal<typeof OperatorChannel>();
  const createOperatorChannel: typeof original.createOperatorChannel = (settings) =>
    original.createOperatorChannel({ ...settings, ...limits.current.slack });
  return { ...original, createOperatorChannel };
});
afterEach(() => {
  limits.current = limits.regular;
});

const speed = 1000;
const brokenRecord = 3;
const brokenAccount = { permission_set: "Developer", groups: "developers", accounts: "prodution" };

/** Everything is applied but one record, which nobody can carry out. */
const settled: Company = {
  assignments: [readers, developers, brokenAccount],
  aws: { permissionSets: appliedSets },
};

/** Nothing is applied yet; one record is broken, and AWS will refuse what another one asks for. */
const fresh: Company = {
  permissionSets: [readOnly, { ...developer, customer_managed_policies: "/team/Reader" }],
  assignments: [readers, developers, brokenAccount],
  aws: {
    missingCustomerManagedPolicies: [{ name: "Reader", path: "/team/", accountId: "555566667777" }],
  },
};

const writesToAws = (world: World) => writesTo(world).filter((write) => !write.startsWith("kintone"));
const commentsOn = ({ kintone }: World) => kintone.comments(assignmentApp, brokenRecord);
/** What each comment on the broken record is about. */
const toldOn = (world: World) =>
  commentsOn(world).map(
    ({ text }) => /^(?:This record has not been carried out yet|Solved)/mu.exec(text)?.[0] ?? text,
  );

/** Messages in the channel itself; replies in their threads tell nobody twice. */
const messagesIn = ({ slack }: World) => slack.messages.filter((message) => message.thread_ts === undefined);
/** Of these, those that are not about the memory itself. */
const otherMessagesIn = (world: World) =>
  messagesIn(world).filter((message) => !JSON.stringify(message).includes("memory"));

async function newMemoryPath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "telling-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, "memory.json");
}

const remembering = (path: string | undefined): Readonly<Record<string, string>> =>
  path === undefined ? {} : { KINTONE_SSO_SYNC_MEMORY: path };

async function syncTimes(count: number, world: World, path: string | undefined): Promise<RunReport> {
  let report = await passInProcess(world, "sync", remembering(path));
  for (let index = 1; index < count; index += 1) {
    report = await passInProcess(world, "sync", remembering(path));
  }
  return report;
}

const changeMemory = async (path: string, change: object): Promise<void> => {
  const memory = JSON.parse(await readFile(path, "utf8")) as object;
  await writeFile(path, JSON.stringify({ ...memory, ...change }));
};

interface Damage {
  readonly what: string;
  readonly cause: (path: string) => Promise<void>;
  /** What is there is not the service's to replace. */
  readonly stays?: true;
}

const damages: readonly Damage[] = [
  { what: "deleted", cause: (path) => rm(path) },
  {
    what: "cut off in the middle",
    cause: async (path) => truncate(path, Math.floor((await stat(path)).size / 2)),
  },
  { what: "emptied", cause: (path) => truncate(path, 0) },
  { what: "overwritten with garbage", cause: (path) => writeFile(path, Buffer.from([0xff, 0, 0x7b, 0xfe])) },
  {
    what: "of a version from the future",
    cause: (path) => changeMemory(path, { schemaVersion: 99 }),
    stays: true,
  },
  { what: "changed by somebody else", cause: (path) => changeMemory(path, { deletions: [] }) },
  {
    what: "another owner's by now",
    cause: (path) => changeMemory(path, { owner: "somebody else" }),
    stays: true,
  },
  {
    what: "a folder now",
    cause: async (path) => {
      await rm(path);
      await mkdir(path);
    },
    stays: true,
  },
];

for (const damage of damages) {
  test(`a memory that is ${damage.what} repeats one message at most, no comment, and changes nothing in AWS`, () =>
    withSandbox({ company: settled, speed }, async (world) => {
      const path = await newMemoryPath();
      await syncTimes(2, world, path);
      expect(messagesIn(world)).toHaveLength(1);
      await damage.cause(path);
      const report = await syncTimes(3, world, path);
      expect(report).toMatchObject({ result: "in-sync", counts: { issues: 1, changes: 0 } });
      expect(commentsOn(world)).toHaveLength(1);
      expect(otherMessagesIn(world).length).toBeLessThanOrEqual(2);
      // One that cannot be replaced is told as lost and as not kept.
      expect(messagesIn(world).length).toBeLessThanOrEqual(damage.stays === true ? 4 : 3);
      expect(writesToAws(world)).toEqual([]);
      const notKept = report.notes.filter(({ code }) => code === "memory-not-kept");
      expect(notKept).toHaveLength(damage.stays === true ? 1 : 0);
    }));
}

/** What a pass came to in AWS, whoever could be told of it. */
async function outcomeIn(world: World, environment: Readonly<Record<string, string>> = {}) {
  const { result, counts, outcomes } = await passInProcess(world, "sync", environment);
  return {
    result,
    counts,
    outcomes: outcomes.map(({ change, status, reason }) => [change, status, reason?.code].join(" ")).sort(),
    grants: grantsIn(world),
    writes: writesToAws(world).toSorted(),
  };
}

const undisturbed = await withSandbox({ company: fresh, speed }, async (world) => {
  const outcome = await outcomeIn(world);
  return {
    ...outcome,
    comments: world.kintone.comments(assignmentApp).length,
    messages: messagesIn(world).length,
  };
});
const { comments: _comments, messages: _messages, ...asUndisturbed } = undisturbed;

test("a pass that is not disturbed applies what it can, and tells what it cannot", () => {
  expect(undisturbed).toMatchObject({
    result: "partly-applied",
    counts: { applied: 9, failed: 1, issues: 1 },
  });
  expect(undisturbed.comments).toBeGreaterThan(0);
  expect(undisturbed.messages).toBeGreaterThan(0);
});

describe("a pass comes to the same in AWS", () => {
  test("whatever somebody has written into its memory", async () => {
    const path = await newMemoryPath();
    await withSandbox({ company: fresh, speed }, (world) => syncTimes(2, world, path));
    const told = { marker: "[kintone-sso-sync ok]", toldAt: "2026-04-01T00:00:00.000Z" };
    const keys = [1, 2, 3].flatMap((id) => [`assignments/${id}`, `permissionSets/${id}`]);
    const { records } = JSON.parse(await readFile(path, "utf8")) as { readonly records: object };
    await changeMemory(path, {
      records: { ...Object.fromEntries(keys.map((key) => [key, told])), ...records },
      lastGoodRead: { at: "2026-04-01T00:00:00.000Z", permissionSets: 2000, assignments: 100_000 },
      granted: undisturbed.grants,
    });
    await withSandbox({ company: fresh, speed }, async (world) => {
      expect(await outcomeIn(world, remembering(path))).toEqual(asUndisturbed);
      expect(world.kintone.comments(assignmentApp)).toHaveLength(undisturbed.comments);
    });
  });

  const refusals = [
    ["403", { status: 403, body: { code: "GAIA_NO01", id: "1", message: "No permission." } }],
    ["429", { status: 429, body: { code: "GAIA_TO04", id: "1", message: "Too many requests." } }],
    ["500", { status: 500, body: {} }],
    ["a reset connection", { reset: true }],
    ["nothing before the time limit", { delayMs: 600_000 }],
  ] as const;
  const requests = [
    ["addRecordComment", "posting comments"],
    ["getRecordComments", "reading comments"],
  ] as const;
  const commentFailures = requests.flatMap(([operation, what]) =>
    refusals.map(([answer, respond]) => [what, answer, operation, respond] as const),
  );

  test.each(commentFailures)("when kintone answers %s with %s", (_what, _answer, operation, respond) =>
    withSandbox({ company: fresh, speed }, async (world) => {
      if ("delayMs" in respond) limits.current = limits.impatient;
      world.kintone.failures.add({ match: { operation }, respond });
      expect(await outcomeIn(world)).toEqual(asUndisturbed);
      expect(world.kintone.comments(assignmentApp)).toEqual([]);
    }),
  );

  const slackRefusals = [
    ["500", { status: 500, body: "" }],
    ["429 for an hour", { status: 429, headers: { "retry-after": "3600" }, body: "" }],
    ["ok: false", { status: 200, body: { ok: false, error: "account_inactive" } }],
    ["a page of HTML", { status: 200, body: "<!DOCTYPE html>" }],
    ["a reset connection", { reset: true }],
    ["nothing before the time limit", { delayMs: 600_000 }],
  ] as const;

  test.each(slackRefusals)("when Slack answers with %s", (_answer, respond) =>
    withSandbox({ company: fresh, speed }, async (world) => {
      if ("delayMs" in respond) limits.current = limits.impatient;
      world.slack.failures.add({ match: { operation: "chat.postMessage" }, respond });
      expect(await outcomeIn(world)).toEqual(asUndisturbed);
      expect(world.slack.messages).toEqual([]);
      expect(world.kintone.comments(assignmentApp)).toHaveLength(undisturbed.comments);
    }),
  );

  test("when kintone's comments and Slack fail together, with a memory that cannot be kept", () =>
    withSandbox({ company: fresh, speed }, async (world) => {
      const path = await newMemoryPath();
      await mkdir(path);
      world.kintone.failures.add({
        match: ({ operation }) => /Comment/.test(operation ?? ""),
        respond: { reset: true },
      });
      world.slack.failures.add({ match: () => true, respond: { reset: true } });
      expect(await outcomeIn(world, remembering(path))).toEqual(asUndisturbed);
    }));
});

test.each([true, false])(
  "a comment whose answer was lost is not posted again (with a memory: %s)",
  (withMemory) =>
    withSandbox({ company: settled, speed }, async (world) => {
      const path = withMemory ? await newMemoryPath() : undefined;
      world.kintone.failures.add({
        match: { operation: "addRecordComment" },
        phase: "after",
        times: 1,
        respond: { reset: true },
      });
      const first = await syncTimes(1, world, path);
      expect(first.notes.map(({ code }) => code)).toContain("comments-failed");
      await syncTimes(2, world, path);
      expect(commentsOn(world)).toHaveLength(1);
    }),
);

test("a Slack message whose answer was lost is repeated once at most, and the repetition is edited when all is well", () =>
  withSandbox({ company: settled, speed }, async (world) => {
    const path = await newMemoryPath();
    const match = { operation: "chat.postMessage" };
    world.slack.failures.add({ match, phase: "after", times: 1, respond: { reset: true } });
    await syncTimes(10, world, path);
    expect(messagesIn(world)).toHaveLength(2);
    world.kintone.updateRecord(assignmentApp, brokenRecord, { accounts: "staging" });
    await syncTimes(3, world, path);
    expect(messagesIn(world)).toHaveLength(2);
    expect(messagesIn(world)[1]?.text).toMatch(/^✅/u);
  }));

test.each([
  ["with a memory", true],
  ["without a memory", false],
])(
  "%s a broken record is told of once, once more when solved, and anew when it breaks differently",
  (_how, withMemory) =>
    withSandbox({ company: settled, speed }, async (world) => {
      const path = withMemory ? await newMemoryPath() : undefined;
      const broken = "This record has not been carried out yet";
      const solved = "Solved";
      await syncTimes(20, world, path);
      expect(toldOn(world)).toEqual([broken]);
      expect(messagesIn(world)).toHaveLength(1);

      world.kintone.updateRecord(assignmentApp, brokenRecord, { accounts: "staging" });
      await syncTimes(3, world, path);
      expect(toldOn(world)).toEqual([broken, solved]);
      expect(messagesIn(world)).toHaveLength(1);
      expect(grantsIn(world)).toHaveLength(6);

      world.kintone.updateRecord(assignmentApp, brokenRecord, { permission_set: "Developr" });
      await syncTimes(3, world, path);
      expect(toldOn(world)).toEqual([broken, solved, broken]);
      expect(messagesIn(world)).toHaveLength(2);
      expect(grantsIn(world)).toHaveLength(6);
    }),
);
