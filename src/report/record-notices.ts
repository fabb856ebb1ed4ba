import type { Language } from "../model/config.ts";
import { groupBy } from "../model/group-by.ts";
import type { Issue } from "../model/issue.ts";
import { canonicalText, type Json } from "../model/json.ts";
import type { RecordRef } from "../model/record.ts";
import { recordKey } from "../model/record.ts";
import type { Pass } from "../model/pass.ts";
import type { RunReport } from "../model/run-report.ts";
import { findFailureCause } from "./failure-causes.ts";
import { describeFailure } from "./messages/failure-texts.ts";
import { reportTexts } from "./messages/report-texts.ts";
import { indexNames, reportTarget } from "./names.ts";
import { renderTarget } from "./render-plan-text.ts";

/** One comment for one record: what is wrong with it, and the mark that keeps it from being said twice. */
export interface RecordNotice {
  readonly record: RecordRef;
  readonly text: string;
  /** Login names of whom to mention. */
  readonly mentions: readonly string[];
  readonly marker: string;
}

const markerPattern = /\[kintone-sso-sync (?:[0-9a-f]{16}|ok)\]\s*$/u;

/** The marker at the end of a comment that the service wrote; undefined for anybody else's text. */
export function findMarker(commentText: string): string | undefined {
  return markerPattern.exec(commentText)?.[0].trim();
}

/** The comments that records deserve which have issues, or whose changes AWS refused for a reason their author can mend. */
export function buildRecordNotices(
  pass: Pass,
  report: RunReport,
  language: Language,
  digest: (text: string) => string,
): readonly RecordNotice[] {
  const complaints = [...issueComplaints(pass, report), ...failureComplaints(pass, language)];
  return [...groupBy(complaints, ({ record }) => recordKey(record)).values()].flatMap((ofRecord) => {
    const record = ofRecord[0]?.record;
    if (record === undefined) return [];
    const unique = [...new Map(ofRecord.map((complaint) => [complaint.fingerprint, complaint])).values()];
    const fingerprint = unique
      .map((complaint) => complaint.fingerprint)
      .toSorted()
      .join("\n");
    const marker = `[kintone-sso-sync ${digest(fingerprint).slice(0, 16)}]`;
    const text = limitComment(renderBody(unique, ownHost(report), language), marker, language);
    return [{ record, text, mentions: mentionsOf(record), marker }];
  });
}

/** kintone's host, as the addresses of records have it. */
function ownHost({ issues: [issue] }: RunReport): string {
  return issue !== undefined && URL.canParse(issue.url) ? new URL(issue.url).host : "";
}

/** One thing to tell about one record. */
interface Complaint {
  readonly record: RecordRef;
  readonly fingerprint: string;
  readonly holds: boolean;
  readonly message: string;
  readonly hint: string;
  readonly example?: string;
}

/** Reported issues stand in the order of the pass's issues. */
function issueComplaints({ desired }: Pass, { issues }: RunReport): readonly Complaint[] {
  return desired.issues.flatMap((issue, index) => {
    const reported = issues[index];
    if (reported === undefined) return [];
    const { message, hint, example, severity } = reported;
    const text = { message, hint, ...(example === undefined ? {} : { example }) };
    return [
      { record: issue.record, fingerprint: fingerprintOf(issue), holds: severity === "error", ...text },
    ];
  });
}

function failureComplaints(
  { outcomes, actual, lastKnownNames }: Pass,
  language: Language,
): readonly Complaint[] {
  const names = indexNames(actual.directory, lastKnownNames);
  return outcomes.flatMap((outcome) => {
    if (outcome.status !== "failed") return [];
    const found = findFailureCause(outcome.reason);
    if (found === undefined) return [];
    const { change } = outcome;
    const target = renderTarget(reportTarget(change.target, names), reportTexts(language));
    const text = describeFailure(found.cause, target, found.detail ?? "", language);
    const fingerprint = canonicalText(["failed", found.cause, change.id]);
    return change.records.map((record) => ({ record, fingerprint, holds: false, ...text }));
  });
}

// They change from pass to pass, though the problem is still the same.
const passingParams: ReadonlySet<string> = new Set(["waitedMinutes", "suggestions"]);

/** Equal for equal problems, whatever words tell them. */
function fingerprintOf({ code, field, params }: Issue): string {
  const lasting = Object.entries(params).filter(([name]) => !passingParams.has(name));
  return canonicalText([code, field ?? null, Object.fromEntries(lasting) as Json]);
}

/** Login name of who touched the record last, or else of who made it; never anybody a text names. */
export function authorOf({ modifier, creator }: RecordRef): string | undefined {
  return [modifier?.code, creator?.code].find((code) => code !== undefined && !isService(code));
}

function mentionsOf(record: RecordRef): readonly string[] {
  const author = authorOf(record);
  return author === undefined ? [] : [author];
}

/** What writes through the API shows as Administrator, who reads no comments. */
function isService(code: string): boolean {
  return code === "" || code === "Administrator";
}

function renderBody(complaints: readonly Complaint[], host: string, language: Language): string {
  const texts = reportTexts(language);
  const { opening, warningsOnly, closing } = texts.comment;
  const lines = complaints.flatMap(({ message, hint, example }) => [
    "",
    `■ ${plain(message, host)}`,
    `　${texts.fix}: ${plain(hint, host)}`,
    ...(example === undefined ? [] : [`　${texts.example}: ${plain(example, host)}`]),
  ]);
  const held = complaints.some(({ holds }) => holds);
  return [held ? opening : warningsOnly, ...lines, "", closing].join("\n");
}

/**
 * Text of records as a comment may carry it: line feeds stay, other control and format characters go, and no address
 * becomes a link that is not kintone's own, AWS's documentation or its console.
 */
export function plain(text: string, ownHost: string): string {
  return text
    .replaceAll(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "")
    .replaceAll(/([a-z][a-z0-9+.-]*)?:\/\/(?=([^\s/?#]*))/giu, (address, scheme = "", host = "") => {
      const isTrusted =
        host === ownHost || (String(scheme).toLowerCase() === "https" && trustedHosts.has(String(host)));
      return isTrusted ? address : `${scheme}: //`;
    });
}

const trustedHosts: ReadonlySet<string> = new Set(["docs.aws.amazon.com", "console.aws.amazon.com"]);

// https://cybozu.dev/ja/kintone/docs/rest-api/records/add-comment/
const longestComment = 65_535;

/** Cuts a comment that is too long at a line and says how many lines are left out; the marker always stays. */
function limitComment(body: string, marker: string, language: Language): string {
  const whole = `${body}\n${marker}`;
  if (whole.length <= longestComment) return whole;
  const texts = reportTexts(language);
  const lines = body.split("\n");
  const reserve = marker.length + texts.comment.more(lines.length).length + 2;
  let length = 0;
  const kept = lines.filter((line) => (length += line.length + 1) <= longestComment - reserve);
  return [...kept, texts.comment.more(lines.length - kept.length), marker].join("\n");
}
