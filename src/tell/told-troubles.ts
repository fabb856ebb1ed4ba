import type { Memory, OpenIncident } from "../model/memory.ts";
import type { Pass } from "../model/pass.ts";
import type { RunReport } from "../model/run-report.ts";
import { fingerprintOfFailures } from "./changes-incident.ts";
import { fingerprintOfUnsteady } from "./unsteady-incident.ts";
import { listAuthorsToTell } from "./record-failures.ts";

interface Told {
  /** The messages that stand in the operators' channel. */
  readonly incidents: Memory["incidents"];
  /** Keys of the records whose authors know what is wrong; undefined where authors are not told on records. */
  readonly informed: ReadonlySet<string> | undefined;
}

/** Ids of the failed changes, and of those that do not stay, of which operators know, and the authors who can mend them. */
export function findTold(
  report: RunReport,
  pass: Pass,
  { incidents, informed }: Told,
): { readonly failures: ReadonlySet<string>; readonly repeats: ReadonlySet<string> } {
  const authors = listAuthorsToTell(pass);
  const areAuthorsTold = (change: string): boolean =>
    informed === undefined || (authors.get(change) ?? []).every((key) => informed.has(key));
  const failed = report.outcomes.filter(({ status }) => status === "failed").map(({ change }) => change);
  const unsteady = report.outcomes.filter(({ doesNotStay }) => doesNotStay === true);
  const says = (key: "changes-failed" | "does-not-stay", fingerprint: string): boolean =>
    isPosted(incidents[key]) && incidents[key]?.fingerprint === fingerprint;
  return {
    failures: new Set(
      says("changes-failed", fingerprintOfFailures(report)) ? failed.filter(areAuthorsTold) : [],
    ),
    repeats: new Set(
      says("does-not-stay", fingerprintOfUnsteady(report)) ? unsteady.map(({ change }) => change) : [],
    ),
  };
}

function isPosted(open: OpenIncident | undefined): boolean {
  return open !== undefined && open.messageId !== "" && open.unconfirmed === undefined;
}
