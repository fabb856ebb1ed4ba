import { describe, expect, it } from "vitest";
import { decideEvent } from "../../src/github/decide-event.ts";

interface Comment {
  readonly body?: unknown;
  readonly user?: unknown;
  readonly id?: unknown;
}

const person = { login: "hanako-sato", id: 911, type: "User" };

function decide(
  comment: Comment,
  { action = "created", issue = {} }: { readonly action?: string; readonly issue?: object } = {},
) {
  return decideEvent({
    name: "issue_comment",
    payload: {
      action,
      issue: { number: 42, ...issue },
      comment: { id: 7, body: "/sync", user: person, ...comment },
    },
    issue: 42,
  });
}

const hash = "0123456789abcdef0123456789abcdef";

describe("a comment on the issue", () => {
  it.each([
    ["/sync", { kind: "sync" }],
    ["  \r\n/sync\n", { kind: "sync" }],
    ["/sync plan", { kind: "plan" }],
    [`/sync approve ${hash}`, { kind: "approve", hash }],
    [`/sync approve ${hash}-m3x9k2`, { kind: "approve", hash: `${hash}-m3x9k2` }],
    ["/Sync", { kind: "sync" }],
    ["／sync", { kind: "sync" }],
    ["／ｓｙｎｃ　ｐｌａｎ", { kind: "plan" }],
    ["/SYNC  Plan ", { kind: "plan" }],
    ["/sync pause", { kind: "pause", reason: "" }],
    ["／Sync  Pause the directory is wrong", { kind: "pause", reason: "the directory is wrong" }],
    ["/sync resume", { kind: "resume" }],
    [`/Sync  Approve \`${hash}\``, { kind: "approve", hash }],
    [`/sync approve ${hash}\u2013ab12`, { kind: "approve", hash: `${hash}-ab12` }],
    ["/sync\u00a0\u00a0plan", { kind: "plan" }],
  ])(
    "is a command when it is nothing else, however a phone or an input method writes it: %j",
    (body, command) => {
      expect(decide({ body })).toEqual({
        kind: "command",
        command,
        comment: expect.objectContaining({ id: 7, issue: 42, author: "hanako-sato" }) as object,
      });
    },
  );

  it.each([
    "",
    "sync",
    "/sync please",
    "please /sync",
    "/sync\n/sync plan",
    "> /sync",
    "`/sync`",
    "/sync approve",
    `/sync approve ${hash.slice(1)}`,
    `/sync approve ${hash}0`,
    `/sync approve ${hash.toUpperCase()}`,
    `/sync approve ${hash}-`,
    `/sync approve ${hash}-${"0".repeat(13)}`,
    `/sync approve ${hash}; rm -rf /`,
    `/sync approve ${hash}\n${hash}`,
    "/sync $(id)",
    "/sync pause\nfor a while",
    "/sync paused",
    "/sync resume now",
    "/syncplan",
    "/sync\nplan",
    "/ sync",
    "/sync\u200B",
  ])("is no command otherwise: %j", (body) => {
    expect(decide({ body })).toEqual({ kind: "ignored", reason: "not-a-command" });
  });

  it("counts only when it is new, on that issue and by a person", () => {
    const reasonOf = (...args: Parameters<typeof decide>) => {
      const decision = decide(...args);
      return decision.kind === "ignored" ? decision.reason : decision.kind;
    };
    expect(reasonOf({}, { action: "edited" })).toBe("not-created");
    expect(reasonOf({}, { action: "deleted" })).toBe("not-created");
    expect(reasonOf({}, { issue: { pull_request: {} } })).toBe("pull-request");
    expect(reasonOf({}, { issue: { pull_request: null } })).toBe("pull-request");
    expect(reasonOf({}, { issue: { number: 421 } })).toBe("another-issue");
    expect(reasonOf({ user: { login: "renovate", id: 1, type: "Bot" } })).toBe("bot");
    expect(reasonOf({ user: { login: "renovate[bot]", id: 1, type: "User" } })).toBe("bot");
    expect(reasonOf({ user: { login: "ghost", id: 1, type: "Mannequin" } })).toBe("bot");
  });

  it("by an app in the name of a person is no command", () => {
    const reasonOf = (app: unknown) => decide({ performed_via_github_app: app } as Comment);
    expect(reasonOf({ id: 1, slug: "tracker" })).toEqual({ kind: "ignored", reason: "app" });
    expect(reasonOf(null)).toMatchObject({ kind: "command" });
  });

  it.each(["public", "internal", undefined, "private"])(
    "says whether only members read it: %s",
    (visibility) => {
      const payload = {
        action: "created",
        issue: { number: 42 },
        comment: { id: 7, body: "/sync", user: person },
        repository: { visibility },
      };
      const decision = decideEvent({ name: "issue_comment", payload, issue: 42 });
      expect(decision).toMatchObject({ comment: { isPrivate: visibility === "private", authorId: 911 } });
    },
  );

  it.each([
    { body: 1 },
    { body: null },
    { id: "7" },
    { user: null },
    { user: { type: "User" } },
    { user: { login: "" } },
    { user: { login: "hanako-sato", type: "User" } },
  ])("is left alone when it is not what GitHub sends: %j", (comment) => {
    expect(decide(comment)).toEqual({ kind: "ignored", reason: "unreadable" });
  });

  it.each([undefined, null, [], "text", {}])("is left alone when there is none: %j", (payload) => {
    expect(decideEvent({ name: "issue_comment", payload, issue: 42 })).toEqual({
      kind: "ignored",
      reason: "unreadable",
    });
  });
});

it("a schedule or a dispatch is a pass, whatever it holds", () => {
  for (const name of ["schedule", "workflow_dispatch", "repository_dispatch"]) {
    expect(decideEvent({ name, payload: undefined, issue: undefined })).toEqual({ kind: "pass" });
  }
});

it.each(["pull_request", "pull_request_target", "push", "issues", "fork", "workflow_run", ""])(
  "no other event starts a pass: %j",
  (name) => {
    expect(decideEvent({ name, payload: {}, issue: 42 })).toEqual({
      kind: "ignored",
      reason: "another-event",
    });
  },
);
