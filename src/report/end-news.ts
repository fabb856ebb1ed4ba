import type { ActualState } from "../model/actual-state.ts";
import type { DesiredState } from "../model/desired-state.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Language } from "../model/config.ts";
import type { Change } from "../model/plan.ts";
import { recordKey } from "../model/record.ts";
import { periodTexts } from "../words/period-texts.ts";
import { renderTime } from "./render-time.ts";

interface EndContext {
  readonly language: Language;
  readonly timeZone: string;
  /** When the pass was over. */
  readonly nowMs: number;
}

/** What of a pass tells of ends. */
export interface EndedPass {
  readonly desired: DesiredState;
  readonly actual: ActualState;
  readonly outcomes: readonly Outcome[];
}

/**
 * By record key, what there is to say of a record's end after this pass: with new access, until when it is there; once it
 * is over, how long sessions may last that are open.
 */
export function listEndNews(
  { desired, actual, outcomes }: EndedPass,
  { language, timeZone, nowMs }: EndContext,
): ReadonlyMap<string, string> {
  const texts = periodTexts(language);
  const timed = new Map(desired.timed.map((one) => [recordKey(one.record), one]));
  const seconds = new Map<string, number>(
    [...actual.permissionSets.flatMap((set) => (set.managed ? [set] : [])), ...desired.permissionSets].map(
      ({ name, definition }) => [name, definition.attributes.sessionDurationSeconds],
    ),
  );
  const longest = new Map<string, number>();
  for (const { status, change } of outcomes) {
    if (status !== "applied" || !isAssignment(change)) continue;
    const session = seconds.get(change.target.permissionSet) ?? 0;
    for (const key of change.records.map(recordKey)) {
      const wanted = change.kind === "assign" ? "in-force" : "over";
      if (timed.get(key)?.state === wanted) longest.set(key, Math.max(longest.get(key) ?? 0, session));
    }
  }
  return new Map(
    [...longest].flatMap(([key, session]) => {
      const { state, period } = timed.get(key) ?? {};
      if (state === "over") return [[key, texts.ended(renderTime(nowMs + session * 1000, timeZone))]];
      if (period?.expiresMs === undefined) return [];
      return [[key, texts.until(renderTime(period.expiresMs, timeZone), Math.ceil(session / 3600))]];
    }),
  );
}

function isAssignment({ kind }: Change): boolean {
  return kind === "assign" || kind === "unassign";
}
