export interface WorkflowCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

const names = new Set([
  "add-mask",
  "add-matcher",
  "add-path",
  "debug",
  "echo",
  "endgroup",
  "error",
  "group",
  "notice",
  "remove-matcher",
  "save-state",
  "set-env",
  "set-output",
  "stop-commands",
  "warning",
]);

// What .NET takes for white space at the start of a line.
const indent = /^[\t-\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+/u;

/**
 * The commands that GitHub's runner finds in what a step prints.
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function findWorkflowCommands(printed: string): readonly WorkflowCommand[] {
  return printed.split(/\r\n|\r|\n/u).flatMap((line) => parseCommand(line) ?? parseOldCommand(line) ?? []);
}

function parseCommand(line: string): WorkflowCommand | undefined {
  const trimmed = line.replace(indent, "");
  const end = trimmed.indexOf("::", 2);
  if (!trimmed.startsWith("::") || end === -1) return undefined;
  return commandOf(trimmed.slice(2, end), ",", trimmed.slice(end + 2), [
    ["%0D", "\r"],
    ["%0A", "\n"],
    ["%3A", ":"],
    ["%2C", ","],
    ["%25", "%"],
  ]);
}

function parseOldCommand(line: string): WorkflowCommand | undefined {
  const start = line.indexOf("##[");
  const end = start === -1 ? -1 : line.indexOf("]", start);
  if (end === -1) return undefined;
  return commandOf(line.slice(start + 3, end), ";", line.slice(end + 1), [
    ["%3B", ";"],
    ["%0D", "\r"],
    ["%0A", "\n"],
    ["%5D", "]"],
    ["%25", "%"],
  ]);
}

function commandOf(
  info: string,
  separator: string,
  data: string,
  escapes: readonly (readonly [string, string])[],
): WorkflowCommand | undefined {
  const space = info.indexOf(" ");
  const name = space === -1 ? info : info.slice(0, space);
  if (!names.has(name)) return undefined;
  const unescape = (text: string): string =>
    escapes.reduce((result, [escape, character]) => result.replaceAll(escape, character), text);
  const properties = (space === -1 ? "" : info.slice(space + 1)).split(separator).flatMap((pair) => {
    const equals = pair.indexOf("=");
    return equals > 0 ? [[pair.slice(0, equals), unescape(pair.slice(equals + 1))] as const] : [];
  });
  return { name, properties: Object.fromEntries(properties), data: unescape(data) };
}

/**
 * The outputs of a step as GitHub's runner reads them from the file. Throws where the runner fails the step.
 * https://github.com/actions/runner/blob/main/src/Runner.Worker/FileCommandManager.cs
 */
export function readOutputFile(text: string): Readonly<Record<string, string>> {
  const outputs: Record<string, string> = {};
  const lines = text.split("\n");
  while (lines.length > 0) {
    const line = lines.shift() ?? "";
    if (line === "") continue;
    const [, name = "", sign, rest = ""] = /^(.*?)(=|<<)(.*)$/su.exec(line) ?? [];
    if (name === "" || sign === undefined) throw new Error(`Invalid format '${line}'`);
    if (sign === "=") {
      outputs[name] = rest;
      continue;
    }
    const end = lines.indexOf(rest);
    if (rest === "" || end === -1) throw new Error(`Matching delimiter not found '${rest}'`);
    outputs[name] = lines
      .splice(0, end + 1)
      .slice(0, -1)
      .join("\n");
  }
  return outputs;
}
