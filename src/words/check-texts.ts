import type { Language } from "../model/config.ts";
import type { NameCount } from "../model/desired-state.ts";
import type { AppKind } from "../model/fields.ts";
import type { CheckStatus, FindingCode, FindingParams, Subject } from "../commands/doctor/checks.ts";
import { checkTextsEn } from "./check-texts-en.ts";
import { checkTextsJa } from "./check-texts-ja.ts";

/** What was found and, unless all is well, whose turn it is to do what. */
export interface FindingText {
  readonly message: string;
  readonly hint?: string;
}

export interface CheckTexts {
  /** What is looked at, as the beginning of a line. */
  readonly titles: Readonly<Record<Exclude<Subject["check"], "aws-permission" | "names">, string>>;
  readonly names: Readonly<Record<NameCount["kind"], string>>;
  /** In place of a line for each. */
  readonly folded: Readonly<Record<CheckStatus, (actions: number) => string>>;
  readonly apps: Readonly<Record<AppKind, string>>;
  readonly after: (title: string) => string;
  /** Which command comes next. */
  readonly next: Readonly<Record<"mend" | "import" | "plan", string>>;
  readonly summary: (failed: number, skipped: number) => string;
  readonly findings: {
    readonly [Code in FindingCode]: (params: FindingParams[Code]) => FindingText;
  };
}

const texts: Readonly<Record<Language, CheckTexts>> = { en: checkTextsEn, ja: checkTextsJa };

export function checkTexts(language: Language): CheckTexts {
  return texts[language];
}

/** Names the subject in the language; an IAM action is its own name. */
export function subjectTitle(subject: Subject, { titles, names, apps }: CheckTexts): string {
  if (subject.check === "aws-permission") return subject.action;
  if (subject.check === "names") return names[subject.kind];
  const title = titles[subject.check];
  return "app" in subject ? `${apps[subject.app]} – ${title}` : title;
}
