import type { Language } from "../model/config.ts";
import type { OperatorMessage } from "../model/operator-message.ts";
import { recordName, type RunReport } from "../model/run-report.ts";
import { reportTexts } from "../words/report-texts.ts";
import { githubTexts } from "./github-texts.ts";

/** The message with records shown by their names where they can be followed, and the run's page at its end. */
export function linkMessage(
  message: OperatorMessage,
  {
    report,
    language,
    runUrl,
  }: { readonly report: RunReport; readonly language: Language; readonly runUrl?: string | undefined },
): OperatorMessage {
  const texts = reportTexts(language);
  const { sections, links = [] } = message;
  if (links.length === 0 && runUrl === undefined) return message;
  const records = [
    ...Object.entries(report.plan?.links ?? {}),
    ...report.issues.map((issue) => [recordName(issue), issue.url] as const),
  ];
  const names = new Map(records.map(([name, address]) => [address, texts.record(name)]));
  const run = runUrl === undefined ? [] : [runUrl];
  const linkNames = Object.fromEntries([
    ...links.map((link) => [link, names.get(link) ?? link] as const),
    ...run.map((url) => [url, githubTexts(language).run] as const),
  ]);
  return { ...message, sections: [...sections, ...run], links: [...links, ...run], linkNames };
}
