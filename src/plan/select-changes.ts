import { changeKinds } from "../model/change-kinds.ts";
import { digest } from "../model/digest.ts";
import type { Selection } from "../model/pass.ts";
import type { Change, HeldItem, Plan } from "../model/plan.ts";

/** The plan with one half of its changes; the other half, and what depends on it, is listed as held. */
export function selectChanges(plan: Plan, only: Selection): Plan {
  const left = new Set<string>();
  const changes = plan.changes.filter(({ id, kind, dependsOn }) => {
    const selected = changeKinds[kind].half === only && !dependsOn.some((one) => left.has(one));
    if (!selected) left.add(id);
    return selected;
  });
  const held = plan.changes.filter(({ id }) => left.has(id)).map(notSelected);
  return { ...plan, hash: digest(`${plan.hash} only ${only}`), changes, held: [...plan.held, ...held] };
}

function notSelected({ kind, target, records }: Change): HeldItem {
  return { target, would: changeKinds[kind].would, reason: "not-selected", records };
}
