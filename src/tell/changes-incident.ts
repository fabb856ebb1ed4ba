import { digest } from "../model/digest.ts";
import { shorten } from "../model/text.ts";
import type { ReportedChange, RunReport } from "../model/run-report.ts";
import { type Incident, limitList } from "./incident.ts";
import { describePartsChange, joinParts } from "./incident-parts.ts";
import type { IncidentTexts } from "../words/incident-texts.ts";
import type { ReportTexts } from "../words/report-texts.ts";
import { renderTarget } from "../report/render-plan-text.ts";
import { safeLine } from "../report/safe-text.ts";

export interface ChangesIncidentOptions {
  readonly texts: IncidentTexts;
  readonly reportTexts: ReportTexts;
}

interface FailedChange {
  readonly change: ReportedChange;
  readonly code: string;
  readonly message: string;
}

/** The changes that AWS refused, with its reasons; undefined when there are none. */
export function changesIncident(
  report: RunReport,
  { texts, reportTexts }: ChangesIncidentOptions,
): Incident | undefined {
  const failed = listFailedChanges(report);
  if (failed.length === 0) return undefined;
  const lines = new Map(failed.map((one) => [nameOf(one), renderFailedChange(one, reportTexts)]));
  const parts = partsOf(failed);
  const notTried = report.outcomes.filter(({ reason }) => reason?.code === "dependency-not-applied").length;
  return {
    key: "changes-failed",
    fingerprint: joinParts(parts),
    message: {
      title: `⚠️ ${texts.changesFailed(failed.length)}`,
      sections: [
        ...limitList([...lines.values()], texts.more),
        ...(notTried === 0 ? [] : [texts.notTried(notTried)]),
        texts.triedAgain,
      ],
    },
    // The fingerprint does not tell what the solved ones were.
    describeChange: (former) => describePartsChange(former, parts, texts, (name) => lines.get(name)),
  };
}

/** What the incident's message says, as its fingerprint. */
export function fingerprintOfFailures(report: RunReport): string {
  return joinParts(partsOf(listFailedChanges(report)));
}

function partsOf(failed: readonly FailedChange[]): ReadonlyMap<string, string> {
  return new Map(failed.map((one) => [nameOf(one), markOf(one)]));
}

function listFailedChanges({ outcomes, plan }: RunReport): readonly FailedChange[] {
  const changes = new Map(plan?.changes.map((change) => [change.id, change]));
  return outcomes.flatMap(({ change: id, status, reason }) => {
    const change = changes.get(id);
    if (status !== "failed" || change === undefined) return [];
    return [{ change, code: reason?.code ?? "", message: reason?.message ?? "" }];
  });
}

const nameLength = 12;
const markLength = 8;

function nameOf({ change }: FailedChange): string {
  return digest(change.id).slice(0, nameLength);
}

function markOf({ code }: FailedChange): string {
  return digest(code).slice(0, markLength);
}

const longestReason = 400;

function renderFailedChange({ change, code, message }: FailedChange, texts: ReportTexts): string {
  const what = `${texts.changeKinds[change.kind]}  ${renderTarget(change.target, texts)}`;
  return `${what}\n${shorten(safeLine(`${code}: ${message}`), longestReason)}`;
}
