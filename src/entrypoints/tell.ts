import type { Config } from "../model/config.ts";
import type { Pass } from "../model/pass.ts";
import type { RunReport } from "../model/run-report.ts";
import type { OperatorChannel, RecordComments } from "../ports.ts";
import { buildOperatorMessage } from "../report/operator-message.ts";
import { buildRecordNotices, findMarker, type RecordNotice } from "../report/record-notices.ts";
import type { RecordUrl } from "../report/record-urls.ts";
import { digest } from "./digest.ts";
import type { Logger } from "./logger.ts";

export interface Tellers {
  readonly config: Config;
  readonly comments: RecordComments | undefined;
  readonly operators: OperatorChannel | undefined;
  readonly logger: Logger;
  readonly recordUrl: RecordUrl;
}

/** Tells authors on their records and operators in their channel. It runs after the pass and cannot fail it. */
export async function tell(report: RunReport, pass: Pass | undefined, tellers: Tellers): Promise<void> {
  const notices = pass === undefined ? [] : await tellAuthors(report, pass, tellers);
  const { operators, config, logger, recordUrl } = tellers;
  const urlOf = ({ record }: RecordNotice): string => recordUrl(record);
  const message = buildOperatorMessage(report, notices, urlOf, config.language);
  if (operators === undefined || message === undefined) return;
  try {
    await operators.postMessage(message.title, message.sections);
  } catch (error) {
    logger.warn("operators could not be told", { error });
  }
}

/** Comments on each record with issues, unless the newest comment of ours already says the same. */
async function tellAuthors(
  report: RunReport,
  pass: Pass,
  tellers: Tellers,
): Promise<readonly RecordNotice[]> {
  const { comments, config, logger } = tellers;
  if (comments === undefined) return [];
  const told: RecordNotice[] = [];
  for (const notice of buildRecordNotices(pass, report, config.language, digest)) {
    try {
      const newest = await comments.readNewestComments(notice.record);
      const lastMarker = newest.map(({ text }) => findMarker(text)).find((marker) => marker !== undefined);
      if (lastMarker === notice.marker) continue;
      await comments.postComment(notice.record, notice.text, notice.mentions);
      told.push(notice);
    } catch (error) {
      logger.warn("the author of a record could not be told", { error, record: notice.record.id });
    }
  }
  return told;
}
