/** The elements that pages are made of. */
export type PageTag =
  | "h1"
  | "h2"
  | "strong"
  | "p"
  | "ul"
  | "li"
  | "nav"
  | "section"
  | "table"
  | "caption"
  | "thead"
  | "tbody"
  | "tr"
  | "th"
  | "td"
  | "a"
  | "form"
  | "label"
  | "input"
  | "button"
  | "select"
  | "option"
  | "textarea"
  | "fieldset"
  | "legend"
  | "pre"
  | "div";

/** A part of a page: a text as it is, or an element. Texts become HTML in the browser only, as texts. */
export type PageNode =
  | string
  | {
      readonly tag: PageTag;
      readonly attributes: Readonly<Record<string, string>>;
      readonly children: readonly PageNode[];
    };

/** One element. */
export function element(
  tag: PageTag,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly PageNode[]
): PageNode {
  return { tag, attributes, children };
}

/** A link to a page of ours or of the web; its text alone where the address is neither. */
export function link(text: string, address: string): PageNode {
  const isUsable = /^(?:https?:\/\/|\/(?!\/))/u.test(address);
  return isUsable ? element("a", { href: address, rel: "noopener" }, text) : text;
}

/** A table with a caption; the first cell of each row is its heading. */
export function table(
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly PageNode[])[],
): PageNode {
  const head = columns.map((column) => element("th", { scope: "col" }, column));
  const body = rows.map(([first = "", ...rest]) =>
    element("tr", {}, element("th", { scope: "row" }, first), ...rest.map((cell) => element("td", {}, cell))),
  );
  return element(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    element(
      "table",
      { class: "list" },
      element("caption", {}, caption),
      element("thead", {}, element("tr", {}, ...head)),
      element("tbody", {}, ...body),
    ),
  );
}

/** A text with the addresses in it as links. */
export function linked(text: string, addressOf: (address: string) => string = (same) => same): PageNode[] {
  return text
    .split(/(https?:\/\/[^\s"'<>「」（）、。]+)/u)
    .map((part, index) => (index % 2 === 0 ? part : link(part, addressOf(part))));
}
