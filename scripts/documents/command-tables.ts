import type { Command, Help, Option } from "commander";
import { declareCommands } from "../../src/commands/command-line.ts";
import { helpIn } from "../../src/commands/help-in.ts";
import { thisProcess } from "../../src/process/process-face.ts";
import { systemClock } from "../../src/wiring/clocks.ts";
import type { Language } from "./draw-overview.ts";
import { table } from "./table.ts";

const words = {
  en: { every: "Every command", head: ["option", "means"], stop: "." },
  ja: { every: "すべてのコマンド", head: ["オプション", "意味"], stop: "。" },
} as const;

/** What `--help` says of every command, as tables. */
export function commandTables(language: Language): string {
  const program = declareCommands(
    { ...thisProcess(systemClock), args: [], environment: {} },
    "",
    async () => undefined,
  );
  const help = Object.assign(program.createHelp(), helpIn(language));
  const { every } = words[language];
  const parts = leavesOf(program).map(({ path, command }) =>
    [`### \`${path}\``, sentence(help, command, language), tableOf(help, command, language)].join("\n\n"),
  );
  return [`### ${every}`, tableOf(help, program, language), ...parts].join("\n\n");
}

interface Leaf {
  /** As it is typed. */
  readonly path: string;
  readonly command: Command;
}

/** The option of help is every command's, and stands once. */
function optionsOf(help: Help, command: Command): readonly Option[] {
  return help.visibleOptions(command).filter(({ long }) => command.parent === null || long !== "--help");
}

/** The commands that do something, in the order of the help. */
function leavesOf(command: Command, path = ""): readonly Leaf[] {
  if (command.commands.length === 0) return [{ path, command }];
  return command.commands.flatMap((child) => leavesOf(child, `${path} ${child.name()}`.trim()));
}

function sentence(help: Help, command: Command, language: Language): string {
  const said = help.commandDescription(command);
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}${words[language].stop}`;
}

function tableOf(help: Help, command: Command, language: Language): string {
  const cell = (text: string): string => text.replaceAll("|", "\\|");
  const named = [
    ...help
      .visibleArguments(command)
      .map((each) => [`<${each.name()}>`, help.argumentDescription(each)] as const),
    ...optionsOf(help, command).map((each) => [each.flags, help.optionDescription(each)] as const),
  ];
  return table(
    words[language].head,
    named.map(([term, said]) => [`\`${cell(term)}\``, cell(said)]),
  );
}
