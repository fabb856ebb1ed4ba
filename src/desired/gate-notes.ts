import type { Config } from "../model/config.ts";
import type { DesiredState } from "../model/desired-state.ts";
import { dayMs } from "../model/duration.ts";
import type { Note } from "../model/policy-finding.ts";
import { namesField } from "../model/query-fields.ts";
import type { SourceRecords } from "../model/record.ts";

/** How long a record may wait before operators hear of it. */
const longestWaitDays = 14;

/** What operators have to know of approvals: records that wait too long, and a query that takes away what leaves a state. */
export function gateNotes(
  source: SourceRecords,
  { gated = [] }: Pick<DesiredState, "gated">,
  { query }: Pick<Config["kintone"], "query">,
  nowMs: number,
): readonly Note[] {
  const overdue = gated.filter(
    ({ standing, since }) => standing === "pending" && nowMs - Date.parse(since) > longestWaitDays * dayMs,
  );
  const named = (["permissionSets", "assignments"] as const).flatMap((app): readonly Note[] => {
    const field = source[app].form.find(
      ({ code, type }) => type === "STATUS" && namesField(query[app], code),
    );
    return field === undefined ? [] : [{ kind: "status-in-query", app, field: field.code }];
  });
  if (overdue.length === 0) return named;
  return [...named, { kind: "approval-overdue", records: overdue.length, days: longestWaitDays }];
}
