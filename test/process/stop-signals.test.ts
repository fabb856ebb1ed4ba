import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { listenForStop, type StopSignals } from "../../src/process/stop-signals.ts";

const texts = { stopping: "Stopping.", stoppedEarly: "Stopped early." };
const signals = ["SIGINT", "SIGTERM"] as const;
type Signal = (typeof signals)[number];

const said: string[] = [];
let stop: StopSignals;
let send: (signal: Signal) => void;

/** Calls just the listener that was added, so that no other part of this process hears the signal. */
function listen(): void {
  const before = new Map(signals.map((signal) => [signal, process.listeners(signal)]));
  stop = listenForStop({ say: (text) => said.push(text) }, texts);
  const added = new Map(
    signals.map((signal) => [
      signal,
      process.listeners(signal).filter((listener) => before.get(signal)?.includes(listener) === false),
    ]),
  );
  send = (signal) => {
    for (const listener of added.get(signal) ?? []) listener(signal);
  };
}

beforeEach(() => {
  said.length = 0;
  vi.spyOn(process, "exit").mockImplementation((code) => {
    throw new Error(`exit ${code}`);
  });
  listen();
});

afterEach(() => {
  stop.release();
  vi.restoreAllMocks();
});

describe.each(signals)("%s", (signal) => {
  it("ends a pass that has not written yet at once, with exit code 1, and says that nothing was written", () => {
    expect(() => send(signal)).toThrow("exit 1");
    expect(said).toEqual([texts.stoppedEarly]);
  });

  it("lets a pass that writes come to its end", () => {
    stop.beginWriting();
    expect(stop.signal.aborted).toBe(false);
    send(signal);
    expect(stop.signal.aborted).toBe(true);
    expect(said).toEqual([texts.stopping]);
  });

  it.each(signals)("after which %s follows gives up on what is in progress", (second) => {
    stop.beginWriting();
    send(signal);
    expect(() => send(second)).toThrow("exit 1");
    expect(said).toEqual([texts.stopping]);
  });

  it("is the process's own again once the pass is over", () => {
    const before = process.listenerCount(signal);
    stop.release();
    expect(process.listenerCount(signal)).toBe(before - 1);
  });
});
