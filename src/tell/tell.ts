import { isDeepStrictEqual } from "node:util";

import type { Config } from "../model/config.ts";
import { emptyMemory, type Memory, type MemoryRefusal, type SaveResult } from "../model/memory.ts";
import type { Pass } from "../model/pass.ts";
import { recordKey } from "../model/record.ts";
import type { ReportedNote, RunReport } from "../model/run-report.ts";
import type { MemoryStore, OperatorChannel, RecordComments, TimeSource } from "../ports.ts";
import { authorTexts } from "../words/author-texts.ts";
import { describeMemoryRefusal, memoryTexts } from "../words/memory-texts.ts";
import { rememberPass } from "../remember/remember-pass.ts";
import { rememberTold } from "../remember/remember-troubles.ts";
import { authorOf } from "./record-notices.ts";
import type { RecordUrl } from "../report/record-urls.ts";
import type { Logger } from "../process/logger.ts";
import { type Scrub, scrubTexts } from "../process/secret-scrubber.ts";
import { tellAuthors, type ToldAuthors } from "./tell-authors.ts";
import { tellOperators } from "./tell-operators.ts";
import { findTold } from "./told-troubles.ts";

export interface Tellers extends PassTellers {
  /** Takes secrets out of what services answer: it is told to others. */
  readonly scrub: Scrub;
}

/** Whom a pass can tell, and of what. */
export interface PassTellers {
  readonly config: Config;
  readonly comments: RecordComments | undefined;
  /** Login name of the service where it is known: with an API token kintone has one of its own for it. */
  readonly ownLogin: string | undefined;
  readonly operators: OperatorChannel | undefined;
  readonly memory: MemoryStore | undefined;
  readonly logger: Logger;
  readonly clock: TimeSource;
  readonly recordUrl: RecordUrl;
  /** The page of the run, where it has one. */
  readonly runUrl?: string | undefined;
}

/** The longest that comments may hold up the end of a pass. */
const patienceMs = 2 * 60_000;

/**
 * Tells authors on their records and operators in their channel, and leaves the memory for the next pass. It runs after
 * the pass and cannot fail it; the report comes back with what operators have to know about the telling itself.
 */
export async function tell(
  report: RunReport,
  pass: Pass | undefined,
  tellers: Tellers,
  nowMs: number,
): Promise<RunReport> {
  const { memory: store } = tellers;
  const { memory, notKept } = await recall(store, tellers.config.owner, pass !== undefined);
  const authors = await authorsTold(report, pass, tellers, memory, nowMs);
  const told = { ...report, notes: [...report.notes, ...authors.notes] };
  const incidents = await operatorsTold(told, pass, tellers, authors, memory, nowMs);
  if (store === undefined) warnOfRepetitions(incidents, tellers);
  if (notKept !== undefined) return withMemoryNote(told, notKept, tellers);
  if (store === undefined || memory === undefined) return told;
  const informed = tellers.comments === undefined ? undefined : authors.informed;
  const keep = (found: Memory): Promise<SaveResult> => {
    const { guards } = tellers.config;
    const remembered = pass === undefined ? found : rememberPass(found, pass, nowMs, guards);
    const known = pass === undefined ? noneTold : findTold(told, pass, { incidents, informed });
    return store.save({
      ...rememberTold(remembered, known, nowMs),
      records: withChanges(found.records, memory.records, authors.records),
      incidents: withChanges(found.incidents, memory.incidents, incidents),
    });
  };
  const kept = await keepAgainIfOvertaken(store, memory, keep);
  return kept.kind === "refused" ? withMemoryNote(told, kept.refusal, tellers) : told;
}

const noneTold = { failures: new Set<string>(), repeats: new Set<string>() };

/**
 * What earlier passes left. It is kept once more before anything is told: a memory that cannot be kept is as good as
 * none, or else every pass would take what it tells operators for new. What was lost is replaced by a pass that read
 * everything, and by no other: a credential that is wrong for an hour must not cost the memory.
 */
export async function recall(
  store: MemoryStore | undefined,
  owner: string,
  replacesLost: boolean,
): Promise<{ readonly memory?: Memory; readonly notKept?: MemoryRefusal }> {
  if (store === undefined) return {};
  const loaded = await store.load();
  if (loaded.kind === "lost" && !replacesLost) return {};
  const memory = loaded.kind === "memory" ? loaded.memory : emptyMemory(owner);
  const result = await store.save(memory);
  if (result.kind === "overtaken") return { memory };
  return result.kind === "saved" ? { memory } : { notKept: result.refusal };
}

/** Another pass may have written while this one was telling: then its memory is added to. */
async function keepAgainIfOvertaken(
  store: MemoryStore,
  memory: Memory,
  keep: (found: Memory) => Promise<SaveResult>,
): Promise<SaveResult> {
  const result = await keep(memory);
  if (result.kind !== "overtaken") return result;
  const found = await store.load();
  return found.kind === "memory" ? keep(found.memory) : result;
}

/** The entries as others have them by now, with what has changed in ours since we read them. */
function withChanges<Entry>(
  others: Readonly<Record<string, Entry>>,
  before: Readonly<Record<string, Entry>>,
  after: Readonly<Record<string, Entry>>,
): Readonly<Record<string, Entry>> {
  const entries = new Map(Object.entries(others));
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is] = [entryOf(before, key), entryOf(after, key)];
    if (isDeepStrictEqual(was, is)) continue;
    if (is === undefined) entries.delete(key);
    else entries.set(key, is);
  }
  return Object.fromEntries(entries);
}

function entryOf<Entry>(entries: Readonly<Record<string, Entry>>, key: string): Entry | undefined {
  return Object.hasOwn(entries, key) ? entries[key] : undefined;
}

async function authorsTold(
  report: RunReport,
  pass: Pass | undefined,
  { comments, ownLogin, config, logger, scrub, clock }: Tellers,
  memory: Memory | undefined,
  nowMs: number,
): Promise<ToldAuthors> {
  const startedMs = clock.now();
  const isLate = (): boolean => clock.now() - startedMs > patienceMs;
  const isMisconfigured = pass?.desired.unmatched !== undefined;
  if (pass === undefined || comments === undefined || isMisconfigured) {
    return {
      newlyTold: new Set(),
      informed: new Set(),
      records: memory?.records ?? {},
      notes: [],
      failures: [],
    };
  }
  const told = await tellAuthors({ report, pass, config, comments, ownLogin, memory, nowMs, logger, isLate });
  return { ...told, notes: scrubTexts(told.notes, scrub), failures: scrubTexts(told.failures, scrub) };
}

async function operatorsTold(
  report: RunReport,
  pass: Pass | undefined,
  tellers: Tellers,
  { newlyTold, failures: commentFailures }: ToldAuthors,
  memory: Memory | undefined,
  nowMs: number,
): Promise<Memory["incidents"]> {
  const { operators: channel, config, logger, runUrl } = tellers;
  if (channel === undefined) return memory?.incidents ?? {};
  const { language } = config;
  const authorEmails = pass === undefined ? new Map<string, string>() : findAuthorEmails(pass, tellers);
  const about = { report, newlyTold, commentFailures, authorEmails, memory };
  return tellOperators({ ...about, channel, config, language, nowMs, logger, runUrl });
}

/** E-mail addresses of who touched the records with issues last, where the login name gives one. */
function findAuthorEmails(pass: Pass, { config, ownLogin }: Tellers): ReadonlyMap<string, string> {
  const records = new Map(pass.desired.issues.map(({ record }) => [recordKey(record), record]));
  const entries = [...records.values()].flatMap((record) => {
    const code = authorOf(record, ownLogin) ?? "";
    const address = code.includes("@")
      ? code
      : config.principals.userTemplate.replaceAll("{code}", () => code);
    return code !== "" && address.includes("@") ? [[recordKey(record), address] as const] : [];
  });
  return new Map(entries);
}

/** Records are told of when their authors are, and so only once; everything else is new to a pass without a memory. */
function warnOfRepetitions(posted: Memory["incidents"], { config, logger }: Tellers): void {
  if (Object.keys(posted).every((key) => key === "records")) return;
  logger.warn(authorTexts(config.language).slackRepeats);
}

function withMemoryNote(report: RunReport, refusal: MemoryRefusal, { config, logger }: Tellers): RunReport {
  const note: ReportedNote = {
    code: "memory-not-kept",
    message: memoryTexts(config.language).notKept(describeMemoryRefusal(refusal, config.language)),
  };
  logger.warn(note.message);
  return { ...report, notes: [...report.notes, note] };
}
