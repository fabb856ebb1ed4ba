import { digest } from "../model/digest.ts";
import type { Selection } from "../model/pass.ts";
import type { Change, HeldItem, Plan } from "../model/plan.ts";

/** The plan with one half of its changes; the other half, and what depends on it, is listed as held. */
export function selectChanges(plan: Plan, only: Selection): Plan {
  const left = new Set<string>();
  const changes = plan.changes.filter((change) => {
    const selected = belongsTo(change, only) && !change.dependsOn.some((id) => left.has(id));
    if (!selected) left.add(change.id);
    return selected;
  });
  const held = plan.changes.filter(({ id }) => left.has(id)).map(notSelected);
  return { ...plan, hash: digest(`${plan.hash} only ${only}`), changes, held: [...plan.held, ...held] };
}

function belongsTo({ kind }: Change, only: Selection): boolean {
  return (kind === "assign" || kind === "unassign") === (only === "assignments");
}

function notSelected({ kind, target, records }: Change): HeldItem {
  const would = wouldBe(kind);
  return { target, would, reason: "not-selected", records };
}

function wouldBe(kind: Change["kind"]): HeldItem["would"] {
  if (kind === "assign" || kind === "create-permission-set") return "create";
  return kind === "unassign" || kind === "delete-permission-set" ? "delete" : "update";
}
