import { administratorPolicies, escalations } from "./administrator-policies.ts";
import type { PermissionSetDefinition } from "../model/permission-set.ts";
import { isObject, listOf, parse } from "./policy-parts.ts";
import { matchesWildcard } from "../model/wildcard.ts";

/**
 * What a permission set lets its holder become: an administrator of the account, by its content and not by its name.
 * `unknown` where a customer managed policy grants something: its content is the account's and nobody reads it here.
 */
export type AdministratorClass = "administrator" | "unknown" | "ordinary";

/** An ordinary name, and those of roles that are an account's administrators wherever they exist. */
const probedNames = [
  "some/ordinary-name",
  "organizationaccountaccessrole",
  "awscontroltowerexecution",
  "administrator",
  "admin",
];
const probedKinds = ["role", "user", "group", "policy", "instance-profile", "oidc-provider", "saml-provider"];
const probes = probedKinds.flatMap((kind) => probedNames.map((name) => `arn:aws:iam::0:${kind}/${name}`));

/** What a policy counts as that cannot be understood: the careful answer depends on the question. */
export type Doubt = "administrator" | "ordinary";

/**
 * The class of a definition; conditions, denials and boundaries are not weighed. Who asks whether somebody becomes an
 * administrator takes what cannot be understood for one, who asks whether somebody is one already does not.
 */
export function classify(
  definition: PermissionSetDefinition,
  inDoubt: Doubt = "administrator",
): AdministratorClass {
  const { managedPolicies, inlinePolicy, customerManagedPolicies } = definition;
  const attached = managedPolicies.some((arn) => administratorPolicies.has(arn.split("/").at(-1) ?? arn));
  const escalating = inlinePolicy !== undefined && isAdministratorPolicy(inlinePolicy, inDoubt);
  if (attached || escalating) return "administrator";
  return customerManagedPolicies.length > 0 ? "unknown" : "ordinary";
}

function isAdministratorPolicy(text: string, inDoubt: Doubt): boolean {
  const document = parse(text);
  const statements = isObject(document) ? listOf(document["Statement"]) : [];
  if (statements.length === 0) return inDoubt === "administrator";
  return statements.some((statement) => escalates(statement, inDoubt)) || makesOwnRole(statements);
}

function escalates(statement: unknown, inDoubt: Doubt): boolean {
  if (!isObject(statement)) return inDoubt === "administrator";
  if (statement["Effect"] === "Deny") return false;
  const { actions, resources } = widest(statement);
  if (actions === undefined || resources === undefined) return inDoubt === "administrator";
  return actions.some((pattern) =>
    escalations.some((action) => matchesWildcard(pattern, action) && coversAll(action, resources)),
  );
}

/** Whether a role can be created and given a policy: a new role trusts whom its maker says, so its name is no limit. */
function makesOwnRole(statements: readonly unknown[]): boolean {
  const created = namesOnWhich(["iam:createrole"], statements);
  const filled = namesOnWhich(["iam:attachrolepolicy", "iam:putrolepolicy"], statements);
  return created.some((one) =>
    filled.some((other) => matchesWildcard(one, other) || matchesWildcard(other, one)),
  );
}

function namesOnWhich(wanted: readonly string[], statements: readonly unknown[]): readonly string[] {
  return statements.filter(isObject).flatMap((statement) => {
    const { actions = [], resources = [] } = statement["Effect"] === "Deny" ? {} : widest(statement);
    const allowed = actions.some((pattern) => wanted.some((action) => matchesWildcard(pattern, action)));
    return allowed ? resources.filter((arn) => isOf("iam", arn)) : [];
  });
}

interface Reach {
  readonly actions?: readonly string[] | undefined;
  readonly resources?: readonly string[] | undefined;
}

/** What a statement is about, everything where it only says what it is not about; undefined where it cannot be understood. */
function widest(statement: Readonly<Record<string, unknown>>): Reach {
  return {
    actions: "NotAction" in statement ? ["*"] : textsOf(statement["Action"]),
    resources: "NotResource" in statement ? ["*"] : textsOf(statement["Resource"]),
  };
}

/** What is granted on one role, user or policy stays there; access handed out from outside the account does not. */
function coversAll(action: string, resources: readonly string[]): boolean {
  if (resources.includes("*")) return true;
  const service = action.slice(0, action.indexOf(":"));
  if (service !== "iam" && service !== "sts") return resources.some((arn) => isOf(service, arn));
  return resources.some((arn) => {
    const inThisAccount = arn.replace(/^arn:[^:]*:([^:]*):([^:]*):[^:]*:/u, "arn:aws:$1:$2:0:");
    return probes.some((probe) => matchesWildcard(inThisAccount, probe));
  });
}

function isOf(service: string, arn: string): boolean {
  return matchesWildcard(arn.split(":")[2] ?? arn, service);
}

/** The texts in lower case, as IAM compares actions; undefined when there is anything but texts, or nothing. */
function textsOf(value: unknown): readonly string[] | undefined {
  const texts = listOf(value).filter((item) => typeof item === "string");
  return texts.length === 0 || texts.length < listOf(value).length
    ? undefined
    : texts.map((text) => text.toLowerCase());
}
