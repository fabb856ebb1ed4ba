import { describe, expect, it } from "vitest";
import { digest } from "../../src/entrypoints/digest.ts";
import type { Logger } from "../../src/entrypoints/logger.ts";
import { tell } from "../../src/entrypoints/tell.ts";
import type { Pass } from "../../src/model/pass.ts";
import { recordKey, type RecordRef } from "../../src/model/record.ts";
import type { OperatorChannel, OperatorMessage, RecordComments } from "../../src/ports.ts";
import { buildFailedReport } from "../../src/report/build-run-report.ts";
import { buildRecordNotices, type RecordNotice } from "../../src/report/record-notices.ts";
import { recordUrl } from "../builders.ts";
import { context, passOf, planOf, reportOf } from "../report/builders.ts";
import { companyConfig, companyPass } from "../report/company-pass.ts";

const config = { ...companyConfig, language: "en" } as const;

const failedReport = buildFailedReport(
  "sync",
  { code: "aws.no-instance", message: "There is no instance.", hint: "Check the region." },
  context,
);

interface Posted {
  readonly record: string;
  readonly text: string;
  readonly mentions: readonly string[];
}

interface Office {
  readonly posted: readonly Posted[];
  readonly messages: readonly OperatorMessage[];
  readonly logged: readonly string[];
  /** Tells of a pass, or of one that could not go on; each telling sees what earlier ones have left. */
  readonly tell: (
    pass: Pass | undefined,
    options?: { readonly comments?: "off"; readonly slack?: "off" },
  ) => Promise<void>;
}

/** kintone's comments and Slack in memory; either fails where it is told to. */
function office(
  failing: { readonly comments?: (record: RecordRef) => boolean; readonly slack?: boolean } = {},
  before: Readonly<Record<string, readonly string[]>> = {},
): Office {
  const posted: Posted[] = [];
  const messages: OperatorMessage[] = [];
  const logged: string[] = [];
  const refuse = (record: RecordRef): void => {
    if (failing.comments?.(record) === true) throw new Error("kintone refuses");
  };
  const comments: RecordComments = {
    readNewestComments: async (record) => {
      refuse(record);
      const own = posted.filter((one) => one.record === recordKey(record)).map(({ text }) => text);
      return [...own.toReversed(), ...(before[recordKey(record)] ?? [])].map((text) => ({ text }));
    },
    postComment: async (record, text, mentions) => {
      refuse(record);
      posted.push({ record: recordKey(record), text, mentions });
    },
  };
  const operators: OperatorChannel = {
    postMessage: async (message) => {
      if (failing.slack === true) throw new Error("Slack refuses");
      messages.push(message);
      return { channel: "C1", messageId: String(messages.length) };
    },
    updateMessage: async () => true,
    replyInThread: async () => undefined,
  };
  const log =
    (level: string) =>
    (message: string): void =>
      void logged.push(`${level}: ${message}`);
  const logger: Logger = { debug: log("debug"), info: log("info"), warn: log("warn"), error: log("error") };
  return {
    posted,
    messages,
    logged,
    tell: (pass, options = {}) =>
      tell(pass === undefined ? failedReport : reportOf(pass), pass, {
        config,
        comments: options.comments === "off" ? undefined : comments,
        operators: options.slack === "off" ? undefined : operators,
        logger,
        recordUrl: context.recordUrl,
      }),
  };
}

const noticesOf = (pass: Pass): readonly RecordNotice[] =>
  buildRecordNotices(pass, reportOf(pass), "en", digest);

describe("authors", () => {
  it("are told on each record with issues what is wrong with it", async () => {
    const pass = await companyPass();
    const { posted, tell: tellAll } = office();
    await tellAll(pass);
    expect(posted).toEqual(
      noticesOf(pass).map(({ record, text, mentions }) => ({ record: recordKey(record), text, mentions })),
    );
    expect(posted).toHaveLength(3);
  });

  it("are not told again what the newest comment of the service says", async () => {
    const pass = await companyPass();
    const { posted, tell: tellAll } = office();
    await tellAll(pass);
    await tellAll(pass);
    expect(posted).toHaveLength(3);
  });

  it("are not told again where others have commented since, and kintone has put names in front", async () => {
    const pass = await companyPass();
    const told = noticesOf(pass).map(({ record, text }) => [
      recordKey(record),
      ["I will correct it.", `佐藤 昇 ${text}`, "A remark from before."],
    ]);
    const { posted, tell: tellAll } = office({}, Object.fromEntries(told) as Record<string, string[]>);
    await tellAll(pass);
    expect(posted).toEqual([]);
  });

  it("are told again once something else is wrong, though an older comment says the same", async () => {
    const pass = await companyPass();
    const [first] = noticesOf(pass);
    const key = first === undefined ? "" : recordKey(first.record);
    const since = "Something else was wrong.\n[kintone-sso-sync 0123456789abcdef]";
    const { posted, tell: tellAll } = office({}, { [key]: [since, first?.text ?? ""] });
    await tellAll(pass);
    expect(posted.map(({ record }) => record)).toContain(key);
  });

  it("are not told where comments are off", async () => {
    const { posted, logged, tell: tellAll } = office();
    await tellAll(await companyPass(), { comments: "off" });
    expect(posted).toEqual([]);
    expect(logged).toEqual([]);
  });

  it("are told on every other record when one record takes no comment, which is logged once", async () => {
    const {
      posted,
      logged,
      tell: tellAll,
    } = office({
      comments: ({ app }) => app === "permissionSets",
    });
    await tellAll(await companyPass());
    expect(posted.map(({ record }) => record)).toEqual(["assignments/4", "assignments/5"]);
    expect(logged).toHaveLength(1);
    expect(logged[0]).toMatch(/^warn: /u);
  });
});

describe("operators", () => {
  it("are told in one message what failed and whose authors have just been told", async () => {
    const { messages, tell: tellAll } = office();
    await tellAll(await companyPass());
    expect(messages).toHaveLength(1);
    expect(messages[0]?.title).toBe("kintone-sso-sync: 2 changes were not applied");
    expect(messages[0]?.sections.join("\n")).toContain(
      recordUrl({ app: "assignments", id: "4", revision: 1 }),
    );
  });

  it("are not told of a record whose author was told in an earlier pass", async () => {
    const pass = { ...(await companyPass()), plan: planOf(), outcomes: [] };
    const { messages, tell: tellAll } = office();
    await tellAll(pass);
    expect(messages.map(({ title }) => title)).toEqual(["kintone-sso-sync: 3 records have new issues"]);
    await tellAll(pass);
    expect(messages).toHaveLength(1);
  });

  it("are not told when there is nothing to tell", async () => {
    const { messages, logged, tell: tellAll } = office();
    await tellAll(passOf());
    expect(messages).toEqual([]);
    expect(logged).toEqual([]);
  });

  it("are told of a pass that could not go on", async () => {
    const { messages, posted, tell: tellAll } = office();
    await tellAll(undefined);
    expect(messages).toMatchObject([{ title: "kintone-sso-sync: the pass failed" }]);
    expect(posted).toEqual([]);
  });

  it("need no channel", async () => {
    const { messages, logged, posted, tell: tellAll } = office();
    await tellAll(await companyPass(), { slack: "off" });
    expect(messages).toEqual([]);
    expect(logged).toEqual([]);
    expect(posted).toHaveLength(3);
  });

  it("who cannot be reached do not fail a pass, which is logged once", async () => {
    const { posted, logged, tell: tellAll } = office({ slack: true });
    await tellAll(await companyPass());
    expect(posted).toHaveLength(3);
    expect(logged).toHaveLength(1);
    expect(logged[0]).toMatch(/^warn: /u);
  });

  it("hear nothing of records whose authors could not be told", async () => {
    const pass = { ...(await companyPass()), plan: planOf(), outcomes: [] };
    const { messages, tell: tellAll } = office({ comments: () => true });
    await tellAll(pass);
    expect(messages).toEqual([]);
  });
});
