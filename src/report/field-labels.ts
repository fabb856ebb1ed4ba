import type { AppKind, FieldMapping, FieldName } from "../model/fields.ts";
import type { SourceRecords } from "../model/record.ts";
import type { FieldInput } from "../words/issue-messages.ts";

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

/** How mapped fields are filled in, by the types that the forms have; in a table, by its columns. */
export function fieldInputs(
  source: SourceRecords,
  mapping: FieldMapping,
): (app: AppKind, field: FieldName) => FieldInput {
  return (app, field) => {
    const codes: Readonly<Record<string, string | null>> = mapping[app];
    const found = source[app].form.find(({ code }) => code === codes[field]);
    const types = [found, ...(found?.columns ?? [])].map((one) => one?.type ?? "");
    if (types.includes("USER_SELECT")) return "people";
    return types.some((type) => choiceTypes.has(type)) ? "choice" : "text";
  };
}

const choiceTypes: ReadonlySet<string> = new Set(["DROP_DOWN", "RADIO_BUTTON", "CHECK_BOX", "MULTI_SELECT"]);
