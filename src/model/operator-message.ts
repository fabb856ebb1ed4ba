/** A message for operators, of plain texts: nothing in them is interpreted. */
export interface OperatorMessage {
  readonly title: string;
  readonly sections: readonly string[];
  /** Addresses of our own making: a line of a section that is one of them becomes a link. */
  readonly links?: readonly string[];
  /** What is shown for an address where one that can be followed stands; the address itself where there is no name. */
  readonly linkNames?: Readonly<Record<string, string>>;
  /** People to make aware of it, by e-mail address; those the channel does not know are left out. */
  readonly mentions?: readonly string[];
}
