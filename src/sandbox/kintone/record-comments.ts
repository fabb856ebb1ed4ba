import type { Actor } from "./authenticate.ts";
import type { App, Domain, Mention, StoredComment } from "./kintone-domain.ts";
import {
  commentNotFound,
  entityNotFound,
  invalidParameter,
  KintoneApiError,
  notPermitted,
  REQUIRED_PARAMETER,
} from "./kintone-api-error.ts";
import { findRecord } from "./write-records.ts";

/** A page of comments as kintone returns it. */
export interface CommentPage {
  readonly comments: readonly object[];
  readonly older: boolean;
  readonly newer: boolean;
}

const MAX_LENGTH = 65_535;
const MAX_MENTIONS = 10;
const MAX_PAGE = 10;

/**
 * Posts a comment. kintone puts the names of those mentioned in front of the text, so that what is read back is not
 * what was sent. Throws GAIA_RE01, CB_VA01, and GAIA_IL26 to 28 for a mention of an unknown user.
 */
export function postComment(
  domain: Domain,
  app: App,
  actor: Actor,
  recordId: number,
  comment: { readonly text: string; readonly mentions?: readonly Mention[] },
): StoredComment {
  checkEnabled(app);
  findRecord(app, actor, recordId);
  const { text, mentions = [] } = comment;
  checkText(text, mentions.length);
  const names = mentions.map((mention) => findName(domain, mention));
  const comments = app.comments.get(recordId) ?? [];
  app.comments.set(recordId, comments);
  const posted: StoredComment = {
    id: (comments.at(-1)?.id ?? 0) + 1,
    text: names.length === 0 ? text : `${names.join(" ")} \n${text}`,
    createdAt: `${domain.now().toISOString().slice(0, 19)}Z`,
    creator: actor.user,
    mentions: mentions.map(({ code, type }) => ({ code, type })),
  };
  comments.push(posted);
  return posted;
}

/** Reads one page of comments, 10 at most, the newest first unless asked otherwise. */
export function readComments(
  app: App,
  actor: Actor,
  recordId: number,
  page: { readonly order: string; readonly offset: number; readonly limit: number },
): CommentPage {
  checkEnabled(app);
  findRecord(app, actor, recordId);
  const order = page.order.toLowerCase();
  if (order !== "asc" && order !== "desc")
    throw invalidParameter("order", {
      ja: "Enum値のいずれかでなければなりません。",
      en: "must be one of the enum value",
    });
  if (page.limit > MAX_PAGE)
    throw invalidParameter("limit", { ja: "最大でも10以下です。", en: "must be less than or equal to 10" });
  const all = app.comments.get(recordId) ?? [];
  const inOrder = order === "asc" ? all : all.toReversed();
  const comments = inOrder.slice(page.offset, page.offset + page.limit);
  const isMoreBefore = page.offset > 0 && inOrder.length > 0;
  const isMoreAfter = page.offset + page.limit < inOrder.length;
  return {
    comments: comments.map(({ id, ...comment }) => Object.assign({ id: String(id) }, comment)),
    older: order === "desc" ? isMoreAfter : isMoreBefore,
    newer: order === "desc" ? isMoreBefore : isMoreAfter,
  };
}

/** Deletes a comment of the actor's own. Throws GAIA_RE02 when it is not there, CB_NO02 when it is another user's. */
export function deleteComment(app: App, actor: Actor, recordId: number, id: number): void {
  checkEnabled(app);
  findRecord(app, actor, recordId);
  const comments = app.comments.get(recordId) ?? [];
  const index = comments.findIndex((comment) => comment.id === id);
  const comment = comments[index];
  if (comment === undefined) throw commentNotFound();
  if (comment.creator.code !== actor.user.code) throw notPermitted();
  comments.splice(index, 1);
}

/** Which error kintone gives here is not documented; that it gives one is. */
function checkEnabled(app: App): void {
  if (!app.live.general.enableComments)
    throw new KintoneApiError(400, "GAIA_RE03", {
      ja: "このアプリではコメント機能が無効化されています。",
      en: "The comment feature is disabled in this app.",
    });
}

function checkText(text: string, mentionCount: number): void {
  if (text === "") throw invalidParameter("comment.text", REQUIRED_PARAMETER);
  if (text.length > MAX_LENGTH)
    throw invalidParameter("comment.text", {
      ja: `${MAX_LENGTH + 1}文字より短くなければなりません。`,
      en: `Enter less than ${MAX_LENGTH + 1} characters.`,
    });
  if (mentionCount > MAX_MENTIONS)
    throw invalidParameter("comment.mentions", {
      ja: "一度に10件までの宛先を指定できます。",
      en: "A maximum of 10 mentions can be specified at one time.",
    });
}

function findName(domain: Domain, { code, type }: Mention): string {
  const { users, groups = [], organizations = [] } = domain.seed;
  const everyone = { code: "everyone", name: "everyone" };
  const known = { USER: users, GROUP: [...groups, everyone], ORGANIZATION: organizations }[type];
  const found = known?.find((candidate) => candidate.code === code);
  if (found === undefined) throw entityNotFound(type, code);
  return found.name;
}
