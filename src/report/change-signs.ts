import {
  type CustomerManagedPolicy,
  customerManagedPolicyText,
  type PermissionSetAttributes,
  type PermissionsBoundary,
  permissionsBoundaryText,
} from "../model/permission-set.ts";
import { formatIsoDuration } from "../model/duration.ts";
import { changeKinds } from "../model/change-kinds.ts";
import { shorten } from "../model/text.ts";
import type { ChangeKind } from "../model/plan.ts";
import type { ReportedChange } from "../model/run-report.ts";

const effects = { "+": "create", "~": "update", "-": "remove" } as const;

/** What a change does to what is there, as terraform's users know it from its signs. */
export function effectOf(kind: ChangeKind): "create" | "update" | "remove" {
  return effects[changeKinds[kind].sign];
}

/** What of a set a change is about, where the kind alone does not say it: a policy, or attributes; otherwise empty. */
export function detailOf({ kind, before, after }: ReportedChange): string {
  const value = after ?? before;
  if (kind === "update-attributes") {
    return attributesText(before as PermissionSetAttributes, after as PermissionSetAttributes);
  }
  if (kind.endsWith("-customer-managed-policy")) {
    return customerManagedPolicyText(value as CustomerManagedPolicy);
  }
  if (kind.endsWith("-permissions-boundary")) return permissionsBoundaryText(value as PermissionsBoundary);
  return kind.endsWith("-managed-policy") ? String(value) : "";
}

const longestText = 60;

/** The attributes that differ, under the names that records have for them, before and after. */
function attributesText(before: PermissionSetAttributes, after: PermissionSetAttributes): string {
  const rows: readonly (readonly [string, string, string])[] = [
    ["description", before.description ?? "", after.description ?? ""],
    [
      "session_duration",
      formatIsoDuration(before.sessionDurationSeconds),
      formatIsoDuration(after.sessionDurationSeconds),
    ],
    ["relay_state", before.relayState ?? "", after.relayState ?? ""],
  ];
  const quote = (text: string): string => `"${shorten(text, longestText)}"`;
  return rows
    .filter(([, from, to]) => from !== to)
    .map(([name, from, to]) => `${name} ${quote(from)} → ${quote(to)}`)
    .join(", ");
}
