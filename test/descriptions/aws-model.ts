import { readFileSync } from "node:fs";

/** A shape of a service model, as far as values are judged by it. */
interface ModelShape {
  readonly type: string;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, string>>;
  readonly member?: string;
  readonly key?: string;
  readonly value?: string;
  readonly enum?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly document?: boolean;
}

interface ModelOperation {
  readonly input?: string;
  readonly output?: string;
  readonly errors: readonly string[];
}

/** What AWS describes of one service: the operations that the sandbox has, and their shapes. */
export interface ServiceModel {
  readonly operations: Readonly<Record<string, ModelOperation>>;
  readonly shapes: Readonly<Record<string, ModelShape>>;
}

/** AWS's own descriptions, as botocore carries them (Apache-2.0), reduced to the operations of the sandbox. https://github.com/boto/botocore/tree/develop/botocore/data */
export const awsModels = JSON.parse(readFileSync(new URL("aws-models.json", import.meta.url), "utf8")) as {
  readonly source: string;
  readonly services: Readonly<Record<string, ServiceModel>>;
};

/** The shape of this name. Throws when the model has none. */
export function shapeNamed({ shapes }: ServiceModel, name: string): ModelShape {
  const shape = shapes[name];
  if (shape === undefined) throw new Error(`The model has no shape ${name}.`);
  return shape;
}

/** In what a value is not as its shape describes it, with the way to each. */
export function violationsOf(model: ServiceModel, name: string, value: unknown, at = ""): readonly string[] {
  const shape = shapeNamed(model, name);
  if (shape.document === true) return [];
  return (judges[shape.type] ?? wrongKind)({ model, shape, value, at });
}

interface Judged {
  readonly model: ServiceModel;
  readonly shape: ModelShape;
  readonly value: unknown;
  readonly at: string;
}

const judges: Readonly<Record<string, (judged: Judged) => readonly string[]>> = {
  structure({ model, shape, value, at }) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return [`${at} is no structure`];
    const given = Object.entries(value).filter(([, member]) => member !== undefined && member !== null);
    const names = new Set(given.map(([name]) => name));
    const missing = (shape.required ?? []).filter((name) => !names.has(name));
    return [
      ...missing.map((name) => `${at}.${name} is missing`),
      ...given.flatMap(([name, member]) => {
        const of = shape.members?.[name];
        if (of === undefined) return [`${at}.${name} is not described`];
        return violationsOf(model, of, member, `${at}.${name}`);
      }),
    ];
  },
  list({ model, shape, value, at }) {
    if (!Array.isArray(value)) return [`${at} is no list`];
    const items = value.flatMap((item: unknown) => violationsOf(model, shape.member ?? "", item, `${at}[]`));
    return [...outOfBounds(shape, value.length, at), ...items];
  },
  map: ({ model, shape, value, at }) =>
    Object.values(value as object).flatMap((each: unknown) =>
      violationsOf(model, shape.value ?? "", each, `${at}{}`),
    ),
  string({ shape, value, at }) {
    if (typeof value !== "string") return [`${at} is no text`];
    const isOther = shape.enum !== undefined && !shape.enum.includes(value);
    const isUnlike = shape.pattern !== undefined && !expressionOf(shape.pattern).test(value);
    return [
      ...outOfBounds(shape, Array.from(value).length, at),
      ...(isOther ? [`${at} is none of its values`] : []),
      ...(isUnlike ? [`${at} does not match its pattern`] : []),
    ];
  },
  integer: ({ shape, value, at }) =>
    typeof value === "number" && Number.isInteger(value)
      ? outOfBounds(shape, value, at)
      : [`${at} is no integer`],
  long: (judged) => judges["integer"]?.(judged) ?? [],
  boolean: ({ value, at }) => (typeof value === "boolean" ? [] : [`${at} is no boolean`]),
  timestamp: ({ value, at }) =>
    Number.isFinite(typeof value === "number" ? value : Date.parse(String(value)))
      ? []
      : [`${at} is no time`],
};

function wrongKind({ shape, at }: Judged): readonly string[] {
  return [`${at} is a ${shape.type}, which nothing here can judge`];
}

function outOfBounds({ min, max }: ModelShape, size: number, at: string): readonly string[] {
  return [
    ...(min !== undefined && size < min ? [`${at} is below ${min}`] : []),
    ...(max !== undefined && size > max ? [`${at} is above ${max}`] : []),
  ];
}

const expressions = new Map<string, RegExp>();

/** A pattern is matched whole, whatever it says of its ends. */
function expressionOf(pattern: string): RegExp {
  const known = expressions.get(pattern);
  if (known !== undefined) return known;
  const expression = compile(`^(?:${pattern})$`);
  expressions.set(pattern, expression);
  return expression;
}

function compile(source: string): RegExp {
  try {
    return new RegExp(source, "u");
  } catch {
    return new RegExp(source);
  }
}
