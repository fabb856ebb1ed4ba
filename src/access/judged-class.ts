import type { JudgedClass } from "../model/judged-class.ts";
import type { PermissionSetDefinition } from "../model/permission-set.ts";
import { classOfGranted } from "./administrator-class.ts";
import { writesIam } from "./inline-iam.ts";

/**
 * Number of the rules that say what counts as the administrator class. It rises with every change of them that makes
 * more of a permission set: until a person has accepted it, nothing is taken away because of the new rules alone.
 */
export const classRules = 2;

/** What this version's rules take a definition for, whatever customer managed policies it has besides. */
export function judgeClass(definition: PermissionSetDefinition): JudgedClass {
  return {
    class: classOfGranted(definition),
    ...(writesIam(definition) ? { writesIam: true } : {}),
  };
}

const ranks: Readonly<Record<JudgedClass["class"], number>> = {
  ordinary: 0,
  "runs-as-other-roles": 1,
  administrator: 2,
};

/** Whether a set counts for more than before. */
export function countsForMore(now: JudgedClass, before: JudgedClass): boolean {
  return ranks[now.class] > ranks[before.class] || (now.writesIam === true && before.writesIam === undefined);
}
