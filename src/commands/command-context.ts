import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { ConfigFlags, AddressFlags } from "../config/environment.ts";
import { loadConfig } from "../config/load-config.ts";
import type { Config, Language, Secrets } from "../model/config.ts";
import { environmentLanguage } from "../config/environment-language.ts";
import { createLogger, type Logger, type LogLevel } from "../process/logger.ts";
import type { ProcessFace } from "../process/process-face.ts";
import { createScrubber, type Scrub, secretTexts } from "../process/secret-scrubber.ts";
import { openTerminal, type Terminal } from "../process/terminal.ts";

export interface GlobalOptions {
  readonly config?: string;
  readonly lang?: Language;
  readonly logLevel: LogLevel;
  readonly logFormat: "text" | "json";
  readonly color: boolean;
}

/** Where a command writes, without secrets. */
interface Speaking {
  readonly terminal: Terminal;
  readonly logger: Logger;
  /** Takes secrets out of a text. */
  readonly scrub: Scrub;
}

/** What every command needs of the outside: where to write, and what is configured. */
export interface CommandContext extends Speaking {
  readonly face: ProcessFace;
  readonly language: Language;
  readonly settings:
    | { readonly ok: true; readonly config: Config; readonly secrets: Secrets }
    | Extract<ReturnType<typeof loadConfig>, { ok: false }>;
}

const defaultFile = "kintone-sso-sync.yaml";

/** Reads configuration, environment and flags, or all but the file; nothing is sent anywhere. */
export function openContext(
  face: ProcessFace,
  options: GlobalOptions,
  from: "everywhere" | "environment" = "everywhere",
  flags: AddressFlags = {},
): CommandContext {
  const language = options.lang ?? environmentLanguage(face.environment);
  const path = from === "environment" ? undefined : configPath(options, face);
  const settings = readSettings({ ...flags, lang: options.lang }, path, language, face);
  return {
    face,
    ...openOutputs(face, options, settings),
    language: languageOf(settings, language),
    settings,
  };
}

type Settings = CommandContext["settings"];

function languageOf(settings: Settings, language: Language): Language {
  return settings.ok ? settings.config.language : language;
}

function openOutputs(face: ProcessFace, options: GlobalOptions, settings: Settings): Speaking {
  const secrets = secretsOf(settings, face);
  const scrub = createScrubber(secrets);
  const terminal = openTerminal(options.color, scrub, face);
  const logger = createLogger({
    level: options.logLevel,
    format: options.logFormat,
    secrets,
    stream: face.stderr,
    noColor: !options.color || (face.environment["NO_COLOR"] ?? "") !== "",
    ...(settings.ok ? { timeZone: settings.config.timezone } : {}),
  });
  return {
    // Among JSON lines a message to a person is a line of JSON as well.
    terminal:
      options.logFormat === "json" ? { ...terminal, say: logger.info, isInteractive: false } : terminal,
    logger,
    scrub,
  };
}

function secretsOf(settings: Settings, { environment }: ProcessFace): readonly string[] {
  if (settings.ok) return secretTexts(settings.secrets, environment);
  const token = settings.operators === undefined ? [] : [settings.operators.slackBotToken];
  return [...secretTexts(undefined, environment), ...token];
}

function configPath({ config }: GlobalOptions, { directory }: ProcessFace): string | undefined {
  return config ?? (existsSync(resolve(directory, defaultFile)) ? defaultFile : undefined);
}

function readSettings(
  flags: ConfigFlags,
  path: string | undefined,
  language: Language,
  { environment, directory }: ProcessFace,
): CommandContext["settings"] {
  const file = path === undefined ? undefined : readConfigFile(path, directory);
  if (typeof file === "string") {
    return { ok: false, problems: [{ path: path ?? "", message: unreadable[file][language] }] };
  }
  const loaded = loadConfig({
    file,
    environment,
    flags,
    readSecretFile: (secretPath) => readFileSync(resolve(directory, secretPath)),
    language,
  });
  const misses = !loaded.ok && loaded.problems.some(({ path: key }) => key.includes("."));
  if (loaded.ok || file !== undefined || !misses) return loaded;
  return { ...loaded, problems: [{ path: defaultFile, message: noFile[language] }, ...loaded.problems] };
}

/** Said before the keys that are missing, where the environment does not hold all of them either. */
const noFile = {
  en: "There is no kintone-sso-sync.yaml in this folder. Write one, go to the folder that has it, or name it with --config.",
  ja: "このフォルダーに kintone-sso-sync.yaml がありません。作成するか、ファイルのあるフォルダーに移動するか、--config で指定してください。",
};

function readConfigFile(
  path: string,
  directory: string,
): { readonly path: string; readonly text: string } | keyof typeof unreadable {
  const whole = resolve(directory, path);
  try {
    return { path, text: readFileSync(whole, "utf8") };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EISDIR") return "folder";
    if (code !== "ENOENT" && code !== "ENOTDIR") return "denied";
    return existsSync(dirname(whole)) ? "missing" : "noFolder";
  }
}

/** Why there is no text in a configuration file. */
const unreadable = {
  missing: {
    en: "There is no such file. Check its name after --config.",
    ja: "このファイルはありません。--config のファイル名を確認してください。",
  },
  noFolder: {
    en: "The folder of this file does not exist. Check the path after --config; it begins in the current folder.",
    ja: "このファイルのフォルダーがありません。--config のパスを確認してください（現在のフォルダーが起点です）。",
  },
  folder: {
    en: "This is a folder. Name the configuration file in it with --config.",
    ja: "これはフォルダーです。--config でその中の設定ファイルを指定してください。",
  },
  denied: {
    en: "The configuration file cannot be read. Check its permissions.",
    ja: "設定ファイルを読み込めません。ファイルの権限を確認してください。",
  },
} as const;
