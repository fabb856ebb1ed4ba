import type { Config } from "../model/config.ts";
import type { Memory } from "../model/memory.ts";
import { changesPutOff, type Pass, refusedChanges } from "../model/pass.ts";
import { recordKey, type RecordRef } from "../model/record.ts";
import type { ReportedNote, RunReport } from "../model/run-report.ts";
import type { RecordComments } from "../ports.ts";
import { type AppliedAccess, listAppliedAccess, renderGoodNews } from "../report/applied-access.ts";
import { listEndNews } from "../report/end-news.ts";
import { authorTexts } from "../words/author-texts.ts";
import { solvedMarker } from "./notice-markers.ts";
import { portalUrl } from "../report/portal-links.ts";
import { afterTelling, buildRecordNotices, type RecordNotice } from "./record-notices.ts";
import { type CommentLedger, mostReads, openLedger, readsForGoodNews } from "./comment-ledger.ts";
import type { Logger } from "../process/logger.ts";

export interface TellAuthorsInput {
  readonly report: RunReport;
  readonly pass: Pass;
  readonly config: Config;
  readonly comments: RecordComments;
  /** Login name of the service where it is known. */
  readonly ownLogin: string | undefined;
  readonly memory: Memory | undefined;
  readonly nowMs: number;
  readonly logger: Logger;
  /** Whether the telling has taken long enough. */
  readonly isLate: () => boolean;
}

export interface ToldAuthors {
  /** Keys of the records whose author was told of a problem in this pass. */
  readonly newlyTold: ReadonlySet<string>;
  /** Keys of the records whose author knows of every problem that there is. */
  readonly informed: ReadonlySet<string>;
  readonly records: Memory["records"];
  readonly notes: readonly ReportedNote[];
  /** Why authors could not be told, each reason once, in order, without the records. */
  readonly failures: readonly string[];
}

/** Tells each author what is new about their record, once; what was told already is known from memory or from the record's own comments. Never throws. */
export async function tellAuthors(input: TellAuthorsInput): Promise<ToldAuthors> {
  const { report, pass, config, ownLogin, nowMs } = input;
  const problems = buildRecordNotices(pass, report, config.language, {
    ownHost: new URL(config.kintone.baseUrl).host,
    ownLogin,
  });
  const ledger = openLedger(input);
  const newlyTold = new Set<string>();
  const informed = new Set<string>();
  for (const notice of rotate(problems, nowMs)) {
    const key = recordKey(notice.record);
    const came = await tellProblem(notice, input, ledger);
    if (came === "told") newlyTold.add(key);
    if (came !== "not-told") informed.add(key);
  }
  const open = new Set([...problems.map(({ record }) => recordKey(record)), ...unfinished(pass)]);
  const access = config.comments === "errors-and-applied" ? appliedAccess(input) : new Map<string, Access>();
  const ends = config.comments === "errors-and-applied" ? endNews(input) : new Map<string, string>();
  const news = new Set([...access.keys(), ...ends.keys()]);
  for (const record of rotate(findHealthy(input, open, news), nowMs)) {
    const key = recordKey(record);
    await tellGoodNews(record, { access: access.get(key) ?? [], end: ends.get(key) }, input, ledger);
  }
  ledger.keepInMind(open);
  return {
    newlyTold,
    informed,
    records: ledger.records(),
    notes: findNotes(ledger, input),
    failures: [...new Set(ledger.failures().map(reasonOf))].toSorted(),
  };
}

function appliedAccess({ pass, config }: TellAuthorsInput): ReadonlyMap<string, readonly AppliedAccess[]> {
  return listAppliedAccess(pass, portalUrl(config.identityCenter, pass.actual.instance));
}

function endNews({ pass, config, nowMs }: TellAuthorsInput): ReadonlyMap<string, string> {
  return listEndNews(pass, { language: config.language, timeZone: config.timezone, nowMs });
}

/** Keys of records that are in order but not carried out, or not as a whole: nothing good to tell about them. */
function unfinished(pass: Pass): readonly string[] {
  const { plan, outcomes } = pass;
  const waiting = plan.waiting.map(({ record }) => record);
  const leftAlone = [...plan.held, ...plan.locked].flatMap(({ records }) => records);
  const notApplied = outcomes
    .filter(({ status }) => status !== "applied")
    .flatMap(({ change }) => change.records);
  const refused = [...refusedChanges(pass), ...changesPutOff(pass)].flatMap(({ records }) => records);
  return [...waiting, ...leftAlone, ...notApplied, ...refused].map(recordKey);
}

const goldenRatio = 0.618_033_988_749_895;

/** Another beginning in every pass, whatever the schedule, so that a limit does not always leave out the same ones. */
function rotate<Item>(items: readonly Item[], nowMs: number): readonly Item[] {
  const start = Math.floor((((nowMs / 1_000) * goldenRatio) % 1) * items.length);
  return [...items.slice(start), ...items.slice(0, start)];
}

// An approval can take hours, and not every schedule is ten minutes.
const recentMs = 6 * 60 * 60_000;

/**
 * Records in order whose author may be waiting to hear so: those with new access, those that were told of a problem, and,
 * without a memory, those that were edited within the last six hours.
 */
function findHealthy(
  { pass, memory, nowMs }: TellAuthorsInput,
  open: ReadonlySet<string>,
  news: ReadonlySet<string>,
): readonly RecordRef[] {
  const { permissionSets, assignments } = pass.source;
  const all = [...permissionSets.records, ...assignments.records].map(({ ref }) => ref);
  const wasEdited = ({ updatedAt }: RecordRef): boolean =>
    updatedAt !== undefined && nowMs - Date.parse(updatedAt) < recentMs;
  const mayWait = (ref: RecordRef): boolean =>
    memory === undefined ? wasEdited(ref) : Object.hasOwn(memory.records, recordKey(ref));
  return all.filter((ref) => {
    const key = recordKey(ref);
    return !open.has(key) && (news.has(key) || mayWait(ref));
  });
}

type Access = readonly AppliedAccess[];

/** Posts the notice unless the author was told the same last; resolves with whether the author knows, and from when. */
async function tellProblem(
  notice: RecordNotice,
  { comments, nowMs }: TellAuthorsInput,
  ledger: CommentLedger,
): Promise<"told" | "known" | "not-told"> {
  const { record, mentions } = notice;
  const known = ledger.known(record);
  if (known !== undefined && known.marker === afterTelling(notice, known.marker).marker) {
    ledger.remember(record, known);
    return "known";
  }
  if (ledger.leaveOut(record, mostReads - readsForGoodNews)) return "not-told";
  let came: "told" | "known" | "not-told" = "not-told";
  await ledger.attempt(record, async () => {
    // The record's own comments know best what it was told last; a memory may be older than them.
    const last = (await ledger.readLastMarker(record)) ?? known?.marker;
    const { marker, text } = afterTelling(notice, last);
    if (last !== marker) {
      await comments.postComment(record, text, mentions);
    }
    came = last === marker ? "known" : "told";
    ledger.remember(record, { marker, toldAt: new Date(nowMs).toISOString() });
  });
  return came;
}

async function tellGoodNews(
  record: RecordRef,
  { access, end }: { readonly access: readonly AppliedAccess[]; readonly end: string | undefined },
  { comments, config }: TellAuthorsInput,
  ledger: CommentLedger,
): Promise<void> {
  const known = ledger.known(record);
  const mustTell = access.length > 0 || end !== undefined;
  // What became usable is told now or never, so it does not wait for a later pass to look at earlier comments.
  const unread = ledger.leaveOut(record);
  if (unread && !mustTell) return;
  await ledger.attempt(record, async () => {
    const last = (unread ? undefined : await ledger.readLastMarker(record)) ?? known?.marker;
    const solved = last !== undefined && last !== solvedMarker;
    if (!solved && !mustTell) return;
    await comments.postComment(record, renderGoodNews({ solved, access, end }, config.language), []);
  });
}

/** The same for every record, so that the reason does not change when other records are tried. */
function reasonOf({ record, error }: ReturnType<CommentLedger["failures"]>[number]): string {
  return error.message.replace(` record ${record.id})`, ")");
}

/** What operators have to know about the telling; it is in the log as well. */
function findNotes(ledger: CommentLedger, { config, logger }: TellAuthorsInput): readonly ReportedNote[] {
  const texts = authorTexts(config.language);
  const notes: ReportedNote[] = [];
  const failures = ledger.failures();
  const [first] = failures;
  if (first !== undefined) {
    const message = texts.commentsFailed(failures.length, first.error.message);
    notes.push({ code: "comments-failed", message });
  }
  if (ledger.leftOut() > 0) {
    notes.push({ code: "comments-limited", message: texts.readLimit(ledger.leftOut(), mostReads) });
  }
  for (const { message } of notes) logger.warn(message);
  return notes;
}
