/** What a file says before it is validated: nested plain objects, lists and scalars. */
export type Tree = Readonly<Record<string, unknown>>;

/** Whether a value is a mapping of keys. */
export function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at a path of keys and list positions, or undefined where the tree ends before it. */
export function valueAt(tree: unknown, path: readonly PropertyKey[]): unknown {
  let value = tree;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

/** The tree with one value replaced; unchanged where a scalar or a list is in the way of the path. */
export function withValueAt(tree: unknown, path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const parent = tree ?? {};
  if (!isTree(parent)) return parent;
  return { ...parent, [key]: withValueAt(valueAt(parent, [key]), rest, value) };
}

/** The text at a dotted path; undefined when there is none or it is not a text. */
export function textAt(tree: unknown, path: string): string | undefined {
  const value = valueAt(tree, path.split("."));
  return typeof value === "string" ? value : undefined;
}
