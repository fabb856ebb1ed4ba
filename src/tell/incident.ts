import type { OperatorMessage } from "../model/operator-message.ts";

/** What operators are told about; each is one message in their channel at a time. */
export const incidentKeys = [
  "pass-failed",
  "guard-refused",
  "made-by-hand",
  "paused",
  "changes-failed",
  "does-not-stay",
  "ownership-doubtful",
  "owner-tag-gone",
  "names-unmatched",
  "key-account-access",
  "class-rules",
  "status-in-query",
  "approval-overdue",
  "removals-held",
  "comments-failed",
  "memory-lost",
  "many-ends",
  "ends-soon",
  "targets-moved",
  "records",
] as const;

export type IncidentKey = (typeof incidentKeys)[number];

/** Something that operators have to know until it is over. */
export interface Incident {
  readonly key: IncidentKey;
  /** The same as long as the message says the same. */
  readonly fingerprint: string;
  readonly message: OperatorMessage;
  /** It may be over by itself: told of only when it lasts. */
  readonly mayPass?: boolean;
  /** What is different from when the incident had the former fingerprint. */
  readonly describeChange: (formerFingerprint: string) => string;
}

/** As much as a message lists; what is left out is counted. */
export const mostListed = 10;

/** The beginning of a list, and a line on how many more there are. */
export function limitList(items: readonly string[], more: (count: number) => string): readonly string[] {
  if (items.length <= mostListed) return items;
  return [...items.slice(0, mostListed), more(items.length - mostListed)];
}
