import type { Language } from "../model/config.ts";
import type { RunReport } from "../model/run-report.ts";
import { byHandTexts } from "../words/by-hand-texts.ts";
import { type ReportTexts, reportTexts } from "../words/report-texts.ts";
import { renderChangeLine } from "./render-plan-text.ts";

/** What is planned and what became of it. */
interface ReportedChanges {
  readonly mode: RunReport["mode"];
  readonly plan?: RunReport["plan"];
  readonly outcomes: RunReport["outcomes"];
}

/** A line for each change that takes back what was made an administrator by hand: those that are applied, and those of a plan. */
export function listUndoneByHand(
  { mode, plan, outcomes }: ReportedChanges,
  texts: ReportTexts,
): { readonly undone: readonly string[]; readonly toUndo: readonly string[] } {
  const changes = (plan?.changes ?? []).filter(({ undoesByHand }) => undoesByHand === true);
  const applied = new Set(outcomes.filter(({ status }) => status === "applied").map(({ change }) => change));
  const lines = (ofThem: typeof changes): readonly string[] =>
    ofThem.map((change) => renderChangeLine(change, texts));
  return {
    undone: lines(changes.filter(({ id }) => applied.has(id))),
    toUndo: mode === "plan" ? lines(changes) : [],
  };
}

const mostListed = 10;

/** The same as a remark on the pass. */
export function byHandNotes(report: ReportedChanges, language: Language): RunReport["notes"] {
  const texts = reportTexts(language);
  const words = byHandTexts(language);
  const { undone, toUndo } = listUndoneByHand(report, texts);
  const listed = (lines: readonly string[]): readonly string[] => {
    const rest = lines.length - mostListed;
    return rest > 0 ? [...lines.slice(0, mostListed), texts.morePlaces(rest)] : lines;
  };
  const note = (message: string): RunReport["notes"][number] => ({
    code: "made-by-hand",
    message: `${message} ${words.about}`,
  });
  return [
    ...(undone.length === 0 ? [] : [note(words.undone(listed(undone)))]),
    ...(toUndo.length === 0 ? [] : [note(words.toUndo(listed(toUndo)))]),
  ];
}
