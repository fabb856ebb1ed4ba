import { readFileSync } from "node:fs";

import { parse, type CollectionTag, type ScalarTag } from "yaml";

import type { PolicyDocument } from "../../src/aws/policy-document.ts";

type Parameters = Readonly<Record<string, string | readonly string[]>>;

interface Template {
  readonly Parameters: Readonly<
    Record<
      string,
      { readonly Type: string; readonly Default?: string | number; readonly AllowedPattern?: string }
    >
  >;
  readonly Conditions: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<
    Record<string, { readonly Condition?: string; readonly Properties: Readonly<Record<string, unknown>> }>
  >;
}

const functions = [
  "Ref",
  "Condition",
  "Sub",
  "GetAtt",
  "If",
  "Equals",
  "Not",
  "And",
  "Or",
  "Join",
  "Select",
  "Split",
];

/** `!Sub x` as `{ "Sub": x }`. */
const customTags = functions.flatMap((name): (ScalarTag | CollectionTag)[] => [
  { tag: `!${name}`, resolve: (text: string) => ({ [name]: text }) },
  { tag: `!${name}`, collection: "seq", resolve: (list) => ({ [name]: list.toJSON() as unknown }) },
]);

const noValue = Symbol("AWS::NoValue");

/** The resources that CloudFormation would make of the template with these parameters. */
export function deploy(
  path: string,
  given: Parameters,
): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const template = parse(readFileSync(path, "utf8"), { customTags }) as Template;
  const parameters = readParameters(template, given);
  const evaluate = createEvaluator(template, parameters);
  const made = Object.entries(template.Resources).filter(
    ([, { Condition }]) => Condition === undefined || evaluate({ Condition }) === true,
  );
  return Object.fromEntries(
    made.map(([name, { Properties }]) => [name, evaluate(Properties) as Record<string, unknown>]),
  );
}

function readParameters({ Parameters }: Template, given: Parameters): Parameters {
  return Object.fromEntries(
    Object.entries(Parameters).map(([name, { Type, Default, AllowedPattern }]) => {
      const standing = Default === undefined ? undefined : String(Default);
      const value = given[name] ?? (Type === "CommaDelimitedList" ? [standing ?? ""] : standing);
      if (value === undefined) throw new Error(`The parameter ${name} is missing.`);
      const pattern = new RegExp(AllowedPattern ?? "", "u");
      for (const text of [value].flat())
        if (!pattern.test(text)) throw new Error(`${name} cannot be ${text}.`);
      return [name, value];
    }),
  );
}

function createEvaluator(template: Template, parameters: Parameters): (node: unknown) => unknown {
  const pseudo: Readonly<Record<string, unknown>> = {
    "AWS::Partition": "aws",
    "AWS::AccountId": "111122223333",
    "AWS::NoValue": noValue,
  };

  function reference(name: string): unknown {
    const made = Object.hasOwn(template.Resources, name) ? `<${name}>` : parameters[name];
    const value = Object.hasOwn(pseudo, name) ? pseudo[name] : made;
    if (value === undefined) throw new Error(`There is no ${name}.`);
    return value;
  }

  function substitute(argument: unknown): string {
    const [text, own] = Array.isArray(argument)
      ? (argument as [string, Record<string, unknown>])
      : [String(argument), {}];
    return text.replaceAll(/\$\{([^}]+)\}/gu, (_all, name: string) =>
      String(Object.hasOwn(own, name) ? evaluate(own[name]) : reference(name)),
    );
  }

  const calls: Readonly<Record<string, (argument: never) => unknown>> = {
    Ref: (name: string) => reference(name),
    Condition: (name: string) => evaluate(template.Conditions[name]),
    Sub: (argument: unknown) => substitute(argument),
    GetAtt: (name: string) => `<${name}>`,
    If: ([condition, yes, no]: [string, unknown, unknown]) =>
      evaluate(evaluate({ Condition: condition }) === true ? yes : no),
    Equals: ([one, other]: [unknown, unknown]) => evaluate(one) === evaluate(other),
    Not: ([argument]: [unknown]) => evaluate(argument) !== true,
    And: (all: unknown[]) => all.every((argument) => evaluate(argument) === true),
    Or: (all: unknown[]) => all.some((argument) => evaluate(argument) === true),
    Join: ([separator, list]: [string, unknown]) => (evaluate(list) as string[]).join(separator),
    Select: ([index, list]: [number, unknown]) => (evaluate(list) as string[])[index],
    Split: ([separator, text]: [string, unknown]) => String(evaluate(text)).split(separator),
  };

  function evaluate(node: unknown): unknown {
    if (Array.isArray(node)) return node.map(evaluate).filter((item) => item !== noValue);
    if (typeof node !== "object" || node === null) return node;
    const entries = Object.entries(node);
    const [first] = entries;
    const call = entries.length === 1 && first !== undefined ? calls[first[0]] : undefined;
    if (call !== undefined && first !== undefined) return call(first[1] as never);
    return Object.fromEntries(entries.map(([key, value]) => [key, evaluate(value)]));
  }

  return evaluate;
}

/** The trust policy and the permission policy of the template's role. */
export function rolePolicies(resources: ReturnType<typeof deploy>): {
  trust: PolicyDocument;
  permissions: PolicyDocument;
} {
  const role = resources["Role"] as {
    AssumeRolePolicyDocument: string;
    Policies: { PolicyDocument: PolicyDocument }[];
  };
  const [policy] = role.Policies;
  if (policy === undefined) throw new Error("The role has no policy.");
  return {
    trust: JSON.parse(role.AssumeRolePolicyDocument) as PolicyDocument,
    permissions: policy.PolicyDocument,
  };
}
