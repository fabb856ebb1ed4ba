import { judgeOnce } from "../model/judge-once.ts";
import type { PermissionSetDefinition } from "../model/permission-set.ts";
import { matchesWildcard } from "../model/wildcard.ts";
import { administratorPolicies } from "./administrator-policies.ts";
import { type ActionList, administratorRoles, escalations, roleActions, runsAsRoles } from "./escalations.ts";
import { runsAsRolesPolicies } from "./runs-as-policies.ts";
import { anyPart, patternsMeet } from "./patterns-meet.ts";
import { allows, arnOf, type Grant, reachOf } from "./policy-reach.ts";

/**
 * What a permission set lets its holder become, by its content and not by its name: an administrator of the account, or
 * another role that exists there. `unknown` where a customer managed policy grants something: its content is the
 * account's and is not read here.
 */
export type AdministratorClass = "administrator" | "runs-as-other-roles" | "unknown" | "ordinary";

/** What a policy counts as that cannot be understood: the careful answer depends on the question. */
export type Doubt = "administrator" | "ordinary";

/**
 * The class of a definition; conditions, denials and boundaries are not weighed. Who asks whether a person becomes an
 * administrator takes for one whatever is not shown to be less; who asks whether a person is one already takes only
 * what is allowed on everything of its kind.
 */
export function classify(
  definition: PermissionSetDefinition,
  inDoubt: Doubt = "administrator",
): AdministratorClass {
  const granted = classOfGranted(definition, inDoubt);
  if (granted === "administrator") return granted;
  return definition.customerManagedPolicies.length > 0 ? "unknown" : granted;
}

/** The class by AWS managed policies and the inline policy, whatever customer managed policies there are besides. */
export function classOfGranted(
  { managedPolicies, inlinePolicy }: PermissionSetDefinition,
  inDoubt: Doubt = "administrator",
): Exclude<AdministratorClass, "unknown"> {
  const names = managedPolicies.map((arn) => arn.split("/").at(-1) ?? arn);
  const inline = inlinePolicy === undefined ? "ordinary" : classOfInline[inDoubt](inlinePolicy);
  if (inline === "administrator" || names.some((name) => administratorPolicies.has(name)))
    return "administrator";
  return names.some((name) => runsAsRolesPolicies.has(name)) ? "runs-as-other-roles" : inline;
}

const classOfInline: Readonly<Record<Doubt, (text: string) => Exclude<AdministratorClass, "unknown">>> = {
  administrator: judgeOnce((text) => {
    const { grants, isUnderstood } = reachOf(text);
    if (!isUnderstood || grants.some(mayEscalate)) return "administrator";
    return grants.some(mayRunAsRole) ? "runs-as-other-roles" : "ordinary";
  }),
  ordinary: judgeOnce((text) => (reachOf(text).grants.some(isCertain) ? "administrator" : "ordinary")),
};

const actionsOf = (lists: readonly ActionList[]): readonly string[] =>
  lists.flatMap(({ actions }) => actions);
const escalating = actionsOf(escalations);
const becoming = actionsOf(roleActions);
const running = actionsOf(runsAsRoles);
const certain = [...escalating, ...becoming].filter(
  (action) =>
    /^(iam|sts|sso|sso-directory|identitystore|organizations|account|account-access):/u.test(action) &&
    !action.includes(anyPart),
);

function mayEscalate(grant: Grant): boolean {
  return escalating.some((action) => allows(grant, action)) || mayBecomeAdministrator(grant);
}

/** Whether roles can be assumed or passed that are not named one by one, or that are an administrator's. */
function mayBecomeAdministrator(grant: Grant): boolean {
  if (!becoming.some((action) => allows(grant, action))) return false;
  return grant.resources
    .filter((pattern) => patternsMeet(pattern, arnOf("iam", "*")))
    .some(
      (pattern) =>
        /[*?]/u.test(pattern) ||
        administratorRoles.some((name) => patternsMeet(pattern, arnOf("iam", `role/${name}`))),
    );
}

function mayRunAsRole(grant: Grant): boolean {
  return [...becoming, ...running].some((action) => allows(grant, action));
}

const everyRole = ["role", "user", "group", "policy"].map(
  (kind) => `arn:aws:iam::0:${kind}/some/ordinary-name`,
);

/** Whether an escalation is allowed for certain: on everything of its kind. */
function isCertain({ actions, resources }: Grant): boolean {
  return certain.some(
    (action) => actions.some((pattern) => matchesWildcard(pattern, action)) && coversAll(action, resources),
  );
}

function coversAll(action: string, resources: readonly string[]): boolean {
  if (resources.includes("*")) return true;
  const service = action.slice(0, action.indexOf(":"));
  return resources.some((arn) => {
    const inThisAccount = arn.replace(/^arn:[^:]*:([^:]*):([^:]*):[^:]*:/u, "arn:aws:$1:$2:0:");
    if (service === "iam" || service === "sts")
      return everyRole.some((one) => matchesWildcard(inThisAccount, one));
    return arn.split(":")[2] === service && /:[^:]*\*$/u.test(arn);
  });
}
