import type { KintoneRestAPIClient } from "@kintone/rest-api-client";
import * as z from "zod";

import type { Config } from "../model/config.ts";
import type { RecordRef } from "../model/record.ts";
import type { RecordComment, RecordComments } from "../ports.ts";
import { isAboutContent, isTransient, isWithoutEffect, type RequestFailure } from "./request-failure.ts";
import { type RetrySettings, type SendResult, sendWithRetries } from "./retry.ts";

export interface RecordCommentsSettings extends RetrySettings {
  readonly client: KintoneRestAPIClient;
  readonly config: Config["kintone"];
}

// Both limits: https://cybozu.dev/ja/kintone/docs/rest-api/records/
const maxMentions = 10;
const maxCommentsPerAnswer = 10;

const creatorSchema = z.object({ code: z.string() }).optional().catch(undefined);
const commentsSchema = z.object({
  comments: z.array(z.object({ text: z.string(), creator: creatorSchema })),
});
const postedSchema = z.object({ id: z.string() });

/**
 * Reads and posts comments; the right to view the record is enough for both. A comment cannot be taken back unseen, so
 * it is sent again only when kintone certainly did not take it. Throws a plain Error with a message to show.
 */
export function createRecordComments(settings: RecordCommentsSettings): RecordComments {
  return {
    readNewestComments: (record) => readNewestComments(settings, record),
    postComment: async (record, text, mentions) => {
      const codes = [...new Set(mentions)].slice(0, maxMentions);
      let result = await post(settings, record, text, codes);
      // kintone refuses a comment that mentions, for instance, an invited guest; which code it gives then is not documented.
      if (result.kind === "failed" && codes.length > 0 && isAboutContent(result.failure)) {
        result = await post(settings, record, text, []);
      }
      decodeAnswer(result, postedSchema, "POST record/comment.json", record);
    },
  };
}

async function readNewestComments(
  settings: RecordCommentsSettings,
  record: RecordRef,
): Promise<readonly RecordComment[]> {
  const about = { ...recordIn(settings, record), order: "desc", limit: maxCommentsPerAnswer } as const;
  const result = await sendWithRetries(
    () => settings.client.record.getRecordComments(about),
    isTransient,
    settings,
  );
  const { comments } = decodeAnswer(result, commentsSchema, "GET record/comments.json", record);
  return comments.map(({ text, creator }) =>
    creator === undefined ? { text } : { text, creator: creator.code },
  );
}

async function post(
  settings: RecordCommentsSettings,
  record: RecordRef,
  text: string,
  codes: readonly string[],
): Promise<SendResult<unknown>> {
  const mentions = codes.map((code) => ({ code, type: "USER" as const }));
  const about = { ...recordIn(settings, record), comment: { text, mentions } };
  return sendWithRetries(() => settings.client.record.addRecordComment(about), isWithoutEffect, settings);
}

function recordIn({ config }: RecordCommentsSettings, { app, id }: RecordRef) {
  return { app: config[app].app, record: id };
}

/** The client passes on whatever came with the status 200, so that even a success has to be looked at. */
function decodeAnswer<Answer>(
  result: SendResult<unknown>,
  schema: z.ZodType<Answer>,
  request: string,
  { app, id }: RecordRef,
): Answer {
  const decoded = result.kind === "answered" ? schema.safeParse(result.answer) : undefined;
  if (decoded?.success === true) return decoded.data;
  const reason = result.kind === "failed" ? describe(result.failure) : "not kintone's answer";
  throw new Error(`${request} (${app} record ${id}): ${reason}`);
}

function describe(failure: RequestFailure): string {
  if (failure.kind === "truncated") return "the search was cut off";
  if (failure.kind === "no-answer") return failure.reason;
  return [String(failure.status), failure.code, failure.message].filter((part) => part !== "").join(" ");
}
