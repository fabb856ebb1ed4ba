import { AwsError } from "./aws-error.ts";
import type { IntegerShape, ListShape, Shape, StringShape, StructureShape } from "./request-shapes.ts";

/**
 * Says in AWS's words what is wrong with a request, one sentence per violated constraint and nothing when it is valid.
 * Throws a SerializationException when a member has another JSON type than its shape.
 */
export function requestViolations(shape: StructureShape, input: unknown): string[] {
  return structureViolations(shape, input, "");
}

/** Joins violations to the message AWS gives: their number, then each of them. */
export function violationMessage(violations: readonly string[]): string {
  const errors = violations.length === 1 ? "error" : "errors";
  return `${violations.length} validation ${errors} detected: ${violations.join("; ")}`;
}

function violations(shape: Shape, value: unknown, at: string): string[] {
  if (shape.type === "string") return stringViolations(shape, value, at);
  if (shape.type === "integer") return integerViolations(shape, value, at);
  if (shape.type === "list") return listViolations(shape, value, at);
  if (shape.type === "structure") return structureViolations(shape, value, at);
  if (shape.type === "boolean" && typeof value !== "boolean") throw wrongType(at, "Boolean");
  return [];
}

function stringViolations(shape: StringShape, value: unknown, at: string): string[] {
  if (typeof value !== "string") throw wrongType(at, "String");
  const { oneOf, pattern } = shape;
  const constraints = lengthConstraints(shape, Array.from(value).length);
  if (pattern !== undefined && !pattern.test(value)) {
    constraints.push(`Member must satisfy regular expression pattern: ${pattern.source}`);
  }
  if (oneOf !== undefined && !oneOf.includes(value)) {
    constraints.push(`Member must satisfy enum value set: [${oneOf.join(", ")}]`);
  }
  return constraints.map((constraint) => failed(value, at, constraint));
}

function integerViolations({ min, max }: IntegerShape, value: unknown, at: string): string[] {
  if (typeof value !== "number" || !Number.isInteger(value)) throw wrongType(at, "Integer");
  const constraints: string[] = [];
  if (min !== undefined && value < min) {
    constraints.push(`Member must have value greater than or equal to ${min}`);
  }
  if (max !== undefined && value > max) {
    constraints.push(`Member must have value less than or equal to ${max}`);
  }
  return constraints.map((constraint) => failed(String(value), at, constraint));
}

function listViolations(shape: ListShape, value: unknown, at: string): string[] {
  if (!Array.isArray(value)) throw wrongType(at, "List");
  const items: readonly unknown[] = value;
  const ofLength = lengthConstraints(shape, items.length).map((constraint) =>
    failed(JSON.stringify(items), at, constraint),
  );
  const ofItems = items.flatMap((item, index) => violations(shape.of, item, `${at}.${index + 1}.member`));
  return [...ofLength, ...ofItems];
}

function structureViolations(shape: StructureShape, value: unknown, at: string): string[] {
  if (!isRecord(value)) throw wrongType(at, "Structure");
  return Object.entries(shape.members).flatMap(([name, member]) => {
    const path = at === "" ? lowerFirst(name) : `${at}.${lowerFirst(name)}`;
    const given = value[name];
    if (given !== undefined && given !== null) return violations(member, given, path);
    if (member.required !== true) return [];
    return [`Value null at '${path}' failed to satisfy constraint: Member must not be null`];
  });
}

function lengthConstraints(
  limits: { readonly min?: number; readonly max?: number },
  length: number,
): string[] {
  const constraints: string[] = [];
  if (limits.min !== undefined && length < limits.min) {
    constraints.push(`Member must have length greater than or equal to ${limits.min}`);
  }
  if (limits.max !== undefined && length > limits.max) {
    constraints.push(`Member must have length less than or equal to ${limits.max}`);
  }
  return constraints;
}

function failed(value: string, at: string, constraint: string): string {
  return `Value '${value}' at '${at}' failed to satisfy constraint: ${constraint}`;
}

function wrongType(at: string, expected: string): AwsError {
  const where = at === "" ? "the request" : `'${at}'`;
  return new AwsError("SerializationException", `${where} cannot be converted to ${expected}`, {
    origin: "front end",
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
