/** Controls but tab and line feed, line and paragraph separators, and marks that reorder text. */
const unsafe = /[^\P{Cc}\t\n]|[\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu;

/** The text with controls, terminal escapes and reordering marks shown as `\u001b` instead of taking effect; tabs and line feeds stay. */
export function showControls(text: string): string {
  return text.replace(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/**
 * The text with nothing in it that GitHub Actions or Azure Pipelines would carry out: `::command::` at the start of a
 * line, `##[command]` and `##vso[command]` anywhere in one.
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function disarmCommands(text: string): string {
  return text.replaceAll(/^([\s\u0085]*):(?=:)/gm, "$1: ").replaceAll(/#(?=#(?:vso)?\[)/gi, "# ");
}
