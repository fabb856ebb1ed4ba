import { recordName, type RunReport } from "../model/run-report.ts";
import { safeLine } from "../report/safe-text.ts";
import type { IncidentTexts } from "../words/incident-texts.ts";
import type { TargetsTexts } from "../words/targets-texts.ts";
import { type Incident, limitList, mostListed } from "./incident.ts";

/** The records that stand for other accounts than before, though they were not edited; undefined when there are none. */
export function movedIncident(
  { notes }: RunReport,
  texts: TargetsTexts,
  { more }: IncidentTexts,
): Incident | undefined {
  const moved = notes.flatMap(({ code, app, record, url, message }) =>
    code === "targets-moved" && app !== undefined && record !== undefined && url !== undefined
      ? [{ line: safeLine(`${recordName({ app, record })} ${message}`), url }]
      : [],
  );
  if (moved.length === 0) return undefined;
  const lines = limitList(
    moved.map(({ line }) => line),
    more,
  );
  return {
    key: "targets-moved",
    fingerprint: moved.map(({ line }) => line).join("\n"),
    message: {
      title: `📦 ${texts.movedTitle}`,
      sections: lines,
      links: moved.slice(0, mostListed).map(({ url }) => url),
    },
    describeChange: () => lines.join("\n"),
  };
}
