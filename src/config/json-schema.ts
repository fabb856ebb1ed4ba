import * as z from "zod";
import { isTree } from "./config-tree.ts";
import { configFileSchema } from "./config-file-schema.ts";

/** The parts of a JSON schema that this project's own schema uses. */
export interface JsonSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
}

/** The JSON schema of the configuration file. No key is required: the environment can give the ones without a default. */
export function configJsonSchema(): JsonSchema {
  const schema = z.toJSONSchema(configFileSchema, {
    io: "input",
    target: "draft-07",
    override: ({ jsonSchema }) => {
      delete jsonSchema.required;
      if (isTree(jsonSchema.default)) delete jsonSchema.default;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return { ...schema, title: "kintone-sso-sync" } as JsonSchema;
}

/** The schema of the value at a path; positions in a list count as its items. */
export function schemaAt(schema: JsonSchema, path: readonly PropertyKey[]): JsonSchema | undefined {
  return path.reduce<JsonSchema | undefined>((node, key) => {
    const isPosition = node?.items !== undefined && /^\d+$/u.test(String(key));
    return isPosition ? node.items : node?.properties?.[String(key)];
  }, schema);
}
