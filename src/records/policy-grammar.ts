import { distance } from "fastest-levenshtein";
import type { IssueParams } from "../model/issue.ts";
import type { Json } from "../model/json.ts";
import { shorten } from "../model/text.ts";

type Problem = IssueParams["policy.grammar"];
type JsonObject = { readonly [key: string]: Json };

const versions = new Set<Json>(["2012-10-17", "2008-10-17"]);
const policyElements = new Set(["Version", "Id", "Statement"]);
const statementElements = new Set([
  "Sid",
  "Effect",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
  "Principal",
  "NotPrincipal",
]);

/** What IAM's grammar for identity policies forbids in the document. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
export function checkPolicyGrammar(document: Json): readonly Problem[] {
  if (!isObject(document)) return [{ path: "", problem: "not-an-object" }];
  const unknown = Object.keys(document).filter((key) => !policyElements.has(key));
  return withoutMissing([
    ...unknown.map((key) => unknownElement(key, key, policyElements)),
    ...checkVersion(document["Version"]),
    ...checkStatements(document["Statement"]),
  ]);
}

function unknownElement(path: string, key: string, known: ReadonlySet<string>): Problem {
  const suggestion = [...known].find((one) => isNear(one.toLowerCase(), key.toLowerCase()));
  return { path, problem: "unknown-element", ...(suggestion === undefined ? {} : { suggestion }) };
}

function isNear(one: string, other: string): boolean {
  return Math.abs(one.length - other.length) <= 2 && distance(one, other) <= 2;
}

/** Without what is missing only because its name is misspelt. */
function withoutMissing(problems: readonly Problem[]): readonly Problem[] {
  const meant = new Set(
    problems.flatMap(({ path, suggestion }) => {
      if (suggestion === undefined) return [];
      const place = path.slice(0, path.lastIndexOf(".") + 1);
      return [place + suggestion, place + suggestion.replace("Not", "")];
    }),
  );
  return problems.filter(({ path, problem }) => !(problem.endsWith("-missing") && meant.has(path)));
}

function checkVersion(version: Json | undefined): readonly Problem[] {
  if (version === undefined) return [{ path: "Version", problem: "version-missing" }];
  if (versions.has(version)) return [];
  return [{ path: "Version", problem: "version-invalid" }];
}

function checkStatements(statements: Json | undefined): readonly Problem[] {
  if (statements === undefined) return [{ path: "Statement", problem: "statement-missing" }];
  if (!isArray(statements)) return checkStatement(statements, "Statement");
  if (statements.length === 0) return [{ path: "Statement", problem: "statement-empty" }];
  return [
    ...statements.flatMap((statement, index) => checkStatement(statement, `Statement[${index}]`)),
    ...checkDuplicateSids(statements),
  ];
}

function checkDuplicateSids(statements: readonly Json[]): readonly Problem[] {
  const seen = new Set<string>();
  return statements.flatMap((statement, index): readonly Problem[] => {
    const sid = isObject(statement) ? statement["Sid"] : undefined;
    if (typeof sid !== "string" || sid === "") return [];
    if (seen.has(sid)) return [{ path: `Statement[${index}].Sid`, problem: "sid-duplicate" }];
    seen.add(sid);
    return [];
  });
}

function checkStatement(statement: Json, path: string): readonly Problem[] {
  if (!isObject(statement)) return [{ path, problem: "statement-not-an-object" }];
  return withoutMissing([
    ...checkElements(statement, path),
    ...checkSid(statement["Sid"], `${path}.Sid`),
    ...checkEffect(statement["Effect"], `${path}.Effect`),
    ...checkPair(statement, path, actionPair),
    ...checkPair(statement, path, resourcePair),
    ...checkCondition(statement["Condition"], `${path}.Condition`),
  ]);
}

function checkElements(statement: JsonObject, path: string): readonly Problem[] {
  return Object.keys(statement).flatMap((key): readonly Problem[] => {
    if (!statementElements.has(key)) return [unknownElement(`${path}.${key}`, key, statementElements)];
    if (!key.endsWith("Principal")) return [];
    return [{ path: `${path}.${key}`, problem: "principal-not-allowed" }];
  });
}

function checkSid(sid: Json | undefined, path: string): readonly Problem[] {
  if (sid === undefined || (typeof sid === "string" && /^[A-Za-z0-9]*$/u.test(sid))) return [];
  return [{ path, problem: "sid-invalid" }];
}

function checkEffect(effect: Json | undefined, path: string): readonly Problem[] {
  if (effect === undefined) return [{ path, problem: "effect-missing" }];
  if (effect === "Allow" || effect === "Deny") return [];
  const value = typeof effect === "string" ? { value: shorten(effect) } : {};
  return [{ path, problem: "effect-invalid", ...value }];
}

interface ElementPair {
  readonly element: string;
  readonly opposite: string;
  readonly valid: RegExp;
  readonly missing: Problem["problem"];
  readonly both: Problem["problem"];
  readonly invalid: Problem["problem"];
}

const actionPair: ElementPair = {
  element: "Action",
  opposite: "NotAction",
  valid: /^(\*|\*:\*|[A-Za-z0-9-]+:[\w*?-]+)$/u,
  missing: "action-missing",
  both: "action-and-not-action",
  invalid: "action-invalid",
};

const resourcePair: ElementPair = {
  element: "Resource",
  opposite: "NotResource",
  valid: /^(\*|arn:.+)$/u,
  missing: "resource-missing",
  both: "resource-and-not-resource",
  invalid: "resource-invalid",
};

function checkPair(statement: JsonObject, path: string, pair: ElementPair): readonly Problem[] {
  const present = [pair.element, pair.opposite].filter((key) => Object.hasOwn(statement, key));
  if (present.length === 0) return [{ path: `${path}.${pair.element}`, problem: pair.missing }];
  if (present.length === 2) return [{ path: `${path}.${pair.opposite}`, problem: pair.both }];
  return present.flatMap((key) => checkTexts(statement[key], `${path}.${key}`, pair));
}

function checkTexts(value: Json | undefined, path: string, pair: ElementPair): readonly Problem[] {
  const items = isArray(value) ? value : [value];
  if (items.length === 0) return [{ path, problem: pair.missing }];
  return items.flatMap((item, index): readonly Problem[] => {
    if (typeof item === "string" && pair.valid.test(item)) return [];
    return [{ path: isArray(value) ? `${path}[${index}]` : path, problem: pair.invalid }];
  });
}

function checkCondition(condition: Json | undefined, path: string): readonly Problem[] {
  if (condition === undefined) return [];
  const valid = isObject(condition) && Object.values(condition).every(isConditionBlock);
  return valid ? [] : [{ path, problem: "condition-invalid" }];
}

function isConditionBlock(block: Json): boolean {
  if (!isObject(block)) return false;
  return Object.values(block).every((value) => (isArray(value) ? value : [value]).every(isScalar));
}

function isScalar(value: Json): boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}

function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
