import type { FieldMapping } from "../model/fields.ts";
import type { Gates } from "../model/gate.ts";
import { localTime } from "../model/local-time.ts";
import type { SourceRecords } from "../model/record.ts";
import type { AssignmentRecord, PermissionSetRecord } from "../model/typed-record.ts";
import { decodeAssignmentRecord } from "./decode-assignment.ts";
import { decodeGate } from "./decode-gate.ts";
import { decodePermissionSetRecord } from "./decode-permission-set.ts";

export interface TypedRecords {
  readonly permissionSets: readonly PermissionSetRecord[];
  readonly assignments: readonly AssignmentRecord[];
}

interface ReadApps {
  readonly fields: FieldMapping;
  readonly gates?: Gates;
}

/** Decodes every record of both apps; a bad one never keeps another from being read. Dates are those of the time zone. */
export function decodeRecords(
  { permissionSets, assignments }: SourceRecords,
  { fields, gates = {} }: ReadApps,
  timeZone: string,
): TypedRecords {
  const zone = localTime(timeZone);
  return {
    permissionSets: permissionSets.records.map((raw) => ({
      ...decodePermissionSetRecord(raw, fields.permissionSets),
      ...decodeGate(raw, gates.permissionSets),
    })),
    assignments: assignments.records.map((raw) => ({
      ...decodeAssignmentRecord(raw, fields.assignments, zone),
      ...decodeGate(raw, gates.assignments),
    })),
  };
}
