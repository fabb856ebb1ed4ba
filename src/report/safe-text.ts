/**
 * Text from records or from AWS as a terminal or a CI log may show it: one line, no control characters, and nothing a
 * CI runner would take for a command. https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function safeLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, " ")
    .replaceAll(/##(?=\[|vso\[)/giu, "# #")
    .replace(/^(\s*)::/u, "$1: :");
}

/** Several lines of such text, each behind a bar so that none begins a line of the log. */
export function safeLines(text: string): readonly string[] {
  return text.split("\n").map((line) => `| ${safeLine(line)}`);
}
