import type { PolicyDocument, Statement } from "../../src/aws/policy-document.ts";

type Context = Readonly<Record<string, string | readonly string[]>>;

export interface PolicyRequest {
  readonly action: string;
  /** What AWS asks for, each with the condition keys that it has. */
  readonly resources?: readonly { readonly arn: string; readonly context?: Context }[];
  /** Condition keys of the request. */
  readonly context?: Context;
}

/** How IAM decides: each resource of a request apart, and a denial wins. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html */
export function decide(
  { Statement }: PolicyDocument,
  { action, resources = [{ arn: "*" }], context = {} }: PolicyRequest,
): "allowed" | "denied" | "not allowed" {
  const decideFor = (resource: { readonly arn: string; readonly context?: Context }) => {
    const matching = Statement.filter((statement) =>
      matches(statement, action, resource.arn, { ...context, ...resource.context }),
    );
    if (matching.some(({ Effect }) => Effect === "Deny")) return "denied";
    return matching.length > 0 ? "allowed" : "not allowed";
  };
  const decisions = new Set(resources.map(decideFor));
  if (decisions.has("denied")) return "denied";
  return decisions.has("not allowed") ? "not allowed" : "allowed";
}

function matches(statement: Statement, action: string, resource: string, context: Context): boolean {
  const { Action, NotAction, Resource = ["*"], Condition = {} } = statement;
  const ofAction =
    Action === undefined
      ? !(NotAction ?? []).some((pattern) => like(pattern, action))
      : Action.some((pattern) => like(pattern, action));
  return (
    ofAction &&
    Resource.some((pattern) => like(pattern, resource)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, wanted]) => holds(operator, context[key], [wanted].flat())),
    )
  );
}

function holds(
  operator: string,
  found: string | readonly string[] | undefined,
  wanted: readonly string[],
): boolean {
  const values = found === undefined ? [] : [found].flat();
  switch (operator) {
    case "StringEquals":
    case "Bool":
    case "ForAnyValue:StringEquals":
      return values.some((value) => wanted.includes(value));
    case "StringNotEquals":
    case "ArnNotEquals":
      return !values.some((value) => wanted.includes(value));
    case "StringLike":
      return values.some((value) => wanted.some((pattern) => like(pattern, value)));
    case "ForAllValues:StringLike":
      return values.every((value) => wanted.some((pattern) => like(pattern, value)));
    case "Null":
      return wanted.includes(String(found === undefined));
    default:
      throw new Error(`The operator ${operator} is not known.`);
  }
}

/** Case counts, `*` is any text and `?` any character. */
function like(pattern: string, text: string): boolean {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/gu, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "u").test(text);
}
