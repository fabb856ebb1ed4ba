import type { Config, Secrets } from "../model/config.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Pass } from "../model/pass.ts";
import type { ReportedNote, RunReport } from "../model/run-report.ts";
import type { Clock } from "../ports.ts";
import { type AuditEntry, type Auditor, createAuditor, renderAuditLine } from "../report/audit-lines.ts";
import { authorTexts } from "../report/messages/author-texts.ts";
import { createAuditFile } from "./audit-file.ts";
import type { Logger } from "./logger.ts";
import { createScrubber, scrubTexts, secretTexts } from "./secret-scrubber.ts";

export interface AuditInput {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly clock: Pick<Clock, "now">;
  readonly logger: Logger;
}

/** The audit file of one pass. */
export interface Audit {
  /** Adds the line of a change as soon as it is known what became of it. */
  readonly add: (outcome: Outcome, planned: Pass) => void;
  /** Adds the lines of a plan that was refused. The report comes back, with a note when lines are missing. */
  readonly finish: (report: RunReport, pass: Pass) => RunReport;
}

/** Undefined when no audit file is configured. */
export function createAudit(
  { config, secrets, clock, logger }: AuditInput,
  runId: string,
): Audit | undefined {
  const { audit: path, owner, language } = config;
  if (path === undefined) return undefined;
  const file = createAuditFile(path);
  const scrub = createScrubber(secretTexts(secrets, process.env));
  const append = (entry: AuditEntry): void => file.append(renderAuditLine(scrubTexts(entry, scrub)));
  let auditor: Auditor | undefined;
  const auditorOf = (pass: Pass): Auditor => {
    auditor ??= createAuditor(pass, { runId, owner, language });
    return auditor;
  };
  return {
    add(outcome, planned) {
      append(auditorOf(planned).outcome(outcome));
    },
    finish(report, pass) {
      for (const entry of auditorOf(pass).refusals(clock.now())) append(entry);
      const reason = file.failure();
      if (reason === undefined) return report;
      const note: ReportedNote = {
        code: "audit-not-written",
        message: authorTexts(language).auditNotWritten(path, reason),
      };
      logger.warn(note.message);
      return { ...report, notes: [...report.notes, note] };
    },
  };
}
