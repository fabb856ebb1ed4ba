import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import {
  type JsonNode,
  JsonSyntaxError,
  readPositionedJson,
} from "../../../src/sandbox/aws/access-analyzer/positioned-json.ts";

function valueOf(node: JsonNode): unknown {
  if (node.kind === "scalar") return node.value;
  if (node.kind === "list") return node.items.map(valueOf);
  return Object.fromEntries([...node.members].map(([key, member]) => [key, valueOf(member)]));
}

/** Whether a text is read, or refused as something that is not JSON. */
function isRead(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof JsonSyntaxError || error instanceof SyntaxError) return false;
    throw error;
  }
}

function everyNode(node: JsonNode): JsonNode[] {
  if (node.kind === "list") return [node, ...node.items.flatMap(everyNode)];
  if (node.kind === "object") return [node, ...[...node.members.values()].flatMap(everyNode)];
  return [node];
}

const policyLike = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(
      fc.string().filter((key) => key !== "__proto__"),
      tie("value"),
      { maxKeys: 4 },
    ),
  ),
})).value;

describe("JSON with positions", () => {
  test("what is read is what JSON.parse reads, and every value stands where it says", () => {
    fc.assert(
      fc.property(policyLike, fc.constantFrom(0, 1, 2), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        const root = readPositionedJson(text);
        expect(valueOf(root)).toEqual(JSON.parse(text));
        for (const node of everyNode(root)) {
          expect(JSON.parse(text.slice(node.start, node.end))).toEqual(valueOf(node));
        }
      }),
    );
  });

  test("a text is refused exactly when JSON.parse refuses it", () => {
    const damaged = fc
      .tuple(policyLike, fc.nat(), fc.constantFrom("", ",", "}", "]", '"', "\\", "x", "0"))
      .map(([value, seed, inserted]) => {
        const text = JSON.stringify(value);
        const at = seed % text.length;
        return text.slice(0, at) + inserted + text.slice(at + 1);
      });
    fc.assert(
      fc.property(damaged, (text) => {
        expect(isRead(() => readPositionedJson(text))).toBe(isRead(() => JSON.parse(text) as unknown));
      }),
      { numRuns: 500 },
    );
  });
});
