import { lookAtGate } from "../../kintone/look-at-gate.ts";
import type { AppLookSettings } from "../../kintone/look-at-app.ts";
import type { AppKind } from "../../model/fields.ts";
import type { CheckOutcome, Subject } from "./checks.ts";
import { type Check, found } from "./run-checks.ts";

/** Looks at who can change the approval of records, in the apps that have a gate, or a query that may stand in for one. */
export function gateChecks(
  settings: AppLookSettings,
  after: Readonly<Record<AppKind, Subject>>,
): readonly Check[] {
  const { gates = {}, query } = settings.config;
  const kinds = (["permissionSets", "assignments"] as const).filter(
    (kind) => gates[kind] !== undefined || query[kind].trim() !== "",
  );
  return kinds.map((kind) => ({
    subject: { check: "gate", app: kind },
    after: after[kind],
    look: () => judgeGate(settings, kind),
  }));
}

async function judgeGate(settings: AppLookSettings, kind: AppKind): Promise<CheckOutcome> {
  const { statusInQuery, fields } = await lookAtGate(settings, kind);
  const { app } = settings.config[kind];
  if (statusInQuery !== undefined)
    return found("failed", "gate.status-in-query", { key: `kintone.query.${kind}`, code: statusInQuery });
  const open = fields.find(({ isOpen }) => isOpen === true);
  if (open !== undefined) return found("failed", "gate.open", { app, code: open.code });
  const unseen = fields.find(({ isOpen }) => isOpen === undefined);
  if (unseen !== undefined) return found("failed", "gate.unseen", { app, code: unseen.code });
  const [field] = fields;
  return field === undefined
    ? found("passed", "gate.none", {})
    : found("passed", "gate.closed", { code: field.code });
}
