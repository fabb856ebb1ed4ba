import { describe, expect, it } from "vitest";
import { showReading } from "../../src/process/show-reading.ts";

const texts = {
  requests: (count: number, perSecond: number): string => `${count} requests · ${perSecond}/s`,
  slow: "AWS is slow: others use its quota too",
};

const eraseRest = "\u001B[K";

function start(isInteractive: boolean) {
  let nowMs = 0;
  const written: string[] = [];
  const line = showReading({ isInteractive }, { write: (text) => written.push(text) }, texts, () => nowMs);
  /** As many requests as this, evenly over the seconds. */
  const read = (requests: number, seconds: number, isThrottled = false): void => {
    for (let sent = 0; sent < requests; sent += 1) {
      nowMs += (seconds * 1_000) / requests;
      line.onRequest(isThrottled);
    }
  };
  return { line, read, written, last: () => written.at(-1)?.slice(1, -eraseRest.length) };
}

describe("the line that moves while a pass reads", () => {
  it("says how many requests there were, how fast they go, and how long it still takes", () => {
    const { line, read, last } = start(true);
    line.onWaiting(400);
    read(100, 5);
    expect(last()).toMatch(/^\d+ requests · 20\/s · ≈ 0:20$/u);
  });

  it("says that AWS is slow as long as it refuses requests for their rate, and a while longer", () => {
    const { read, last } = start(true);
    read(20, 2, true);
    expect(last()).toContain(texts.slow);
    read(100, 11);
    expect(last()).not.toContain(texts.slow);
  });

  it("is one line, moves at most five times a second, and leaves nothing behind", () => {
    const { line, read, written } = start(true);
    line.onWaiting(100_000);
    read(1_000, 10, true);
    expect(written.length).toBeLessThanOrEqual(51);
    for (const text of written) expect(text).toMatch(/^\r[^\r\n]{1,78}$/u);
    line.end();
    expect(written.at(-1)).toBe(`\r${eraseRest}`);
    read(10, 10);
    line.end();
    expect(written.at(-1)).toBe(`\r${eraseRest}`);
  });

  it("is not there where nobody sits at a terminal", () => {
    const { line, read, written } = start(false);
    line.onWaiting(10);
    read(100, 5, true);
    line.end();
    expect(written).toEqual([]);
  });
});
