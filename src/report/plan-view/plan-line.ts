/** One line of a plan, before it is shown in a terminal, in Markdown or elsewhere. */
export interface PlanLine {
  /** `!` is what a person looks at first, `=` a heading, and a blank says nothing of what happens. */
  readonly sign: "+" | "-" | "~" | "!" | "=" | " ";
  /** How deep it stands. */
  readonly depth: number;
  /** Of records or of AWS: not yet safe for any place. */
  readonly text: string;
  /** Names of records that it is about; they can be followed where there are links. */
  readonly records?: readonly string[];
}
