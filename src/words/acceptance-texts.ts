import type { HandStepName, MeasuredStepName, SubjectRefusal } from "../model/acceptance.ts";
import type { Language } from "../model/config.ts";
import { acceptanceTextsEn } from "./acceptance-texts-en.ts";
import { acceptanceTextsJa } from "./acceptance-texts-ja.ts";

export interface AcceptanceTexts {
  readonly headings: { readonly measured: string; readonly byHand: string };
  /** What each step tries. */
  readonly measured: Readonly<Record<MeasuredStepName, string>>;
  /** What a person does and looks at. */
  readonly byHand: Readonly<Record<HandStepName, string>>;
  readonly expected: (facts: string) => string;
  readonly seen: (facts: string) => string;
  readonly notDone: string;
  readonly request: (id: string) => string;
  readonly subjectsMissing: string;
  readonly refusals: Readonly<Record<SubjectRefusal, string>>;
  readonly confirm: (account: string) => string;
  readonly nothingWritten: string;
  readonly cleanedBefore: (sets: number) => string;
  readonly left: (reason: string) => string;
  readonly summary: (good: number, otherwise: number, notDone: number) => string;
  readonly written: (file: string) => string;
}

const texts: Readonly<Record<Language, AcceptanceTexts>> = { en: acceptanceTextsEn, ja: acceptanceTextsJa };

export function acceptanceTexts(language: Language): AcceptanceTexts {
  return texts[language];
}
