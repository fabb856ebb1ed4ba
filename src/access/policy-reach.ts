import { arnServices } from "./escalations.ts";
import { anyPart, patternsMeet } from "./patterns-meet.ts";
import { isObject, listOf, parse } from "./policy-parts.ts";

/** What one statement allows; patterns in lower case, with variables as what they may become. */
export interface Grant {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

export interface PolicyReach {
  readonly grants: readonly Grant[];
  /** Whether all of the text is understood. */
  readonly isUnderstood: boolean;
}

const documentParts = new Set(["Version", "Id", "Statement"]);
const statementParts = new Set([
  "Sid",
  "Effect",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
]);

/** What an inline policy allows. A statement that says only what it is not about is about everything; conditions and denials take nothing away. */
export function reachOf(text: string): PolicyReach {
  const document = parse(text);
  const statements = isObject(document) ? listOf(document["Statement"]) : [];
  const isKnown = isObject(document) && Object.keys(document).every((key) => documentParts.has(key));
  const reaches = statements.map(grantOf);
  return {
    grants: reaches.filter((reach) => reach !== undefined && reach !== "denial"),
    isUnderstood: isKnown && reaches.length > 0 && !reaches.includes(undefined),
  };
}

function grantOf(statement: unknown): Grant | "denial" | undefined {
  if (!isObject(statement) || !Object.keys(statement).every((key) => statementParts.has(key)))
    return undefined;
  const effect = statement["Effect"];
  if (effect === "Deny") return "denial";
  const actions = "NotAction" in statement ? ["*"] : textsOf(statement["Action"]);
  const resources = "NotResource" in statement ? ["*"] : textsOf(statement["Resource"]);
  return effect === "Allow" && actions !== undefined && resources !== undefined
    ? { actions, resources }
    : undefined;
}

/** Undefined when there is anything but texts, or nothing. */
function textsOf(value: unknown): readonly string[] | undefined {
  const texts = listOf(value).filter((item) => typeof item === "string");
  return texts.length === 0 || texts.length < listOf(value).length ? undefined : texts.map(widest);
}

/** A variable may become anything, with its default and where it does not end. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html */
function widest(text: string): string {
  return text
    .replace(/\$\{.*\}|\$\{.*$/su, "*")
    .replaceAll(anyPart, "?")
    .toLowerCase();
}

/** Whether the grant may allow the action, `*` in it standing for any characters, on some resource of its service. */
export function allows(grant: Grant, action: string): boolean {
  return (
    grant.actions.some((pattern) => patternsMeet(pattern, action)) &&
    grant.resources.some((pattern) => isOfService(pattern, action))
  );
}

function isOfService(pattern: string, action: string): boolean {
  const service = action.slice(0, action.indexOf(":"));
  return (arnServices[service] ?? [service]).some((one) => patternsMeet(pattern, arnOf(one, "*")));
}

/** The pattern of ARNs of a service whose last part is as given. */
export function arnOf(service: string, rest: string): string {
  return `arn:${anyPart}:${service}:${anyPart}:${anyPart}:${rest}`;
}
