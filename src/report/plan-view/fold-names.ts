import type { ReportedTarget } from "../../model/run-report.ts";
import type { Language } from "../../model/config.ts";
import { type PlanTexts, planTexts } from "../../words/plan-texts.ts";
import { type ReportTexts, reportTexts } from "../../words/report-texts.ts";
import { accountText } from "../names.ts";

/** How much of a plan is shown, and in which words. */
export interface Extent {
  readonly texts: ReportTexts;
  readonly words: PlanTexts;
  /** All of it, whatever its length. */
  readonly verbose: boolean;
}

/** The words of the language, for all of a plan or for what a person reads first. */
export function extentOf(language: Language, verbose = false): Extent {
  return { texts: reportTexts(language), words: planTexts(language), verbose };
}

const mostNames = 5;

/** Names in order, each once; of many the first ones and how many more there are. */
export function foldNames(names: Iterable<string>, { texts, verbose }: Extent): string {
  const sorted = sortNames(names);
  if (verbose || sorted.length <= mostNames + 1) return sorted.join(", ");
  const rest = sorted.length - mostNames;
  return `${sorted.slice(0, mostNames).join(", ")} ${texts.morePlaces(rest)}`;
}

const inOrder = new Intl.Collator("ja");

/** Names as people look for them, each once. */
export function sortNames(names: Iterable<string>): readonly string[] {
  return [...new Set(names)].toSorted(inOrder.compare);
}

/** The name, or the id and the name that it was last known by. */
export function principalText(
  { id, name, lastKnownName }: NonNullable<ReportedTarget["principal"]>,
  texts: ReportTexts,
): string {
  if (name !== undefined) return name;
  return lastKnownName === undefined ? id : texts.lastKnownAs(id, lastKnownName);
}

/** The principal of a target; empty where it is about none. */
export function principalOf({ principal }: ReportedTarget, texts: ReportTexts): string {
  return principal === undefined ? "" : principalText(principal, texts);
}

/** The account of a target; empty where it is about none. */
export function accountOf({ account, accountName }: ReportedTarget, texts: ReportTexts): string {
  if (account === undefined) return "";
  return account === "all" ? texts.allAccounts : accountText(account, accountName);
}
