import type { ActualState, ManagedPermissionSet } from "../model/actual-state.ts";
import { groupBy } from "../model/group-by.ts";
import type { PermissionSetArn } from "../model/ids.ts";
import type { PermissionSetDefinition, PolicyParts } from "../model/permission-set.ts";
import { type LiveParts, pairKey, type StaleChoice } from "../model/reading.ts";

/** Nothing has been read. */
export const noParts: LiveParts = {
  heads: new Map(),
  policies: new Map(),
  provisionedAccounts: new Map(),
  staleAccounts: new Map(),
  pairs: new Map(),
  memberships: new Map(),
};

/** Both together; what was read later counts. */
export function addParts(earlier: LiveParts, later: LiveParts): LiveParts {
  return {
    heads: new Map([...earlier.heads, ...later.heads]),
    policies: new Map([...earlier.policies, ...later.policies]),
    provisionedAccounts: new Map([...earlier.provisionedAccounts, ...later.provisionedAccounts]),
    staleAccounts: new Map([...earlier.staleAccounts, ...later.staleAccounts]),
    pairs: new Map([...earlier.pairs, ...later.pairs]),
    memberships: new Map([...earlier.memberships, ...later.memberships]),
  };
}

/** The parts that a full read has read: everything but the stale accounts of sets that were not chosen. */
export function partsOf(
  { permissionSets, assignments, directory: { memberships } }: ActualState,
  isStaleDue: StaleChoice,
): LiveParts {
  const managed = permissionSets.filter((set): set is ManagedPermissionSet => set.managed);
  const pairs = managed.reduce((sum, { provisionedAccounts }) => sum + provisionedAccounts.length, 0);
  const sizes = { permissionSets: managed.length, pairs };
  const byPair = groupBy(assignments, ({ permissionSet, account }) => `${permissionSet}/${account}`);
  const byArn = <Part>(partOf: (set: ManagedPermissionSet) => Part): ReadonlyMap<PermissionSetArn, Part> =>
    new Map(managed.map((set) => [set.arn, partOf(set)]));
  return {
    heads: new Map(
      permissionSets.map((set) => [
        set.arn,
        {
          name: set.name,
          tags: set.tags,
          attributes: set.managed ? set.definition.attributes : { sessionDurationSeconds: 0 },
        },
      ]),
    ),
    policies: byArn(({ definition }) => policiesOf(definition)),
    provisionedAccounts: byArn(({ provisionedAccounts }) => provisionedAccounts),
    staleAccounts: new Map(
      managed.filter((set) => isStaleDue(set, sizes)).map((set) => [set.arn, set.staleAccounts]),
    ),
    pairs: new Map(
      managed.flatMap(({ arn, name, provisionedAccounts }) =>
        provisionedAccounts.map((account) => [
          pairKey({ arn, account }),
          (byPair.get(`${name}/${account}`) ?? []).map(({ principal }) => principal),
        ]),
      ),
    ),
    memberships,
  };
}

function policiesOf({
  managedPolicies,
  customerManagedPolicies,
  inlinePolicy,
  permissionsBoundary,
}: PermissionSetDefinition): PolicyParts {
  return {
    managedPolicies,
    customerManagedPolicies,
    ...(inlinePolicy === undefined ? {} : { inlinePolicy }),
    ...(permissionsBoundary === undefined ? {} : { permissionsBoundary }),
  };
}
