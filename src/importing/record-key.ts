import type { FieldMapping } from "../model/fields.ts";
import { localTime } from "../model/local-time.ts";
import type { Fields } from "../model/record.ts";
import { decodeAssignmentRecord } from "../records/decode-assignment.ts";
import { decodePermissionSetRecord } from "../records/decode-permission-set.ts";

/** The set that the record defines; empty where the name cannot be read. */
export function definedSet(record: Fields, mapping: FieldMapping): string {
  return decodePermissionSetRecord({ ...record, ref: noSet }, mapping.permissionSets).name ?? "";
}

/** One text for all assignment records that say the same. */
export function assignmentRecordKey(record: Fields, mapping: FieldMapping): string {
  const decoded = decodeAssignmentRecord({ ...record, ref: noAssignment }, mapping.assignments, utc);
  const { permissionSet = "", users = [], groups = [], accounts = [], period } = decoded;
  const sorted = [users, groups, accounts].map((entries) =>
    entries.map((entry) => JSON.stringify(entry)).toSorted(),
  );
  return JSON.stringify([permissionSet, ...sorted, period]);
}

/** A period only has to differ from another one here. */
const utc = localTime("UTC");

const noSet = { app: "permissionSets", id: "0", revision: 0 } as const;
const noAssignment = { app: "assignments", id: "0", revision: 0 } as const;
