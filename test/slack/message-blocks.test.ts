import { expect, it } from "vitest";
import { buildBlocks } from "../../src/slack/message-blocks.ts";

const run = "https://github.com/example/access/actions/runs/1";

it("a message that is cut still ends with the way to all of it", () => {
  const paragraphs = Array.from({ length: 100 }, (_, index) => `${index} `.repeat(200));
  const blocks = buildBlocks({
    title: "Too much",
    sections: [...paragraphs, run],
    links: [run],
    linkNames: { [run]: "This run" },
    userIds: ["U1"],
  });
  const elements = blocks.flatMap((block) => block.elements.flatMap((section) => section.elements));
  expect(elements.slice(-3)).toEqual([
    { type: "text", text: expect.stringMatching(/^… \(\+\d+ sections\)$/u) },
    { type: "link", url: run, text: "This run" },
    { type: "user", user_id: "U1" },
  ]);
  expect(blocks.length).toBeLessThanOrEqual(50);
});
