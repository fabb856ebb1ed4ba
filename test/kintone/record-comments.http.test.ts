import { describe, expect, it } from "vitest";

import { createKintoneClient } from "../../src/kintone/client.ts";
import { createRecordComments } from "../../src/kintone/record-comments.ts";
import type { RecordRef } from "../../src/model/record.ts";
import {
  assignmentsAppId,
  bothTokens,
  createInstantClock,
  kintoneConfig,
  kintoneSeed,
  openSandbox,
  rejectionOf,
} from "./kintone-fixture.ts";
import { unusedUrl } from "./local-server.ts";

const record: RecordRef = { app: "assignments", id: "1", revision: 1 };

function commentsAt(baseUrl: string, socketTimeoutMs = 10_000) {
  const config = kintoneConfig(baseUrl);
  const clock = createInstantClock();
  const client = createKintoneClient({ config, secrets: bothTokens, socketTimeoutMs });
  let requests = 0;
  const onRequest = () => {
    requests += 1;
  };
  const comments = createRecordComments({ client, config, clock, random: () => 1, onRequest });
  return { comments, clock, requestCount: () => requests };
}

function failure(status: number, code: string) {
  return { status, body: { code, id: "1", message: "Refused." } };
}

describe("Reading comments", () => {
  it("reads the ten newest, the newest first", async () => {
    const sandbox = await openSandbox(kintoneSeed());
    for (let number = 1; number <= 12; number += 1) {
      sandbox.postCommentAs("hanako", assignmentsAppId, 1, `Comment ${number}`);
    }
    const read = await commentsAt(sandbox.url).comments.readNewestComments(record);
    expect(read.map(({ text }) => text)).toEqual(
      [12, 11, 10, 9, 8, 7, 6, 5, 4, 3].map((number) => `Comment ${number}`),
    );
  });

  it("is repeated when it fails for a moment", async () => {
    const sandbox = await openSandbox(kintoneSeed());
    sandbox.failures.add({
      match: { operation: "getRecordComments" },
      times: 4,
      respond: { status: 503, body: "Service Unavailable" },
    });
    const { comments, clock, requestCount } = commentsAt(sandbox.url);
    await expect(comments.readNewestComments(record)).resolves.toEqual([]);
    expect(clock.waitsMs).toEqual([500, 1_000, 2_000, 4_000]);
    expect(requestCount()).toBe(5);
  });

  it("tells what kintone said when the app has comments switched off", async () => {
    const sandbox = await openSandbox(kintoneSeed({ assignments: { enableComments: false } }));
    const reading = commentsAt(sandbox.url).comments.readNewestComments(record);
    await expect(reading).rejects.toThrow(
      "GET record/comments.json (assignments record 1): 400 GAIA_RE03 The comment feature is disabled in this app.",
    );
  });

  it("does not take a page of HTML for comments", async () => {
    const sandbox = await openSandbox(kintoneSeed());
    const respond = { status: 200, body: "<html></html>" };
    sandbox.failures.add({ match: { operation: "getRecordComments" }, respond });
    const reading = commentsAt(sandbox.url).comments.readNewestComments(record);
    await expect(reading).rejects.toThrow("not kintone's answer");
  });
});

it("tells who wrote each comment, and does without where kintone does not say", async () => {
  const sandbox = await openSandbox(kintoneSeed());
  sandbox.postCommentAs("hanako", assignmentsAppId, 1, "Thank you.");
  const { comments } = commentsAt(sandbox.url);
  await comments.postComment(record, "Fix this.", []);
  expect(await comments.readNewestComments(record)).toEqual([
    { text: "Fix this.", creator: "Administrator" },
    { text: "Thank you.", creator: "hanako" },
  ]);
  const body = { comments: [{ text: "Fix this.", creator: null }], older: false, newer: false };
  sandbox.failures.add({ match: { operation: "getRecordComments" }, respond: { status: 200, body } });
  expect(await comments.readNewestComments(record)).toEqual([{ text: "Fix this." }]);
});

describe("Posting a comment", () => {
  it("needs only the right to view and mentions the users", async () => {
    const sandbox = await openSandbox(kintoneSeed());
    await commentsAt(sandbox.url).comments.postComment(record, "Fix this.\nPlease.", [
      "taro",
      "hanako",
      "taro",
    ]);
    expect(sandbox.comments(assignmentsAppId)).toMatchObject([
      {
        record: 1,
        text: "鈴木 太郎 佐藤 花子 \nFix this.\nPlease.",
        creator: { code: "Administrator" },
        mentions: [
          { code: "taro", type: "USER" },
          { code: "hanako", type: "USER" },
        ],
      },
    ]);
  });

  it("mentions ten users at most", async () => {
    const users = Array.from({ length: 12 }, (_, index) => ({ code: `u${index}`, name: `User ${index}` }));
    const sandbox = await openSandbox(
      kintoneSeed({ domain: { users: [...users, { code: "taro", name: "T" }] } }),
    );
    await commentsAt(sandbox.url).comments.postComment(
      record,
      "Fix this.",
      users.map(({ code }) => code),
    );
    expect(sandbox.comments(assignmentsAppId)[0]?.mentions).toHaveLength(10);
  });

  it("goes without mentions when kintone refuses them", async () => {
    const sandbox = await openSandbox(kintoneSeed());
    const { comments, requestCount } = commentsAt(sandbox.url);
    await comments.postComment(record, "Fix this.", ["hanako", "guest/somebody@example.com"]);
    expect(sandbox.comments(assignmentsAppId)).toMatchObject([{ text: "Fix this.", mentions: [] }]);
    expect(requestCount()).toBe(2);
  });

  it("tells what kintone said when the comment itself is refused", async () => {
    const sandbox = await openSandbox(kintoneSeed({ assignments: { enableComments: false } }));
    const posting = commentsAt(sandbox.url).comments.postComment(record, "Fix this.", ["hanako"]);
    await expect(posting).rejects.toThrow(
      "POST record/comment.json (assignments record 1): 400 GAIA_RE03 The comment feature is disabled in this app.",
    );
  });

  it("tells that the record is gone, without asking twice", async () => {
    const sandbox = await openSandbox(kintoneSeed());
    const { comments, requestCount } = commentsAt(sandbox.url);
    const posting = comments.postComment({ ...record, id: "99" }, "Fix this.", ["hanako"]);
    await expect(posting).rejects.toThrow(/\(assignments record 99\): 404 GAIA_RE01/);
    expect(requestCount()).toBe(1);
  });

  it.each([
    [429, "GAIA_TO04"],
    [400, "GAIA_DA02"],
  ])("is repeated after %i %s, which is said before anything is done", async (status, code) => {
    const sandbox = await openSandbox(kintoneSeed());
    sandbox.failures.add({
      match: { operation: "addRecordComment" },
      times: 4,
      respond: failure(status, code),
    });
    const { comments, clock } = commentsAt(sandbox.url);
    await comments.postComment(record, "Fix this.", ["hanako"]);
    expect(sandbox.comments(assignmentsAppId)).toMatchObject([{ mentions: [{ code: "hanako" }] }]);
    expect(clock.waitsMs).toEqual([500, 1_000, 2_000, 4_000]);
  });

  it.each([
    [429, "GAIA_TO04"],
    [400, "GAIA_DA02"],
  ])("is given up after five times %i %s", async (status, code) => {
    const sandbox = await openSandbox(kintoneSeed());
    sandbox.failures.add({ match: { operation: "addRecordComment" }, respond: failure(status, code) });
    const { comments, requestCount } = commentsAt(sandbox.url);
    await expect(comments.postComment(record, "Fix this.", ["hanako"])).rejects.toThrow(`${status} ${code}`);
    expect(requestCount()).toBe(5);
  });

  it("is repeated when nobody listened", async () => {
    const { comments, requestCount } = commentsAt(await unusedUrl());
    await expect(comments.postComment(record, "Fix this.", ["hanako"])).rejects.toThrow("ECONNREFUSED");
    expect(requestCount()).toBe(5);
  });

  it.each([
    ["a time-out", { delayMs: 5_000 }, "ECONNABORTED"],
    ["a connection that was cut", { reset: true as const }, "ECONNRESET"],
    ["a server error", { status: 503, body: "Service Unavailable" }, "503 Service Unavailable"],
    ["a page of HTML", { status: 200, body: "<html></html>" }, "not kintone's answer"],
  ])("is never repeated after %s, since the comment may be there", async (_name, respond, reason) => {
    const sandbox = await openSandbox(kintoneSeed());
    sandbox.failures.add({ match: { operation: "addRecordComment" }, phase: "after", respond });
    const { comments, requestCount } = commentsAt(sandbox.url, 500);
    const error = await rejectionOf(comments.postComment(record, "Fix this.", ["hanako"]));
    expect(error).toMatchObject({ message: expect.stringContaining(reason) as string });
    expect(requestCount()).toBe(1);
    expect(sandbox.comments(assignmentsAppId)).toHaveLength(1);
  });
});
