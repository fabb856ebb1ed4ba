/** One thing that a client of somebody else's does with what is ours. */
export interface ForeignCase {
  readonly name: string;
  readonly problems: readonly string[];
}

/** How much to do, and where to say what was found. */
export interface ForeignOptions {
  /** How many random sequences of requests. */
  readonly sequences: number;
  readonly seed: number;
  readonly say: (line: string) => void;
}

/** A program of somebody else's. */
export interface ForeignTool {
  readonly name: string;
  /** Its version; undefined when it is not installed. */
  readonly version: () => Promise<string | undefined>;
  readonly run: (options: ForeignOptions) => Promise<readonly ForeignCase[]>;
}
