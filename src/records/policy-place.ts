import { findNodeAtLocation, type Node } from "jsonc-parser";

/**
 * Where in the text the element is that the path names, such as `Statement[0].Effect`; where it is missing, the element
 * that it is missing in.
 */
export function offsetOf(tree: Node | undefined, path: string): number {
  if (tree === undefined) return 0;
  const places = [partsOf(path), partsOf(path).slice(0, -1), []];
  const found = places.map((place) => findNodeAtLocation(tree, place)).find((node) => node !== undefined);
  // A property begins with its name.
  return found?.parent?.type === "property" ? found.parent.offset : (found?.offset ?? 0);
}

const inStatement = /^Statement(?:\[(?<statement>\d+)\])?(?:\.(?<element>.*?)(?:\[(?<item>\d+)\])?)?$/su;

function partsOf(path: string): (string | number)[] {
  const groups = inStatement.exec(path)?.groups;
  if (groups === undefined) return path === "" ? [] : [path];
  const { statement, element, item } = groups;
  return [
    "Statement",
    ...(statement === undefined ? [] : [Number(statement)]),
    ...(element === undefined ? [] : [element]),
    ...(item === undefined ? [] : [Number(item)]),
  ];
}
