/** What a string member of a request may be; patterns are anchored. */
export interface StringShape {
  readonly type: "string";
  readonly pattern?: RegExp;
  readonly min?: number;
  readonly max?: number;
  readonly oneOf?: readonly string[];
}

export interface IntegerShape {
  readonly type: "integer";
  readonly min?: number;
  readonly max?: number;
}

interface BooleanShape {
  readonly type: "boolean";
}

/** Any JSON value. */
interface DocumentShape {
  readonly type: "document";
}

export interface ListShape {
  readonly type: "list";
  readonly of: Shape;
  readonly min?: number;
  readonly max?: number;
}

export interface StructureShape {
  readonly type: "structure";
  readonly members: Readonly<Record<string, Shape & { readonly required?: true }>>;
}

export type Shape = StringShape | IntegerShape | BooleanShape | DocumentShape | ListShape | StructureShape;

type RequiredMembers<M> = { [K in keyof M]: M[K] extends { readonly required: true } ? K : never }[keyof M];

/** The type of a value that satisfies a shape. */
export type ValueOf<S> = S extends { readonly type: "string"; readonly oneOf: readonly (infer E)[] }
  ? E
  : S extends { readonly type: "string" }
    ? string
    : S extends { readonly type: "integer" }
      ? number
      : S extends { readonly type: "boolean" }
        ? boolean
        : S extends { readonly type: "list"; readonly of: infer Item }
          ? readonly ValueOf<Item>[]
          : S extends { readonly type: "structure"; readonly members: infer M }
            ? { readonly [K in RequiredMembers<M>]: ValueOf<M[K]> } & {
                readonly [K in Exclude<keyof M, RequiredMembers<M>>]?: ValueOf<M[K]>;
              }
            : unknown;

/** Marks a member that must be given. */
export function required<const S extends Shape>(shape: S): S & { readonly required: true } {
  return { ...shape, required: true };
}

/** A structure of these members. */
export function structure<const M extends StructureShape["members"]>(
  members: M,
): { readonly type: "structure"; readonly members: M } {
  return { type: "structure", members };
}
