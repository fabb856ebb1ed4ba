import type { AssignmentField, FieldMapping } from "../model/fields.ts";
import { type Issue } from "../model/issue.ts";
import type { LocalTime } from "../model/local-time.ts";
import type { Period } from "../model/period.ts";
import type { RawRecord } from "../model/record.ts";
import type { AssignmentRecord } from "../model/typed-record.ts";
import {
  decodeName,
  decodeNames,
  decodePeople,
  type FieldReader,
  findField,
  report,
} from "./decode-field.ts";
import { decodePeriod } from "./decode-moment.ts";

/** Decodes one record of the assignment app; a part whose field has an issue is left out. Dates are those of the time zone. */
export function decodeAssignmentRecord(
  raw: RawRecord,
  mapping: FieldMapping["assignments"],
  zone: LocalTime,
): AssignmentRecord {
  const issues: Issue[] = [];
  const reader = (field: AssignmentField): FieldReader => {
    return { field, record: raw.ref, issues, raw: findField(raw, mapping[field]) };
  };
  const permissionSet = required(reader("permissionSet"), decodeName(reader("permissionSet")));
  const accounts = required(reader("accounts"), decodeNames(reader("accounts")));
  const users = decodePeople(reader("users"));
  const groups = decodeNames(reader("groups"));
  if (users?.length === 0 && groups?.length === 0) {
    const field = mapping.users === null ? "groups" : "users";
    report(reader(field), "assignment.no-principals", {});
  }
  const { period, lacksEnd } = periodOf(raw, mapping, reader, zone);
  return {
    ref: raw.ref,
    issues,
    ...(permissionSet === undefined ? {} : { permissionSet }),
    ...(accounts === undefined ? {} : { accounts }),
    ...(users === undefined ? {} : { users }),
    ...(groups === undefined ? {} : { groups }),
    period,
    lacksEnd,
  };
}

/** Every record of an app has all fields of its form: what is not there is not in the form. */
function periodOf(
  { fields }: RawRecord,
  mapping: FieldMapping["assignments"],
  reader: (field: AssignmentField) => FieldReader,
  zone: LocalTime,
): { readonly period: Period; readonly lacksEnd: boolean } {
  const isThere = (code: string | null): boolean => code !== null && Object.hasOwn(fields, code);
  const timed = (field: "starts" | "expires"): FieldReader =>
    isThere(mapping[field]) ? reader(field) : { ...reader(field), raw: undefined };
  return {
    period: decodePeriod({ starts: timed("starts"), expires: timed("expires"), zone }),
    lacksEnd: mapping.expires !== null && !isThere(mapping.expires),
  };
}

function required<Value extends { readonly length: number }>(
  reader: FieldReader,
  value: Value | undefined,
): Value | undefined {
  return value?.length === 0 ? report(reader, "field.required", {}) : value;
}
