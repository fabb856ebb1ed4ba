import { parseArgs } from "node:util";

export interface ProofOptions {
  readonly seed: number;
  readonly runs: number;
  readonly commands: number;
  /** Only cases whose name contains the text. */
  readonly only: string;
  /** Whether what is not installed is a failure. */
  readonly all: boolean;
}

export interface ProofRequest {
  readonly names: readonly string[];
  readonly json: boolean;
  readonly options: ProofOptions;
}

/** The proofs that run only when they are named: they take long, or need what is not part of this project. */
const onlyByName = new Set(["mutation", "foreign", "beliefs"]);

/** How many runs each proof has that counts them. */
const mostRuns = new Map([
  ["simulation", "10000"],
  ["foreign", "2000"],
  ["beliefs", "200"],
]);

type Given = ReturnType<typeof parse>;

/** What the arguments ask for, or in one line what is wrong with them. */
export function readRequest(args: readonly string[], known: readonly string[]): ProofRequest | string {
  let given: Given;
  try {
    given = parse(args);
  } catch (error) {
    return error instanceof Error ? firstSentence(error.message) : "unknown option";
  }
  const names =
    given.positionals.length > 0 ? given.positionals : known.filter((name) => !onlyByName.has(name));
  const problem = problemIn(given, names, known);
  if (problem !== undefined) return problem;
  const { runs = defaultRuns(names), commands = "100", seed = "1", only = "", all, json } = given.values;
  return {
    names,
    json,
    options: { runs: Number(runs), commands: Number(commands), seed: Number(seed), only, all },
  };
}

/** Of the first that tells stories. */
function defaultRuns(names: readonly string[]): string {
  return mostRuns.get(names.find((name) => mostRuns.has(name)) ?? "simulation") ?? "";
}

/** The others are about how Node's parser may be talked round, as where a negative number looks like an option. */
function firstSentence(message: string): string {
  const [, option] = /'(--\w+)' argument is ambiguous/u.exec(message) ?? [];
  if (option !== undefined) return `${option} needs a value, and one that does not begin with a hyphen`;
  return message.split(/\.\s/u, 1)[0] ?? "";
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      runs: { type: "string" },
      commands: { type: "string" },
      seed: { type: "string" },
      only: { type: "string" },
      all: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
  });
}

function problemIn(
  { values }: Given,
  names: readonly string[],
  known: readonly string[],
): string | undefined {
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) return `no such proof: ${unknown.join(", ")}`;
  const numbers = (["runs", "commands", "seed"] as const).filter((name) => values[name] !== undefined);
  const wrong = numbers.find((name) => !isNumber(values[name] ?? "", name === "seed" ? 0 : 1));
  if (wrong !== undefined) {
    return `--${wrong} must be a whole number${wrong === "seed" ? "" : " of at least 1"}`;
  }
  const [first] = numbers;
  if (first !== undefined && !names.some((name) => mostRuns.has(name)))
    return `--${first} is an option of the simulation`;
  if (values.all && !names.includes("foreign")) return "--all is an option of foreign";
  const isOnlySimulation = names.every((name) => name === "simulation");
  if (values.only !== undefined && isOnlySimulation) return "--only is no option of the simulation";
  return undefined;
}

function isNumber(text: string, least: number): boolean {
  return /^\d{1,9}$/u.test(text) && Number(text) >= least;
}
