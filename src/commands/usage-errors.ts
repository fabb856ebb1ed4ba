import type { Language } from "../model/config.ts";
import { environmentLanguage } from "../config/environment-language.ts";

/** The language to say it in that a command line is wrong: what it asks for itself, as far as it can be read, or the environment's. */
export function usageLanguage(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Language {
  const [chosen] = args.flatMap((arg, index): readonly Language[] => {
    const value = arg === "--lang" ? args[index + 1] : /^--lang=(.*)$/u.exec(arg)?.[1];
    return value === "ja" || value === "en" ? [value] : [];
  });
  return chosen ?? environmentLanguage(environment);
}

/** What commander says in English, and we in Japanese. */
const translations: readonly (readonly [RegExp, string])[] = [
  [
    /^error: (?:command-)?option '(.*?)' argument '(.*)' is invalid\. /u,
    "オプション $1 に「$2」は指定できません。",
  ],
  [/^error: option '(.*)' argument missing/u, "オプション $1 の値を指定してください。"],
  [/^error: unknown option '(.*)'/u, "$1 というオプションはありません。"],
  [/^error: unknown command '(.*)'/u, "$1 というコマンドはありません。"],
  [/^error: missing required argument '(.*)'/u, "引数 $1 を指定してください。"],
  [
    /^error: too many arguments(?: for '(.*)')?\. Expected (\d+) arguments? but got (\d+)\./u,
    "引数が多すぎます（$3個。指定できるのは$2個まで）。",
  ],
  [/^error: /u, "エラー: "],
];
const continuations: readonly (readonly [RegExp, string])[] = [
  [/Allowed choices are (.*)\.$/mu, "指定できる値: $1"],
  [/^\(Did you mean one of (.*)\?\)$/mu, "次のどれかの入力誤りではありませんか: $1"],
  [/^\(Did you mean (.*)\?\)$/mu, "「$1」の入力誤りではありませんか。"],
];

/** The error about a command line in the language. */
export function translateUsageError(text: string, language: Language): string {
  if (language === "en") return text;
  const opening = translations.find(([pattern]) => pattern.test(text));
  const all = [...(opening === undefined ? [] : [opening]), ...continuations];
  return all.reduce((said, [pattern, words]) => said.replace(pattern, words), text);
}
