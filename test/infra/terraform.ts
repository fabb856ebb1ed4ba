import { readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "@cdktf/hcl2json";

import type { PolicyDocument, Statement } from "../../src/aws/policy-document.ts";

type Variables = Readonly<Record<string, string | number | boolean | readonly string[]>>;
type Scope = Readonly<Record<string, unknown>>;

interface Condition {
  readonly test: string;
  readonly variable: string;
  readonly values: unknown;
}

interface Block {
  readonly sid: string;
  readonly effect?: "Deny";
  readonly actions?: unknown;
  readonly not_actions?: unknown;
  readonly resources?: unknown;
  readonly principals?: readonly { readonly identifiers: unknown }[];
  readonly condition?: readonly Condition[];
}

interface Document {
  readonly statement: readonly Block[];
  readonly dynamic?: {
    readonly statement: readonly { readonly for_each: string; readonly content: readonly Block[] }[];
  };
}

interface Module {
  readonly locals: readonly Readonly<Record<string, unknown>>[];
  readonly data: { readonly aws_iam_policy_document: Readonly<Record<string, readonly Document[]>> };
  readonly variable: Readonly<
    Record<string, readonly { readonly default?: string | number | boolean | readonly string[] }[]>
  >;
}

/** Policy documents of the module's data blocks, by name, as Terraform would render them for these variables. */
export async function renderModule(
  folder: string,
  given: Variables,
): Promise<(name: string) => PolicyDocument> {
  const read = async (name: string) =>
    (await parse(name, readFileSync(join(folder, name), "utf8"))) as Module;
  const main = await read("main.tf");
  const declared = await read("variables.tf");
  const documents = Object.assign(
    {},
    ...[main, await read("memory.tf"), await read("audit.tf")].map(
      (file) => file.data.aws_iam_policy_document,
    ),
  ) as Module["data"]["aws_iam_policy_document"];
  const variables = Object.entries(declared.variable).map(([name, [block]]) => {
    const value = given[name] ?? block?.default;
    if (value === undefined) throw new Error(`The variable ${name} is missing.`);
    return [`var.${name}`, value] as const;
  });
  const scope: Record<string, unknown> = {
    ...Object.fromEntries(variables),
    "data.aws_partition.current.partition": "aws",
    "data.aws_caller_identity.current.account_id": "111122223333",
    "aws_iam_openid_connect_provider.ci[0].arn": "<Provider.Arn>",
    "aws_iam_role.sync.arn": "<Role.Arn>",
    "aws_s3_bucket.memory[0].id": "<MemoryBucket>",
    "aws_s3_bucket.audit[0].id": "<AuditBucket>",
  };
  const locals = Object.entries(main.locals[0] ?? {});
  // Terraform sorts locals by what they refer to; here each is found when it is asked for.
  for (const [name, expression] of locals) {
    Object.defineProperty(scope, `local.${name}`, {
      enumerable: true,
      get: () => evaluate(expression, scope),
    });
  }
  return (name) => {
    const [document] = documents[name] ?? [];
    if (document === undefined) throw new Error(`There is no document ${name}.`);
    return { Version: "2012-10-17", Statement: statementsOf(document, scope) };
  };
}

function statementsOf({ statement, dynamic }: Document, scope: Scope): Statement[] {
  const optional = (dynamic?.statement ?? []).flatMap(({ for_each, content }) =>
    (evaluate(for_each, scope) as unknown[]).length === 0 ? [] : content,
  );
  return [...statement, ...optional].map((block) => statementOf(block, scope));
}

function statementOf(block: Block, scope: Scope): Statement {
  const list = (value: unknown) => evaluate(value, scope) as string[];
  const [principal] = block.principals ?? [];
  const conditions: Record<string, Record<string, string | readonly string[]>> = {};
  for (const { test, variable, values } of block.condition ?? []) {
    const all = list(values);
    // The provider writes a list with one item as a text.
    const value = all.length === 1 ? (all[0] ?? "") : all;
    conditions[test] = { ...conditions[test], [String(evaluate(variable, scope))]: value };
  }
  return {
    Sid: block.sid,
    Effect: block.effect ?? "Allow",
    ...(principal && { Principal: principalOf(list(principal.identifiers)[0] ?? "") }),
    ...(block.actions === undefined ? {} : { Action: list(block.actions) }),
    ...(block.not_actions === undefined ? {} : { NotAction: list(block.not_actions) }),
    ...(block.resources === undefined ? {} : { Resource: list(block.resources) }),
    ...(block.condition === undefined ? {} : { Condition: conditions }),
  };
}

function principalOf(identifier: string): NonNullable<Statement["Principal"]> {
  return identifier === "*" ? "*" : { Federated: identifier };
}

/** A value as the parser gives it: lists and texts with `${…}` in them. */
function evaluate(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item) => evaluate(item, scope));
  return typeof value === "string" ? template(value, scope) : value;
}

/** A text; one that is a single `${…}` has its value's type. */
function template(text: string, scope: Scope): unknown {
  const parts: unknown[] = [];
  let at = 0;
  for (let start = text.indexOf("${"); start >= 0; start = text.indexOf("${", at)) {
    if (start > at) parts.push(text.slice(at, start));
    const source = createSource(text, start + 2);
    parts.push(readExpression(source, scope));
    expect(source, "}");
    at = source.at;
  }
  if (at < text.length) parts.push(text.slice(at));
  return parts.length === 1 ? parts[0] : parts.map(String).join("");
}

/** HCL's text, and how far it is read. */
interface Source {
  readonly text: string;
  at: number;
}

function createSource(text: string, at: number): Source {
  return { text, at };
}

/** Reads the token if it comes next, after white space. */
function next(source: Source, token: string): boolean {
  while (/\s/u.test(source.text[source.at] ?? "")) source.at += 1;
  if (!source.text.startsWith(token, source.at)) return false;
  source.at += token.length;
  return true;
}

function expect(source: Source, token: string): void {
  if (!next(source, token)) throw new Error(`Expected ${token} in ${source.text} at ${source.at}`);
}

function readName(source: Source, pattern: RegExp): string {
  next(source, "");
  const [name = ""] = pattern.exec(source.text.slice(source.at)) ?? [];
  source.at += name.length;
  return name;
}

/** The value of an expression, of the part of HCL's that the module uses. */
function readExpression(source: Source, scope: Scope): unknown {
  let value = readAll(source, scope);
  while (next(source, "||")) {
    const other = readAll(source, scope);
    value = value === true || other === true;
  }
  if (!next(source, "?")) return value;
  const yes = readExpression(source, scope);
  expect(source, ":");
  const no = readExpression(source, scope);
  return value === true ? yes : no;
}

function readAll(source: Source, scope: Scope): unknown {
  let value = readComparison(source, scope);
  while (next(source, "&&")) {
    const other = readComparison(source, scope);
    value = value === true && other === true;
  }
  return value;
}

function readComparison(source: Source, scope: Scope): unknown {
  const value = readOperand(source, scope);
  if (next(source, "==")) return value === readOperand(source, scope);
  return next(source, "!=") ? value !== readOperand(source, scope) : value;
}

function readOperand(source: Source, scope: Scope): unknown {
  if (next(source, '"')) return readQuoted(source, scope);
  if (next(source, "[")) return readList(source, scope);
  const digits = readName(source, /^\d+/u);
  if (digits !== "") return Number(digits);
  const name = readName(source, /^[a-z_][a-z0-9_.]*(?:\[0\]\.[a-z]+)?/u);
  if (next(source, "(")) return readCall(source, scope, name);
  if (!(name in scope)) throw new Error(`There is no ${name}.`);
  return scope[name];
}

function readCall(source: Source, scope: Scope, name: string): unknown {
  const parameters = readItems(source, scope, ")");
  if (name === "concat") return (parameters as unknown[][]).flat();
  if (name !== "split") throw new Error(`The function ${name} is not known.`);
  expect(source, "[");
  const index = Number(readName(source, /^\d/u));
  expect(source, "]");
  return String(parameters[1]).split(String(parameters[0]))[index];
}

function readQuoted(source: Source, scope: Scope): unknown {
  const start = source.at;
  for (let depth = 0; source.text[source.at] !== '"' || depth > 0; source.at += 1) {
    if (source.text.startsWith("${", source.at)) depth += 1;
    if (source.text[source.at] === "}") depth -= 1;
  }
  source.at += 1;
  return template(source.text.slice(start, source.at - 1), scope);
}

function readItems(source: Source, scope: Scope, end: string): unknown[] {
  const items: unknown[] = [];
  while (!next(source, end)) {
    items.push(readExpression(source, scope));
    next(source, ",");
  }
  return items;
}

function readList(source: Source, scope: Scope): unknown[] {
  if (!next(source, "for ")) return readItems(source, scope, "]");
  const name = readName(source, /^[a-z]+/u);
  expect(source, "in");
  const items = readExpression(source, scope) as unknown[];
  expect(source, ":");
  const start = source.at;
  const values = items.map((item) => {
    source.at = start;
    return readExpression(source, Object.assign(Object.create(scope), { [name]: item }) as Scope);
  });
  expect(source, "]");
  return values;
}
