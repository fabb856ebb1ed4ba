import type { Memory, RememberedPlan } from "../model/memory.ts";
import { type Pass, refusedChanges } from "../model/pass.ts";
import { recordKey } from "../model/record.ts";

/** What a pass planned and has not carried out, and by which version; half a plan says nothing of the other half. */
export function rememberPlan({ planned }: Memory, pass: Pass): { readonly planned?: RememberedPlan } {
  const { version, only, source, plan, outcomes, newVersionChanges = new Set() } = pass;
  if (version === undefined || only !== undefined) return planned === undefined ? {} : { planned };
  const refused = new Set(refusedChanges(pass).map(({ id }) => id));
  const applied = new Set(
    outcomes.flatMap(({ status, change }) => (status === "applied" ? [change.id] : [])),
  );
  const waiting = [...newVersionChanges].filter((id) => refused.has(id));
  const isWaiting = new Set(waiting);
  const records = [...source.permissionSets.records, ...source.assignments.records];
  return {
    planned: {
      version,
      revisions: Object.fromEntries(records.map(({ ref }) => [recordKey(ref), ref.revision])),
      left: plan.changes.map(({ id }) => id).filter((id) => !applied.has(id) && !isWaiting.has(id)),
      waiting,
    },
  };
}
