import fc from "fast-check";
import type { ActualState, ManagedPermissionSet } from "../../src/model/actual-state.ts";
import { type Assignment, assignmentKey, type DesiredAssignment } from "../../src/model/assignment.ts";
import type { DesiredState } from "../../src/model/desired-state.ts";
import { accountId, permissionSetArn, permissionSetName, principalId } from "../../src/model/ids.ts";
import { ownerTag, recordTag } from "../../src/model/ownership.ts";
import type { PermissionSetDefinition } from "../../src/model/permission-set.ts";
import type { RecordRef } from "../../src/model/record.ts";

export const owner = "example.cybozu.com/10";

const management = accountId("111111111111");
const suspended = accountId("999999999999");
const accounts = ["222222222222", "333333333333", "444444444444"].map(accountId);
const names = ["Alpha", "Beta", "Gamma", "Delta"].map(permissionSetName);
const principals = [
  { type: "USER", id: principalId("user-1") },
  { type: "USER", id: principalId("user-2") },
  { type: "USER", id: principalId("user-3") },
  { type: "GROUP", id: principalId("group-1") },
] as const;

export const directory: ActualState["directory"] = {
  managementAccount: management,
  keyAccounts: { ids: new Set(), isOpen: false },
  memberships: new Map(),
  accounts: [
    { id: management, name: "management", state: "ACTIVE" },
    { id: suspended, name: "suspended", state: "SUSPENDED" },
    ...accounts.map((id) => ({ id, name: `account ${id}`, state: "ACTIVE" as const })),
  ],
  users: principals
    .filter(({ type }) => type === "USER")
    .map(({ id }) => ({ id, userName: `${id}@example.co.jp`, emails: [], enabled: true })),
  groups: [{ id: principalId("group-1"), displayName: "Group 1" }],
  managedPolicies: [],
};

const definition: fc.Arbitrary<PermissionSetDefinition> = fc
  .record({
    description: fc.option(fc.constantFrom("one", "two"), { nil: undefined }),
    sessionDurationSeconds: fc.constantFrom(3_600, 7_200),
    relayState: fc.option(fc.constant("https://console.aws.amazon.com/"), { nil: undefined }),
    inlinePolicy: fc.option(fc.constantFrom('{"Version":"2012-10-17"}', '{"Version":"2008-10-17"}'), {
      nil: undefined,
    }),
    managedPolicies: fc.subarray(["arn:aws:iam::aws:policy/A", "arn:aws:iam::aws:policy/B"]),
    customerManagedPolicies: fc.subarray([
      { name: "one", path: "/" },
      { name: "two", path: "/team/" },
    ]),
    boundary: fc.option(fc.constantFrom("arn:aws:iam::aws:policy/A", "arn:aws:iam::aws:policy/B"), {
      nil: undefined,
    }),
  })
  .map(({ description, sessionDurationSeconds, relayState, inlinePolicy, boundary, ...policies }) => ({
    ...policies,
    attributes: {
      sessionDurationSeconds,
      ...(description === undefined ? {} : { description }),
      ...(relayState === undefined ? {} : { relayState }),
    },
    ...(inlinePolicy === undefined ? {} : { inlinePolicy }),
    ...(boundary === undefined
      ? {}
      : { permissionsBoundary: { kind: "aws-managed" as const, arn: boundary } }),
  }));

const recordIds = ["1", "2", "3", "4", "5"];

export function permissionSetRecord(id: string): RecordRef {
  return { app: "permissionSets", id, revision: 1 };
}

function assignmentRecord(id: string): RecordRef {
  return { app: "assignments", id, revision: 1 };
}

const assignmentsOf = (
  setNames: readonly string[],
  targets: readonly string[],
): fc.Arbitrary<readonly Assignment[]> => {
  const all = setNames.flatMap((name) =>
    targets.flatMap((account) =>
      principals.map((principal) => ({
        permissionSet: permissionSetName(name),
        account: accountId(account),
        principal,
      })),
    ),
  );
  return fc.subarray(all, { maxLength: Math.min(12, all.length) });
};

/** A desired state as buildDesiredState would leave it: names and records unique, all accounts known. */
export const desiredState: fc.Arbitrary<DesiredState> = fc
  .record({
    names: fc.subarray(names),
    ids: fc.shuffledSubarray(recordIds, { minLength: names.length }),
    definitions: fc.array(definition, { minLength: names.length, maxLength: names.length }),
  })
  .chain((base) =>
    assignmentsOf(base.names, [...accounts, management, suspended]).map((assignments): DesiredState => ({
      permissionSets: base.names.flatMap((name, index) => {
        const id = base.ids[index];
        const own = base.definitions[index];
        return id === undefined || own === undefined
          ? []
          : [
              {
                name,
                record: permissionSetRecord(id),
                definition: own,
                recordUrl: `https://example.cybozu.com/k/10/show#record=${id}`,
              },
            ];
      }),
      namedPermissionSets: new Map(),
      deniedAssignments: [],
      withheldAssignments: [],
      people: { holders: {}, formerHolders: {} },
      assignments: assignments.map((one): DesiredAssignment => ({
        ...one,
        records: [assignmentRecord("1")],
      })),
      heldPermissionSets: [],
      heldAssignments: [],
      formerRequests: [],
      requests: {},
      wholes: {},
      meanings: {},
      classes: {},
      waiting: [],
      timed: [],
      expansions: [],
      issues: [],
    })),
  );

const managedSet = (name: string, recordId: string): fc.Arbitrary<ManagedPermissionSet> =>
  definition.map((own) => ({
    managed: true,
    arn: permissionSetArn(`arn:aws:sso:::permissionSet/ssoins-1/ps-${name}`),
    name: permissionSetName(name),
    tags: { [ownerTag]: owner, [recordTag]: recordId },
    locked: false,
    definition: own,
    provisionedAccounts: [],
    staleAccounts: [],
  }));

/** An actual state: managed sets with any record behind them, provisioned where they are assigned, some of it stale. */
export const actualState: fc.Arbitrary<ActualState> = fc
  .record({
    names: fc.subarray([...names, permissionSetName("Old")]),
    ids: fc.shuffledSubarray(recordIds, { minLength: 5 }),
  })
  .chain(({ names: own, ids }) =>
    fc
      .record({
        sets: fc.tuple(...own.map((name, index) => managedSet(name, ids[index] ?? "9"))),
        assignments: assignmentsOf(own, accounts),
        staleness: fc.infiniteStream(fc.boolean()),
      })
      .map(({ sets, assignments, staleness }): ActualState => {
        const inUse = (name: string) => [
          ...new Set(assignments.filter((one) => one.permissionSet === name).map(({ account }) => account)),
        ];
        return {
          instance: {
            arn: "arn:aws:sso:::instance/ssoins-1",
            identityStoreId: "d-1",
            region: "ap-northeast-1",
          },
          directory,
          permissionSets: [
            ...sets.map((set) => ({
              ...set,
              provisionedAccounts: inUse(set.name),
              staleAccounts: inUse(set.name).filter(() => staleness.next().value === true),
            })),
            {
              managed: false,
              arn: permissionSetArn("arn:aws:sso:::permissionSet/ssoins-1/ps-foreign"),
              name: permissionSetName("Foreign"),
              tags: { managedBy: "ControlTower" },
              locked: false,
            },
          ],
          assignments,
        };
      }),
  );

/** The records' order changed, which must not matter. */
export function shuffled(state: DesiredState): DesiredState {
  return {
    ...state,
    permissionSets: state.permissionSets.toReversed(),
    assignments: state.assignments.toReversed(),
    waiting: state.waiting.toReversed(),
  };
}

/** What the state grants, as sorted keys. */
export function grants(state: { readonly assignments: readonly Assignment[] }): readonly string[] {
  return state.assignments.map(assignmentKey).toSorted();
}
