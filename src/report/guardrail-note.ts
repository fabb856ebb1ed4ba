import type { Language } from "../model/config.ts";
import { type Guardrails, limitsAdministrators } from "../model/guardrail.ts";
import type { ReportedNote } from "../model/run-report.ts";

const message = {
  en: "There are no guardrails for administrators: whoever can add a record can become administrator. Configure `guardrails`.",
  ja: "管理者権限のガードレールがないため、レコードを追加できる人はだれでも管理者になれます。`guardrails` を設定してください。",
} as const;

/** The remark that every record can make administrators. */
export function guardrailNote(guardrails: Guardrails, language: Language): ReportedNote | undefined {
  return limitsAdministrators(guardrails)
    ? undefined
    : { code: "administrators-open", message: message[language] };
}
