import { existsSync, readFileSync } from "node:fs";
import { loadConfig } from "../config/load-config.ts";
import { guessLanguage } from "../config/guess-language.ts";
import type { ConfigProblem } from "../errors.ts";
import type { Config, Language, Secrets } from "../model/config.ts";
import { createLogger, type Logger, type LogLevel } from "./logger.ts";
import { createScrubber, secretTexts } from "./secret-scrubber.ts";
import { openTerminal, type Terminal } from "./terminal.ts";

export interface GlobalOptions {
  readonly config?: string;
  readonly lang?: Language;
  readonly logLevel: LogLevel;
  readonly logFormat: "text" | "json";
  readonly color: boolean;
}

/** What every command needs of the outside: where to write, and what is configured. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly logger: Logger;
  readonly language: Language;
  readonly settings:
    | { readonly ok: true; readonly config: Config; readonly secrets: Secrets }
    | { readonly ok: false; readonly problems: readonly ConfigProblem[] };
}

const defaultFile = "kintone-sso-sync.yaml";

/** Reads configuration, environment and flags; nothing is sent anywhere. */
export function openContext(options: GlobalOptions): CommandContext {
  const language = options.lang ?? environmentLanguage();
  const settings = readSettings(options, language);
  const secrets = secretTexts(settings.ok ? settings.secrets : undefined, process.env);
  return {
    terminal: openTerminal(options.color, createScrubber(secrets)),
    logger: createLogger({
      level: options.logLevel,
      format: options.logFormat,
      secrets,
      stream: process.stderr,
      noColor: !options.color || (process.env["NO_COLOR"] ?? "") !== "",
      ...(settings.ok ? { timeZone: settings.config.timezone } : {}),
    }),
    language: settings.ok ? settings.config.language : language,
    settings,
  };
}

function environmentLanguage(): Language {
  const chosen = process.env["KINTONE_SSO_SYNC_LANG"];
  return chosen === "ja" || chosen === "en"
    ? chosen
    : guessLanguage(process.env, process.env["KINTONE_BASE_URL"]);
}

function readSettings(options: GlobalOptions, language: Language): CommandContext["settings"] {
  const path = options.config ?? (existsSync(defaultFile) ? defaultFile : undefined);
  const file = path === undefined ? undefined : readConfigFile(path);
  if (file === "unreadable") {
    const message = {
      en: "The configuration file cannot be read. Check the path and its permissions.",
      ja: "設定ファイルを読み込めません。パスと権限を確認してください。",
    };
    return { ok: false, problems: [{ path: path ?? "", message: message[language] }] };
  }
  return loadConfig({
    file,
    environment: process.env,
    flags: { lang: options.lang },
    readSecretFile: (secretPath) => readFileSync(secretPath),
    language,
  });
}

function readConfigFile(path: string): { readonly path: string; readonly text: string } | "unreadable" {
  try {
    return { path, text: readFileSync(path, "utf8") };
  } catch {
    return "unreadable";
  }
}
