import { resolve } from "node:path";
import type { Config, Secrets } from "../model/config.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Pass } from "../model/pass.ts";
import type { ReportedNote } from "../model/run-report.ts";
import type { Clock } from "../ports.ts";
import { type AuditEntry, type Auditor, createAuditor, renderAuditLine } from "../report/audit-lines.ts";
import { authorTexts } from "../words/author-texts.ts";
import { createAuditFile } from "./audit-file.ts";
import type { Surroundings } from "../process/process-face.ts";
import type { Logger } from "../process/logger.ts";
import { createScrubber, scrubTexts, secretTexts } from "../process/secret-scrubber.ts";

export interface AuditInput {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly surroundings: Surroundings;
  readonly clock: Pick<Clock, "now">;
  readonly logger: Logger;
}

/** The audit file of one pass, or of one adoption. */
export interface Audit {
  /** Adds the line of a change as soon as it is known what became of it. */
  readonly add: (outcome: Outcome, planned: Pass) => void;
  /** Adds the lines of a plan that was refused; none of another plan. */
  readonly addRefusals: (pass: Pass) => void;
  /** Says, in the log too, that lines are missing; undefined when none are. */
  readonly noteMissing: () => ReportedNote | undefined;
}

/** Undefined when no audit file is configured. */
export function createAudit(
  { config, secrets, surroundings, clock, logger }: AuditInput,
  runId: string,
): Audit | undefined {
  const { audit: path, owner, language } = config;
  if (path === undefined) return undefined;
  const file = createAuditFile(resolve(surroundings.directory, path));
  const scrub = createScrubber(secretTexts(secrets, surroundings.environment));
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
    addRefusals(pass) {
      for (const entry of auditorOf(pass).refusals(clock.now())) append(entry);
    },
    noteMissing() {
      const reason = file.failure();
      if (reason === undefined) return undefined;
      const message = authorTexts(language).auditNotWritten(path, reason);
      logger.warn(message);
      return { code: "audit-not-written", message };
    },
  };
}
