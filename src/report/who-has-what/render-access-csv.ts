import { renderCsv } from "../../model/csv.ts";
import { formatIsoDuration } from "../../model/duration.ts";
import type { AccessLine, AccessReport } from "../../model/access-report.ts";

/** Columns as an auditor samples them; the last ones are for who reviews the list. */
const columns = [
  "as_of",
  "account_id",
  "account_name",
  "account_state",
  "account_path",
  "permission_set",
  "administrator_class",
  "class_reason",
  "session_duration",
  "user_name",
  "display_name",
  "email",
  "user_status",
  "principal_type",
  "principal_name",
  "principal_id",
  "via",
  "managed_by",
  "records",
  "record_urls",
  "record_editors",
  "record_updated_at",
  "record_targets",
  "starts",
  "expires",
  "last_used",
  "reviewer",
  "decision",
  "comment",
] as const;

/** One line per access, as Excel opens it: with a byte order mark, and no text that it would take for a formula. */
export function renderAccessCsv(report: AccessReport): string {
  const sets = new Map(report.permissionSets.map((set) => [set.name, set]));
  const rows = report.access.map((line) => {
    const set = sets.get(line.permissionSet);
    const cells: Readonly<Record<(typeof columns)[number], string>> = {
      as_of: report.asOf,
      account_id: line.account,
      account_name: line.accountName ?? "",
      account_state: line.accountState ?? "",
      account_path: line.accountPath ?? "",
      permission_set: line.permissionSet,
      administrator_class: line.class,
      class_reason: (set?.why ?? []).join(" "),
      session_duration: set === undefined ? "" : formatIsoDuration(set.sessionDurationSeconds),
      ...personCells(line),
      managed_by: line.standing,
      records: line.records.map(({ name }) => name).join(" "),
      record_urls: line.records.map(({ url }) => url).join(" "),
      record_editors: line.records.flatMap(({ editor }) => editor ?? []).join(" "),
      record_updated_at: line.records.flatMap(({ updatedAt }) => updatedAt ?? []).join(" "),
      record_targets: line.records
        .flatMap(({ targets }) => (targets === undefined ? [] : `${targets.entries}→${targets.accounts}`))
        .join(" "),
      starts: line.starts ?? "",
      expires: line.expires ?? "",
      last_used: line.lastUsed ?? "",
      reviewer: "",
      decision: "",
      comment: "",
    };
    return columns.map((column) => cells[column]);
  });
  return renderCsv([[...columns], ...rows]);
}

function personCells({ user, principal }: AccessLine) {
  return {
    user_name: user?.userName ?? "",
    display_name: user?.displayName ?? "",
    email: user?.email ?? "",
    user_status: statusOf(user),
    principal_type: principal.type,
    principal_name: principal.name ?? "",
    principal_id: principal.id,
    via: principal.type === "USER" ? "direct" : (principal.name ?? principal.id),
  };
}

function statusOf(user: AccessLine["user"]): string {
  if (user === undefined) return "";
  return user.enabled ? "ENABLED" : "DISABLED";
}
