import type { Language } from "../model/config.ts";
import type { GatedRecord } from "../model/gate.ts";
import type { RecordRef } from "../model/record.ts";
import type { ReportedGated, ReportedRecord } from "../model/run-report.ts";
import { gateTexts } from "../words/gate-texts.ts";

/** The records that wait for approval or are ended, with that in words. */
export function reportGated(
  gated: readonly GatedRecord[],
  { language, appOf }: { readonly language: Language; readonly appOf: (record: RecordRef) => ReportedRecord },
): readonly ReportedGated[] {
  return gated.map((one) => {
    const { record, standing, state, reason, since, permissionSet } = one;
    return {
      ...appOf(record),
      standing,
      state,
      ...(reason === undefined ? {} : { reason }),
      since,
      ...(permissionSet === undefined ? {} : { permissionSet }),
      message: describeGated(one, language),
    };
  });
}

function describeGated({ standing, state, reason }: GatedRecord, language: Language): string {
  const { standings, reasons, between } = gateTexts(language);
  return [standings[standing](state), ...(reason === undefined ? [] : [reasons[reason]])].join(between);
}

/** Those that a reader looks for: what waits, the longest first. */
export function gatedToShow(gated: readonly ReportedGated[] = []): readonly ReportedGated[] {
  return gated
    .filter(({ standing }) => standing !== "ended")
    .toSorted((a, b) => (a.since < b.since ? -1 : Number(a.since > b.since)));
}
