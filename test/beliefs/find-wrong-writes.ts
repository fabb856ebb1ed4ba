import { foreignSet, managedPolicyArn, protectedSet } from "../simulation/company.ts";
import { inlinePolicy } from "../simulation/definitions.ts";
import type { Records } from "../simulation/kintone-twin.ts";
import type { SandboxState } from "../../src/sandbox/aws/sandbox-state.ts";
import type { WriteRequest } from "./company-under-belief.ts";
import { compact, expectedGrants, grantKey, hoursIn } from "./expected-grants.ts";

/** What a write is judged by: the records of now. */
export interface Meaning {
  readonly records: Records;
  readonly state: SandboxState;
  readonly nameOf: (arn: string) => string;
}

/** The writes that go against the records: access that nobody asked for, access taken from who should have it, others' sets. */
export function findWrongWrites(writes: readonly WriteRequest[], meaning: Meaning): readonly string[] {
  const granted = expectedGrants(meaning.records, meaning.state, false);
  return writes
    .filter(({ isRefused }) => !isRefused)
    .flatMap(({ operation, input }) => {
      const name = textIn(input, "Name") || meaning.nameOf(setIn(input));
      const problem =
        name === foreignSet || name === protectedSet
          ? "it is not the sync's to write to"
          : judge(operation, { ...meaning, input, name, granted });
      return problem === undefined ? [] : [`${operation} of ${name}: ${problem}`];
    });
}

interface Judged extends Meaning {
  readonly input: WriteRequest["input"];
  readonly name: string;
  readonly granted: ReadonlySet<string>;
}

const judges: Readonly<Record<string, (judged: Judged) => string | undefined>> = {
  CreateAccountAssignment: (judged) =>
    judged.granted.has(keyIn(judged)) ? undefined : "no record asks for the assignment",
  DeleteAccountAssignment: (judged) =>
    judged.granted.has(keyIn(judged)) ? "a record asks for the assignment" : undefined,
  CreatePermissionSet: (judged) =>
    recordOf(judged) === undefined ? "there is no record of the name" : undefined,
  DeletePermissionSet: (judged) =>
    recordOf(judged) === undefined ? undefined : "there is a record of the name",
  UpdatePermissionSet({ input, ...judged }) {
    const duration = textIn(input, "SessionDuration");
    const isOther = duration !== "" && hoursIn(duration) !== recordOf(judged)?.hours;
    return isOther || textIn(input, "Description") !== "Simulated" ? "the record says otherwise" : undefined;
  },
  AttachManagedPolicyToPermissionSet: ({ input, ...judged }) =>
    policiesOf(judged).includes(textIn(input, "ManagedPolicyArn"))
      ? undefined
      : "the record has no such policy",
  DetachManagedPolicyFromPermissionSet: ({ input, ...judged }) =>
    policiesOf(judged).includes(textIn(input, "ManagedPolicyArn")) ? "the record has the policy" : undefined,
  PutInlinePolicyToPermissionSet: ({ input, ...judged }) =>
    recordOf(judged)?.inline === true && compact(textIn(input, "InlinePolicy")) === compact(inlinePolicy)
      ? undefined
      : "the record has another inline policy",
  DeleteInlinePolicyFromPermissionSet: (judged) =>
    recordOf(judged)?.inline === true ? "the record has an inline policy" : undefined,
};

function judge(operation: string, judged: Judged): string | undefined {
  return judges[operation]?.(judged);
}

function keyIn({ input, name }: Judged): string {
  return grantKey(name, textIn(input, "TargetId"), textIn(input, "PrincipalId"));
}

function recordOf({ records, name }: Pick<Judged, "records" | "name">) {
  return records.sets.find((record) => record.name === name);
}

function policiesOf(judged: Pick<Judged, "records" | "name">): readonly string[] {
  return (recordOf(judged)?.policies ?? []).map(managedPolicyArn);
}

function setIn(input: WriteRequest["input"]): string {
  return textIn(input, "PermissionSetArn") || textIn(input, "ResourceArn");
}

function textIn(input: WriteRequest["input"], member: string): string {
  const value = input[member];
  return typeof value === "string" ? value : "";
}
