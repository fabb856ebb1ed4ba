import type { ConfigProblem } from "../errors.ts";

/** Where a problem of the configuration is, and what: `file:3:5: key: message`, without the place where it has none. */
export function configProblemLine({ place, path, message }: ConfigProblem): string {
  return [...(place === undefined ? [] : [place]), path, message].join(": ");
}
