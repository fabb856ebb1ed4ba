import { principalKey } from "../../model/assignment.ts";
import { isWithin } from "../../model/record-shrink.ts";
import type { Violation } from "../../model/violation.ts";
import { countEarlier, type GuardInput } from "./guard-input.ts";

/**
 * More users and groups with access deleted or disabled within a day than the limits: the removals of what they had wait,
 * and nothing else, because a directory that was emptied by mistake is mended by filling it again.
 */
export function checkDirectoryShrank({
  effects,
  actual,
  limits,
  memory,
  nowMs,
}: GuardInput): readonly Violation[] {
  const departed = new Map([...effects.departures.values()].map((one) => [principalKey(one), one]));
  if (departed.size === 0) return [];
  const gone = new Set(departed.keys());
  const earlier = countEarlier(memory?.departures, gone, nowMs);
  const withAccess =
    new Set(actual.assignments.map(({ principal }) => principalKey(principal))).size + earlier;
  const { maxPeopleGone, maxPeopleGoneRatio, peopleGoneCap } = limits;
  const limit = { count: maxPeopleGone, ratio: maxPeopleGoneRatio, cap: peopleGoneCap };
  if (isWithin(gone.size + earlier, withAccess, limit)) return [];
  const known = new Map<string, string>(actual.directory.users.map(({ id, userName }) => [id, userName]));
  const disabled = [...departed.values()].flatMap(({ id }) => known.get(id) ?? []).toSorted();
  const counts = { disabled: disabled.length, deleted: gone.size - disabled.length, earlier, withAccess };
  return [
    {
      guard: "directory-shrank",
      numbers: { ...counts, maxPeopleGone, maxPeopleGoneRatio, peopleGoneCap },
      ...(disabled.length === 0 ? {} : { subjects: disabled }),
      refuses: [...effects.departures.keys()],
    },
  ];
}
