import type { FieldProblem } from "../errors.ts";
import type { Gate } from "../model/gate.ts";
import {
  allowsTable,
  type AppKind,
  decodableTypes,
  fieldDefinitions,
  type FieldMapping,
  type FormField,
  mayBeAbsent,
} from "../model/fields.ts";

/** A field that is read, with the type every record must show for it. */
export interface UsableField {
  readonly code: string;
  readonly type: string;
  /** The one column that counts, when the field is a table. */
  readonly column?: { readonly code: string; readonly type: string };
}

type Shape = Parameters<typeof decodableTypes>[0];

/** Types that hold one state, and those that hold people. */
const gateTypes = {
  "gate.field": ["STATUS", "DROP_DOWN", "RADIO_BUTTON", "SINGLE_LINE_TEXT"],
  "gate.approver": ["USER_SELECT"],
} as const;

/** Finds the mapped fields and those of the gate in the form; every one that is absent or of an unusable type is a problem. */
export function findUsableFields(
  kind: AppKind,
  mapping: FieldMapping,
  form: readonly FormField[],
  gate?: Gate,
): { readonly fields: readonly UsableField[]; readonly problems: readonly FieldProblem[] } {
  const codes: Readonly<Record<string, string | null>> = mapping[kind];
  const fields: UsableField[] = [];
  const problems: FieldProblem[] = [];
  for (const [name, { shape }] of Object.entries(fieldDefinitions[kind])) {
    const code = codes[name] ?? null;
    if (code === null) continue;
    const formField = form.find((candidate) => candidate.code === code);
    if (formField === undefined && mayBeAbsent(kind, name)) continue;
    const usable = formField && usableField(formField, shape);
    if (usable === undefined) problems.push(problemOf(name, code, shape, formField));
    else fields.push(usable);
  }
  const ofGate = findGateFields(form, gate);
  return { fields: [...fields, ...ofGate.fields], problems: [...problems, ...ofGate.problems] };
}

function findGateFields(
  form: readonly FormField[],
  gate: Gate | undefined,
): ReturnType<typeof findUsableFields> {
  const wanted = [
    { field: "gate.field", code: gate?.field },
    { field: "gate.approver", code: gate?.approver },
  ] as const;
  const fields: UsableField[] = [];
  const problems: FieldProblem[] = [];
  for (const { field, code } of wanted) {
    if (code === undefined) continue;
    const allowedTypes = gateTypes[field];
    const found = form.find((candidate) => candidate.code === code);
    if (found === undefined) problems.push({ field, code, problem: "missing", allowedTypes });
    else if (allowedTypes.some((type) => type === found.type)) fields.push({ code, type: found.type });
    else problems.push({ field, code, problem: "type", foundType: found.type, allowedTypes });
  }
  return { fields, problems };
}

function usableField({ code, type, columns }: FormField, shape: Shape): UsableField | undefined {
  const types = decodableTypes(shape);
  if (types.includes(type)) return { code, type };
  if (type !== "SUBTABLE" || !allowsTable(shape)) return undefined;
  const [column, ...others] = (columns ?? []).filter((candidate) => types.includes(candidate.type));
  if (column === undefined || others.length > 0) return undefined;
  return { code, type, column: { code: column.code, type: column.type } };
}

function problemOf(field: string, code: string, shape: Shape, found: FormField | undefined): FieldProblem {
  const allowedTypes = [...decodableTypes(shape), ...(allowsTable(shape) ? ["SUBTABLE"] : [])];
  if (found === undefined) return { field, code, problem: "missing", allowedTypes };
  const problem = found.type === "SUBTABLE" && allowsTable(shape) ? "table-columns" : "type";
  return { field, code, problem, foundType: found.type, allowedTypes };
}
