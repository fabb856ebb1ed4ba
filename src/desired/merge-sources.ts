import {
  assignmentKey,
  type DesiredAssignment,
  type Principal,
  type TargetedAssignment,
} from "../model/assignment.ts";
import type { AccountId } from "../model/ids.ts";
import type { RecordRef } from "../model/record.ts";
import type { NamedPermissionSet } from "./permission-set-names.ts";

/** A record as far as it stands for assignments. */
export interface Source {
  readonly ref: RecordRef;
  readonly permissionSet?: NamedPermissionSet;
  readonly accounts: readonly AccountId[];
  readonly principals: readonly Principal[];
  readonly targets: { readonly dynamic: ReadonlySet<AccountId> };
}

/** Every principal in every account. */
export function expand({
  permissionSet,
  accounts,
  principals,
  targets,
}: Source): readonly TargetedAssignment[] {
  if (permissionSet === undefined) return [];
  return accounts.flatMap((account) =>
    principals.map((principal) => ({
      permissionSet: permissionSet.name,
      account,
      principal,
      ...(targets.dynamic.has(account) ? { isDynamic: true as const } : {}),
    })),
  );
}

/** One desired assignment per key, with every record that asks for it; one that names the account by itself counts for all. */
export function mergeSources(records: readonly Source[]): readonly DesiredAssignment[] {
  const merged = new Map<string, TargetedAssignment & { readonly records: RecordRef[] }>();
  const named = new Set<string>();
  for (const record of records) {
    for (const assignment of expand(record)) {
      const key = assignmentKey(assignment);
      const known = merged.get(key);
      if (known === undefined) merged.set(key, { ...assignment, records: [record.ref] });
      else if (known.records.at(-1) !== record.ref) known.records.push(record.ref);
      if (assignment.isDynamic === undefined) named.add(key);
    }
  }
  return [...merged].map(([key, { isDynamic = false, ...one }]) =>
    isDynamic && !named.has(key) ? { ...one, isDynamic } : one,
  );
}
