import type { Language } from "../model/config.ts";
import type { Environment } from "../model/environment.ts";
import { variable } from "../model/environment.ts";

/** The language where none is chosen: Japanese for a cybozu.com tenant or a Japanese locale, otherwise English. */
export function guessLanguage(environment: Environment, baseUrl?: string): Language {
  const host = baseUrl !== undefined && URL.canParse(baseUrl) ? new URL(baseUrl).hostname : "";
  if (host.endsWith(".cybozu.com")) return "ja";
  return variable(environment, "LANG")?.startsWith("ja") === true ? "ja" : "en";
}
