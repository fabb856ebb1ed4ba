import { digest } from "../model/digest.ts";
import { groupBy } from "../model/group-by.ts";
import { shorten } from "../model/text.ts";
import { recordName, type ReportedIssue } from "../model/run-report.ts";
import { type Incident, limitList, mostListed } from "./incident.ts";
import { describePartsChange, joinParts } from "./incident-parts.ts";
import type { IncidentTexts } from "../words/incident-texts.ts";
import { safeLine } from "../report/safe-text.ts";

export interface RecordsIncidentOptions extends ToldAuthors {
  readonly texts: IncidentTexts;
}

/** Whom a pass has told on records, and whom it could mention. */
export interface ToldAuthors {
  /** Keys of the records whose authors have just been told of something new. */
  readonly newlyTold: ReadonlySet<string>;
  /** Whether only those are worth a message, because what operators know of the others is not remembered. */
  readonly onlyNew: boolean;
  /** E-mail addresses of the authors to mention, by the record's key. */
  readonly authors: ReadonlyMap<string, string>;
}

interface WrongRecord {
  readonly key: string;
  readonly url: string;
  /** Short and unique: `11#3`. */
  readonly name: string;
  readonly issues: readonly ReportedIssue[];
}

/** One digest of all records that cannot be carried out; undefined when there are none. Warnings are the authors' business. */
export function recordsIncident(
  issues: readonly ReportedIssue[],
  options: RecordsIncidentOptions,
): Incident | undefined {
  const { newlyTold, onlyNew, texts } = options;
  const wrong = listWrongRecords(issues);
  const fresh = wrong.filter(({ key }) => newlyTold.has(key));
  const told = onlyNew ? fresh : [...fresh, ...wrong.filter(({ key }) => !newlyTold.has(key))];
  if (told.length === 0) return undefined;
  const parts = new Map(told.map((record) => [record.name, markOf(record)]));
  const title = onlyNew ? texts.recordsWithNewIssues : texts.recordsWithIssues;
  const listed = told.slice(0, mostListed);
  const mentions = listed.flatMap(({ key }) => options.authors.get(key) ?? []);
  return {
    key: "records",
    fingerprint: joinParts(parts),
    message: {
      title: `⚠️ ${title(told.length)}`,
      sections: [
        ...limitList(
          told.map((record) => renderRecord(record, texts)),
          texts.more,
        ),
        ...(wrong.length > told.length ? [texts.recordsInAll(wrong.length)] : []),
        texts.grantsStay,
      ],
      links: listed.map(({ url }) => url),
      ...(mentions.length === 0 ? {} : { mentions: [...new Set(mentions)] }),
    },
    describeChange: (former) => describePartsChange(former, parts, texts, safeLine),
  };
}

function listWrongRecords(issues: readonly ReportedIssue[]): readonly WrongRecord[] {
  const errors = issues.filter(({ severity }) => severity === "error");
  return [...groupBy(errors, ({ key }) => key)].flatMap(([key, ofRecord]) => {
    const [first] = ofRecord;
    return first === undefined ? [] : [{ key, url: first.url, name: recordName(first), issues: ofRecord }];
  });
}

const markLength = 8;

/** Equal for equal issue codes. */
function markOf({ issues }: WrongRecord): string {
  const codes = [...new Set(issues.map(({ code }) => code))];
  return digest(codes.toSorted().join(" ")).slice(0, markLength);
}

const mostIssues = 3;
const longestIssue = 240;

function renderRecord({ url, issues }: WrongRecord, texts: IncidentTexts): string {
  const lines = issues.slice(0, mostIssues).map(({ message, code }) => {
    const [first = ""] = message.split("\n");
    return `✗ ${shorten(safeLine(first), longestIssue)}  ${code}`;
  });
  const more = issues.length > mostIssues ? [texts.more(issues.length - mostIssues)] : [];
  return [url, ...lines, ...more].join("\n");
}
