import type { Language } from "../model/config.ts";
import type { Selection } from "../model/pass.ts";
import type { RunReport } from "../model/run-report.ts";
import { safeLine } from "./safe-text.ts";

/** Options that a command was started with and that a command of its own making has to repeat, to mean the same. */
export interface GivenOptions {
  readonly config?: string | undefined;
  readonly lang?: Language | undefined;
  readonly audit?: string | undefined;
  readonly full?: boolean | undefined;
}

/** The command that lets exactly the refused plan with this code through. */
export function approveCommand(
  code: string,
  { config, lang, audit, full = false }: GivenOptions,
  only: Selection | undefined,
): string {
  return shellCommand([
    "sync",
    "--approve",
    code,
    ...option("--only", only),
    ...option("--config", config),
    ...option("--audit", audit),
    ...(full ? ["--full"] : []),
    ...option("--lang", lang),
  ]);
}

/** The comment that does the same where passes are asked for on an issue; the options are those of the action's inputs. */
export function approveComment({ approval }: RunReport): string | undefined {
  return approval?.code === undefined ? undefined : `/sync approve ${approval.code}`;
}

/** The command that takes the permission sets over. */
export function adoptCommand(names: readonly string[], { config, lang }: GivenOptions): string {
  return shellCommand(["adopt", ...names, "--yes", ...option("--config", config), ...option("--lang", lang)]);
}

function option(name: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [name, value];
}

function shellCommand(words: readonly string[]): string {
  return safeLine(["kintone-sso-sync", ...words.map(quoteForShell)].join(" "));
}

/** The word as POSIX shells take it for one word, whatever it holds. */
function quoteForShell(word: string): string {
  return /^[\w@%+=:,./-]+$/u.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
