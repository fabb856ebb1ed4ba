import type { RecordRef } from "../model/record.ts";

/** One thing to tell about one record. */
export interface Complaint {
  readonly record: RecordRef;
  readonly kind: "issue" | "failure" | "approval";
  readonly fingerprint: string;
  readonly holds: boolean;
  readonly message: string;
  readonly hint: string;
  readonly example?: string;
}
