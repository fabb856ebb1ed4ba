import type { Language } from "./draw-overview.ts";

/** The parts of a JSON schema that a table shows. */
export interface TableSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, TableSchema>>;
  readonly items?: TableSchema;
  readonly anyOf?: readonly TableSchema[];
}

interface Row {
  readonly path: string;
  readonly schema: TableSchema;
}

/** The keys of a schema by their paths, with what is below those that `opens` lets through. */
export function schemaRows(schema: TableSchema, opens: (row: Row) => boolean, path = ""): readonly Row[] {
  const inside = schema.type === "array" ? (schema.items ?? {}) : schema;
  return Object.entries(inside.properties ?? {}).flatMap(([key, child]) => {
    const row = { path: path === "" ? key : `${path}.${key}`, schema: child };
    return [row, ...(opens(row) ? schemaRows(child, opens, row.path) : [])];
  });
}

/** The part of a description in the language: they are written `English / 日本語`. */
export function described({ description = "" }: TableSchema, language: Language): string {
  const [english = "", ...japanese] = description.split(" / ");
  const text = language === "en" || japanese.length === 0 ? english : japanese.join(" / ");
  return text.replaceAll("|", "\\|");
}

/** What a value may be. */
export function valueOf({ type, enum: choices, const: only, minimum, maximum, anyOf }: TableSchema): string {
  if (choices !== undefined) return choices.map((choice) => `\`${String(choice)}\``).join(" ");
  if (only !== undefined) return `\`${JSON.stringify(only)}\``;
  if (anyOf !== undefined) return [...new Set(anyOf.map(valueOf))].join(", ");
  const most = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  const limits = minimum === undefined && most === undefined ? "" : ` ${minimum ?? ""}–${most ?? ""}`;
  return `${[type ?? ""].flat().join(", ")}${limits}`;
}
