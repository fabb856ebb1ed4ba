import { type Logger, LogLevel, WebAPIPlatformError, WebClient } from "@slack/web-api";
import { describe, expect, onTestFinished, test } from "vitest";

import {
  type SlackSandbox,
  type SlackSandboxOptions,
  startSlackSandbox,
} from "../../../src/sandbox/slack/start-slack-sandbox.ts";

const SEED = {
  token: "xoxb-sandbox",
  channels: [
    { id: "C1", name: "aws-access" },
    { id: "C2", name: "private", isMember: false },
    { id: "C3", name: "other" },
  ],
  users: [{ id: "U1", email: "sato.hanako@example.co.jp", name: "佐藤 花子" }],
};

const ignore = () => undefined;
const SILENT: Logger = {
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: ignore,
  setLevel: ignore,
  setName: ignore,
  getLevel: () => LogLevel.ERROR,
};

async function startWorkspace(options: Partial<SlackSandboxOptions> = {}): Promise<SlackSandbox> {
  const sandbox = await startSlackSandbox({ ...SEED, speed: 1_000_000, ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

function createClient(sandbox: SlackSandbox, token: string | undefined = SEED.token): WebClient {
  return new WebClient(token, {
    slackApiUrl: sandbox.url,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: SILENT,
  });
}

const section = (text: string) => ({ type: "section" as const, text: { type: "mrkdwn" as const, text } });

async function post(client: WebClient, channel: string, content: object): Promise<string> {
  const { ts } = (await client.apiCall("chat.postMessage", { channel, ...content })) as { ts?: string };
  return String(ts);
}

async function reasonOf(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.catch((reason: unknown) => reason);
  return error instanceof WebAPIPlatformError ? error.data.error : `no platform error: ${String(error)}`;
}

test("a message is posted with its blocks and its metadata, to a channel named by id or name", async () => {
  const sandbox = await startWorkspace();
  const client = createClient(sandbox);
  const metadata = { event_type: "pass", event_payload: { run: "1" } };
  const blocks = [section("*太字*")];
  const posted = await client.apiCall("chat.postMessage", {
    channel: "#aws-access",
    text: "こんにちは",
    blocks,
    metadata,
  });
  expect(posted).toMatchObject({ ok: true, channel: "C1", message: { text: "こんにちは", blocks } });
  expect((posted as { ts?: string }).ts).toMatch(/^\d{10}\.\d{6}$/);
  expect(sandbox.messages).toEqual([
    { ts: (posted as { ts?: string }).ts, channel: "C1", text: "こんにちは", blocks, metadata, edits: [] },
  ]);
});

test("every message has its own, growing id even within a millisecond, and a reply keeps its thread's", async () => {
  const sandbox = await startWorkspace({ now: () => 1_795_000_000_000 });
  const client = createClient(sandbox);
  const elsewhere = await post(client, "C3", { text: "parent" });
  const reply = await post(client, "C1", { text: "reply", thread_ts: "1794000000.000001" });
  expect([elsewhere, reply]).toEqual(["1795000000.000000", "1795000000.000001"]);
  expect(sandbox.messages.map(({ thread_ts }) => thread_ts)).toEqual([undefined, "1794000000.000001"]);
});

test("an update replaces the content, keeps the former one, and drops blocks when only a text is given", async () => {
  const sandbox = await startWorkspace();
  const client = createClient(sandbox);
  const ts = await post(client, "C1", { text: "broken", blocks: [section("broken")] });
  await client.chat.update({ channel: "C1", ts: ts, text: "repaired" });
  expect(sandbox.messages).toEqual([
    {
      ts,
      channel: "C1",
      text: "repaired",
      blocks: [],
      edits: [{ text: "broken", blocks: [section("broken")] }],
    },
  ]);
});

test("an update needs the channel's id and a message that is there", async () => {
  const client = createClient(await startWorkspace());
  const ts = await post(client, "C1", { text: "x" });
  const update = (channel: string, message: string) =>
    reasonOf(client.chat.update({ channel, ts: message, text: "y" }));
  expect(await update("aws-access", ts)).toBe("channel_not_found");
  expect(await update("C3", ts)).toBe("message_not_found");
  expect(await update("C1", "1.000000")).toBe("message_not_found");
});

test("a channel that does not exist, or that the bot was not invited to, is refused", async () => {
  const client = createClient(await startWorkspace());
  expect(await reasonOf(client.apiCall("chat.postMessage", { channel: "C9", text: "x" }))).toBe(
    "channel_not_found",
  );
  expect(await reasonOf(client.apiCall("chat.postMessage", { channel: "C2", text: "x" }))).toBe(
    "not_in_channel",
  );
});

test("a wrong token, none, and one without the scope are told apart", async () => {
  const sandbox = await startWorkspace({ scopes: ["users:read"] });
  expect(await reasonOf(createClient(sandbox, "xoxb-wrong").auth.test())).toBe("invalid_auth");
  const anonymous = await fetch(`${sandbox.url}auth.test`, { method: "POST" });
  await expect(anonymous.json()).resolves.toEqual({ ok: false, error: "not_authed" });
  const client = createClient(sandbox);
  expect(await reasonOf(client.apiCall("chat.postMessage", { channel: "C1", text: "x" }))).toBe(
    "missing_scope",
  );
  const answer = await client.auth.test();
  expect(answer).toMatchObject({ ok: true, team: "Sandbox" });
  expect(answer.response_metadata?.scopes).toEqual(["users:read"]);
});

test("a user is found by e-mail address, whatever its case", async () => {
  const client = createClient(await startWorkspace());
  const found = await client.users.lookupByEmail({ email: "Sato.Hanako@example.co.jp" });
  expect(found.user).toMatchObject({ id: "U1", real_name: "佐藤 花子", tz: "Asia/Tokyo" });
  expect(await reasonOf(client.users.lookupByEmail({ email: "nobody@example.co.jp" }))).toBe(
    "users_not_found",
  );
});

test("JSON is understood as forms are", async () => {
  const sandbox = await startWorkspace();
  const response = await fetch(`${sandbox.url}chat.postMessage`, {
    method: "POST",
    headers: { authorization: `Bearer ${SEED.token}`, "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify({ channel: "C1", text: "x", blocks: [section("x")] }),
  });
  await expect(response.json()).resolves.toMatchObject({ ok: true });
  expect(sandbox.messages[0]?.blocks).toEqual([section("x")]);
});

test("a method the sandbox does not know is unknown", async () => {
  const client = createClient(await startWorkspace());
  expect(await reasonOf(client.team.info())).toBe("unknown_method");
});

test("a message needs a text or blocks, and a text of 40,000 characters at most", async () => {
  const sandbox = await startWorkspace();
  const client = createClient(sandbox);
  expect(await reasonOf(client.apiCall("chat.postMessage", { channel: "C1", text: "" }))).toBe("no_text");
  expect(
    await reasonOf(client.apiCall("chat.postMessage", { channel: "C1", text: "x".repeat(40_001) })),
  ).toBe("msg_too_long");
  expect(sandbox.messages).toEqual([]);
});

describe("blocks are refused", () => {
  const text = (type: string, length: number) => ({ type, text: "x".repeat(length) });
  test.each([
    ["when there are more than 50", Array.from({ length: 51 }, () => ({ type: "divider" })), "/blocks"],
    ["of a kind that does not exist", [{ type: "divide" }], "/blocks/0/type"],
    ["with a section over 3,000 characters", [section("x".repeat(3001))], "/blocks/0/text/text"],
    ["with an empty section", [section("")], "/blocks/0/text/text"],
    ["with a section without text", [{ type: "section" }], "/blocks/0"],
    [
      "with a section of more than 10 fields",
      [{ type: "section", fields: Array.from({ length: 11 }, () => text("mrkdwn", 1)) }],
      "/blocks/0/fields",
    ],
    [
      "with a field over 2,000 characters",
      [{ type: "section", fields: [text("mrkdwn", 2001)] }],
      "/blocks/0/fields/0/text",
    ],
    [
      "with a header over 150 characters",
      [{ type: "header", text: text("plain_text", 151) }],
      "/blocks/0/text/text",
    ],
    ["with markup in a header", [{ type: "header", text: text("mrkdwn", 1) }], "/blocks/0/text/type"],
    [
      "with more than 10 elements in a context",
      [{ type: "context", elements: Array.from({ length: 11 }, () => text("mrkdwn", 1)) }],
      "/blocks/0/elements",
    ],
    [
      "with an empty text deep in rich text",
      [
        {
          type: "rich_text",
          elements: [{ type: "rich_text_section", elements: [{ type: "text", text: "" }] }],
        },
      ],
      "/blocks/0/elements/0/elements/0/text",
    ],
    [
      "with a button text over 75 characters",
      [{ type: "actions", elements: [{ type: "button", text: text("plain_text", 76) }] }],
      "/blocks/0/elements/0/text/text",
    ],
    ["with a table over 100 rows", [{ type: "table", rows: Array.from({ length: 101 }, () => []) }], "/rows"],
    [
      "with the same block_id twice",
      [
        { type: "divider", block_id: "a" },
        { type: "divider", block_id: "a" },
      ],
      "/blocks/1/block_id",
    ],
  ])("%s", async (_, blocks, pointer) => {
    const sandbox = await startWorkspace();
    const call = createClient(sandbox).apiCall("chat.postMessage", { channel: "C1", text: "x", blocks });
    const error: unknown = await call.catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      data: {
        error: "invalid_blocks",
        response_metadata: { messages: [expect.stringContaining(`${pointer}]`)] },
      },
    });
    expect(sandbox.messages).toEqual([]);
  });

  test("when they are no list", async () => {
    const client = createClient(await startWorkspace());
    const call = client.apiCall("chat.postMessage", { channel: "C1", text: "x", blocks: "[{" });
    expect(await reasonOf(call)).toBe("invalid_blocks_format");
  });

  test("when all texts together have more than some 13,200 characters", async () => {
    const client = createClient(await startWorkspace());
    const blocks = (last: number) =>
      [...Array.from({ length: 4 }, () => 3000), last].map((n) => section("x".repeat(n)));
    const post = (last: number) =>
      client.apiCall("chat.postMessage", { channel: "C1", text: "x", blocks: blocks(last) });
    await expect(post(1200)).resolves.toMatchObject({ ok: true });
    expect(await reasonOf(post(1201))).toBe("msg_blocks_too_long");
  });
});

test("blocks of all kinds within the limits are taken", async () => {
  const sandbox = await startWorkspace();
  const blocks = [
    { type: "header", block_id: "h", text: { type: "plain_text", text: "x".repeat(150) } },
    section("x".repeat(3000)),
    { type: "section", fields: [{ type: "plain_text", text: "x" }] },
    { type: "context", elements: [{ type: "image", image_url: "https://example.com/i.png", alt_text: "i" }] },
    { type: "divider" },
    { type: "image", image_url: "https://example.com/i.png", alt_text: "i" },
    { type: "markdown", text: "**x**" },
    {
      type: "rich_text",
      elements: [
        {
          type: "rich_text_list",
          elements: [
            {
              type: "rich_text_section",
              elements: [
                { type: "text", text: "x" },
                { type: "user", user_id: "U1" },
              ],
            },
          ],
        },
      ],
    },
    { type: "table", rows: [[{ type: "raw_text", text: "x" }]] },
    {
      type: "actions",
      elements: [{ type: "button", text: { type: "plain_text", text: "x" }, url: "https://example.com" }],
    },
  ];
  await createClient(sandbox).apiCall("chat.postMessage", { channel: "C1", text: "x", blocks });
  expect(sandbox.messages[0]?.blocks).toEqual(blocks);
});

test("metadata needs a type and a payload", async () => {
  const client = createClient(await startWorkspace());
  const call = client.apiCall("chat.postMessage", { channel: "C1", text: "x", metadata: { run: 1 } });
  expect(await reasonOf(call)).toBe("invalid_metadata_format");
});

test("a channel takes one message per second; the next is put off with 429 and whole seconds", async () => {
  let now = 1_795_000_000_000;
  const sandbox = await startWorkspace({ speed: 1, now: () => now });
  const post = (channel: string) => createClient(sandbox).apiCall("chat.postMessage", { channel, text: "x" });
  await post("C1");
  now += 999;
  await expect(post("#aws-access")).rejects.toMatchObject({ retryAfter: 1 });
  await expect(post("C3")).resolves.toMatchObject({ ok: true });
  now += 1;
  await expect(post("C1")).resolves.toMatchObject({ ok: true });
  expect(sandbox.requests.map(({ status }) => status)).toEqual([200, 429, 200, 200]);
});

test("at a higher speed a channel takes as many more messages", async () => {
  let now = 1_795_000_000_000;
  const sandbox = await startWorkspace({ speed: 10, now: () => now });
  const client = createClient(sandbox);
  await client.apiCall("chat.postMessage", { channel: "C1", text: "x" });
  now += 100;
  await expect(client.apiCall("chat.postMessage", { channel: "C1", text: "x" })).resolves.toMatchObject({
    ok: true,
  });
});

test("requests are logged with method and arguments but without the token", async () => {
  const sandbox = await startWorkspace({ now: () => 1_795_000_000_000 });
  const body = new URLSearchParams({ token: SEED.token, channel: "C1", text: "x" });
  await fetch(`${sandbox.url}chat.postMessage`, { method: "POST", body });
  expect(sandbox.requests).toEqual([
    { at: 1_795_000_000_000, method: "chat.postMessage", args: { channel: "C1", text: "x" }, status: 200 },
  ]);
});

test("a failure can be switched on for a method, before or after its effect", async () => {
  const sandbox = await startWorkspace();
  const client = createClient(sandbox);
  sandbox.failures.add({
    match: { operation: "chat.postMessage" },
    nth: 1,
    phase: "after",
    respond: { status: 503, body: "unavailable" },
  });
  await expect(client.apiCall("chat.postMessage", { channel: "C1", text: "x" })).rejects.toMatchObject({
    statusCode: 503,
  });
  expect(sandbox.messages).toHaveLength(1);
});
