/** Marks up text for a terminal; every function returns its text unchanged where there are no colours. */
export interface Paint {
  readonly heading: (text: string) => string;
  readonly create: (text: string) => string;
  readonly update: (text: string) => string;
  readonly remove: (text: string) => string;
  readonly dim: (text: string) => string;
  /** The text, followed to the address where the terminal can. */
  readonly link: (text: string, address: string) => string;
}

/** No colours, as for a page that has its own. */
export const plainPaint: Paint = {
  heading: (text) => text,
  create: (text) => text,
  update: (text) => text,
  remove: (text) => text,
  dim: (text) => text,
  link: (text) => text,
};
