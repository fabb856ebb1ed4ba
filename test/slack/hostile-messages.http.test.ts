import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createOperatorChannel } from "../../src/slack/operator-channel.ts";
import { type SlackSandbox, startSlackSandbox } from "../../src/sandbox/slack/start-slack-sandbox.ts";

const mentions = [
  "<!channel>",
  "<!here>",
  "<!everyone>",
  "<!channel|channel>",
  "<!here|@here>",
  "<!subteam^S1>",
  "<!subteam^S1|@admins>",
  "<@U1>",
  "<@W1|anna>",
  "<#C1>",
  "<#C1|general>",
  "@channel",
  "@here",
  "@everyone",
  "@anna",
  "#general",
  "＠channel",
  "&lt;!channel&gt;",
  "&amp;lt;!channel&amp;gt;",
  "<!channel",
  "!channel>",
  "<<!channel>>",
  "<\u200B!channel>",
  "<!date^1795000000^{date}|x>",
  "<!date^1795000000^{date}^https://evil.example|x>",
];

const links = [
  "https://evil.example",
  "http://evil.example/?a=1&b=2",
  "<https://evil.example>",
  "<https://evil.example|https://console.aws.amazon.com>",
  "[sign in](https://evil.example)",
  "![image](https://evil.example/x.png)",
  "<mailto:anna@example.com|write>",
  "mailto:anna@example.com",
  "anna@example.com",
  "<tel:+81312345678|call>",
  "slack://user?team=T1&id=U1",
  "<slack://channel?team=T1&id=C1|open>",
  "javascript:alert(1)",
  "<javascript:alert(1)|x>",
  "file:///etc/passwd",
  "evil.example",
  "www.evil.example",
  "//evil.example",
  "data:text/html,<script>alert(1)</script>",
  '<a href="https://evil.example">x</a>',
];

const markup = [
  "/remind @channel now",
  "/invite @anna",
  "*bold* _italic_ ~struck~ `code`",
  "```code```",
  "> quoted",
  ">>> quoted",
  "• list",
  "# heading",
  ":tada:",
  ":+1::skin-tone-3:",
  "$(touch /tmp/x)",
  "${{ github.token }}",
  '","type":"user","user_id":"U1',
  '"}]}],"blocks":[{"type":"actions"}]',
  "\u202Etxt.exe",
  "\u001B[31mred",
  "a\u0000b",
  "a\nb\n<!channel>",
  "&blocks=[]&channel=C2",
  "%3C!channel%3E",
];

const hostileTexts = [...mentions, ...links, ...markup];

let sandbox: SlackSandbox;

beforeAll(async () => {
  sandbox = await startSlackSandbox({
    token: "xoxb-1",
    speed: 1_000_000,
    channels: [{ id: "C1", name: "operators" }],
    users: [{ id: "U1", email: "anna@example.com", name: "Anna" }],
  });
});
afterAll(() => sandbox.close());

describe("A text from a record", () => {
  it.each(hostileTexts)("is nothing but text in title, section and reply: %j", async (text) => {
    const channel = createOperatorChannel({ token: "xoxb-1", channel: "C1", apiUrl: sandbox.url });
    const before = sandbox.requests.length;
    const posted = await channel.postMessage({ title: text, sections: [text, `${text}\n${text}`] });
    await channel.updateMessage(posted, { title: text, sections: [text] });
    await channel.replyInThread(posted, text);
    const sent = sandbox.requests.slice(before);
    expect(sent.map(({ method }) => method)).toEqual(["chat.postMessage", "chat.update", "chat.postMessage"]);
    for (const { args } of sent) {
      const { blocks, text: fallback } = args as { blocks: object[]; text: string };
      expect(typesIn(blocks)).toEqual(new Set(["rich_text", "rich_text_section", "text"]));
      expect(JSON.stringify(blocks)).toContain(JSON.stringify(text).slice(1, -1));
      expect(fallback).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
      expect(args).toMatchObject({ parse: "none", link_names: "false", channel: "C1" });
    }
  });

  it("is tried in some sixty ways", () => {
    expect(new Set(hostileTexts).size).toBeGreaterThanOrEqual(60);
  });
});

/** Every `type` anywhere in the blocks. */
function typesIn(part: unknown): ReadonlySet<unknown> {
  if (typeof part !== "object" || part === null) return new Set();
  const inside = Object.values(part).flatMap((value) => [...typesIn(value)]);
  return new Set("type" in part ? [part.type, ...inside] : inside);
}
