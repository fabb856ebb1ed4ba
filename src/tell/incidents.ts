import { digest } from "../model/digest.ts";
import type { Language } from "../model/config.ts";
import { isUntried } from "../model/outcome.ts";
import type { ReportedRecord, RunReport } from "../model/run-report.ts";
import { byHandIncident } from "./by-hand-incident.ts";
import { changesIncident } from "./changes-incident.ts";
import { commentsIncident } from "./comments-incident.ts";
import { endsSoonIncident, manyEndsIncident } from "./ends-incidents.ts";
import type { Incident, IncidentKey } from "./incident.ts";
import { endsTexts } from "../words/ends-texts.ts";
import { movedIncident } from "./moved-incident.ts";
import { targetsTexts } from "../words/targets-texts.ts";
import { type IncidentTexts, incidentTexts } from "../words/incident-texts.ts";
import { reportTexts } from "../words/report-texts.ts";
import { keyAccountIncident } from "./key-account-incident.ts";
import { memoryIncident } from "./memory-incident.ts";
import { ownerTagIncident } from "./owner-tag-incident.ts";
import { ownershipIncident } from "./ownership-incident.ts";
import { recordsIncident, type ToldAuthors } from "./records-incident.ts";
import { listRefusedChanges, refusedIn, type RefusedChangesOptions } from "../report/refused-changes.ts";
import { classRulesTexts } from "../words/class-rules-texts.ts";
import { gateTexts } from "../words/gate-texts.ts";
import { unmatchedTexts } from "../words/unmatched-texts.ts";
import { noteIncident, unmatchedIncident } from "./note-incidents.ts";
import { unsteadyIncident } from "./unsteady-incident.ts";
import { unsteadyTexts } from "../words/unsteady-texts.ts";
import { pauseIncident } from "./pause-incident.ts";
import { removalsIncident } from "./removals-incident.ts";
import { safeLine } from "../report/safe-text.ts";

export interface IncidentOptions extends ToldAuthors {
  readonly language: Language;
  /** Why authors could not be told on their records, each reason once, in order. */
  readonly commentFailures: readonly string[];
  /** Address of a record. */
  readonly recordUrl: (record: ReportedRecord) => string;
}

/** Everything in the report of a sync that operators have to know, the most urgent first. */
export function findIncidents(report: RunReport, options: IncidentOptions): readonly Incident[] {
  const texts = incidentTexts(options.language);
  const found = [
    passIncident(report, texts),
    guardIncident(report, {
      texts,
      reportTexts: reportTexts(options.language),
      recordUrl: options.recordUrl,
    }),
    // Without a memory every pass would tell of it anew.
    options.onlyNew ? undefined : pauseIncident(report, options.language),
    byHandIncident(report, texts, options.language),
    changesIncident(report, {
      texts,
      reportTexts: reportTexts(options.language),
    }),
    unsteadyIncident(report, {
      texts,
      reportTexts: reportTexts(options.language),
      unsteady: unsteadyTexts(options.language),
    }),
    ownershipIncident(report, {
      texts,
      reportTexts: reportTexts(options.language),
    }),
    ownerTagIncident(report, texts, options.language),
    unmatchedIncident(report, unmatchedTexts(options.language)),
    keyAccountIncident(report, texts, options.language),
    noteIncident(report, "class-rules", classRulesTexts(options.language).title),
    noteIncident(report, "status-in-query", gateTexts(options.language).statusInQueryTitle),
    noteIncident(report, "approval-overdue", gateTexts(options.language).overdueTitle),
    removalsIncident(report, texts),
    memoryIncident(report, options.language),
    commentsIncident(options.commentFailures, texts),
    manyEndsIncident(report, endsTexts(options.language)),
    endsSoonIncident(report, endsTexts(options.language), texts),
    movedIncident(report, targetsTexts(options.language), texts),
    isMisconfigured(report) ? undefined : recordsIncident(report.issues, { ...options, texts }),
  ];
  return found.filter((incident) => incident !== undefined);
}

/** Whether the configuration is wrong rather than records. */
function isMisconfigured({ notes }: RunReport): boolean {
  return notes.some(({ code }) => code === "names-unmatched");
}

/**
 * The incidents that are over when the report of a sync does not show them. A pass that could not read knows nothing of
 * records, one that was refused or stopped does not know whether changes would have failed again, and one of a part of
 * the plan knows nothing of the other part.
 */
export function judgedIncidents(report: RunReport): ReadonlySet<IncidentKey> {
  const { plan, violations, outcomes, result } = report;
  if (plan === undefined) return new Set<IncidentKey>(["pass-failed"]);
  const whole = plan.held.every(({ reason }) => reason !== "not-selected");
  const triedAll =
    result !== "paused" &&
    violations.length === 0 &&
    outcomes.every(({ reason }) => !isUntried(reason?.code));
  return new Set<IncidentKey>([
    "pass-failed",
    ...(whole ? (["guard-refused"] as const) : []),
    ...(whole && triedAll ? (["changes-failed", "does-not-stay"] as const) : []),
    "paused",
    "made-by-hand",
    "ownership-doubtful",
    "owner-tag-gone",
    "names-unmatched",
    "key-account-access",
    "class-rules",
    "status-in-query",
    "approval-overdue",
    "removals-held",
    "memory-lost",
    "many-ends",
    "ends-soon",
    "targets-moved",
    ...(isMisconfigured(report) ? [] : (["comments-failed", "records"] as const)),
  ]);
}

function passIncident({ error }: RunReport, texts: IncidentTexts): Incident | undefined {
  if (error === undefined) return undefined;
  const message = safeParagraph(error.message);
  return {
    key: "pass-failed",
    fingerprint: error.code,
    mayPass: error.fault === "kintone" || error.fault === "aws",
    message: { title: `❌ ${texts.passFailed}`, sections: [message, safeParagraph(error.hint)] },
    describeChange: () => `${texts.otherError}\n${message}`,
  };
}

function guardIncident(report: RunReport, options: RefusedChangesOptions): Incident | undefined {
  const { texts } = options;
  const { violations, plan } = report;
  if (violations.length === 0 || plan === undefined) return undefined;
  const reasons = violations.map(({ message }) => safeLine(message));
  const approval = texts.approve(report.approval?.command);
  const { sections, links } = listRefusedChanges(refusedIn(report), options);
  const guards = violations.map(({ guard }) => guard);
  return {
    key: "guard-refused",
    // Not the code that approves it, which is another one every minute, and nothing of what is not refused.
    fingerprint: digest([...refusedIn(report).map(({ id }) => id), ...guards.toSorted()].join(" ")),
    message: {
      title: `⛔ ${report.result === "refused" ? texts.guardRefused : texts.guardRefusedPart}`,
      sections: [...reasons, ...sections, approval],
      links,
    },
    describeChange: () => [texts.otherPlan, ...reasons, approval].join("\n"),
  };
}

/** The lines made safe one by one; the field problems of an error stand on lines of their own. */
function safeParagraph(text: string): string {
  return text.split("\n").map(safeLine).join("\n");
}
