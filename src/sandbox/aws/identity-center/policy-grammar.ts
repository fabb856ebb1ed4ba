/**
 * Whether Identity Center takes a text as an inline policy at all. It looks no closer than this: what IAM would refuse
 * is stored, and shows up only when the permission set is provisioned.
 */
export function isPolicyDocument(text: string): boolean {
  return readDocument(text)?.["Statement"] !== undefined;
}

/** Why IAM refuses a policy for a role, in IAM's words; undefined when it takes it. */
export function policyRefusal(text: string): string | undefined {
  const document = readDocument(text);
  if (document === undefined) return "Syntax errors in policy.";
  const isKnown = Object.keys(document).every((key) => isOneOf(key, ["Version", "Id", "Statement"]));
  const version = document["Version"] ?? "2008-10-17";
  if (!isKnown || !isOneOf(version, ["2012-10-17", "2008-10-17"])) return "Syntax errors in policy.";
  const statements = listOf(document["Statement"]);
  if (statements.length === 0) return "Syntax errors in policy.";
  return statements.map(statementRefusal).find((refusal) => refusal !== undefined) ?? sidRefusal(statements);
}

const statementKeys = new Set([
  "Sid",
  "Effect",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
]);

function statementRefusal(statement: unknown): string | undefined {
  if (!isObject(statement)) return "Syntax errors in policy.";
  if ("Principal" in statement || "NotPrincipal" in statement) {
    return "Policy document should not specify a principal.";
  }
  const isKnown = Object.keys(statement).every((key) => statementKeys.has(key));
  if (!isKnown || !isOneOf(statement["Effect"], ["Allow", "Deny"])) return "Syntax errors in policy.";
  const sid = statement["Sid"] ?? "";
  if (typeof sid !== "string" || !/^[0-9A-Za-z]*$/.test(sid)) {
    return "Statement IDs (SID) should be alpha-numeric.";
  }
  return actionRefusal(statement) ?? resourceRefusal(statement);
}

function actionRefusal(statement: Readonly<Record<string, unknown>>): string | undefined {
  const actions = eitherOf(statement, "Action", "NotAction");
  if (actions === undefined) return "Policy statement must contain actions.";
  const prefaced = actions.every(
    (action) => typeof action === "string" && /^(\*|[a-zA-Z0-9-]+:[a-zA-Z0-9*?]+)$/.test(action),
  );
  return prefaced ? undefined : "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";
}

function resourceRefusal(statement: Readonly<Record<string, unknown>>): string | undefined {
  const resources = eitherOf(statement, "Resource", "NotResource");
  if (resources === undefined) return "Policy statement must contain resources.";
  const valid = resources.every(
    (resource) => typeof resource === "string" && (resource === "*" || resource.startsWith("arn:")),
  );
  return valid ? undefined : 'Resource must be in ARN format or "*".';
}

function sidRefusal(statements: readonly unknown[]): string | undefined {
  const sids = statements.flatMap((statement) => (isObject(statement) ? listOf(statement["Sid"]) : []));
  return new Set(sids).size === sids.length
    ? undefined
    : "Statement IDs (SID) in a single policy must be unique.";
}

function eitherOf(
  statement: Readonly<Record<string, unknown>>,
  one: string,
  other: string,
): readonly unknown[] | undefined {
  if ((statement[one] === undefined) === (statement[other] === undefined)) return undefined;
  const values = listOf(statement[one] ?? statement[other]);
  return values.length === 0 ? undefined : values;
}

function isOneOf(value: unknown, allowed: readonly string[]): boolean {
  return typeof value === "string" && allowed.includes(value);
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}

function readDocument(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const document: unknown = JSON.parse(text);
    return isObject(document) ? document : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
