import { resolve } from "node:path";
import type { Config, Secrets } from "../model/config.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Pass } from "../model/pass.ts";
import type { ReportedNote } from "../model/run-report.ts";
import type { Clock } from "../ports.ts";
import {
  type AuditContext,
  type AuditEntry,
  type Auditor,
  createAuditor,
  renderAuditLine,
} from "../report/audit-lines.ts";
import { authorTexts } from "../words/author-texts.ts";
import { digest } from "../model/digest.ts";
import { canonicalText, type Json } from "../model/json.ts";
import { programVersion } from "../process/program-version.ts";
import { describeMemoryRefusal } from "../words/memory-texts.ts";
import { createAuditFile } from "./audit-file.ts";
import { createAuditObject } from "./audit-object.ts";
import { connectToAws, toS3 } from "./connect-to-aws.ts";
import type { Surroundings } from "../process/process-face.ts";
import type { Logger } from "../process/logger.ts";
import { createScrubber, scrubTexts, secretTexts } from "../process/secret-scrubber.ts";

export interface AuditInput {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly surroundings: Surroundings;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The audit of one pass, or of one adoption. */
export interface Audit {
  /** Adds the line of a change as soon as it is known what became of it. */
  readonly add: (outcome: Outcome, planned: Pass) => void;
  /** Adds the lines of a plan that was refused; none of another plan. */
  readonly addRefusals: (pass: Pass) => void;
  /** Ends the audit. Says, in the log too, that lines are missing; resolves with undefined when none are. */
  readonly end: () => Promise<ReportedNote | undefined>;
}

/** Undefined when no audit is configured. */
export function createAudit(input: AuditInput, runId: string): Audit | undefined {
  const { config, secrets, surroundings, clock, logger } = input;
  const { audit: path, owner, language } = config;
  if (path === undefined) return undefined;
  const sink = openSink(path, input, runId);
  const scrub = createScrubber(secretTexts(secrets, surroundings.environment));
  const append = (entry: AuditEntry): void => sink.append(renderAuditLine(scrubTexts(entry, scrub)));
  let auditor: Auditor | undefined;
  const auditorOf = (pass: Pass): Auditor => {
    auditor ??= createAuditor(pass, { runId, owner, language, inForce: inForce(config) });
    return auditor;
  };
  return {
    add(outcome, planned) {
      append(auditorOf(planned).outcome(outcome));
    },
    addRefusals(pass) {
      for (const entry of auditorOf(pass).refusals(clock.now())) append(entry);
    },
    async end() {
      const reason = await sink.end();
      if (reason === undefined) return undefined;
      const message = authorTexts(language).auditNotWritten(path, reason);
      logger.warn(message);
      return { code: "audit-not-written", message };
    },
  };
}

/** Where the lines go; ends with why some are missing. */
interface Sink {
  readonly append: (line: string) => void;
  readonly end: () => Promise<string | undefined>;
}

function openSink(path: string, { config, surroundings, clock }: AuditInput, runId: string): Sink {
  if (!path.startsWith("s3://")) {
    const file = createAuditFile(resolve(surroundings.directory, path));
    return { append: file.append, end: async () => file.failure() };
  }
  const { identityCenter, language } = config;
  const { region } = identityCenter;
  const s3 = toS3(connectToAws(surroundings, { region, clock }));
  const object = createAuditObject({ place: path, runId, now: () => clock.now() }, s3);
  return {
    append: object.append,
    end: async () => {
      const refusal = await object.create();
      return refusal && describeMemoryRefusal(refusal, language);
    },
  };
}

/** What judged the changes: two lines with the same digests were judged by the same rules. */
function inForce(config: Config): AuditContext["inForce"] {
  const digestOf = (part: unknown) => digest(canonicalText(JSON.parse(JSON.stringify(part)) as Json));
  return {
    version: programVersion,
    configuration: digestOf(config),
    guardrails: digestOf(config.guardrails),
  };
}
