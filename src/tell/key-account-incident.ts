import type { Language } from "../model/config.ts";
import { digest } from "../model/digest.ts";
import type { RunReport } from "../model/run-report.ts";
import { keyAccountLine, keyAccountTexts } from "../words/key-account-texts.ts";
import type { IncidentTexts } from "../words/incident-texts.ts";
import { safeLine } from "../report/safe-text.ts";
import { type Incident, limitList } from "./incident.ts";
import { describePartsChange, joinParts } from "./incident-parts.ts";

/** Access that managed assignments give to accounts in which the sync itself could be changed; undefined when there is none. */
export function keyAccountIncident(
  { plan }: RunReport,
  texts: IncidentTexts,
  language: Language,
): Incident | undefined {
  const found = (plan?.keyAccountAccess ?? []).map(keyAccountLine);
  if (found.length === 0) return undefined;
  const lines = new Map(found.map((text) => [digest(text).slice(0, nameLength), safeLine(text)]));
  const parts = new Map([...lines.keys()].map((name) => [name, "granted"]));
  const { title, about } = keyAccountTexts(language);
  return {
    key: "key-account-access",
    fingerprint: joinParts(parts),
    message: {
      title: `⚠️ ${title(found.length)}`,
      sections: [...limitList([...lines.values()], texts.more), about],
    },
    describeChange: (former) => describePartsChange(former, parts, texts, (name) => lines.get(name)),
  };
}

const nameLength = 12;
