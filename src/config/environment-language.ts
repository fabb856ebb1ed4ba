import { guessLanguage } from "./guess-language.ts";
import type { Language } from "../model/config.ts";

/** The language before the configuration file is read: chosen in the environment, or guessed from it. */
export function environmentLanguage(environment: Readonly<Record<string, string | undefined>>): Language {
  const chosen = environment["KINTONE_SSO_SYNC_LANG"];
  return chosen === "ja" || chosen === "en"
    ? chosen
    : guessLanguage(environment, environment["KINTONE_BASE_URL"]);
}
