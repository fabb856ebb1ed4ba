import { inspect } from "node:util";

import { describe, expect, it, onTestFinished, vi } from "vitest";

import { AnswerLostError } from "../../src/errors.ts";
import { createOperatorChannel, type OperatorChannelSettings } from "../../src/slack/operator-channel.ts";
import { type SlackSandbox, startSlackSandbox } from "../../src/sandbox/slack/start-slack-sandbox.ts";

const token = "xoxb-canary+token/1";

async function openSlack(scopes?: readonly string[]): Promise<SlackSandbox> {
  const sandbox = await startSlackSandbox({
    token,
    ...(scopes && { scopes }),
    speed: 1_000_000,
    channels: [
      { id: "C1", name: "operators", isMember: true },
      { id: "C2", name: "others", isMember: false },
    ],
  });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

function channelAt(apiUrl: string, more: Partial<OperatorChannelSettings> = {}) {
  return createOperatorChannel({ token, channel: "C1", apiUrl, retryWaitMs: 1, ...more });
}

/** The elements of each of a message's paragraphs. */
function elementsOf(sandbox: SlackSandbox, index = 0): readonly (readonly { readonly text?: string }[])[] {
  const blocks = sandbox.messages[index]?.blocks as readonly {
    readonly elements: readonly { readonly elements: readonly { readonly text?: string }[] }[];
  }[];
  return blocks.flatMap(({ elements }) => elements.map((section) => section.elements));
}

/** The texts of a message's paragraphs. */
function textsOf(sandbox: SlackSandbox, index = 0): string[] {
  return elementsOf(sandbox, index).map((elements) => elements.map(({ text }) => text).join(""));
}

async function errorOf(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => {
      throw new Error("The message was taken.");
    },
    (error: unknown) => error as Error,
  );
}

describe("A message to the operators", () => {
  it("is a bold title and a paragraph per section", async () => {
    const sandbox = await openSlack();
    await channelAt(sandbox.url).postMessage({
      title: "Pass applied",
      sections: ["3 changes", " ", "Line 1\nLine 2"],
    });
    expect(sandbox.messages).toMatchObject([
      {
        channel: "C1",
        text: "Pass applied",
        blocks: [
          {
            type: "rich_text",
            elements: [
              {
                type: "rich_text_section",
                elements: [{ type: "text", text: "Pass applied", style: { bold: true } }],
              },
            ],
          },
          { elements: [{ elements: [{ type: "text", text: "3 changes" }] }] },
          { elements: [{ elements: [{ type: "text", text: "Line 1\nLine 2" }] }] },
        ],
      },
    ]);
  });

  it("asks Slack to interpret nothing and to show no previews", async () => {
    const sandbox = await openSlack();
    await channelAt(sandbox.url).postMessage({ title: "Title", sections: ["Section"] });
    expect(sandbox.requests[0]?.args).toMatchObject({
      link_names: "false",
      mrkdwn: "false",
      parse: "none",
      unfurl_links: "false",
      unfurl_media: "false",
    });
  });

  it("has live links where the sender says so, each on a line of its own", async () => {
    const sandbox = await openSlack();
    const [one, two] = ["https://example.com/k/11/show#record=1", "https://example.com/k/11/show#record=2"];
    await channelAt(sandbox.url).postMessage({
      title: one,
      sections: [`${one}\nText with ${two}\n${two}`, two, ` ${one}`, "javascript:alert(1)"],
      links: [one, two, "javascript:alert(1)"],
    });
    const link = (url: string) => ({ type: "link", url, text: url });
    expect(elementsOf(sandbox)).toEqual([
      [{ type: "text", text: one, style: { bold: true } }],
      [link(one), { type: "text", text: `\nText with ${two}\n` }, link(two)],
      [link(two)],
      [{ type: "text", text: ` ${one}` }],
      [{ type: "text", text: "javascript:alert(1)" }],
    ]);
  });

  it("tells where it stands, so that it can be edited", async () => {
    const sandbox = await openSlack();
    const posted = await channelAt(sandbox.url, { channel: "operators" }).postMessage({
      title: "Title",
      sections: [],
    });
    expect(posted).toEqual({ channel: "C1", messageId: sandbox.messages[0]?.ts });
  });

  it("holds 50 blocks at most and counts the sections it leaves out", async () => {
    const sandbox = await openSlack();
    const sections = (count: number) => Array.from({ length: count }, (_, index) => `Section ${index + 1}`);
    const channel = channelAt(sandbox.url);
    await channel.postMessage({ title: "Title", sections: sections(49) });
    await channel.postMessage({ title: "Title", sections: sections(50) });
    expect(textsOf(sandbox, 0)).toEqual(["Title", ...sections(49)]);
    expect(textsOf(sandbox, 1)).toEqual(["Title", ...sections(48), "… (+2 sections)"]);
  });

  it("cuts a section at 3,000 characters and counts those it leaves out", async () => {
    const sandbox = await openSlack();
    await channelAt(sandbox.url).postMessage({
      title: "Title",
      sections: ["a".repeat(3_000), "b".repeat(3_001)],
    });
    expect(textsOf(sandbox)).toEqual(["Title", "a".repeat(3_000), `${"b".repeat(2_960)}… (+41 characters)`]);
  });

  it("does not cut a character in two", async () => {
    const sandbox = await openSlack();
    await channelAt(sandbox.url).postMessage({ title: "Title", sections: [`a${"🔑".repeat(2_000)}`] });
    expect(textsOf(sandbox)[1]).toBe(`a${"🔑".repeat(1_479)}… (+1042 characters)`);
  });

  it("stays below the length that Slack refuses, and counts the sections it leaves out", async () => {
    const sandbox = await openSlack();
    const sections = Array.from({ length: 10 }, (_, index) => String(index).repeat(5_000));
    await channelAt(sandbox.url).postMessage({ title: "T".repeat(5_000), sections });
    const texts = textsOf(sandbox);
    expect(texts).toHaveLength(4);
    expect(texts.at(-1)).toBe("… (+8 sections)");
    expect(texts.join("").length).toBeLessThan(11_000);
  });
});

describe("A message that stands in the channel", () => {
  it("is replaced where it stands", async () => {
    const sandbox = await openSlack();
    const channel = channelAt(sandbox.url);
    const posted = await channel.postMessage({ title: "Failed", sections: ["Reason"] });
    await expect(channel.updateMessage(posted, { title: "Over", sections: ["Since noon"] })).resolves.toBe(
      true,
    );
    expect(sandbox.messages).toHaveLength(1);
    expect(sandbox.messages[0]).toMatchObject({
      ts: posted.messageId,
      text: "Over",
      edits: [{ text: "Failed" }],
    });
    expect(textsOf(sandbox)).toEqual(["Over", "Since noon"]);
    expect(sandbox.requests[1]?.args).toMatchObject({ link_names: "false", parse: "none" });
  });

  it("cannot be replaced once it is gone", async () => {
    const sandbox = await openSlack();
    const posted = { channel: "C1", messageId: "1795000000.000100" };
    await expect(channelAt(sandbox.url).updateMessage(posted, { title: "Over", sections: [] })).resolves.toBe(
      false,
    );
    expect(sandbox.messages).toEqual([]);
  });

  it.each([
    "cant_update_message",
    "edit_window_closed",
    "channel_not_found",
    "not_in_channel",
    "is_archived",
    "is_inactive",
  ])("cannot be replaced when Slack says %s", async (code) => {
    const sandbox = await openSlack();
    const channel = channelAt(sandbox.url);
    const posted = await channel.postMessage({ title: "Failed", sections: [] });
    const respond = { status: 200, body: { ok: false, error: code } };
    sandbox.failures.add({ match: { operation: "chat.update" }, respond });
    await expect(channel.updateMessage(posted, { title: "Over", sections: [] })).resolves.toBe(false);
  });

  it.each([
    [
      "refuses for another reason",
      { status: 200, body: { ok: false, error: "invalid_auth" } },
      "invalid_auth",
    ],
    ["is down", { status: 503, body: "" }, "HTTP 503"],
  ])("is not given up when Slack %s", async (_name, respond, reason) => {
    const sandbox = await openSlack();
    const channel = channelAt(sandbox.url);
    const posted = await channel.postMessage({ title: "Failed", sections: [] });
    sandbox.failures.add({ match: { operation: "chat.update" }, respond });
    const error = await errorOf(channel.updateMessage(posted, { title: "Over", sections: [] }));
    expect(error.message).toBe(`Slack chat.update: ${reason}`);
  });

  it("gets replies in its thread, in plain text", async () => {
    const sandbox = await openSlack();
    const channel = channelAt(sandbox.url);
    const posted = await channel.postMessage({ title: "Failed", sections: [] });
    await channel.replyInThread(posted, "New: 1\n• <!channel> 11#3");
    expect(sandbox.messages[1]).toMatchObject({ channel: "C1", thread_ts: posted.messageId, text: "New: 1" });
    expect(elementsOf(sandbox, 1)).toEqual([[{ type: "text", text: "New: 1\n• <!channel> 11#3" }]]);
  });

  it("is told by Slack's code when its thread takes no reply", async () => {
    const sandbox = await openSlack();
    const posted = { channel: "C2", messageId: "1795000000.000100" };
    const error = await errorOf(channelAt(sandbox.url).replyInThread(posted, "Text"));
    expect(error.message).toBe("Slack chat.postMessage: not_in_channel");
  });
});

describe("A message that Slack does not take", () => {
  it.each([
    ["the bot was not invited", { channel: "C2" }, undefined, "not_in_channel"],
    ["the channel does not exist", { channel: "C9" }, undefined, "channel_not_found"],
    ["the token is wrong", { token: "xoxb-canary-wrong" }, undefined, "invalid_auth"],
    ["the token may not post", {}, ["users:read"], "missing_scope"],
  ])("is told by Slack's own code, and not sent again, when %s", async (_name, settings, scopes, code) => {
    const sandbox = await openSlack(scopes);
    const error = await errorOf(
      channelAt(sandbox.url, settings).postMessage({ title: "Title", sections: ["Section"] }),
    );
    expect(error.message).toBe(`Slack chat.postMessage: ${code}`);
    expect(sandbox.requests).toHaveLength(1);
  });

  it("is sent three times more when there are too many messages, and then given up", async () => {
    const sandbox = await openSlack();
    const respond = { status: 429, headers: { "retry-after": "0" }, body: "" };
    const failing = (times: number) => {
      sandbox.failures.clear();
      sandbox.failures.add({ match: { operation: "chat.postMessage" }, times, respond });
    };
    failing(3);
    await channelAt(sandbox.url).postMessage({ title: "Title", sections: ["Section"] });
    failing(4);
    const error = await errorOf(
      channelAt(sandbox.url).postMessage({ title: "Title", sections: ["Section"] }),
    );
    expect(error.message).toBe("Slack chat.postMessage: too many messages at once");
    expect(sandbox.messages).toHaveLength(1);
  });

  it.each([
    ["a server error", { status: 503, body: "Service Unavailable" }, /HTTP 503/],
    ["a connection that was cut", { reset: true }, /UND_ERR_SOCKET|ECONNRESET/],
    ["no answer in time", { delayMs: 5_000 }, /no answer in time/],
    ["a page of HTML", { status: 200, body: "<html></html>" }, /not Slack's answer/],
    ["Slack's own accident", { status: 200, body: { ok: false, error: "fatal_error" } }, /fatal_error/],
  ] as const)("is not sent again after %s, since it may be there", async (_name, respond, reason) => {
    const sandbox = await openSlack();
    sandbox.failures.add({ match: { operation: "chat.postMessage" }, phase: "after", times: 1, respond });
    const channel = channelAt(sandbox.url, { timeoutMs: 300 });
    const error = await errorOf(channel.postMessage({ title: "Title", sections: ["Section"] }));
    expect(error).toBeInstanceOf(AnswerLostError);
    expect(error.message).toMatch(reason);
    expect(sandbox.messages).toHaveLength(1);
  });

  it("is replaced in spite of lost answers, since a replacement does no harm twice", async () => {
    const sandbox = await openSlack();
    const channel = channelAt(sandbox.url);
    const posted = await channel.postMessage({ title: "Failed", sections: [] });
    const match = { operation: "chat.update" };
    sandbox.failures.add({ match, phase: "after", times: 3, respond: { reset: true } });
    await expect(channel.updateMessage(posted, { title: "Over", sections: [] })).resolves.toBe(true);
    expect(sandbox.messages).toMatchObject([{ text: "Over" }]);
  });

  it("is waited for ten seconds unless told otherwise", async () => {
    const sandbox = await openSlack();
    const timeout = vi.spyOn(AbortSignal, "timeout");
    onTestFinished(() => timeout.mockRestore());
    await channelAt(sandbox.url).postMessage({ title: "Title", sections: [] });
    expect(timeout.mock.calls).toEqual([[10_000]]);
  });

  it("waits as long as Slack asks it to", async () => {
    const sandbox = await openSlack();
    const respond = { status: 429, headers: { "retry-after": "1" }, body: "" };
    sandbox.failures.add({ match: { operation: "chat.postMessage" }, times: 1, respond });
    await channelAt(sandbox.url).postMessage({ title: "Title", sections: ["Section"] });
    const [first, second] = sandbox.requests.map(({ at }) => at);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(990);
  });

  it("is given up at once when Slack asks for more than half a minute", async () => {
    const sandbox = await openSlack();
    const respond = { status: 429, headers: { "retry-after": "31" }, body: "" };
    sandbox.failures.add({ match: { operation: "chat.postMessage" }, respond });
    const error = await errorOf(
      channelAt(sandbox.url).postMessage({ title: "Title", sections: ["Section"] }),
    );
    expect(error.message).toBe("Slack chat.postMessage: too many messages at once");
    expect(sandbox.requests).toHaveLength(1);
  });

  it("is told as such when a page of HTML comes instead of an answer", async () => {
    const sandbox = await openSlack();
    const respond = { status: 200, body: "<html>Proxy login</html>" };
    sandbox.failures.add({ match: { operation: "chat.postMessage" }, respond });
    const error = await errorOf(
      channelAt(sandbox.url).postMessage({ title: "Title", sections: ["Section"] }),
    );
    expect(error.message).toBe("Slack chat.postMessage: not Slack's answer");
  });

  it("is told as such when the answer does not say where the message stands", async () => {
    const sandbox = await openSlack();
    sandbox.failures.add({
      match: { operation: "chat.postMessage" },
      respond: { status: 200, body: { ok: true } },
    });
    const error = await errorOf(channelAt(sandbox.url).postMessage({ title: "Title", sections: [] }));
    expect(error.message).toBe("Slack chat.postMessage: not Slack's answer");
  });

  it("is tried three times more when nobody listens, and told as such", async () => {
    const sandbox = await openSlack();
    await sandbox.close();
    let requests = 0;
    const onRequest = () => void (requests += 1);
    const channel = channelAt(sandbox.url, { onRequest });
    const error = await errorOf(channel.postMessage({ title: "Title", sections: ["Section"] }));
    expect(error).not.toBeInstanceOf(AnswerLostError);
    expect(error.message).toBe("Slack chat.postMessage: ECONNREFUSED");
    expect(requests).toBe(4);
    const unreachable = await errorOf(channel.checkReachable());
    expect(unreachable.message).toBe("Slack auth.test: ECONNREFUSED");
  });
});

describe("The bot token", () => {
  const failures: readonly [string, Parameters<SlackSandbox["failures"]["add"]>[0]["respond"]][] = [
    ["refused", { status: 200, body: { ok: false, error: "invalid_auth" } }],
    ["rate limited", { status: 429, headers: { "retry-after": "0" }, body: "" }],
    ["answered with an error", { status: 500, body: { token } }],
    ["answered with what was sent", { status: 200, body: `Authorization: Bearer ${token}` }],
    ["refused with what was sent", { status: 200, body: { ok: false, error: `no token ${token}` } }],
    ["cut off", { reset: true }],
    ["not answered", { delayMs: 5_000 }],
  ];

  it.each(failures)(
    "is neither in the error nor on the console when the message is %s",
    async (_name, respond) => {
      const written: unknown[][] = [];
      for (const method of ["debug", "info", "log", "warn", "error"] as const) {
        const spy = vi.spyOn(globalThis.console, method).mockImplementation((...texts: unknown[]) => {
          written.push(texts);
        });
        onTestFinished(() => spy.mockRestore());
      }
      const sandbox = await openSlack();
      sandbox.failures.add({ match: { operation: "chat.postMessage" }, respond });
      const error = await errorOf(
        channelAt(sandbox.url, { timeoutMs: 100 }).postMessage({ title: "Title", sections: ["Section"] }),
      );
      const everything = [
        inspect(error, { depth: 10, showHidden: true }),
        JSON.stringify(error),
        error.stack,
      ].join("\n");
      for (const secret of [token, encodeURIComponent(token), Buffer.from(token).toString("base64")]) {
        expect(everything).not.toContain(secret);
      }
      expect(everything).toContain("Slack chat.postMessage");
      expect(written).toEqual([]);
    },
  );
});
