import { describe, expect, it } from "vitest";

import { createSignedMemory, type SigningSecret } from "../../src/memory/signed-memory.ts";
import { memoryIn, memoryOf, owner } from "./memories.ts";

const token = (secret: string): SigningSecret => ({ kind: "random", secret });
const by = (...secrets: readonly SigningSecret[]) => createSignedMemory(owner, secrets, () => nowMs);
const nowMs = Date.parse("2026-11-28T03:00:00Z");
const minute = 60_000;
const bytes = (text: unknown) => Buffer.from(typeof text === "string" ? text : "");
const memory = memoryOf();

describe("A memory that is signed", () => {
  it("is believed with any one of the secrets that signed it, in whatever order and with further ones", () => {
    const text = bytes(by(token("set-app"), token("assignment-app")).write(memory, nowMs));
    for (const secrets of [
      ["set-app"],
      ["assignment-app"],
      ["more", "assignment-app"],
      ["assignment-app", "set-app"],
    ]) {
      expect(memoryIn(by(...secrets.map(token)).read(text))).toEqual(memory);
    }
  });

  it("outlives the change of all secrets, one after the other", () => {
    let text = bytes(by(token("a1"), token("b1")).write(memory, nowMs));
    for (const secrets of [
      ["a2", "b1"],
      ["a2", "b2"],
      ["a3", "b2"],
    ]) {
      const store = by(...secrets.map(token));
      expect(memoryIn(store.read(text))).toEqual(memory);
      text = bytes(store.write(memory, nowMs));
    }
  });

  it("is lost when all its secrets are changed at once", () => {
    const text = bytes(by(token("a1"), token("b1")).write(memory, nowMs));
    expect(by(token("a2"), token("b2")).read(text)).toEqual({ kind: "lost", loss: "signature-wrong" });
  });

  it("is believed with the same user name and password, and with no other", () => {
    const password = (username: string, secret: string): SigningSecret => ({
      kind: "password",
      username,
      secret,
    });
    const text = bytes(by(password("Sync", "long password")).write(memory, nowMs));
    expect(memoryIn(by(password("sync", "long password")).read(text))).toEqual(memory);
    for (const other of [
      password("sync", "other password"),
      password("anna", "long password"),
      token("long password"),
    ]) {
      expect(by(other).read(text)).toEqual({ kind: "lost", loss: "signature-wrong" });
    }
  });

  it("is lost when any of its bytes is another one", () => {
    const text = bytes(by(token("a")).write(memory, nowMs));
    for (let index = 0; index < text.length; index += 1) {
      const changed = Buffer.from(text);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(by(token("a")).read(changed).kind).toBe("lost");
    }
  });

  it.each([
    ["without its signatures", (text: string) => text.replace(/"macs":\[.*?\],/u, ""), "not-signed"],
    ["with none", (text: string) => text.replace(/"macs":\[.*?\]/u, '"macs":[]'), "signature-wrong"],
    [
      "with signatures that are no texts",
      (text: string) => text.replace(/"macs":\[.*?\]/u, '"macs":[1]'),
      "not-signed",
    ],
    [
      "with another part",
      (text: string) => text.replace('"deletions":', '"deletions":[],"deletions":'),
      "signature-wrong",
    ],
    [
      "with a part said twice, the first time before it",
      (text: string) => text.replace("],", '],"deletions":[],'),
      "signature-wrong",
    ],
    ["laid out by hand", (text: string) => JSON.stringify(JSON.parse(text), undefined, 2), "not-signed"],
  ])("is lost %s", (_what, change, loss) => {
    const text = bytes(change(bytes(by(token("a")).write(memory, nowMs)).toString()));
    expect(by(token("a")).read(text)).toEqual({ kind: "lost", loss });
  });

  it("of another owner is not ours, though the secrets are the same", () => {
    const text = bytes(
      createSignedMemory("example.com/1", [token("a")], () => nowMs).write(
        memoryOf({ owner: "example.com/1" }),
        nowMs,
      ),
    );
    expect(by(token("a")).read(text)).toEqual({ kind: "lost", loss: "another-owner" });
    expect(by(token("a")).keepsOut(text)).toEqual({ code: "another-owner" });
  });

  it("shows no secret", () => {
    expect(by(token("s3cret-token")).write(memory, nowMs)).not.toContain("s3cret");
  });
});

describe("An older memory in the place of a newer one", () => {
  it("is lost where the place got it more than a minute after it was signed", () => {
    const text = bytes(by(token("a")).write(memory, nowMs));
    expect(by(token("a")).read(text, nowMs + minute).kind).toBe("memory");
    expect(by(token("a")).read(text, nowMs + minute + 1)).toEqual({ kind: "lost", loss: "older-copy" });
  });

  it("is lost for a process that has read the newer one", () => {
    const store = by(token("a"));
    const older = bytes(store.write(memory, nowMs));
    expect(store.read(bytes(store.write(memory, nowMs + minute + 1))).kind).toBe("memory");
    expect(store.read(older)).toEqual({ kind: "lost", loss: "older-copy" });
  });

  it("is not what a clock that was set back makes of the next one", () => {
    const store = by(token("a"));
    store.read(bytes(store.write(memory, nowMs)));
    expect(store.read(bytes(store.write(memory, nowMs - 60 * minute))).kind).toBe("memory");
  });
});

describe("A service that has nothing to sign with", () => {
  const incident = {
    channel: "C1",
    messageId: "1.1",
    fingerprint: "config.invalid {}",
    openedAt: "2026-11-20T01:00:00.000Z",
    remindedAt: "2026-11-20T02:00:00.000Z",
  };

  it("believes nothing of a memory and leaves it as it is, but for its own open message", () => {
    const text = bytes(by(token("a")).write(memory, nowMs));
    const unsigned = by();
    expect(memoryIn(unsigned.read(text))).toEqual({ ...memoryOf(), records: {}, incidents: {}, ...nothing });
    const written = bytes(
      unsigned.write({ ...memory, records: {}, incidents: { "pass-failed": incident } }, nowMs),
    );
    expect(memoryIn(by().read(written))?.incidents).toEqual({ "pass-failed": incident });
    expect(memoryIn(by(token("a")).read(written))).toEqual({
      ...memory,
      incidents: { ...memory.incidents, "pass-failed": incident },
    });
  });

  it("keeps its open message where there is no memory yet, from where the first pass takes it", () => {
    const written = bytes(by().write({ ...memory, incidents: { "pass-failed": incident } }, nowMs));
    expect(memoryIn(by(token("a")).read(written))).toEqual({
      schemaVersion: 2,
      owner,
      records: {},
      incidents: { "pass-failed": incident },
    });
  });
});

const nothing = {
  lastGoodRead: undefined,
  instanceArn: undefined,
  requests: undefined,
  deletions: undefined,
  approvals: undefined,
  planned: undefined,
};
