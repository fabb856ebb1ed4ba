import { judgeOnce } from "../model/judge-once.ts";
import type { PermissionSetDefinition } from "../model/permission-set.ts";
import { isObject, listOf, parse } from "./policy-parts.ts";

// https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSDenyAll.html
const denyAll = /:policy\/AWSDenyAll$/u;

/** Whether a set is worth nothing to its holders, whatever else it has: attached to it or set as its boundary, `AWSDenyAll`, or an inline denial of everything. */
export function deniesEverything({
  managedPolicies,
  permissionsBoundary,
  inlinePolicy,
}: PermissionSetDefinition): boolean {
  const isBound = permissionsBoundary?.kind === "aws-managed" && denyAll.test(permissionsBoundary.arn);
  if (isBound || managedPolicies.some((arn) => denyAll.test(arn))) return true;
  return inlinePolicy !== undefined && deniesAll(inlinePolicy);
}

const deniesAll = judgeOnce((inlinePolicy) => denialsIn(inlinePolicy).some(isTotal));

/** Whether the inline policy denies anything or allows it only under a condition, so that another policy may give more. */
export function holdsBack({ inlinePolicy }: PermissionSetDefinition): boolean {
  if (inlinePolicy === undefined) return false;
  return statementsOf(parse(inlinePolicy)).some(
    ({ Effect, Condition }) => Effect === "Deny" || Condition !== undefined,
  );
}

type Statement = Readonly<Record<string, unknown>>;

function denialsIn(inlinePolicy: string): readonly Statement[] {
  return statementsOf(parse(inlinePolicy)).filter(({ Effect }) => Effect === "Deny");
}

function isTotal({ Action, Resource, Condition }: Statement): boolean {
  return Condition === undefined && listOf(Action).some(isAnything) && listOf(Resource).includes("*");
}

function isAnything(action: unknown): boolean {
  return action === "*" || action === "*:*";
}

function statementsOf(document: unknown): readonly Statement[] {
  return isObject(document) ? listOf(document["Statement"]).filter(isObject) : [];
}
