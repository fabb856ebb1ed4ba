import { digest } from "../model/digest.ts";
import type { Gate, RecordGate, Standing } from "../model/gate.ts";
import type { KintoneUser, RawField, RawRecord } from "../model/record.ts";

/** What the record's fields say of its approval; nothing where its app has no gate. A state that cannot be read is no approval. */
export function decodeGate({ fields }: RawRecord, gate: Gate | undefined): { readonly gate?: RecordGate } {
  if (gate === undefined) return {};
  const field = fieldOf(fields, gate.field);
  const state = typeof field?.value === "string" ? field.value.trim() : "";
  const approvers =
    gate.approver === undefined ? {} : { approvers: peopleIn(fieldOf(fields, gate.approver)) };
  return {
    gate: {
      standing: standingOf(state, gate),
      state,
      isStatus: field?.type === "STATUS",
      ...approvers,
      content: contentOf(fields, gate),
    },
  };
}

function standingOf(state: string, { approved, ended }: Gate): Standing {
  if (approved.includes(state)) return "approved";
  return ended.includes(state) ? "ended" : "pending";
}

function fieldOf(fields: RawRecord["fields"], code: string): RawField | undefined {
  return Object.hasOwn(fields, code) ? fields[code] : undefined;
}

function peopleIn(field: RawField | undefined): readonly KintoneUser[] {
  return Array.isArray(field?.value) ? field.value.filter(isUser) : [];
}

function isUser(value: unknown): value is KintoneUser {
  return (
    typeof value === "object" &&
    value !== null &&
    "code" in value &&
    typeof value.code === "string" &&
    value.code !== "" &&
    "name" in value &&
    typeof value.name === "string"
  );
}

/** People by their login names alone: another display name is no edit. */
function contentOf(fields: RawRecord["fields"], { field, approver }: Gate): string {
  const own = Object.entries(fields).filter(([code]) => code !== field && code !== approver);
  const sorted = own.toSorted(([one], [other]) => (one < other ? -1 : 1));
  return digest(JSON.stringify(sorted, (_key, value: unknown) => (isUser(value) ? value.code : value)));
}
