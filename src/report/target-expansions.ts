import type { Language } from "../model/config.ts";
import type { TargetExpansion } from "../model/desired-state.ts";
import type { RecordRef } from "../model/record.ts";
import type { ReportedExpansion, ReportedNote, ReportedRecord } from "../model/run-report.ts";
import { targetsTexts } from "../words/targets-texts.ts";
import { accountText, type Names } from "./names.ts";
import type { RecordUrl } from "./record-urls.ts";

interface ExpansionContext {
  readonly names: Names;
  readonly language: Language;
  readonly appOf: (record: RecordRef) => ReportedRecord;
}

/** What the entries of records stand for today, in numbers and in words. */
export function reportExpansions(
  expansions: readonly TargetExpansion[],
  context: ExpansionContext,
): readonly ReportedExpansion[] {
  return expansions.map((one) => {
    const { record, permissionSet, entries, accounts, added, removed } = one;
    return {
      ...context.appOf(record),
      ...(permissionSet === undefined ? {} : { permissionSet }),
      entries,
      accounts,
      ...(added === undefined ? {} : { added }),
      ...(removed === undefined ? {} : { removed }),
      message: describe(one, context),
    };
  });
}

function describe(
  { entries, accounts, added, removed }: TargetExpansion,
  { names, language }: ExpansionContext,
): string {
  const words = targetsTexts(language);
  const number = words.standsFor(entries, accounts.length);
  const listed = (ids: readonly string[] = []): string =>
    ids.map((id) => accountText(id, names.account(id))).join(", ");
  if (added === undefined && removed === undefined) return number;
  return `${number}${language === "ja" ? "。" : ", "}${words.moved(listed(added), listed(removed))}`;
}

/** The records that stand for other accounts than before because of AWS and not because of an edit. */
export function movedNotes(
  expansions: readonly TargetExpansion[],
  context: ExpansionContext & { readonly recordUrl: RecordUrl },
): readonly ReportedNote[] {
  return expansions.flatMap((one): readonly ReportedNote[] =>
    one.added === undefined && one.removed === undefined
      ? []
      : [
          {
            code: "targets-moved",
            ...context.appOf(one.record),
            url: context.recordUrl(one.record),
            message: describe(one, context),
          },
        ],
  );
}
