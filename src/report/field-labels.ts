import type { AppKind, FieldMapping, FieldName } from "../model/fields.ts";
import type { SourceRecords } from "../model/record.ts";

/** Labels of mapped fields as the forms show them. */
export function fieldLabels(
  source: SourceRecords,
  mapping: FieldMapping,
): (app: AppKind, field: FieldName) => string | undefined {
  const labels = (app: AppKind): ReadonlyMap<string, string> =>
    new Map(source[app].form.map(({ code, label }) => [code, label]));
  const byApp = { permissionSets: labels("permissionSets"), assignments: labels("assignments") };
  return (app, field) => {
    const codes: Readonly<Record<string, string | null>> = mapping[app];
    return byApp[app].get(codes[field] ?? "");
  };
}
