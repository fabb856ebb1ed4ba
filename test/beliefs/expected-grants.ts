import { accountIds, managedPolicyArn, userName } from "../simulation/company.ts";
import { labIds } from "./labs.ts";
import { inlinePolicy } from "../simulation/definitions.ts";
import type { AssignmentRecord, Records, SetRecord } from "../simulation/kintone-twin.ts";
import type { SandboxState } from "../../src/sandbox/aws/sandbox-state.ts";

/** One assignment as a text: the set's name, the account and the principal's id. */
export function grantKey(set: string, account: string, principalId: string): string {
  return `${set} ${account} ${principalId}`;
}

/** Accounts that records may give access to: neither the management account nor the protected one. */
const reachable = [...Object.entries(accountIds), ...Object.entries(labIds)].filter(
  ([name]) => name !== "Management" && name !== "Vault",
);

/** What a record asks for, as far as its principals are there, worked out without the product's code. */
function grantsOf(record: AssignmentRecord, state: SandboxState): readonly string[] {
  const principals = [
    ...record.users.flatMap((code) => idOf(() => state.userId(userName(code)))),
    ...record.groups.flatMap((name) => idOf(() => state.groupId(name))),
  ];
  const accounts = reachable.filter(([name]) => record.accounts.includes(name)).map(([, id]) => id);
  return accounts.flatMap((account) => principals.map((id) => grantKey(record.set, account, id)));
}

/** What records ask for whose sets have a record; only of records that can be understood, where that is wanted. */
export function expectedGrants(
  { sets, assignments }: Records,
  state: SandboxState,
  onlyUnderstood: boolean,
): ReadonlySet<string> {
  const isWanted = ({ flaw }: { readonly flaw?: string }) => !onlyUnderstood || flaw === undefined;
  const names = new Set(sets.filter(isWanted).map(({ name }) => name));
  return new Set(
    assignments
      .filter((record) => isWanted(record) && names.has(record.set))
      .flatMap((record) => grantsOf(record, state)),
  );
}

type Snapshot = ReturnType<SandboxState["permissionSet"]>;

/** In what a permission set is not as its record says. */
export function differences(record: SetRecord, set: Snapshot): readonly string[] {
  const policies = record.policies.map(managedPolicyArn).toSorted();
  const inline = set.inlinePolicy ?? "";
  return [
    ...(set.description === "Simulated" ? [] : ["description"]),
    ...(hoursIn(set.sessionDuration) === record.hours ? [] : ["session duration"]),
    ...(JSON.stringify(set.managedPolicies.toSorted()) === JSON.stringify(policies) ? [] : ["policies"]),
    ...((record.inline ? compact(inlinePolicy) : "") === compact(inline) ? [] : ["inline policy"]),
    ...(set.relayState === undefined || set.relayState === "" ? [] : ["relay state"]),
  ];
}

/** The hours of an ISO 8601 duration. */
export function hoursIn(duration: string): number {
  return Number(/^PT(\d+)H$/u.exec(duration)?.[1]);
}

/** A policy without what does not matter. */
export function compact(policy: string): string {
  return policy === "" ? "" : JSON.stringify(JSON.parse(policy));
}

function idOf(find: () => string): readonly string[] {
  try {
    return [find()];
  } catch {
    return [];
  }
}
