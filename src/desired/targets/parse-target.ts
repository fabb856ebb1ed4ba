/** What an entry of a record's list of accounts stands for. */
export type Target =
  | { readonly kind: "account"; readonly text: string }
  | { readonly kind: "all" }
  /** The path of a unit, or its id; with all below, or its direct members only. */
  | { readonly kind: "ou"; readonly unit: string; readonly isDirect: boolean }
  | { readonly kind: "name"; readonly pattern: string }
  | { readonly kind: "tag"; readonly text: string };

/** An entry; one that is excluded leaves out what others name. */
export interface TargetEntry {
  readonly target: Target;
  readonly isExcluded: boolean;
}

const keyword = /^(?<kind>ou|name|tag):\s*(?<rest>.+)$/iu;

/** Reads an entry: without a keyword it is an account's id or name. */
export function parseTarget(text: string): TargetEntry {
  const isExcluded = text.startsWith("!");
  return { target: parseWhat(isExcluded ? text.slice(1).trim() : text), isExcluded };
}

function parseWhat(text: string): Target {
  if (text.toLowerCase() === "all") return { kind: "all" };
  const { kind = "", rest = "" } = keyword.exec(text)?.groups ?? {};
  switch (kind.toLowerCase()) {
    case "ou": {
      const isDirect = rest.endsWith("/*");
      return { kind: "ou", unit: (isDirect ? rest.slice(0, -2) : rest).replace(/\/$/u, ""), isDirect };
    }
    case "name":
      return { kind: "name", pattern: rest };
    case "tag":
      return { kind: "tag", text: rest };
    default:
      return { kind: "account", text };
  }
}

/** Whether the entry may stand for other accounts tomorrow, or leaves some out. */
export function isPattern(text: string): boolean {
  const { target, isExcluded } = parseTarget(text);
  return isExcluded || target.kind !== "account";
}

/** Whether only the organizational units can tell what the entry stands for. */
export function needsUnits(text: string): boolean {
  return parseTarget(text).target.kind === "ou";
}
