import { readFileSync, readdirSync } from "node:fs";
import { parse } from "yaml";

export interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

type Permissions = Readonly<Record<string, "read" | "write">>;

export interface Job {
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly environment?: string;
  readonly permissions?: Permissions;
  readonly concurrency?: unknown;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly steps?: readonly Step[];
}

export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Permissions;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = ".github/workflows/";

export const workflowNames = readdirSync(folder).filter((name) => name.endsWith(".yml"));

export function workflowText(name: string): string {
  return readFileSync(`${folder}${name}`, "utf8");
}

export function readWorkflow(name: string): Workflow {
  return parse(workflowText(name)) as Workflow;
}

/** Every step with the name of its job. */
export function stepsOf({ jobs }: Workflow): readonly (Step & { readonly job: string })[] {
  return Object.entries(jobs).flatMap(([job, { steps = [] }]) => steps.map((step) => ({ ...step, job })));
}
