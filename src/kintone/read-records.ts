import { PassError } from "../errors.ts";
import type { RawRecord } from "../model/record.ts";
import type { Clock } from "../ports.ts";
import { decodePage, type RecordLayout } from "./decode-page.ts";
import { pageSize } from "./page-query.ts";

export interface RecordReading {
  readonly appId: number;
  readonly layout: RecordLayout;
  /** kintone's answer to a page query with totalCount, as it came. */
  readonly requestPage: (lastId: number) => Promise<unknown>;
  readonly clock: Clock;
}

/** Of one app: far more than any takes, so that pages which trickle do not keep a pass for ever. */
const longestReadingMs = 1_800_000;

const maxRereads = 3;
const rereadWaitMs = 1_000;

type ReadThrough =
  | { readonly kind: "complete"; readonly records: readonly RawRecord[] }
  | { readonly kind: "changed"; readonly problem: string };

/**
 * Reads all records of an app, beginning anew up to three times when their number changes in the meantime. Throws a
 * PassError when an answer cannot be trusted or the numbers never agree: what is missing would look deleted.
 */
export async function readRecords(reading: RecordReading): Promise<readonly RawRecord[]> {
  const endsAtMs = reading.clock.now() + longestReadingMs;
  for (let rereads = 0; ; rereads += 1) {
    const result = await readThrough(reading, endsAtMs);
    if (result.kind === "complete") return result.records;
    if (rereads === maxRereads) throw incompleteRead(reading.appId, result.problem);
    await reading.clock.sleep(rereadWaitMs);
  }
}

/**
 * Follows the pages and proves that they are all. Each page comes with the number of records from it on:
 *
 *     page 1: 500 of 1201 → 701 must follow → page 2: 500 of 701 → 201 must follow → page 3: 201 of 201, the end
 *
 * so that the rows together are as many as the first page announced, and the last page is one that is not full.
 */
async function readThrough(
  { appId, layout, requestPage, clock }: RecordReading,
  endsAtMs: number,
): Promise<ReadThrough> {
  const records: RawRecord[] = [];
  let lastId = 0;
  let expected: number | undefined;
  for (;;) {
    if (clock.now() > endsAtMs) throw incompleteRead(appId, "reading took more than 30 minutes");
    const page = decodePage(await requestPage(lastId), layout, lastId);
    if (typeof page === "string") throw incompleteRead(appId, page);
    const problem = countProblem(page.records.length, page.totalCount, expected);
    if (problem !== undefined) return { kind: "changed", problem };
    records.push(...page.records);
    expected = page.totalCount - page.records.length;
    // A full page proves nothing of what follows it, whatever its number says: the next one is always asked for.
    if (expected === 0 && page.records.length < pageSize) return { kind: "complete", records };
    lastId = page.lastId;
  }
}

function countProblem(rows: number, totalCount: number, expected: number | undefined): string | undefined {
  if (expected !== undefined && totalCount !== expected) {
    return `the number of records still to come was ${expected}, then ${totalCount}`;
  }
  if (rows > totalCount) return `a page held ${rows} records, though only ${totalCount} matched`;
  if (rows < totalCount && rows < pageSize)
    return `a page held ${rows} records, though ${totalCount} matched`;
  return undefined;
}

function incompleteRead(appId: number, problem: string): PassError {
  return new PassError("kintone.incomplete-read", { appId, problem });
}
