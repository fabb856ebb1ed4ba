import { expect, it } from "vitest";

import { judgeOnce } from "../../src/model/judge-once.ts";

it("A text is judged once, as long as no thousand others have been judged since", () => {
  const judged: string[] = [];
  const judge = judgeOnce((text) => {
    judged.push(text);
    return text.length;
  });
  expect([judge("four"), judge("four"), judge("")]).toEqual([4, 4, 0]);
  expect(judged).toEqual(["four", ""]);
  for (let index = 0; index < 1_000; index += 1) judge(`other ${index}`);
  expect(judge("four")).toBe(4);
  expect(judged.filter((text) => text === "four")).toHaveLength(2);
});
