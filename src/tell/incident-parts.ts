import { limitList } from "./incident.ts";
import type { IncidentTexts } from "../words/incident-texts.ts";

/** What an incident of several parts consists of: a mark of each part's state by its name. Neither may hold a blank. */
export type IncidentParts = ReadonlyMap<string, string>;

/** The parts as a fingerprint, the same whatever their order. */
export function joinParts(parts: IncidentParts): string {
  return [...parts]
    .map(([name, mark]) => `${name}:${mark}`)
    .toSorted()
    .join(" ");
}

interface PartsChange {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly solved: readonly string[];
  readonly kept: readonly string[];
}

/** What became of the parts since the fingerprint: those that are new, different or solved, and how many are as before. */
export function describePartsChange(
  formerFingerprint: string,
  parts: IncidentParts,
  texts: IncidentTexts,
  /** What a part is called in a message; undefined for those that are only counted. */
  nameOf: (name: string) => string | undefined,
): string {
  const { added, changed, solved, kept } = compareParts(formerFingerprint, parts);
  const list = (title: (count: number) => string, names: readonly string[]): readonly string[] => {
    if (names.length === 0) return [];
    const shown = names
      .flatMap((name) => nameOf(name) ?? [])
      .map((name) => `• ${name.replaceAll("\n", "\n   ")}`);
    return [title(names.length), ...limitList(shown, texts.more)];
  };
  return [
    ...list(texts.added, added),
    ...list(texts.changed, changed),
    ...list(texts.solved, solved),
    ...(kept.length === 0 ? [] : [texts.kept(kept.length)]),
  ].join("\n");
}

function compareParts(formerFingerprint: string, parts: IncidentParts): PartsChange {
  const former = splitParts(formerFingerprint);
  const names = [...parts.keys()];
  const isKept = (name: string): boolean => former.get(name) === parts.get(name);
  return {
    added: names.filter((name) => !former.has(name)),
    changed: names.filter((name) => former.has(name) && !isKept(name)),
    solved: [...former.keys()].filter((name) => !parts.has(name)),
    kept: names.filter((name) => former.has(name) && isKept(name)),
  };
}

function splitParts(fingerprint: string): IncidentParts {
  const entries = fingerprint.split(" ").filter((entry) => entry !== "");
  return new Map(
    entries.map((entry) => {
      const end = entry.lastIndexOf(":");
      return [entry.slice(0, end), entry.slice(end + 1)];
    }),
  );
}
