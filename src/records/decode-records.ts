import type { FieldMapping } from "../model/fields.ts";
import { localTime } from "../model/local-time.ts";
import type { SourceRecords } from "../model/record.ts";
import type { AssignmentRecord, PermissionSetRecord } from "../model/typed-record.ts";
import { decodeAssignmentRecord } from "./decode-assignment.ts";
import { decodePermissionSetRecord } from "./decode-permission-set.ts";

export interface TypedRecords {
  readonly permissionSets: readonly PermissionSetRecord[];
  readonly assignments: readonly AssignmentRecord[];
}

/** Decodes every record of both apps; a bad one never keeps another from being read. Dates are those of the time zone. */
export function decodeRecords(source: SourceRecords, mapping: FieldMapping, timeZone: string): TypedRecords {
  const zone = localTime(timeZone);
  return {
    permissionSets: source.permissionSets.records.map((record) =>
      decodePermissionSetRecord(record, mapping.permissionSets),
    ),
    assignments: source.assignments.records.map((record) =>
      decodeAssignmentRecord(record, mapping.assignments, zone),
    ),
  };
}
