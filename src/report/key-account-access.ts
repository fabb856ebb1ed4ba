import type { Language } from "../model/config.ts";
import { isLockedKeyAccount } from "../model/directory.ts";
import type { Pass } from "../model/pass.ts";
import type { ReportedPlan, RunReport } from "../model/run-report.ts";
import { keyAccountLine, keyAccountTexts } from "../words/key-account-texts.ts";
import { type Names, reportTarget } from "./names.ts";

/** What managed assignments give in the accounts in which the sync itself could be changed. */
export function keyAccountAccess(
  { assignments, directory }: Pass["actual"],
  names: Names,
): Pick<ReportedPlan, "keyAccountAccess"> {
  const found = assignments.filter(({ account }) => isLockedKeyAccount(directory, account));
  return found.length === 0 ? {} : { keyAccountAccess: found.map((one) => reportTarget(one, names)) };
}

/** The same as a remark on the pass. */
export function keyAccountNotes({ actual }: Pass, names: Names, language: Language): RunReport["notes"] {
  const { keyAccountAccess: targets } = keyAccountAccess(actual, names);
  if (targets === undefined) return [];
  return [
    { code: "key-account-access", message: keyAccountTexts(language).note(targets.map(keyAccountLine)) },
  ];
}
