import type { Facts, MeasuredStepName } from "../../model/acceptance.ts";
import type { PermissionSetArn } from "../../model/ids.ts";
import {
  measureAssign,
  measureAssignmentMissing,
  measureLastAssignment,
  measureProvisionNever,
  measureTwoAtOnce,
} from "./assignment-steps.ts";
import { errorName } from "../translate-error.ts";
import { type Bench, createSet } from "./bench.ts";
import { measureAccounts, measureEndedRows, measureInstance, measureOtherRegion } from "./reading-steps.ts";
import {
  firstAttributes,
  measureAttributes,
  measureAwsPolicyMissing,
  measureLag,
  measureOwnPolicyMissing,
  measurePoliciesPerSet,
  measurePolicyText,
  measureRefusedTexts,
  measureStale,
} from "./set-steps.ts";

/** The steps that are about AWS. */
export type AwsStepName = Exclude<MeasuredStepName, "unknown-token" | "comment">;

/** Carries out one step after another; undefined where a step needs the set that could not be created. The error of AWS is thrown. */
export function createAwsSteps(bench: Bench): (step: AwsStepName) => Promise<Facts | undefined> {
  let first: PermissionSetArn | undefined;
  const create = async (): Promise<Facts> => {
    try {
      first = await createSet(bench, "first", firstAttributes);
    } catch (error) {
      return { created: errorName(error) };
    }
    return { created: "accepted", ...(await measureLag(bench, first)) };
  };
  const withFirst = (measure: (bench: Bench, arn: PermissionSetArn) => Promise<Facts>) => () => {
    return first === undefined ? Promise.resolve(undefined) : measure(bench, first);
  };
  const steps: Readonly<Record<AwsStepName, () => Promise<Facts | undefined>>> = {
    instance: () => measureInstance(bench),
    "other-region": () => measureOtherRegion(bench),
    accounts: () => measureAccounts(bench),
    create,
    assign: withFirst(measureAssign),
    "two-at-once": withFirst(measureTwoAtOnce),
    "ended-rows": () => measureEndedRows(bench),
    "policy-text": withFirst(measurePolicyText),
    stale: withFirst(measureStale),
    attributes: withFirst(measureAttributes),
    "refused-texts": () => measureRefusedTexts(bench),
    "aws-policy-missing": withFirst(measureAwsPolicyMissing),
    "own-policy-missing": withFirst(measureOwnPolicyMissing),
    "policies-per-set": () => measurePoliciesPerSet(bench),
    "last-assignment": withFirst(measureLastAssignment),
    "assignment-missing": withFirst(measureAssignmentMissing),
    "provision-never": () => measureProvisionNever(bench),
  };
  return (step) => steps[step]();
}
