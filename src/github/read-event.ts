import { readFile } from "node:fs/promises";

/** What GitHub tells of the event that started this run; undefined when it cannot be read. Never throws. */
export async function readEvent(environment: Readonly<Record<string, string | undefined>>): Promise<unknown> {
  try {
    return JSON.parse(await readFile(environment["GITHUB_EVENT_PATH"] ?? "", "utf8")) as unknown;
  } catch {
    return undefined;
  }
}
