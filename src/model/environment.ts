/** Environment variables as the program is started with. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether the text is nothing but a macro that Azure DevOps left in, since it knows no variable of that name.
 * https://learn.microsoft.com/en-us/azure/devops/pipelines/process/variables#understand-variable-syntax
 */
export function isUnfilledMacro(text: string): boolean {
  return /^\s*\$\([^()\r\n]+\)\s*$/u.test(text);
}

/** The trimmed value of a variable; undefined when it is not set, blank, as CI systems pass unset values, or an unfilled macro. */
export function variable(environment: Environment, name: string): string | undefined {
  const value = Object.hasOwn(environment, name) ? environment[name]?.trim() : undefined;
  return value === undefined || value === "" || isUnfilledMacro(value) ? undefined : value;
}
