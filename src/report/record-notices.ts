import type { Language } from "../model/config.ts";
import { groupBy } from "../model/group-by.ts";
import type { Issue } from "../model/issue.ts";
import { canonicalText, type Json } from "../model/json.ts";
import type { RecordRef } from "../model/record.ts";
import { recordKey } from "../model/record.ts";
import type { Pass } from "../model/pass.ts";
import type { ReportedIssue, RunReport } from "../model/run-report.ts";
import { reportTexts } from "./messages/report-texts.ts";

/** One comment for one record: what is wrong with it, and the mark that keeps it from being said twice. */
export interface RecordNotice {
  readonly record: RecordRef;
  readonly text: string;
  /** Login names of whom to mention. */
  readonly mentions: readonly string[];
  readonly marker: string;
}

const markerPattern = /\[kintone-sso-sync ([0-9a-f]{16})\]\s*$/u;

/** The marker at the end of a comment that the service wrote; undefined for anybody else's text. */
export function findMarker(commentText: string): string | undefined {
  return markerPattern.exec(commentText)?.[0].trim();
}

/** The comments that records with issues deserve, one for each. */
export function buildRecordNotices(
  pass: Pass,
  report: RunReport,
  language: Language,
  digest: (text: string) => string,
): readonly RecordNotice[] {
  // Reported issues stand in the order of the pass's issues.
  const pairs = pass.desired.issues.flatMap((issue, index) => {
    const reported = report.issues[index];
    return reported === undefined ? [] : [{ issue, reported }];
  });
  return [...groupBy(pairs, ({ issue }) => recordKey(issue.record)).values()].flatMap((ofRecord) => {
    const record = ofRecord[0]?.issue.record;
    if (record === undefined) return [];
    const fingerprint = fingerprintOf(ofRecord.map(({ issue }) => issue));
    const body = renderBody(
      ofRecord.map(({ reported }) => reported),
      language,
    );
    const marker = `[kintone-sso-sync ${digest(fingerprint).slice(0, 16)}]`;
    return [{ record, text: limitComment(body, marker, language), mentions: mentionsOf(record), marker }];
  });
}

// They change from pass to pass, though the problem is still the same.
const passingParams: ReadonlySet<string> = new Set(["waitedMinutes", "suggestions"]);

/** Equal for equal problems, whatever order they were found in and whatever words tell them. */
function fingerprintOf(issues: readonly Issue[]): string {
  const texts = issues.map(({ code, field, params }) => {
    const lasting = Object.entries(params).filter(([name]) => !passingParams.has(name));
    return canonicalText([code, field ?? null, Object.fromEntries(lasting) as Json]);
  });
  return texts.toSorted().join("\n");
}

function mentionsOf({ modifier, creator }: RecordRef): readonly string[] {
  const user = modifier ?? creator;
  return user === undefined || user.code === "" ? [] : [user.code];
}

function renderBody(issues: readonly ReportedIssue[], language: Language): string {
  const texts = reportTexts(language);
  const held = issues.some(({ severity }) => severity === "error");
  const { opening, warningsOnly, closing } = texts.comment;
  const lines = issues.flatMap((issue) => [
    "",
    `■ ${plain(issue.message)}`,
    `　${texts.fix}: ${plain(issue.hint)}`,
    ...(issue.example === undefined ? [] : [`　${texts.example}: ${plain(issue.example)}`]),
  ]);
  return [held ? opening : warningsOnly, ...lines, "", closing].join("\n");
}

/** Text of records as a comment may carry it: line feeds stay, other control and format characters go. */
function plain(text: string): string {
  return text.replaceAll(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/gu, "");
}

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
