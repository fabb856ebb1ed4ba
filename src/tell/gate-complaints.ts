import type { Language } from "../model/config.ts";
import { canonicalText } from "../model/json.ts";
import type { Pass } from "../model/pass.ts";
import { gateTexts } from "../words/gate-texts.ts";
import type { Complaint } from "./complaint.ts";

/** What the authors of records hear that wait for approval. */
export function gateComplaints({ desired }: Pass, language: Language): readonly Complaint[] {
  const { standings, reasons, toDo, nothingToDo, between } = gateTexts(language);
  return (desired.gated ?? []).flatMap(({ record, standing, state, reason }): readonly Complaint[] => {
    if (standing !== "pending") return [];
    const message = [standings.pending(state), ...(reason === undefined ? [] : [reasons[reason]])];
    return [
      {
        record,
        kind: "approval",
        fingerprint: canonicalText(["approval", reason ?? "state"]),
        holds: false,
        message: message.join(between),
        hint: reason === undefined ? nothingToDo : toDo[reason],
      },
    ];
  });
}
