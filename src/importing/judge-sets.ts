import type { ActualPermissionSet, ActualState } from "../model/actual-state.ts";
import type { AccessRules } from "../model/config.ts";
import { isManagedBy, ownerTag } from "../model/ownership.ts";
import type { LockReason } from "../model/plan.ts";
import { buildLockReasons } from "../plan/lock-reasons.ts";

/** Why a permission set stays as it is. */
export type SetObstacle = LockReason | "other-owner" | "control-tower";

export type SetVerdict =
  | { readonly kind: "candidate" }
  | { readonly kind: "ours" }
  | { readonly kind: "out-of-reach"; readonly reason: SetObstacle };

/** By name, which sets can be brought into records at all. */
export function judgeSets(
  actual: ActualState,
  {
    owner,
    protected: protectedThings,
  }: { readonly owner: string; readonly protected: AccessRules["protected"] },
): ReadonlyMap<string, SetVerdict> {
  const locks = buildLockReasons(actual.directory, actual.permissionSets, protectedThings);
  return new Map(
    actual.permissionSets.map((set) => {
      const reason = locks.ofPermissionSet(set.name);
      return [set.name, reason === undefined ? verdictOf(set, owner) : { kind: "out-of-reach", reason }];
    }),
  );
}

function verdictOf({ tags, distrust }: ActualPermissionSet, owner: string): SetVerdict {
  if (isManagedBy(tags, owner)) return { kind: distrust === undefined ? "ours" : "candidate" };
  if (Object.hasOwn(tags, ownerTag)) return { kind: "out-of-reach", reason: "other-owner" };
  // https://docs.aws.amazon.com/controltower/latest/userguide/sso-groups.html
  const isControlTowers = Object.hasOwn(tags, "managedBy") && tags["managedBy"] === "ControlTower";
  return isControlTowers ? { kind: "out-of-reach", reason: "control-tower" } : { kind: "candidate" };
}
