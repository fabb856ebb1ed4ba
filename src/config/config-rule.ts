import type { Environment } from "../model/environment.ts";
import type { Finding } from "./finding.ts";

/** File and environment laid over each other, before defaults; any part may be missing or of the wrong type. */
export interface Draft {
  readonly tree: unknown;
  readonly environment: Environment;
}

export interface ConfigRule {
  readonly name: string;
  readonly check: (draft: Draft) => readonly Finding[];
}
