/** One promise taken out of the code, and the test that must notice. */
export interface Mutant {
  /** What the code no longer does. */
  readonly name: string;
  readonly file: string;
  /** Must occur just once in the file. */
  readonly before: string;
  readonly after: string;
  /** Test files that are run. */
  readonly run: readonly string[];
  /** A test that must fail, by a part of its full name. */
  readonly fails: string;
}
