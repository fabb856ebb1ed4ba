import { describe, expect, it, onTestFinished } from "vitest";

import { createOperatorChannel } from "../../src/slack/operator-channel.ts";
import { type SlackSandbox, startSlackSandbox } from "../../src/sandbox/slack/start-slack-sandbox.ts";

const people = ["anna", "ben", "carol"];

async function openSlack(scopes?: readonly string[]): Promise<SlackSandbox> {
  const sandbox = await startSlackSandbox({
    token: "xoxb-1",
    ...(scopes && { scopes }),
    speed: 1_000_000,
    channels: [{ id: "C1", name: "operators" }],
    users: people.map((name) => ({ id: `U0${name.toUpperCase()}`, email: `${name}@example.com`, name })),
  });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

function channelAt(sandbox: SlackSandbox) {
  return createOperatorChannel({ token: "xoxb-1", channel: "C1", apiUrl: sandbox.url, retryWaitMs: 1 });
}

const message = (mentions: readonly string[]) => ({ title: "Title", sections: ["Section"], mentions });

/** The users that the message as it is now makes aware of it. */
function mentionedIn(sandbox: SlackSandbox, index = 0): readonly string[] {
  const found = JSON.stringify(sandbox.messages[index]?.blocks).matchAll(/"type":"user","user_id":"(\w+)"/g);
  return [...found].map(([, id]) => id ?? "");
}

function lookups(sandbox: SlackSandbox): readonly unknown[] {
  return sandbox.requests.flatMap(({ method, args }) =>
    method === "users.lookupByEmail" ? [args["email"]] : [],
  );
}

describe("People mentioned by e-mail address", () => {
  it("are mentioned in the last paragraph", async () => {
    const sandbox = await openSlack();
    await channelAt(sandbox).postMessage(message(["anna@example.com", "ben@example.com"]));
    expect(sandbox.messages[0]?.blocks.at(-1)).toEqual({
      type: "rich_text",
      elements: [
        {
          type: "rich_text_section",
          elements: [
            { type: "user", user_id: "U0ANNA" },
            { type: "text", text: " " },
            { type: "user", user_id: "U0BEN" },
          ],
        },
      ],
    });
  });

  it("are left out when Slack does not know them, without a word", async () => {
    const sandbox = await openSlack();
    await channelAt(sandbox).postMessage(message(["nobody@example.com", "anna@example.com"]));
    expect(mentionedIn(sandbox)).toEqual(["U0ANNA"]);
    await channelAt(sandbox).postMessage(message(["nobody@example.com"]));
    expect(sandbox.messages[1]?.blocks).toHaveLength(2);
  });

  it("are asked for once, however often they are mentioned and however the address is written", async () => {
    const sandbox = await openSlack();
    const channel = channelAt(sandbox);
    const posted = await channel.postMessage(
      message(["anna@example.com", "Anna@Example.com ", "nobody@x.y"]),
    );
    await channel.updateMessage(posted, message(["ANNA@example.com", "nobody@x.y"]));
    expect(lookups(sandbox)).toEqual(["anna@example.com", "nobody@x.y"]);
    expect(mentionedIn(sandbox)).toEqual(["U0ANNA"]);
  });

  it("are not mentioned, and not asked for again, when the bot may not look people up", async () => {
    const sandbox = await openSlack(["chat:write"]);
    const channel = channelAt(sandbox);
    await channel.postMessage(message(["anna@example.com", "ben@example.com"]));
    await channel.postMessage(message(["carol@example.com"]));
    expect(lookups(sandbox)).toEqual(["anna@example.com"]);
    expect(sandbox.messages.map(({ blocks }) => blocks.length)).toEqual([2, 2]);
  });

  it("do not hold up the message when looking them up fails, and are asked for the next time", async () => {
    const sandbox = await openSlack();
    const channel = channelAt(sandbox);
    const respond = { status: 503, body: "" };
    sandbox.failures.add({ match: { operation: "users.lookupByEmail" }, respond });
    await channel.postMessage(message(people.map((name) => `${name}@example.com`)));
    expect(new Set(lookups(sandbox))).toEqual(new Set(["anna@example.com"]));
    expect(mentionedIn(sandbox)).toEqual([]);
    sandbox.failures.clear();
    await channel.postMessage(message(["anna@example.com"]));
    expect(mentionedIn(sandbox, 1)).toEqual(["U0ANNA"]);
  });

  it.each([
    ["has left the company", { id: "U0ANNA", deleted: true }],
    ["has an id that is none", { id: "<!channel>" }],
    ["is nothing at all", "anna"],
  ])("are left out when the user Slack finds %s", async (_name, user) => {
    const sandbox = await openSlack();
    const respond = { status: 200, body: { ok: true, user } };
    sandbox.failures.add({ match: { operation: "users.lookupByEmail" }, respond });
    await channelAt(sandbox).postMessage(message(["anna@example.com"]));
    expect(sandbox.messages[0]?.blocks).toHaveLength(2);
  });

  it("take one of the 50 blocks, and are ten at most", async () => {
    const sandbox = await startSlackSandbox({
      token: "xoxb-1",
      channels: [{ id: "C1", name: "operators" }],
      users: Array.from({ length: 12 }, (_, n) => ({
        id: `U${n}`,
        email: `u${n}@example.com`,
        name: `u${n}`,
      })),
    });
    onTestFinished(() => sandbox.close());
    const emails = Array.from({ length: 12 }, (_, n) => `u${n}@example.com`);
    const sections = Array.from({ length: 60 }, (_, n) => `Section ${n + 1}`);
    await channelAt(sandbox).postMessage({ title: "Title", sections, mentions: emails });
    expect(sandbox.messages[0]?.blocks).toHaveLength(50);
    expect(JSON.stringify(sandbox.messages[0]?.blocks.at(-2))).toContain("… (+13 sections)");
    expect(mentionedIn(sandbox)).toHaveLength(10);
  });
});
