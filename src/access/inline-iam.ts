import type { PermissionSetDefinition } from "../model/permission-set.ts";
import { allows, type Grant, reachOf } from "./policy-reach.ts";
import { anyPart } from "./patterns-meet.ts";

const reading = /^iam:(get|list|simulate|generate)[a-z*?]*$/u;
const writing = [`iam:${anyPart}`, "sts:assumerole", "sts:assumeroot"];

/** Whether the inline policy writes IAM or takes on roles, or cannot be shown not to. */
export function writesIam({ inlinePolicy }: PermissionSetDefinition): boolean {
  if (inlinePolicy === undefined) return false;
  const { grants, isUnderstood } = reachOf(inlinePolicy);
  return !isUnderstood || grants.map(withoutReading).some(isWriting);
}

function withoutReading({ actions, resources }: Grant): Grant {
  return { actions: actions.filter((action) => !reading.test(action)), resources };
}

function isWriting(grant: Grant): boolean {
  return writing.some((action) => allows(grant, action));
}

/** Whether the inline policy may make or change customer managed policies, so that what is said of them does not hold. */
export function mayRewritePolicies({ inlinePolicy }: PermissionSetDefinition): boolean {
  if (inlinePolicy === undefined) return false;
  const { grants, isUnderstood } = reachOf(inlinePolicy);
  return !isUnderstood || grants.some((grant) => rewriting.some((action) => allows(grant, action)));
}

const rewriting = ["iam:createpolicy", "iam:createpolicyversion", "iam:setdefaultpolicyversion"];
