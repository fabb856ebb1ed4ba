import type { ActualPermissionSet, ActualState } from "../../model/actual-state.ts";
import type { DesiredState } from "../../model/desired-state.ts";
import type { PermissionSetName } from "../../model/ids.ts";
import { adoptedTag, adoptedValue, ownerTag, recordTag, type Tags } from "../../model/ownership.ts";
import type { Change, Plan } from "../../model/plan.ts";
import type { RecordRef } from "../../model/record.ts";
import { changeId } from "../../plan/change-targets.ts";

export type AdoptionRefusal =
  | "not-found"
  | "already-managed"
  | "other-owner"
  | "provisioned-in-management-account"
  | "protected-permission-set"
  | "no-record"
  | "record-has-issues";

/** What adopting one permission set would mean. */
export type Adoption =
  | { readonly kind: "refused"; readonly name: string; readonly reason: AdoptionRefusal }
  | { readonly kind: "possible"; readonly name: PermissionSetName; readonly change: Change };

export interface AdoptionInput {
  /** Read with the set in full, though it has no owner. */
  readonly actual: ActualState;
  readonly desired: DesiredState;
  readonly plan: Plan;
  readonly owner: string;
}

/** Whether the set of that name can be taken over, and the tags that do it: only for a set without an owner, with a record that can be trusted. */
export function planAdoption(name: string, input: AdoptionInput): Adoption {
  const set = input.actual.permissionSets.find((one) => one.name === name);
  if (set === undefined) return { kind: "refused", name, reason: "not-found" };
  const record = input.desired.permissionSets.find((one) => one.name === name)?.record;
  const reason = refusalOf(set, record, input);
  if (reason !== undefined || record === undefined) {
    return { kind: "refused", name, reason: reason ?? "no-record" };
  }
  return { kind: "possible", name: set.name, change: tagging(set, record, input.owner) };
}

function refusalOf(
  set: ActualPermissionSet,
  record: RecordRef | undefined,
  { desired, plan, owner }: AdoptionInput,
): AdoptionRefusal | undefined {
  const currentOwner = Object.hasOwn(set.tags, ownerTag) ? set.tags[ownerTag] : undefined;
  if (currentOwner === owner && set.distrust === undefined) return "already-managed";
  if (currentOwner !== undefined && currentOwner !== owner) return "other-owner";
  if (set.locked) return "provisioned-in-management-account";
  const isProtected = plan.locked.some(
    ({ target, reason }) => target.permissionSet === set.name && reason === "protected-permission-set",
  );
  if (isProtected) return "protected-permission-set";
  if (record !== undefined) return undefined;
  const isHeld = desired.heldPermissionSets.some((held) => held.name === set.name);
  return isHeld ? "record-has-issues" : "no-record";
}

function tagging(set: ActualPermissionSet, record: RecordRef, owner: string): Change {
  const kind = "tag-permission-set";
  const after: Tags = {
    [ownerTag]: owner,
    [recordTag]: record.id,
    [adoptedTag]: adoptedValue(set.arn, owner),
  };
  return {
    id: changeId(kind, set.name),
    kind,
    target: { permissionSet: set.name, permissionSetArn: set.arn },
    after,
    records: [record],
    dependsOn: [],
    accounts: [],
  };
}
