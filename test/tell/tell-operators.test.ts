import { describe, expect, it, onTestFinished } from "vitest";
import type { LogFields } from "../../src/process/log-fields.ts";
import type { Logger } from "../../src/process/logger.ts";
import { AnswerLostError } from "../../src/errors.ts";
import { tellOperators, type TellOperatorsInput } from "../../src/tell/tell-operators.ts";
import { emptyMemory, type Memory } from "../../src/model/memory.ts";
import type { RunReport } from "../../src/model/run-report.ts";
import type { OperatorMessage } from "../../src/model/operator-message.ts";
import type { OperatorChannel } from "../../src/ports.ts";
import { startSlackSandbox } from "../../src/sandbox/slack/start-slack-sandbox.ts";
import { createOperatorChannel } from "../../src/slack/operator-channel.ts";
import { now, owner } from "../builders.ts";
import { companyConfig } from "../report/company-pass.ts";
import {
  accountTypo,
  changesReport,
  disabledUser,
  failedReport,
  healthyReport,
  recordsReport,
  refusedReport,
  typos,
  urlOf,
} from "./incident-samples.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const notify = { slackMentionAuthor: false, repeatHours: 24, failuresAfter: 2 };

interface FakeChannel extends OperatorChannel {
  readonly messages: Map<string, OperatorMessage>;
  /** What was asked of the channel, in order: `post 1`, `edit 1`, `reply 1: text`. */
  readonly log: string[];
  /** Names of the functions that throw. */
  readonly broken: Set<keyof OperatorChannel>;
  /** Names of the functions whose answers are lost, though they do what they are asked. */
  readonly mute: Set<keyof OperatorChannel>;
}

function fakeChannel(): FakeChannel {
  const messages = new Map<string, OperatorMessage>();
  const log: string[] = [];
  const broken = new Set<keyof OperatorChannel>();
  const mute = new Set<keyof OperatorChannel>();
  const answer = <Result>(name: keyof OperatorChannel, result: Result): Result => {
    if (mute.has(name)) throw new AnswerLostError(`Slack ${name}: no answer`);
    return result;
  };
  const attempt = (name: keyof OperatorChannel, entry: string): void => {
    log.push(entry);
    if (broken.has(name)) throw new Error(`Slack ${name}: down`);
  };
  return {
    messages,
    log,
    broken,
    mute,
    postMessage: async (message) => {
      const messageId = String(messages.size + 1);
      attempt("postMessage", `post ${messageId}`);
      messages.set(messageId, message);
      return answer("postMessage", { channel: "C1", messageId });
    },
    updateMessage: async ({ messageId }, message) => {
      attempt("updateMessage", `edit ${messageId}`);
      if (!messages.has(messageId)) return false;
      messages.set(messageId, message);
      return true;
    },
    replyInThread: async ({ messageId }, text) => {
      attempt("replyInThread", `reply ${messageId}: ${text.split("\n")[0] ?? ""}`);
      answer("replyInThread", undefined);
    },
    checkReachable: async () => {
      if (broken.has("postMessage")) throw new Error("Slack auth.test: down");
    },
  };
}

interface Warnings extends Logger {
  readonly warnings: { readonly message: string; readonly fields: LogFields | undefined }[];
}

function listeningLogger(): Warnings {
  const warnings: Warnings["warnings"] = [];
  const unexpected = (message: string): void => {
    throw new Error(`Not to be logged: ${message}`);
  };
  return {
    warnings,
    debug: unexpected,
    info: unexpected,
    error: unexpected,
    warn: (message, fields) => void warnings.push({ message, fields }),
  };
}

/** Passes ten minutes apart, each with the memory that the one before left. */
function startPasses(channel: OperatorChannel, hasMemory = true, options: Partial<TellOperatorsInput> = {}) {
  const logger = listeningLogger();
  let memory: Memory | undefined = hasMemory ? emptyMemory(owner) : undefined;
  let nowMs = now;
  return {
    logger,
    memory: () => memory,
    wait: (ms: number) => void (nowMs += ms),
    pass: async (report: RunReport, newlyTold: readonly number[] = []) => {
      const incidents = await tellOperators({
        report,
        newlyTold: new Set(newlyTold.map((id) => `assignments/${id}`)),
        memory,
        channel,
        config: { ...companyConfig, notify },
        language: "en",
        nowMs,
        logger,
        ...options,
      });
      if (memory !== undefined) memory = { ...memory, incidents };
      nowMs += 10 * minuteMs;
      return incidents;
    },
  };
}

const typo = recordsReport([accountTypo(1)]);

describe("operators", () => {
  it("hear nothing when there is nothing to tell", async () => {
    const channel = fakeChannel();
    const { pass, logger } = startPasses(channel);
    expect(await pass(healthyReport())).toEqual({});
    expect(await pass(recordsReport([disabledUser(1)]), [1])).toEqual({});
    expect(channel.log).toEqual([]);
    expect(logger.warnings).toEqual([]);
  });

  it("hear of an outage when it lasts, and of what they have to put right at once", async () => {
    const channel = fakeChannel();
    const { pass } = startPasses(channel);
    const failed = failedReport();
    const outage: RunReport = {
      ...failed,
      ...(failed.error && { error: { ...failed.error, fault: "aws" } }),
    };
    await pass(outage);
    await pass(healthyReport());
    await pass(outage);
    expect(channel.log).toEqual([]);
    const { "pass-failed": told } = await pass(outage);
    expect(channel.log).toEqual(["post 1"]);
    expect(Date.parse(told?.remindedAt ?? "") - Date.parse(told?.openedAt ?? "")).toBe(10 * minuteMs);
    await pass(healthyReport());
    await pass(failed);
    expect(channel.log.at(-1)).toBe("post 2");

    const forgetful = fakeChannel();
    await startPasses(forgetful, false).pass(outage);
    expect(forgetful.log).toEqual(["post 1"]);
  });

  it("find in every message the run that it is of, and records by their names", async () => {
    const channel = fakeChannel();
    const run = "https://github.com/example/access/actions/runs/1";
    const { pass } = startPasses(channel, true, { runUrl: run });
    await pass(typo);
    const message = channel.messages.get("1");
    expect(message?.sections.at(-1)).toBe(run);
    expect(message?.linkNames).toMatchObject({ [run]: "This run", [urlOf(1)]: "record 11#1" });
  });

  it("find the run in whatever they are told: what is wrong, what has changed of it, that it still is, and that it is over", async () => {
    const channel = fakeChannel();
    const run = "https://github.com/example/access/actions/runs/1";
    const { pass, wait } = startPasses(channel, true, { runUrl: run });
    const isInAll = (): boolean =>
      [...channel.messages.values()].every(({ sections }) => sections.at(-1) === run);
    const wrong = { ...changesReport(["anna"]), issues: typo.issues };
    const reports = [failedReport(), refusedReport(), wrong, recordsReport(typos(80)), healthyReport()];
    for (const report of reports) {
      await pass(report);
      expect(isInAll()).toBe(true);
      wait(48 * 60 * minuteMs);
      await pass(report);
      expect(isInAll()).toBe(true);
    }
    expect(channel.messages.size).toBe(4);
  });

  it("get one message in a hundred passes over the same wrong record", async () => {
    const channel = fakeChannel();
    const { pass } = startPasses(channel);
    for (let count = 0; count < 100; count += 1) await pass(typo, count === 0 ? [1] : []);
    expect(channel.log).toEqual(["post 1"]);
  });

  it("see a message change where it stands, with a reply in its thread for each change", async () => {
    const channel = fakeChannel();
    const { pass } = startPasses(channel);
    await pass(typo);
    await pass(recordsReport(typos(2)));
    await pass(recordsReport(typos(2)));
    await pass(recordsReport([accountTypo(2)]));
    expect(channel.log).toEqual(["post 1", "edit 1", "reply 1: New: 1", "edit 1", "reply 1: Solved: 1"]);
    expect(channel.messages.get("1")?.title).toBe("⚠️ kintone-sso-sync: 1 record has issues");
    expect(channel.messages.get("1")?.sections.at(-1)).toBe(
      "Since 2026-11-20 18:00 JST, last changed 2026-11-20 18:30 JST",
    );
  });

  it("see in the message that it is over and how long it took, and get a new one the next time", async () => {
    const channel = fakeChannel();
    const { pass, wait } = startPasses(channel);
    await pass(failedReport());
    wait(2 * hourMs);
    expect(await pass(healthyReport())).toEqual({});
    expect(channel.messages.get("1")).toEqual({
      title: "✅ kintone-sso-sync: passes go through again",
      sections: [
        "kintone.no-permission",
        "From 2026-11-20 18:00 JST to 2026-11-20 20:10 JST (2 hours 10 minutes)",
      ],
    });
    await pass(healthyReport());
    await pass(failedReport());
    expect(channel.log).toEqual(["post 1", "edit 1", "reply 1: Over after 2 hours 10 minutes.", "post 2"]);
  });

  it("are reminded in the thread after repeatHours, and again after as long", async () => {
    const channel = fakeChannel();
    const { pass, wait } = startPasses(channel);
    const reports = [];
    for (let day = 0; day < 3; day += 1) {
      await pass(refusedReport());
      reports.push(await pass(refusedReport()));
      wait(24 * hourMs - 20 * minuteMs);
    }
    expect(channel.log).toEqual([
      "post 1",
      "edit 1",
      "reply 1: Still open after 24 hours.",
      "edit 1",
      "reply 1: Still open after 48 hours.",
    ]);
    expect(reports.map((incidents) => incidents["guard-refused"]?.openedAt)).toEqual(
      Array.from({ length: 3 }, () => "2026-11-20T09:00:00.000Z"),
    );
  });

  it("get one digest when many records are new at once", async () => {
    const channel = fakeChannel();
    await startPasses(channel).pass(recordsReport(typos(40)), [39, 40]);
    expect(channel.log).toEqual(["post 1"]);
    expect(channel.messages.get("1")?.sections[0]).toContain(urlOf(39));
    expect(channel.messages.get("1")?.sections[10]).toBe("… and 30 more");
  });

  it("do not see records and changes as solved by a pass that could not read", async () => {
    const channel = fakeChannel();
    const { pass } = startPasses(channel);
    const before = await pass({ ...changesReport(["anna"]), issues: typo.issues });
    const after = await pass(failedReport());
    expect(after).toEqual({ ...before, "pass-failed": expect.anything() });
    expect(channel.log).toEqual(["post 1", "post 2", "post 3"]);
  });

  it("get a new message where the old one was deleted, and the time it began stays", async () => {
    const channel = fakeChannel();
    const { pass } = startPasses(channel);
    const first = await pass(typo);
    channel.messages.clear();
    channel.messages.set("other", { title: "", sections: [] });
    const second = await pass(recordsReport(typos(2)));
    expect(channel.log).toEqual(["post 1", "edit 1", "post 2"]);
    expect(second["records"]).toMatchObject({ messageId: "2", openedAt: first["records"]?.openedAt });
    channel.messages.delete("2");
    await pass(healthyReport());
    expect(channel.log.slice(3)).toEqual(["edit 2", "post 2"]);
    expect(channel.messages.get("2")?.title).toContain("✅");
  });
});

describe("without a memory", () => {
  it.each([
    ["a failed pass", failedReport()],
    ["a refusal", refusedReport()],
    ["failed changes", changesReport(["anna"])],
  ])("%s is told in each pass", async (_, report) => {
    const channel = fakeChannel();
    const { pass } = startPasses(channel, false);
    await pass(report);
    await pass(report);
    await pass(healthyReport());
    expect(channel.log).toEqual(["post 1", "post 2"]);
  });

  it("wrong records are told when their authors are, and only those", async () => {
    const channel = fakeChannel();
    const { pass } = startPasses(channel, false);
    const report = recordsReport([...typos(3), disabledUser(9)]);
    await pass(report, [1, 2, 9]);
    await pass(report, []);
    await pass(report, [9]);
    await pass(report, [3]);
    expect(channel.log).toEqual(["post 1", "post 2"]);
    expect(channel.messages.get("1")?.title).toContain("2 records have new issues");
    expect(channel.messages.get("2")?.title).toContain("1 record has new issues");
    expect(channel.messages.get("2")?.sections[0]).toContain(urlOf(3));
  });
});

describe("authors", () => {
  const authorEmails = new Map([["assignments/1", "anna@example.com"]]);
  const mentionsWith = async (slackMentionAuthor: boolean) => {
    const channel = fakeChannel();
    const config = { ...companyConfig, notify: { ...notify, slackMentionAuthor } };
    await startPasses(channel, true, { config, authorEmails }).pass(typo);
    return channel.messages.get("1")?.mentions;
  };

  it("are mentioned when that is wished", async () => {
    expect(await mentionsWith(true)).toEqual(["anna@example.com"]);
  });

  it("are not mentioned unless that is wished", async () => {
    expect(await mentionsWith(false)).toBeUndefined();
  });
});

describe("a channel that is down", () => {
  const many = { ...changesReport(["anna"]), issues: typo.issues };

  it("leads to one warning in a pass, and to the message in a later one", async () => {
    const channel = fakeChannel();
    const { pass, logger, memory } = startPasses(channel);
    channel.broken.add("postMessage");
    expect(await pass(many)).toEqual({});
    expect(logger.warnings).toEqual([
      { message: "operators could not be told", fields: { error: new Error("Slack postMessage: down") } },
    ]);
    channel.broken.clear();
    await pass(many);
    expect([...channel.messages.keys()]).toEqual(["1", "2"]);
    expect(Object.keys(memory()?.incidents ?? {}).toSorted()).toEqual(["changes-failed", "records"]);
    expect(logger.warnings).toHaveLength(1);
  });

  it("is tried twice in a pass at most", async () => {
    const channel = fakeChannel();
    const { pass, logger } = startPasses(channel);
    await pass(many);
    channel.broken.add("postMessage").add("updateMessage");
    const error = { code: "x", fault: "user" as const, message: "Message", hint: "Hint" };
    await pass({ ...changesReport(["ben"]), issues: recordsReport(typos(2)).issues, error });
    expect(channel.log).toEqual(["post 1", "post 2", "post 3", "edit 1"]);
    expect(logger.warnings).toHaveLength(1);
  });

  it.each(["updateMessage", "replyInThread"] as const)(
    "keeps what is remembered of a message when %s fails, so that the change is told later",
    async (name) => {
      const channel = fakeChannel();
      const { pass, logger } = startPasses(channel);
      const before = await pass(typo);
      channel.broken.add(name);
      expect(await pass(recordsReport(typos(2)))).toEqual(before);
      expect(await pass(healthyReport())).toEqual(before);
      expect(logger.warnings).toHaveLength(2);
      channel.broken.clear();
      expect(await pass(healthyReport())).toEqual({});
      expect(channel.messages.get("1")?.title).toContain("✅");
    },
  );

  it("does not keep the other messages from being told when one of them is refused", async () => {
    const channel = fakeChannel();
    const picky: OperatorChannel = {
      ...channel,
      postMessage: async (message) => {
        if (message.title.includes("changes failed") || message.title.includes("change failed")) {
          throw new Error("Slack chat.postMessage: invalid_blocks");
        }
        return channel.postMessage(message);
      },
    };
    const { pass, logger } = startPasses(picky);
    expect(Object.keys(await pass(many))).toEqual(["records"]);
    expect(logger.warnings).toHaveLength(1);
  });
});

describe("a message whose answer was lost", () => {
  it("is posted once more when the channel answers again, says so, and is edited from then on", async () => {
    const channel = fakeChannel();
    const { pass, logger } = startPasses(channel);
    channel.mute.add("postMessage");
    await pass(typo);
    channel.mute.clear();
    channel.broken.add("postMessage");
    for (let count = 0; count < 3; count += 1) await pass(typo);
    channel.broken.clear();
    for (let count = 0; count < 20; count += 1) await pass(typo);
    expect(channel.log).toEqual(["post 1", "post 2"]);
    expect(channel.messages.get("2")?.sections.at(-1)).toBe(
      "Since 2026-11-20 18:00 JST. A message about it may already stand above: Slack's answer to it was lost.",
    );
    expect(logger.warnings).toHaveLength(4);
    await pass(healthyReport());
    expect(channel.log).toEqual(["post 1", "post 2", "edit 2", "reply 2: Over after 4 hours."]);
  });

  it("is posted twice at most, however many answers are lost, until a reminder is due", async () => {
    const channel = fakeChannel();
    const { pass, wait } = startPasses(channel);
    channel.mute.add("postMessage");
    for (let count = 0; count < 100; count += 1) await pass(failedReport());
    expect(channel.log).toEqual(["post 1", "post 2"]);
    wait(24 * hourMs);
    await pass(failedReport());
    await pass(failedReport());
    expect(channel.log).toEqual(["post 1", "post 2", "post 3"]);
  });

  it("is followed by one that it is over", async () => {
    const channel = fakeChannel();
    const { pass } = startPasses(channel);
    channel.mute.add("postMessage");
    await pass(failedReport());
    expect(await pass(healthyReport())).toEqual({});
    await pass(healthyReport());
    expect(channel.log).toEqual(["post 1", "post 2"]);
    expect(channel.messages.get("2")?.title).toContain("✅");
  });

  it("is not repeated in a thread", async () => {
    const channel = fakeChannel();
    const { pass, logger } = startPasses(channel);
    await pass(typo);
    channel.mute.add("replyInThread");
    for (let count = 0; count < 3; count += 1) await pass(recordsReport(typos(2)));
    expect(channel.log).toEqual(["post 1", "edit 1", "reply 1: New: 1"]);
    expect(logger.warnings).toHaveLength(1);
  });
});

describe("in Slack", () => {
  const hostile = [
    "<!channel>",
    "<@U0ANNA>",
    "<#C1>",
    "@here",
    "<https://evil.example|https://example.cybozu.com>",
    "https://evil.example",
    urlOf(2),
    `x\n${urlOf(2)}\n<!everyone>`,
    "kintone-sso-sync sync --approve 0\n::error::",
  ];

  async function openSlack() {
    const sandbox = await startSlackSandbox({
      token: "xoxb-1",
      speed: 1_000_000,
      channels: [{ id: "C1", name: "operators" }],
      users: [{ id: "U0ANNA", email: "anna@example.com", name: "Anna" }],
    });
    onTestFinished(() => sandbox.close());
    const channel = createOperatorChannel({
      token: "xoxb-1",
      channel: "operators",
      apiUrl: sandbox.url,
      retryWaitMs: 1,
    });
    return { sandbox, channel };
  }

  /** The live parts of the blocks. */
  function liveParts(part: unknown): readonly string[] {
    if (typeof part !== "object" || part === null) return [];
    const inside = Object.values(part).flatMap(liveParts);
    if ("url" in part) return [`link ${String(part.url)}`, ...inside];
    return "user_id" in part ? [`user ${String(part.user_id)}`, ...inside] : inside;
  }

  it("nothing is live but the records' addresses and their authors, whatever records say", async () => {
    const { sandbox, channel } = await openSlack();
    const config = { ...companyConfig, notify: { ...notify, slackMentionAuthor: true } };
    const authorEmails = new Map([["assignments/3", "anna@example.com"]]);
    const { pass, logger } = startPasses(channel, true, { config, authorEmails });
    const wrong = hostile.map((value, index) => accountTypo(index + 1, value));
    await pass(recordsReport(wrong));
    await pass(recordsReport(wrong.slice(1)));
    expect(logger.warnings).toEqual([]);
    const [message, reply] = sandbox.messages;
    expect(liveParts(message?.edits[0]?.blocks)).toEqual([
      ...hostile.map((_, index) => `link ${urlOf(index + 1)}`),
      "user U0ANNA",
    ]);
    expect(liveParts(message?.blocks)).toHaveLength(hostile.length);
    expect(liveParts(reply?.blocks)).toEqual([]);
    expect(JSON.stringify(message?.blocks)).not.toMatch(/mrkdwn|broadcast|usergroup|"channel"/);
    expect(message?.text).not.toMatch(/[<>]/);
  });

  it("one message goes through all its states, its history in its thread", async () => {
    const { sandbox, channel } = await openSlack();
    const { pass } = startPasses(channel);
    await pass(changesReport(["anna"]));
    await pass(changesReport(["anna", "ben"]));
    await pass(healthyReport());
    const [message, ...replies] = sandbox.messages;
    expect(message?.edits.map(({ text }) => text)).toEqual([
      "⚠️ kintone-sso-sync: 1 change failed",
      "⚠️ kintone-sso-sync: 2 changes failed",
    ]);
    expect(message?.text).toBe("✅ kintone-sso-sync: no change fails any more");
    expect(replies.map(({ thread_ts, text }) => [thread_ts, text])).toEqual([
      [message?.ts, "New: 1"],
      [message?.ts, "Over after 20 minutes."],
    ]);
  });

  it("a service that is down costs one warning that names no secret", async () => {
    const { sandbox, channel } = await openSlack();
    await sandbox.close();
    const { pass, logger } = startPasses(channel);
    expect(await pass(failedReport())).toEqual({});
    expect(logger.warnings).toHaveLength(1);
    expect(JSON.stringify(logger.warnings)).not.toContain("xoxb");
  });
});
