import { digest } from "../model/digest.ts";
import { type Incident, limitList } from "./incident.ts";
import type { IncidentTexts } from "../words/incident-texts.ts";
import { safeLine } from "../report/safe-text.ts";

/** That authors could not be told on their records, and why; undefined when all could. */
export function commentsIncident(reasons: readonly string[], texts: IncidentTexts): Incident | undefined {
  if (reasons.length === 0) return undefined;
  const lines = limitList(
    reasons.map((reason) => `• ${safeLine(reason)}`),
    texts.more,
  ).join("\n");
  return {
    key: "comments-failed",
    fingerprint: digest(reasons.join("\n")).slice(0, 16),
    message: {
      title: `⚠️ ${texts.commentsFailed}`,
      sections: [lines, texts.checkComments, texts.triedAgain],
    },
    describeChange: () => `${texts.otherReason}\n${lines}`,
  };
}
