import { type Node, type ParseError, parseTree } from "jsonc-parser";

import { mayExist } from "./service-actions.ts";
import { isServicePrefix } from "./service-prefixes.ts";

/** A step from the top of a policy towards an element. */
type PathElement = { readonly value: string } | { readonly index: number };

/** Something about a policy that Access Analyzer would say, before it is put into words. */
export interface PolicyFinding {
  readonly issueCode: IssueCode;
  /** The text at fault, where the wording quotes it. */
  readonly subject: string;
  readonly path: readonly PathElement[];
  readonly start: number;
  readonly end: number;
}

export type IssueCode =
  | "JSON_SYNTAX_ERROR"
  | "MISSING_VERSION"
  | "INVALID_VERSION"
  | "MISSING_STATEMENT"
  | "MISSING_EFFECT"
  | "INVALID_EFFECT"
  | "MISSING_ACTION"
  | "MISSING_RESOURCE"
  | "INVALID_ACTION"
  | "INVALID_SERVICE_IN_ACTION"
  | "PASS_ROLE_WITH_STAR_IN_RESOURCE"
  | "PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE";

/** An element together with the way to it. */
interface Element {
  readonly node: Node;
  readonly path: readonly PathElement[];
}

/**
 * Finds in a policy what the sandbox knows to look for, a small part of the real catalogue.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
export function findInPolicy(text: string): PolicyFinding[] {
  const errors: ParseError[] = [];
  const node = parseTree(text, errors, { disallowComments: true });
  if (node !== undefined && isJson(text)) return findInDocument({ node, path: [] });
  const offset = errors[0]?.offset ?? text.length;
  return [{ issueCode: "JSON_SYNTAX_ERROR", subject: String(offset), path: [], start: offset, end: offset }];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function findInDocument(document: Element): PolicyFinding[] {
  const statement = member(document, "Statement");
  const statements = statement === undefined ? [] : each(statement);
  return [
    ...findInVersion(document),
    ...(statement === undefined ? [finding("MISSING_STATEMENT", document)] : []),
    ...statements.flatMap(findInStatement),
  ];
}

function findInVersion(document: Element): PolicyFinding[] {
  const version = member(document, "Version");
  if (version === undefined) return [finding("MISSING_VERSION", document)];
  const isKnown = ["2012-10-17", "2008-10-17"].includes(textOf(version));
  return isKnown ? [] : [finding("INVALID_VERSION", version)];
}

function findInStatement(statement: Element): PolicyFinding[] {
  const effect = member(statement, "Effect");
  const actions = member(statement, "Action") ?? member(statement, "NotAction");
  const resources = member(statement, "Resource") ?? member(statement, "NotResource");
  return [
    ...(effect === undefined ? [finding("MISSING_EFFECT", statement)] : findInEffect(effect)),
    ...(actions === undefined ? [finding("MISSING_ACTION", statement)] : each(actions).flatMap(findInAction)),
    ...(resources === undefined ? [finding("MISSING_RESOURCE", statement)] : []),
    ...findPassRole(statement),
  ];
}

function findInEffect(effect: Element): PolicyFinding[] {
  return ["Allow", "Deny"].includes(textOf(effect)) ? [] : [finding("INVALID_EFFECT", effect)];
}

function findInAction(action: Element): PolicyFinding[] {
  const text = textOf(action);
  if (text === "*") return [];
  const [prefix = "", name] = text.split(":");
  if (name === undefined || name === "") return [finding("INVALID_ACTION", action)];
  if (!isServicePrefix(prefix)) return [finding("INVALID_SERVICE_IN_ACTION", action, prefix)];
  return mayExist(prefix, name) ? [] : [finding("INVALID_ACTION", action)];
}

function findPassRole(statement: Element): PolicyFinding[] {
  const effect = member(statement, "Effect");
  const actions = member(statement, "Action");
  const resources = member(statement, "Resource");
  if (effect === undefined || actions === undefined || resources === undefined) return [];
  const isOpen = textOf(effect) === "Allow" && each(resources).some((resource) => textOf(resource) === "*");
  if (!isOpen || member(statement, "Condition") !== undefined) return [];
  return each(actions).flatMap((action) => {
    const text = textOf(action).toLowerCase();
    if (text === "iam:passrole") return [finding("PASS_ROLE_WITH_STAR_IN_RESOURCE", action)];
    const isWide = text === "*" || text === "iam:*" || text === "iam:pass*";
    return isWide ? [finding("PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE", action)] : [];
  });
}

function finding(issueCode: IssueCode, { node, path }: Element, subject = ""): PolicyFinding {
  const quoted = subject === "" ? textOf({ node, path }) : subject;
  return { issueCode, subject: quoted, path, start: node.offset, end: node.offset + node.length };
}

/** Of a key that is there twice, the last one counts, as for JSON.parse. */
function member({ node, path }: Element, key: string): Element | undefined {
  const properties = node.type === "object" ? (node.children ?? []) : [];
  const [, found] = properties.findLast(({ children }) => children?.[0]?.value === key)?.children ?? [];
  return found === undefined ? undefined : { node: found, path: [...path, { value: key }] };
}

function each({ node, path }: Element): Element[] {
  if (node.type !== "array") return [{ node, path }];
  return (node.children ?? []).map((item, index) => ({ node: item, path: [...path, { index }] }));
}

function textOf({ node }: Element): string {
  return node.type === "object" || node.type === "array" ? "" : String(node.value);
}
