import type { Language } from "../model/config.ts";
import type { Issue, IssueCode } from "../model/issue.ts";
import type { IssueContext, IssueMessages, IssueText } from "./issue-messages.ts";
import { issuesEn } from "./issues-en.ts";
import { issuesJa } from "./issues-ja.ts";

const catalogue: Readonly<Record<Language, IssueMessages>> = { ja: issuesJa, en: issuesEn };

/** What is wrong, how to mend it and, where it helps, an example, in the language; lines are separated by line feeds. */
export function describeIssue<Code extends IssueCode>(
  issue: Issue<Code>,
  language: Language,
  context: IssueContext,
): IssueText {
  const messages: IssueMessages = catalogue[language];
  return messages[issue.code](issue.params, context);
}
