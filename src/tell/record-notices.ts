import { digest } from "../model/digest.ts";
import type { Language } from "../model/config.ts";
import { groupBy } from "../model/group-by.ts";
import { isUntried, type Outcome } from "../model/outcome.ts";
import type { RecordRef } from "../model/record.ts";
import { recordKey } from "../model/record.ts";
import { type Pass, refusedChanges } from "../model/pass.ts";
import type { RunReport } from "../model/run-report.ts";
import { findFailureCause } from "../report/failure-causes.ts";
import { type CommentTexts, commentTexts } from "../words/comment-texts.ts";
import { reportTexts } from "../words/report-texts.ts";
import { isService, joinMarker, longestTakeOver, takeOverFailures } from "./notice-markers.ts";
import type { Complaint } from "./complaint.ts";
import { gateComplaints } from "./gate-complaints.ts";
import { failureComplaints, lockedComplaints } from "./record-failures.ts";

/** One comment for one record: what is wrong with it, and the mark that keeps it from being said twice. */
export interface RecordNotice {
  readonly record: RecordRef;
  readonly text: string;
  /** Login names of whom to mention. */
  readonly mentions: readonly string[];
  readonly marker: string;
  /** Whether the pass knows nothing of the record's changes that failed before, because it did not try them. */
  readonly leavesFailuresOpen: boolean;
}

/** The notice for an author who was last told what the marker says: what the pass knows nothing of counts as told. */
export function afterTelling(notice: RecordNotice, last: string | undefined): RecordNotice {
  const marker = notice.leavesFailuresOpen ? takeOverFailures(notice.marker, last) : notice.marker;
  return { ...notice, marker, text: notice.text.slice(0, -notice.marker.length) + marker };
}

interface OwnKintone {
  /** Host of kintone's address: a comment may link there. */
  readonly ownHost?: string;
  /** Login name of the service where it is known. */
  readonly ownLogin?: string | undefined;
}

/** The comments that records deserve which have issues, or whose changes AWS refused for a reason their author can mend. */
export function buildRecordNotices(
  pass: Pass,
  report: RunReport,
  language: Language,
  { ownHost = "", ownLogin }: OwnKintone = {},
): readonly RecordNotice[] {
  const complaints = [
    ...issueComplaints(pass, report),
    ...lockedComplaints(pass, language),
    ...failureComplaints(pass, language),
    ...gateComplaints(pass, language),
  ];
  const untried = listUntried(pass);
  return [...groupBy(complaints, ({ record }) => recordKey(record)).values()].flatMap((ofRecord) => {
    const record = ofRecord[0]?.record;
    if (record === undefined) return [];
    const unique = [...new Map(ofRecord.map((complaint) => [complaint.fingerprint, complaint])).values()];
    const failures = unique.filter(({ kind }) => kind === "failure");
    const marker = joinMarker(
      fingerprintAll(unique.filter(({ kind }) => kind !== "failure")),
      failures.length === 0 ? undefined : fingerprintAll(failures),
    );
    const standing = standingOf(record, unique, pass);
    const text = limitComment(renderBody(unique, standing, ownHost, language), marker, language);
    const mentions = mentionsOf(record, ownLogin);
    const why = untried.get(recordKey(record));
    const leavesFailuresOpen = why === "stopped" || (why !== undefined && failures.length === 0);
    return [{ record, text, mentions, marker, leavesFailuresOpen }];
  });
}

function fingerprintAll(complaints: readonly Complaint[]): string {
  const fingerprints = complaints.map(({ fingerprint }) => fingerprint);
  return digest(fingerprints.toSorted().join("\n")).slice(0, 16);
}

/** By record key, why a change of the record shows neither success nor a failure that its author can mend. */
function listUntried({ plan, outcomes }: Pass): ReadonlyMap<string, "stopped" | "other"> {
  const byChange = new Map(outcomes.map((outcome) => [outcome.change.id, outcome]));
  const changes = plan.changes.flatMap(({ id, records }) => {
    const why = whyUntried(byChange.get(id));
    return why === undefined ? [] : records.map((record) => [recordKey(record), why] as const);
  });
  const notSelected = plan.held
    .filter(({ reason }) => reason === "not-selected")
    .flatMap(({ records }) => records.map((record) => [recordKey(record), "other"] as const));
  const isStop = ([, why]: readonly [string, string]): boolean => why === "stopped";
  return new Map([...notSelected, ...changes, ...changes.filter(isStop)]);
}

function whyUntried(outcome: Outcome | undefined): "stopped" | "other" | undefined {
  if (outcome === undefined) return "other";
  if (outcome.status === "applied") return undefined;
  if (outcome.status === "skipped") return isUntried(outcome.reason.code) ? "stopped" : "other";
  return findFailureCause(outcome.reason) === undefined ? "other" : undefined;
}

function issueComplaints({ desired }: Pass, { issues }: RunReport): readonly Complaint[] {
  const records = new Map(desired.issues.map(({ record }) => [recordKey(record), record]));
  return issues.flatMap(({ key, fingerprint, message, hint, example, severity }) => {
    const record = records.get(key);
    if (record === undefined) return [];
    const text = { message, hint, ...(example === undefined ? {} : { example }) };
    return [{ record, kind: "issue", fingerprint, holds: severity === "error", ...text }];
  });
}

/** Login name of who touched the record last, or else of who made it; never a person that a text names. */
export function authorOf({ modifier, creator }: RecordRef, ownLogin?: string): string | undefined {
  const isPerson = (code: string | undefined): boolean =>
    code !== undefined && code !== "" && !isService(code, ownLogin);
  return [modifier?.code, creator?.code].find(isPerson);
}

function mentionsOf(record: RecordRef, ownLogin: string | undefined): readonly string[] {
  const author = authorOf(record, ownLogin);
  return author === undefined ? [] : [author];
}

/** What has become of the record as a whole: the first line of its comment. */
type Standing = Exclude<keyof CommentTexts, "closing" | "approvalClosing" | "more">;

function standingOf(record: RecordRef, complaints: readonly Complaint[], pass: Pass): Standing {
  const isOfRecord = ({ records }: { readonly records: readonly RecordRef[] }): boolean =>
    records.some((one) => recordKey(one) === recordKey(record));
  if (complaints.some(({ holds }) => holds)) {
    return pass.plan.held.some((one) => one.would !== "create" && isOfRecord(one)) ? "heldAsItWas" : "held";
  }
  if (complaints.some(({ kind }) => kind === "approval")) return "waitsForApproval";
  if (refusedChanges(pass).some(isOfRecord)) return pass.paused === undefined ? "refused" : "notYet";
  const isOpen = ({ change, status }: Outcome): boolean => status !== "applied" && isOfRecord(change);
  return pass.outcomes.some(isOpen) ? "notYet" : "warningsOnly";
}

function renderBody(
  complaints: readonly Complaint[],
  standing: Standing,
  host: string,
  language: Language,
): string {
  const texts = reportTexts(language);
  const lines = complaints.flatMap(({ message, hint, example }) => [
    "",
    `■ ${plain(message, host)}`,
    `　${texts.fix}: ${plain(hint, host)}`,
    ...(example === undefined ? [] : [`　${texts.example}: ${plain(example, host)}`]),
  ]);
  const { [standing]: opening, closing, approvalClosing } = commentTexts(language);
  return [opening, ...lines, "", standing === "waitsForApproval" ? approvalClosing : closing].join("\n");
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
        host === ownHost || (String(scheme).toLowerCase() === "https" && trustedHost.test(String(host)));
      return isTrusted ? address : `${scheme}: //`;
    });
}

const trustedHost = /^(?:docs\.aws|(?:[a-z0-9-]+\.)?console\.aws)\.amazon\.com$/u;

// https://cybozu.dev/ja/kintone/docs/rest-api/records/add-comment/
const longestComment = 65_535;

/** Cuts a comment that is too long at a line and says how many lines are left out; the marker always stays. */
function limitComment(body: string, marker: string, language: Language): string {
  const whole = `${body}\n${marker}`;
  const longest = longestComment - longestTakeOver;
  if (whole.length <= longest) return whole;
  const { more } = commentTexts(language);
  const lines = body.split("\n");
  const reserve = marker.length + more(lines.length).length + 2;
  let length = 0;
  const kept = lines.filter((line) => (length += line.length + 1) <= longest - reserve);
  return [...kept, more(lines.length - kept.length), marker].join("\n");
}
