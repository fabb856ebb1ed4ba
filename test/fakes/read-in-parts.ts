import type { ActualState, ManagedPermissionSet } from "../../src/model/actual-state.ts";
import type { PermissionSetArn } from "../../src/model/ids.ts";
import { pairKey } from "../../src/model/reading.ts";
import type { IdentityCenter } from "../../src/ports.ts";

/** What a test may want to know of how a twin was read. */
export interface PartsRead {
  readonly heads: PermissionSetArn[];
  readonly policies: PermissionSetArn[];
  readonly staleAccounts: PermissionSetArn[];
  /** Keys as pairKey makes them. */
  readonly pairs: string[];
}

/** Reads a twin's state in parts, as the adapter reads AWS. */
export function readingInParts(
  stateOf: () => ActualState,
  read: PartsRead = { heads: [], policies: [], staleAccounts: [], pairs: [] },
): Pick<IdentityCenter, "readOutline" | "readParts" | "readPlaces"> {
  const managedOf = (arn: PermissionSetArn): ManagedPermissionSet | undefined =>
    stateOf().permissionSets.find((set): set is ManagedPermissionSet => set.managed && set.arn === arn);
  return {
    /** All accounts stand in the root. */
    async readPlaces(accounts) {
      return {
        units: [{ id: "r-root", name: "Root" }],
        unitOf: new Map(accounts.map(({ id }) => [id, "r-root"])),
      };
    },
    async readOutline() {
      const { instance, directory, permissionSets } = stateOf();
      return {
        instance,
        directory,
        permissionSets: permissionSets.map(({ arn, locked }) => ({ arn, locked })),
      };
    },
    async readParts(request) {
      const state = stateOf();
      read.heads.push(...request.heads);
      read.policies.push(...request.policies);
      read.staleAccounts.push(...request.staleAccounts);
      read.pairs.push(...request.pairs.map(pairKey));
      return {
        heads: new Map(
          request.heads.map((arn) => {
            const set = state.permissionSets.find((one) => one.arn === arn);
            if (set === undefined) return [arn, null];
            const attributes = set.managed ? set.definition.attributes : { sessionDurationSeconds: 3_600 };
            return [arn, { name: set.name, tags: set.tags, attributes }];
          }),
        ),
        policies: new Map(
          request.policies.map((arn) => {
            const definition = managedOf(arn)?.definition;
            const { attributes: _, ...policies } = definition ?? {
              attributes: undefined,
              managedPolicies: [],
              customerManagedPolicies: [],
            };
            return [arn, policies];
          }),
        ),
        provisionedAccounts: new Map(
          request.provisionedAccounts.map((arn) => [arn, managedOf(arn)?.provisionedAccounts ?? []]),
        ),
        staleAccounts: new Map(
          request.staleAccounts.map((arn) => [arn, managedOf(arn)?.staleAccounts ?? []]),
        ),
        pairs: new Map(
          request.pairs.map((pair) => {
            const name = managedOf(pair.arn)?.name;
            const here = state.assignments.filter(
              ({ permissionSet, account }) => permissionSet === name && account === pair.account,
            );
            return [pairKey(pair), here.map(({ principal }) => principal)];
          }),
        ),
        memberships: new Map(
          request.groups.map((id) => [id, state.directory.memberships.get(id) ?? new Set()]),
        ),
      };
    },
  };
}
