import type { PassError, PassErrorCode } from "../errors.ts";
import type { Language } from "../model/config.ts";
import type { PassErrorMessages, PassErrorText } from "./pass-error-messages.ts";
import { passErrorsEn } from "./pass-errors-en.ts";
import { passErrorsJa } from "./pass-errors-ja.ts";

const catalogue: Readonly<Record<Language, PassErrorMessages>> = { ja: passErrorsJa, en: passErrorsEn };

/** Every reason why a pass cannot go on. */
export const passErrorCodes = Object.keys(passErrorsEn) as readonly PassErrorCode[];

/** Why a pass could not go on and what to do next, in the language. */
export function describePassError<Code extends PassErrorCode>(
  error: PassError<Code>,
  language: Language,
): PassErrorText {
  const messages: PassErrorMessages = catalogue[language];
  return messages[error.code](error.params);
}
