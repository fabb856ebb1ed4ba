import { readFileSync } from "node:fs";

/** A schema of kintone's description, as far as values are judged by it. */
export interface KintoneSchema {
  readonly type?: string;
  /** Name of the schema that says the rest. */
  readonly ref?: string;
  readonly properties?: Readonly<Record<string, KintoneSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: KintoneSchema | boolean;
  readonly items?: KintoneSchema;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly KintoneSchema[];
  readonly oneOf?: readonly KintoneSchema[];
}

interface KintoneOperation {
  readonly parameters?: readonly {
    readonly name: string;
    readonly required: boolean;
    readonly schema: KintoneSchema;
  }[];
  readonly body?: KintoneSchema;
  readonly answer?: KintoneSchema;
}

/** kintone's own OpenAPI description (Apache-2.0), reduced to the operations of the sandbox. https://github.com/kintone/rest-api-spec */
export const kintoneModel = JSON.parse(
  readFileSync(new URL("kintone-model.json", import.meta.url), "utf8"),
) as {
  readonly source: string;
  readonly operations: Readonly<Record<string, KintoneOperation>>;
  readonly schemas: Readonly<Record<string, KintoneSchema>>;
};

/** What a request of an operation consists of, whether in the address or in the body. */
export function inputOf({ parameters = [], body }: KintoneOperation): KintoneSchema {
  if (body !== undefined) return body;
  return {
    type: "object",
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
  };
}

/** The schema itself, where it is named elsewhere. */
function resolve(schema: KintoneSchema): KintoneSchema {
  if (schema.ref === undefined) return schema;
  const named = kintoneModel.schemas[schema.ref];
  if (named === undefined) throw new Error(`The description has no schema ${schema.ref}.`);
  return resolve(named);
}

/** In what a value is not as its schema describes it, with the way to each. kintone writes and takes numbers and switches also as texts, and no number as an empty one. */
export function violationsOf(named: KintoneSchema, value: unknown, at = ""): readonly string[] {
  const schema = resolve(named);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return bestOf(choices, value, at);
  const judge = judges[schema.type ?? (schema.properties === undefined ? "any" : "object")];
  return judge === undefined
    ? [`${at} is a ${schema.type}, which nothing here can judge`]
    : judge(schema, value, at);
}

/** What is wrong by the choice that fits best. */
function bestOf(choices: readonly KintoneSchema[], value: unknown, at: string): readonly string[] {
  const all = choices.map((choice) => violationsOf(choice, value, at));
  return all.toSorted((a, b) => a.length - b.length)[0] ?? [];
}

type Judge = (schema: KintoneSchema, value: unknown, at: string) => readonly string[];

const judges: Readonly<Record<string, Judge>> = {
  any: () => [],
  object({ properties = {}, required = [], additionalProperties }, value, at) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return [`${at} is no object`];
    const given = Object.entries(value).filter(([, member]) => member !== undefined);
    const missing = required.filter((name) => !given.some(([each]) => each === name));
    return [
      ...missing.map((name) => `${at}.${name} is missing`),
      ...given.flatMap(([name, member]) => {
        const of = properties[name];
        if (of !== undefined) return member === null ? [] : violationsOf(of, member, `${at}.${name}`);
        if (typeof additionalProperties === "object")
          return violationsOf(additionalProperties, member, `${at}.*`);
        return Object.keys(properties).length === 0 ? [] : [`${at}.${name} is not described`];
      }),
    ];
  },
  array: ({ items = {} }, value, at) =>
    Array.isArray(value)
      ? value.flatMap((item: unknown) => violationsOf(items, item, `${at}[]`))
      : [`${at} is no list`],
  string({ enum: values }, value, at) {
    if (typeof value !== "string") return [`${at} is no text`];
    const isOne = values === undefined || values.some((each) => each.toLowerCase() === value.toLowerCase());
    return isOne ? [] : [`${at} is none of its values`];
  },
  integer: (_schema, value, at) => (/^(?:-?\d+)?$/u.test(String(value)) ? [] : [`${at} is no number`]),
  number: (_schema, value, at) =>
    String(value).trim() !== "" && Number.isFinite(Number(value)) ? [] : [`${at} is no number`],
  boolean: (_schema, value, at) => (/^(?:true|false)$/u.test(String(value)) ? [] : [`${at} is no switch`]),
};

/** Requests like this one, each with one fault that the description forbids, and what the fault is. */
export function faultsIn(
  named: KintoneSchema,
  value: unknown,
  at = "",
): readonly { readonly fault: string; readonly value: unknown }[] {
  const schema = resolve(named);
  if (schema.anyOf !== undefined || schema.oneOf !== undefined) return [];
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    const entries = Object.entries(value);
    const without = (name: string) => Object.fromEntries(entries.filter(([each]) => each !== name));
    return [
      ...(schema.required ?? [])
        .filter((name) => Object.hasOwn(value, name))
        .map((name) => ({ fault: `${at}.${name} is missing`, value: without(name) })),
      ...entries.flatMap(([name, member]) => {
        const of = schema.properties?.[name];
        if (of === undefined) return [];
        return faultsIn(of, member, `${at}.${name}`).map((each) => ({
          fault: each.fault,
          value: { ...value, [name]: each.value },
        }));
      }),
    ];
  }
  if (Array.isArray(value)) {
    const [first, ...rest]: readonly unknown[] = value;
    const inside = value.length === 0 ? [] : faultsIn(schema.items ?? {}, first, `${at}[]`);
    return [
      { fault: `${at} is no list`, value: "nonsense" },
      ...inside.map((each) => ({ fault: each.fault, value: [each.value, ...rest] })),
    ];
  }
  if (schema.enum !== undefined) return [{ fault: `${at} is none of its values`, value: "NONSENSE" }];
  if (schema.type === "integer") return [{ fault: `${at} is no number`, value: "nonsense" }];
  if (schema.type === "boolean") return [{ fault: `${at} is no switch`, value: "nonsense" }];
  return [];
}
