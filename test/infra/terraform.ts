import { readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "@cdktf/hcl2json";

import type { PolicyDocument, Statement } from "../../src/aws/policy-document.ts";

type Variables = Readonly<Record<string, string | readonly string[]>>;
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
  readonly variable: Readonly<Record<string, readonly { readonly default?: string | readonly string[] }[]>>;
}

/** Policy documents of the module's data blocks, by name, as Terraform would render them for these variables. */
export async function renderModule(
  folder: string,
  given: Variables,
): Promise<(name: string) => PolicyDocument> {
  const main = (await parse("main.tf", readFileSync(join(folder, "main.tf"), "utf8"))) as Module;
  const declared = (await parse(
    "variables.tf",
    readFileSync(join(folder, "variables.tf"), "utf8"),
  )) as Module;
  const variables = Object.entries(declared.variable).map(([name, [block]]) => {
    const value = given[name] ?? block?.default;
    if (value === undefined) throw new Error(`The variable ${name} is missing.`);
    return [`var.${name}`, value] as const;
  });
  const scope: Record<string, unknown> = {
    ...Object.fromEntries(variables),
    "data.aws_partition.current.partition": "aws",
    "aws_iam_openid_connect_provider.ci[0].arn": "<Provider.Arn>",
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
    const [document] = main.data.aws_iam_policy_document[name] ?? [];
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
    ...(principal && { Principal: { Federated: list(principal.identifiers)[0] ?? "" } }),
    ...(block.actions === undefined ? {} : { Action: list(block.actions) }),
    ...(block.not_actions === undefined ? {} : { NotAction: list(block.not_actions) }),
    ...(block.resources === undefined ? {} : { Resource: list(block.resources) }),
    ...(block.condition === undefined ? {} : { Condition: conditions }),
  };
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
  while (at < text.length) {
    const start = text.indexOf("${", at);
    if (start < 0) break;
    if (start > at) parts.push(text.slice(at, start));
    const reader = new Reader(text, start + 2, scope);
    parts.push(reader.expression());
    reader.expect("}");
    at = reader.at;
  }
  if (at < text.length) parts.push(text.slice(at));
  return parts.length === 1 ? parts[0] : parts.map(String).join("");
}

/** Reads the part of HCL's expressions that the module uses, and gives their value. */
class Reader {
  readonly #text: string;
  #at: number;
  readonly #scope: Scope;

  constructor(text: string, at: number, scope: Scope) {
    this.#text = text;
    this.#at = at;
    this.#scope = scope;
  }

  get at(): number {
    return this.#at;
  }

  #next(token: string): boolean {
    while (/\s/u.test(this.#text[this.#at] ?? "")) this.#at += 1;
    if (!this.#text.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }

  expect(token: string): void {
    if (!this.#next(token))
      throw new Error(`Expected ${token} at ${this.#text.slice(this.#at, this.#at + 40)}`);
  }

  expression(): unknown {
    let value = this.#operand();
    if (this.#next("==")) value = value === this.#operand();
    if (!this.#next("?")) return value;
    const yes = this.expression();
    this.expect(":");
    const no = this.expression();
    return value === true ? yes : no;
  }

  #operand(): unknown {
    if (this.#next('"')) return this.#quoted();
    if (this.#next("[")) return this.#list();
    this.#next("");
    const [name = ""] = /^[a-z_][a-z_.]*(?:\[0\]\.[a-z]+)?/u.exec(this.#text.slice(this.#at)) ?? [];
    this.#at += name.length;
    if (!this.#next("(")) return this.#lookUp(name);
    const parameters = this.#items(")");
    if (name === "concat") return (parameters as unknown[][]).flat();
    if (name !== "split") throw new Error(`The function ${name} is not known.`);
    this.expect("[1]");
    return String(parameters[1]).split(String(parameters[0]))[1];
  }

  #lookUp(name: string): unknown {
    if (!(name in this.#scope)) throw new Error(`There is no ${name}.`);
    return this.#scope[name];
  }

  #quoted(): unknown {
    const start = this.#at;
    for (let depth = 0; this.#text[this.#at] !== '"' || depth > 0; this.#at += 1) {
      if (this.#text.startsWith("${", this.#at)) depth += 1;
      if (this.#text[this.#at] === "}") depth -= 1;
    }
    this.#at += 1;
    return template(this.#text.slice(start, this.#at - 1), this.#scope);
  }

  #items(end: string): unknown[] {
    const items: unknown[] = [];
    while (!this.#next(end)) {
      items.push(this.expression());
      this.#next(",");
    }
    return items;
  }

  #list(): unknown[] {
    if (!this.#next("for ")) return this.#items("]");
    const [name = ""] = /^[a-z]+/u.exec(this.#text.slice(this.#at)) ?? [];
    this.#at += name.length;
    this.expect("in");
    const items = this.expression() as unknown[];
    this.expect(":");
    const start = this.#at;
    const values = items.map((item) => {
      const body = new Reader(this.#text, start, { [name]: item, __proto__: this.#scope } as Scope);
      const value = body.expression();
      this.#at = body.at;
      return value;
    });
    this.expect("]");
    return values;
  }
}
