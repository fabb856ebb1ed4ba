import { beforeEach, describe, expect, it } from "vitest";
import { listenForStop, type StopSignals } from "../../src/process/stop-signals.ts";
import { type FakeProcess, fakeProcess } from "../fake-process.ts";

const texts = { stopping: "Stopping.", stoppedEarly: "Stopped early." };
const signals = ["SIGINT", "SIGTERM"] as const;

const said: string[] = [];
let stop: StopSignals;
let under: FakeProcess;
const send = (signal: NodeJS.Signals): void => under.signal(signal);

beforeEach(() => {
  said.length = 0;
  under = fakeProcess();
  stop = listenForStop(under.face, { say: (text) => said.push(text) }, texts);
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
    expect(under.listenersOf(signal)).toBe(1);
    stop.release();
    expect(under.listenersOf(signal)).toBe(0);
  });
});
