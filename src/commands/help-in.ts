import type { HelpConfiguration, Option } from "commander";
import type { Language } from "../model/config.ts";
import { helpJa, helpPartsJa } from "../words/help-ja.ts";

/** How `--help` reads in the language; commands are declared in English. */
export function helpIn(language: Language): HelpConfiguration {
  if (language === "en") return {};
  const inJapanese = (text: string): string => (Object.hasOwn(helpJa, text) ? (helpJa[text] ?? text) : text);
  return {
    styleTitle: (title) => helpPartsJa[title] ?? title,
    commandDescription: (command) => inJapanese(command.description()),
    subcommandDescription: (command) => inJapanese(command.description()),
    argumentDescription: ({ description }) => inJapanese(description),
    optionDescription: (option) => inJapanese(option.description) + choicesOf(option),
  };
}

/** What may be given, and what counts when nothing is. */
function choicesOf({ argChoices, defaultValue, negate }: Option): string {
  const hasDefault = typeof defaultValue === "string" && !negate;
  const notes = [
    ...(argChoices === undefined ? [] : [argChoices.join("、")]),
    ...(hasDefault ? [`省略時は ${defaultValue}`] : []),
  ];
  return notes.length === 0 ? "" : `（${notes.join("。")}）`;
}
