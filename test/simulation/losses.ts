import { judgePlan } from "../../src/access/judge-plan.ts";
import type { ActualState } from "../../src/model/actual-state.ts";
import type { Pass } from "../../src/model/pass.ts";
import type { Change } from "../../src/model/plan.ts";

/** Ids of what was carried out and takes something away from people, as the whole plan stood where it is known. */
export function lossesIn(
  done: readonly { readonly change: Change }[],
  actual: ActualState | undefined,
  pass?: Pick<Pass, "plan">,
): readonly string[] {
  if (actual === undefined) return [];
  const changes = pass?.plan.changes ?? done.map(({ change }) => change);
  const { losses } = judgePlan({ changes, actual });
  return done.map(({ change }) => change.id).filter((id) => losses.has(id));
}
