/** The text without what says whose it is: ids, addresses, and the names that are given with what stands for each. */
export type Anonymous = (text: string) => string;

/** Ids as AWS spells them, the longer forms before those that can be part of them. */
const patterns: readonly (readonly [RegExp, string])[] = [
  [/arn:aws[a-z-]*:(?!iam::aws:policy)[^\s"',)\]}]+/gu, "<arn>"],
  [/[^\s"'<>]+@[^\s"'<>]+\.[a-z]+/giu, "<address>"],
  [/\b(?:sso)?ins-[0-9a-z.-]+/gu, "<instance>"],
  [/\bps-[0-9a-z]+/gu, "<set>"],
  [/\bd-[0-9a-z]{10}\b/gu, "<store>"],
  [/\b(?:[0-9a-f]{10}-)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gu, "<id>"],
  [/\b\d{12}\b/gu, "<account>"],
];

/** Takes out these names, each with what stands for it, and everything that looks like an id. */
export function createAnonymous(names: Readonly<Record<string, string>>): Anonymous {
  const known = Object.entries(names)
    .filter(([name]) => name !== "")
    .toSorted(([a], [b]) => b.length - a.length);
  return (text) => {
    const unnamed = known.reduce((rest, [name, standIn]) => rest.replaceAll(name, standIn), text);
    return patterns.reduce((rest, [pattern, standIn]) => rest.replaceAll(pattern, standIn), unnamed);
  };
}

/** Members whose texts AWS chooses from a list, or which the acceptance itself has written. */
const keptMembers: ReadonlySet<string> = new Set([
  "Status",
  "State",
  "FailureReason",
  "JoinedMethod",
  "TargetType",
  "PrincipalType",
  "SessionDuration",
  "Description",
  "RelayState",
  "InlinePolicy",
]);

/** What an answer is like: its members with their kinds, of lists each kind of item once, and the texts that name no person. */
export function shapeOf(value: unknown, anonymous: Anonymous, member = ""): unknown {
  if (typeof value === "string") return keptMembers.has(member) ? anonymous(value) : "text";
  if (typeof value === "number") return "number";
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Date) return "time";
  if (Array.isArray(value)) return distinct(value.map((item) => shapeOf(item, anonymous, member)));
  const members = Object.entries(value).filter(([name, of]) => of !== undefined && name !== "$metadata");
  return Object.fromEntries(
    members
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, of]) => [name, shapeOf(of, anonymous, name)]),
  );
}

function distinct(shapes: readonly unknown[]): readonly unknown[] {
  const texts = new Set(shapes.map((shape) => JSON.stringify(shape)));
  return [...texts].toSorted().map((text): unknown => JSON.parse(text));
}
