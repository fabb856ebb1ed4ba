import type { Config } from "../../model/config.ts";
import type { DesiredAssignment } from "../../model/assignment.ts";
import type { GuardrailRule } from "../../model/guardrail.ts";
import { compileRule, describeDenied, type GuardrailContext, type Judged } from "../guardrails.ts";

/** The setting that forbids it, by which comments name it. */
const setting = "targets.administrators";

const rule: GuardrailRule = { name: setting, effect: "deny", administratorClass: true, dynamicTargets: true };

/**
 * Without a word of the configuration no person becomes administrator of an account because it was moved, tagged or made:
 * who can do that would give access. A rule that allows dynamic targets, or the setting, is that word.
 */
export function denyDynamicAdministrators(
  judged: Judged,
  context: GuardrailContext,
  { administrators }: Config["targets"],
): Judged {
  if (administrators || !judged.allowed.some(({ isDynamic }) => isDynamic === true)) return judged;
  const { guardrails, actual } = context;
  const isForbidden = compileRule(rule, context);
  const allowing = guardrails.rules
    .filter(({ effect, dynamicTargets }) => effect === "allow" && dynamicTargets === true)
    .map((one) => compileRule(one, context));
  const isDenied = (one: DesiredAssignment): boolean =>
    isForbidden(one) && !allowing.some((matches) => matches(one));
  const denied = judged.allowed
    .filter(isDenied)
    .map((one) => ({ ...one, rule: setting, isEnforced: guardrails.enforce }));
  return {
    ...judged,
    allowed: judged.allowed.filter((one) => !isDenied(one)),
    denied: [...judged.denied, ...denied],
    issues: [...judged.issues, ...describeDenied(denied, actual.directory)],
  };
}
