import { describe, expect, it } from "vitest";
import type { Logger } from "../../src/process/logger.ts";
import { tell } from "../../src/tell/tell.ts";
import type { Config } from "../../src/model/config.ts";
import { createIssue, type Issue } from "../../src/model/issue.ts";
import type { Memory } from "../../src/model/memory.ts";
import type { OperatorMessage } from "../../src/model/operator-message.ts";
import type { Pass } from "../../src/model/pass.ts";
import { recordKey, type RecordRef } from "../../src/model/record.ts";
import type { RunReport } from "../../src/model/run-report.ts";
import type { MemoryStore, OperatorChannel, RecordComments } from "../../src/ports.ts";
import { buildFailedReport } from "../../src/report/build-run-report.ts";
import { buildRecordNotices } from "../../src/tell/record-notices.ts";
import { minutesAgo, now, production, rawAssignment, recordRef, user } from "../builders.ts";
import {
  applied,
  assign,
  context,
  failed,
  passOf,
  passWithIssues,
  planOf,
  reportOf,
  skipped,
  sourceOf,
} from "../report/builders.ts";
import { companyConfig, companyPass } from "../report/company-pass.ts";

const english = { ...companyConfig, language: "en" } as const;

const failedReport = buildFailedReport(
  "sync",
  {
    code: "aws.no-instance",
    fault: "user" as const,
    message: "There is no instance.",
    hint: "Check the region.",
  },
  context,
);

interface Posted {
  readonly record: string;
  readonly text: string;
  readonly mentions: readonly string[];
}

interface OfficeOptions {
  readonly memory?: boolean;
  readonly commentsFail?: (record: RecordRef) => boolean;
  /** In kintone's words. */
  readonly refusal?: string;
  readonly slackFails?: boolean;
  readonly memoryFails?: boolean;
  readonly comments?: "off";
  readonly slack?: "off";
  /** Comments that are there before, newest first; the service's own where no login name says otherwise. */
  readonly before?: Readonly<Record<string, readonly (string | { text: string; creator: string })[]>>;
  /** How kintone names the service. */
  readonly shownAs?: string;
  /** The login name, where a password is used. */
  readonly ownLogin?: string;
  readonly config?: Partial<Config>;
}

/** kintone's comments, Slack and a memory, all in memory; each telling sees what earlier ones have left. */
function openOffice(options: OfficeOptions = {}) {
  const posted: Posted[] = [];
  const reads: string[] = [];
  const messages: OperatorMessage[] = [];
  const edits: OperatorMessage[] = [];
  const replies: string[] = [];
  const logged: string[] = [];
  let kept: Memory | undefined;
  const refuse = (record: RecordRef): void => {
    if (options.commentsFail?.(record) === true) throw new Error(options.refusal ?? "kintone refuses");
  };
  const comments: RecordComments = {
    readNewestComments: async (record) => {
      reads.push(recordKey(record));
      refuse(record);
      const own = posted.filter((one) => one.record === recordKey(record)).map(({ text }) => text);
      const all = [...own.toReversed(), ...(options.before?.[recordKey(record)] ?? [])];
      const creator = options.shownAs ?? options.ownLogin ?? "Administrator";
      return all.slice(0, 10).map((one) => (typeof one === "string" ? { text: one, creator } : one));
    },
    postComment: async (record, text, mentions) => {
      refuse(record);
      posted.push({ record: recordKey(record), text, mentions });
    },
  };
  const refuseMessage = (): void => {
    if (options.slackFails === true) throw new Error("Slack refuses");
  };
  const operators: OperatorChannel = {
    postMessage: async (message) => {
      refuseMessage();
      messages.push(message);
      return { channel: "C1", messageId: String(messages.length) };
    },
    updateMessage: async (_posted, message) => {
      refuseMessage();
      edits.push(message);
      return true;
    },
    replyInThread: async (_posted, text) => {
      refuseMessage();
      replies.push(text);
    },
    checkReachable: async () => refuseMessage(),
  };
  let interference: ((memory: Memory) => Memory) | undefined;
  let saves = 0;
  const store: MemoryStore = {
    load: async () => (kept === undefined ? { kind: "nothing" } : { kind: "memory", memory: kept }),
    save: async (memory) => {
      if (options.memoryFails === true)
        return { kind: "refused", refusal: { code: "read-only", detail: "EROFS" } };
      saves += 1;
      // The first save of a pass only finds out whether the memory can be kept.
      if (interference !== undefined && kept !== undefined && saves === 2) {
        kept = interference(kept);
        interference = undefined;
        return { kind: "overtaken" };
      }
      kept = structuredClone(memory);
      return { kind: "saved" };
    },
  };
  const log =
    (level: string) =>
    (message: string): void =>
      void logged.push(`${level}: ${message}`);
  const logger: Logger = {
    debug: () => undefined,
    info: log("info"),
    warn: log("warn"),
    error: log("error"),
  };
  return {
    posted,
    reads,
    messages,
    edits,
    replies,
    logged,
    kept: () => kept,
    interfere: (change: (memory: Memory) => Memory) => {
      saves = 0;
      interference = change;
    },
    forget: () => {
      kept = undefined;
    },
    tell: (pass: Pass | undefined, nowMs = now): Promise<RunReport> =>
      tell(
        pass === undefined ? failedReport : reportOf(pass),
        pass,
        {
          config: { ...english, ...options.config },
          comments: options.comments === "off" ? undefined : comments,
          ownLogin: options.ownLogin,
          operators: options.slack === "off" ? undefined : operators,
          memory: options.memory === true ? store : undefined,
          logger,
          scrub: (text) => text.replaceAll("s3cret", "[secret]"),
          clock: { now: () => now },
          recordUrl: context.recordUrl,
        },
        nowMs,
      ),
  };
}

const brokenRef = (minutes: number) =>
  recordRef({ app: "assignments", id: "7", updatedAt: minutesAgo(minutes) });
const unknownAccount = (record: RecordRef, value = "prod"): Issue =>
  createIssue("account.unknown", record, "accounts", { value, suggestions: [] });

/** A pass over one assignment record, which was edited so long ago and has the issues. */
function passOver(minutes: number, issues: (record: RecordRef) => readonly Issue[]): Pass {
  const record = brokenRef(minutes);
  const base = passOf({ source: sourceOf([], [rawAssignment({}, record)]) });
  return { ...base, desired: { ...base.desired, issues: issues(record) } };
}

const minuteMs = 60_000;

describe.each([
  ["with a memory", true],
  ["without a memory", false],
])("%s", (_title, memory) => {
  it("a hundred passes over the same broken record leave one comment and one message", async () => {
    const office = openOffice({ memory });
    for (let index = 0; index < 100; index += 1) {
      await office.tell(
        passOver(24 * 60, (record) => [unknownAccount(record)]),
        now + index * 10 * minuteMs,
      );
    }
    expect(office.posted).toHaveLength(1);
    expect(office.messages).toHaveLength(1);
  });

  it("a record that was mended is told so once, and one that breaks differently is told anew", async () => {
    const office = openOffice({ memory });
    await office.tell(passOver(0, (record) => [unknownAccount(record)]));
    for (let index = 0; index < 10; index += 1) await office.tell(passOver(5, () => []));
    for (let index = 0; index < 10; index += 1) {
      await office.tell(passOver(5, (record) => [unknownAccount(record, "staging")]));
    }
    expect(office.posted.map(({ text }) => text.split("\n")[0])).toEqual([
      "This record has not been carried out yet. Please correct the following and save it.",
      "Solved: the record is in order and has been carried out.",
      "This record has not been carried out yet. Please correct the following and save it.",
    ]);
  });

  it("an author is told again when something else is wrong, and not when the same is found in another order", async () => {
    const office = openOffice({ memory });
    const two = (record: RecordRef) => [unknownAccount(record, "a"), unknownAccount(record, "b")];
    await office.tell(passOver(0, two));
    await office.tell(passOver(0, (record) => two(record).toReversed()));
    expect(office.posted).toHaveLength(1);
    await office.tell(passOver(0, (record) => two(record).slice(1)));
    expect(office.posted).toHaveLength(2);
  });

  it("authors hear nothing of a record that was never wrong", async () => {
    const office = openOffice({ memory });
    await office.tell(passOver(5, () => []));
    expect(office.posted).toEqual([]);
  });

  it("comments that cannot be posted never throw, are logged once and told to operators in the report", async () => {
    const office = openOffice({ memory, commentsFail: () => true });
    const report = await office.tell(await companyPass());
    expect(office.posted).toEqual([]);
    expect(office.logged.filter((line) => line.includes("could not be told"))).toHaveLength(1);
    expect(report.notes.at(-1)).toMatchObject({
      code: "comments-failed",
      message: expect.stringContaining("The authors of 4 records could not be told (kintone refuses)"),
    });
  });

  it("a comment on a record that refuses it is tried again in the next pass", async () => {
    let refuses = true;
    const office = openOffice({ memory, commentsFail: () => refuses });
    await office.tell(passOver(0, (record) => [unknownAccount(record)]));
    refuses = false;
    await office.tell(passOver(0, (record) => [unknownAccount(record)]));
    expect(office.posted).toHaveLength(1);
  });
});

describe("authors", () => {
  it("are told on each record with issues what is wrong with it", async () => {
    const pass = await companyPass();
    const office = openOffice();
    await office.tell(pass);
    const notices = buildRecordNotices(pass, reportOf(pass), "en");
    expect(office.posted).toEqual(
      notices.map(({ record, text, mentions }) => ({ record: recordKey(record), text, mentions })),
    );
    expect(office.posted).toHaveLength(4);
  });

  it("are not told again where others have commented since, and kintone has put names in front", async () => {
    const pass = await companyPass();
    const told = buildRecordNotices(pass, reportOf(pass), "en").map(({ record, text }) => [
      recordKey(record),
      ["I will correct it.", `佐藤 昇 ${text}`, "A remark from before."],
    ]);
    const office = openOffice({ before: Object.fromEntries(told) as Record<string, string[]> });
    await office.tell(pass);
    expect(office.posted).toEqual([]);
  });

  it("are not told where comments are off", async () => {
    const office = openOffice({ comments: "off", slack: "off" });
    await office.tell(await companyPass());
    expect(office.posted).toEqual([]);
    expect(office.logged).toEqual([]);
  });

  it("are told of changes that AWS refused for a reason they can mend, and of no others", async () => {
    const record = brokenRef(60 * 24);
    const change = assign("ReadOnly", production, user("anna"), { records: [record] });
    const other = assign("ReadOnly", production, user("ben"), {
      records: [recordRef({ app: "assignments", id: "8" })],
    });
    const message =
      "Received a 404 status error: Not supported policy arn:aws:iam::222222222222:policy/team/Reader.";
    const pass = passOf({
      plan: planOf([change, other]),
      outcomes: [failed(change, { code: "operation-failed", message }), failed(other)],
    });
    const office = openOffice();
    await office.tell(pass);
    await office.tell(pass);
    expect(office.posted.map(({ record: key }) => key)).toEqual(["assignments/7"]);
    expect(office.posted[0]?.text).toMatch(
      /no customer managed policy arn:aws:iam::222222222222:policy\/team\/Reader\..*Create the policy/su,
    );
  });

  it("are told that access is there, with a link for each account and set, where that is asked for", async () => {
    const record = brokenRef(60 * 24);
    const changes = [user("anna"), user("ben")].map((who) =>
      assign("ReadOnly", production, who, { records: [record] }),
    );
    const pass = passOf({
      source: sourceOf([], [rawAssignment({}, record)]),
      plan: planOf(changes),
      outcomes: changes.map((change) => applied(change)),
    });
    const quiet = openOffice();
    await quiet.tell(pass);
    expect(quiet.posted).toEqual([]);
    const office = openOffice({ config: { comments: "errors-and-applied" } });
    await office.tell(pass);
    expect(office.posted).toMatchObject([{ record: "assignments/7", mentions: [] }]);
    expect(office.posted[0]?.text).toMatchInlineSnapshot(`
      "Access is ready:
      ReadOnly × Production (222222222222)
      　https://d-1111111111.awsapps.com/start/#/console?account_id=222222222222&role_name=ReadOnly
      [kintone-sso-sync ok]"
    `);
  });

  it("hear that a problem is solved only once what the record asks for is carried out", async () => {
    const record = brokenRef(5);
    const change = assign("ReadOnly", production, user("anna"), { records: [record] });
    const healthy = passOver(5, () => []);
    const office = openOffice({ memory: true });
    await office.tell(passOver(6, (ref) => [unknownAccount(ref)]));
    await office.tell({ ...healthy, plan: planOf([change]), outcomes: [failed(change)] });
    await office.tell({ ...healthy, plan: planOf([], { waiting: [{ record, userName: "carol" }] }) });
    await office.tell({
      ...healthy,
      plan: planOf([change]),
      violations: [{ guard: "deletions", numbers: {}, refuses: [change.id] }],
    });
    expect(office.posted).toHaveLength(1);
    await office.tell({ ...healthy, plan: planOf([change]), outcomes: [applied(change)] });
    expect(office.posted.map(({ text }) => text.split("\n")[0])).toContain(
      "Solved: the record is in order and has been carried out.",
    );
  });

  it.each([
    ["ten minutes", 10],
    ["an hour", 60],
    ["a day", 24 * 60],
  ])(
    "are looked up in few records a pass, the others in later ones, every %s, and the report says so",
    async (_, minutes) => {
      const refs = Array.from({ length: 120 }, (_item, index) =>
        recordRef({ app: "assignments", id: String(index + 1) }),
      );
      const base = passOf({
        source: sourceOf(
          [],
          refs.map((ref) => rawAssignment({}, ref)),
        ),
      });
      const pass = { ...base, desired: { ...base.desired, issues: refs.map((ref) => unknownAccount(ref)) } };
      const office = openOffice();
      const report = await office.tell(pass);
      expect(office.reads).toHaveLength(40);
      expect(report.notes.at(-1)).toMatchObject({
        code: "comments-limited",
        message: expect.stringContaining("80 records"),
      });
      for (let index = 1; index < 20; index += 1) await office.tell(pass, now + index * minutes * minuteMs);
      expect(office.posted).toHaveLength(120);
    },
  );

  it("hear that their record is in order although many others are not", async () => {
    const refs = Array.from({ length: 60 }, (_item, index) =>
      recordRef({ app: "assignments", id: String(index + 100) }),
    );
    const mended = brokenRef(5);
    const base = passOf({
      source: sourceOf(
        [],
        [mended, ...refs].map((ref) => rawAssignment({}, ref)),
      ),
    });
    const office = openOffice({
      before: { "assignments/7": ["Wrong.\n[kintone-sso-sync 0123456789abcdef]"] },
    });
    await office.tell({
      ...base,
      desired: { ...base.desired, issues: refs.map((ref) => unknownAccount(ref)) },
    });
    expect(office.posted.filter(({ record }) => record === "assignments/7")).toHaveLength(1);
  });

  it("of one app are told although the other app takes no comments", async () => {
    const sets = Array.from({ length: 8 }, (_item, index) => recordRef({ id: String(index + 1) }));
    const record = brokenRef(60);
    const issues = [
      ...sets.map((ref) => createIssue("field.required", ref, "name", {})),
      unknownAccount(record),
    ];
    const office = openOffice({ commentsFail: ({ app }) => app === "permissionSets" });
    await office.tell(passWithIssues(issues));
    expect(office.posted.map(({ record: key }) => key)).toEqual(["assignments/7"]);
  });

  it("are told once although the memory cannot be kept", async () => {
    const office = openOffice({ memory: true, memoryFails: true });
    for (let index = 0; index < 10; index += 1) {
      await office.tell(passOver(24 * 60, (record) => [unknownAccount(record)]));
    }
    expect(office.posted).toHaveLength(1);
    expect(office.messages).toHaveLength(1);
  });

  it("hear nothing good of a record that is only carried out in part", async () => {
    const record = brokenRef(5);
    const change = assign("ReadOnly", production, user("anna"), { records: [record] });
    const { target } = change;
    const office = openOffice({
      before: { "assignments/7": ["Wrong.\n[kintone-sso-sync 0123456789abcdef]"] },
    });
    const healthy = passOver(5, () => []);
    const left = { target, would: "create", records: [record] } as const;
    await office.tell({ ...healthy, plan: planOf([], { held: [{ ...left, reason: "not-selected" }] }) });
    await office.tell({
      ...healthy,
      plan: planOf([], { locked: [{ ...left, reason: "protected-account" }] }),
    });
    expect(office.posted).toEqual([]);
  });

  it("with a memory, are told of what it knows without a single read", async () => {
    const office = openOffice({ memory: true });
    await office.tell(passOver(24 * 60, (record) => [unknownAccount(record)]));
    const reads = office.reads.length;
    for (let index = 0; index < 5; index += 1) {
      await office.tell(passOver(24 * 60, (record) => [unknownAccount(record)]));
    }
    expect(office.reads).toHaveLength(reads);
  });
});

describe.each([
  ["with an API token", undefined],
  ["with a password", "sync-bot"],
])("%s", (_title, ownLogin) => {
  const login = ownLogin === undefined ? {} : { ownLogin };
  const broken = () => passOver(24 * 60, (record) => [unknownAccount(record)]);
  const markerOf = (pass: Pass) => buildRecordNotices(pass, reportOf(pass), "en")[0]?.marker ?? "";

  it.each(["hanako", "another colleague"])(
    "an author is told although %s has put the marker of what is wrong into a comment",
    async (creator) => {
      const text = `I have seen it. ${markerOf(broken())}`;
      const office = openOffice({ ...login, before: { "assignments/7": [{ text, creator }] } });
      for (let index = 0; index < 5; index += 1) await office.tell(broken());
      expect(office.posted).toHaveLength(1);
    },
  );

  it("an author does not hear that a problem is solved that only somebody else's comment speaks of", async () => {
    const text = "[kintone-sso-sync 0123456789abcdef]";
    const office = openOffice({ ...login, before: { "assignments/7": [{ text, creator: "hanako" }] } });
    await office.tell(passOver(5, () => []));
    expect(office.posted).toEqual([]);
  });
});

it("an author is told twice, and not in every pass, should kintone show the service under an unknown name", async () => {
  const office = openOffice({ shownAs: "api-service" });
  for (let index = 0; index < 20; index += 1) {
    await office.tell(passOver(24 * 60, (record) => [unknownAccount(record)]));
  }
  expect(office.posted).toHaveLength(2);
});

it("the service does not mention itself, and believes its own comments, however its login name is spelt", async () => {
  const record = recordRef({
    app: "assignments",
    id: "7",
    creator: { code: "hanako", name: "Hanako" },
    modifier: { code: "sync-bot", name: "Sync" },
  });
  const base = passOf({ source: sourceOf([], [rawAssignment({}, record)]) });
  const pass = { ...base, desired: { ...base.desired, issues: [unknownAccount(record)] } };
  const office = openOffice({ ownLogin: "Sync-Bot", shownAs: "sync-bot" });
  for (let index = 0; index < 3; index += 1) await office.tell(pass);
  expect(office.posted.map(({ mentions }) => mentions)).toEqual([["hanako"]]);
});

describe.each([
  ["with a memory", true],
  ["without a memory", false],
])("%s, a failed change is told once although between its failures there are passes", (_title, memory) => {
  const record = brokenRef(60 * 24);
  const other = recordRef({ app: "assignments", id: "8" });
  const change = assign("ReadOnly", production, user("anna"), { records: [record] });
  const second = assign("ReadOnly", production, user("ben"), { records: [record] });
  const message =
    "Received a 404 status error: Not supported policy arn:aws:iam::222222222222:policy/team/Reader.";
  const missing = { code: "operation-failed", message };
  const warning = createIssue("user.disabled", record, "users", { value: "carol" });
  const base = passOf({
    source: sourceOf([], [rawAssignment({}, record)]),
    plan: planOf([change, second]),
  });
  const wrong: Pass = { ...base, desired: { ...base.desired, issues: [warning] } };
  const failing: Pass = { ...wrong, outcomes: [failed(change, missing), failed(second, missing)] };
  const left = { target: change.target, would: "create", reason: "not-selected" } as const;

  it.each<[string, Partial<Pass>]>([
    [
      "that were refused",
      { violations: [{ guard: "deletions", numbers: {}, refuses: [change.id, second.id] }], outcomes: [] },
    ],
    ["that were stopped before any change", { outcomes: [skipped(change), skipped(second)] }],
    ["that were stopped in the middle", { outcomes: [failed(change, missing), skipped(second)] }],
    [
      "that did not get as far",
      {
        outcomes: [change, second].map((one) =>
          skipped(one, { code: "dependency-not-applied", changeId: "other" }),
        ),
      },
    ],
    ["in which AWS had another excuse", { outcomes: [failed(change), failed(second)] }],
    [
      "of the other half",
      { plan: planOf([], { held: [{ ...left, records: [record, other] }] }), outcomes: [] },
    ],
  ])("%s", async (_what, between) => {
    const office = openOffice({ memory });
    for (let index = 0; index < 3; index += 1) {
      await office.tell(failing);
      await office.tell({ ...wrong, ...between });
    }
    await office.tell(failing);
    expect(office.posted).toHaveLength(1);
    expect(office.posted[0]?.text).toContain("no customer managed policy");
  });

  it("but again when it failed anew after it had been applied", async () => {
    const office = openOffice({ memory });
    await office.tell(failing);
    await office.tell({ ...wrong, outcomes: [applied(change), applied(second)] });
    await office.tell(failing);
    expect(office.posted).toHaveLength(3);
  });
});

describe("operators", () => {
  it("need no channel", async () => {
    const office = openOffice({ slack: "off" });
    await office.tell(await companyPass());
    expect(office.messages).toEqual([]);
    expect(office.logged).toEqual([]);
    expect(office.posted).toHaveLength(4);
  });

  it("see in one message that comments are refused, whatever records they are on, and that it is over", async () => {
    let refuses = true;
    const office = openOffice({ memory: true, commentsFail: () => refuses });
    for (let index = 0; index < 10; index += 1) {
      const record = recordRef({ app: "assignments", id: String(index + 1) });
      await office.tell(passWithIssues([unknownAccount(record)]), now + index * 10 * minuteMs);
    }
    const titles = () => office.messages.map(({ title }) => title);
    const title = "⚠️ kintone-sso-sync: authors cannot be told on their records";
    expect(titles().filter((one) => one === title)).toHaveLength(1);
    refuses = false;
    await office.tell(passOf(), now + 100 * minuteMs);
    expect(office.edits.map((edit) => edit.title)).toContain(
      "✅ kintone-sso-sync: authors can be told on their records again",
    );
    expect(office.kept()?.incidents).toEqual({});
  });

  it("do not see secrets that kintone hands back where it refuses a comment", async () => {
    const office = openOffice({ memory: true, commentsFail: () => true, refusal: "Basic s3cret is wrong" });
    const report = await office.tell(passOver(0, (record) => [unknownAccount(record)]));
    expect(JSON.stringify([report, office.messages])).toContain("Basic [secret] is wrong");
    expect(JSON.stringify([report, office.messages])).not.toContain("s3cret");
  });

  it("are warned once a pass in the log when messages repeat for want of a memory, and not otherwise", async () => {
    const lost = openOffice();
    await lost.tell(undefined);
    expect(lost.logged).toEqual([expect.stringMatching(/^warn: Without a memory .*`memory`/u)]);
    const kept = openOffice({ memory: true });
    await kept.tell(undefined);
    const records = openOffice();
    await records.tell(passOver(0, (record) => [unknownAccount(record)]));
    expect([...kept.logged, ...records.logged]).toEqual([]);
  });

  it("who cannot be reached do not fail a pass, which is logged once", async () => {
    const office = openOffice({ slackFails: true });
    await office.tell(await companyPass());
    expect(office.posted).toHaveLength(4);
    expect(office.logged).toHaveLength(1);
    expect(office.logged[0]).toMatch(/^warn: /u);
  });

  it("see the one message of a failing pass edited when it is well again", async () => {
    const office = openOffice({ memory: true });
    for (let index = 0; index < 6; index += 1) await office.tell(undefined, now + index * 10 * minuteMs);
    expect(office.messages).toHaveLength(1);
    expect(office.edits).toEqual([]);
    await office.tell(passOf(), now + 60 * minuteMs);
    expect(office.messages).toHaveLength(1);
    expect(office.edits).toHaveLength(1);
    expect(office.edits[0]?.title).toMatch(/^✅/u);
    expect(office.kept()?.incidents).toEqual({});
  });

  it("are not told when there is nothing to tell", async () => {
    const office = openOffice();
    await office.tell(passOf());
    expect(office.messages).toEqual([]);
    expect(office.logged).toEqual([]);
  });
});

describe("the memory", () => {
  it("keeps what was told, what is open and how large the last whole read was", async () => {
    const office = openOffice({ memory: true });
    await office.tell(passOver(0, (record) => [unknownAccount(record)]));
    expect(office.kept()).toMatchObject({
      schemaVersion: 2,
      owner: english.owner,
      records: { "assignments/7": { marker: expect.stringMatching(/^\[kintone-sso-sync [0-9a-f]{16}\]$/u) } },
      incidents: { records: { channel: "C1", messageId: "1" } },
      lastGoodRead: { permissionSets: 0, assignments: 1 },
    });
  });

  it("stays as it was when a pass cannot read", async () => {
    const office = openOffice({ memory: true });
    await office.tell(passOver(0, (record) => [unknownAccount(record)]));
    const before = office.kept();
    await office.tell(undefined);
    expect(office.kept()?.records).toEqual(before?.records);
    expect(office.kept()?.lastGoodRead).toEqual(before?.lastGoodRead);
  });

  it("that another pass has written meanwhile keeps what that one did, and what was told here", async () => {
    const office = openOffice({ memory: true });
    await office.tell(passOver(0, (record) => [unknownAccount(record)]));
    const at = new Date(now).toISOString();
    const posted = { channel: "C1", messageId: "theirs", fingerprint: "f", openedAt: at, remindedAt: at };
    const theirs = { "pass-failed": posted };
    office.interfere((memory) => ({
      ...memory,
      incidents: { ...memory.incidents, ...theirs },
      deletions: [{ at, count: 5 }],
      writtenBy: "theirs",
    }));
    const report = await office.tell(passOver(0, (record) => [unknownAccount(record, "stg")]));
    expect(report.notes.map(({ code }) => code)).not.toContain("memory-not-kept");
    expect(office.kept()?.incidents).toMatchObject({ records: { messageId: "1" }, ...theirs });
    expect(office.kept()?.deletions).toEqual([{ at, count: 5 }]);
    const messages = office.messages.length;
    await office.tell(passOver(0, (record) => [unknownAccount(record, "stg")]));
    expect([office.posted.length, office.messages.length]).toEqual([2, messages]);
  });

  it("lost at any time repeats no comment, and one message at most", async () => {
    const office = openOffice({ memory: true });
    for (let index = 0; index < 10; index += 1) {
      if (index === 5) office.forget();
      await office.tell(passOver(24 * 60, (record) => [unknownAccount(record)]));
    }
    expect(office.posted).toHaveLength(1);
    expect(office.messages.length).toBeLessThanOrEqual(2);
  });
});
