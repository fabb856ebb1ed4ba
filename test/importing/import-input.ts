import type { ImportInput } from "../../src/importing/plan-import.ts";
import type { ActualState } from "../../src/model/actual-state.ts";
import type { Assignment } from "../../src/model/assignment.ts";
import { type AppKind, defaultMapping, type FormField } from "../../src/model/fields.ts";
import type { RawRecord } from "../../src/model/record.ts";
import { now, owner, recordUrl, rules } from "../builders.ts";

const forms: Readonly<Record<AppKind, readonly FormField[]>> = {
  permissionSets: Object.values(defaultMapping.permissionSets).map((code) =>
    field(code ?? "", "MULTI_LINE_TEXT"),
  ),
  assignments: [
    field("permission_set", "SINGLE_LINE_TEXT"),
    field("users", "USER_SELECT"),
    field("groups", "MULTI_LINE_TEXT"),
    { ...field("accounts", "SUBTABLE"), columns: [field("account", "SINGLE_LINE_TEXT")] },
  ],
};

function field(code: string, type: string): FormField {
  return { code, type, label: code };
}

interface Given {
  readonly actual: ActualState;
  readonly permissionSets?: readonly RawRecord[];
  readonly assignments?: readonly RawRecord[];
  readonly protected?: Parameters<typeof rules>[1];
}

/** An import into two apps that are empty unless told otherwise. */
export function importInput(
  { actual, permissionSets = [], assignments = [], protected: protectedThings }: Given,
  overrides: Partial<ImportInput> = {},
): ImportInput {
  const app = (kind: AppKind, records: readonly RawRecord[]) => ({
    kind,
    appId: 1,
    name: kind,
    form: forms[kind],
    records,
  });
  return {
    actual,
    source: {
      permissionSets: app("permissionSets", permissionSets),
      assignments: app("assignments", assignments),
    },
    config: {
      owner,
      unlistedAssignments: "remove",
      timezone: "Asia/Tokyo",
      ...rules({}, protectedThings),
      kintone: {
        baseUrl: "https://example.cybozu.com",
        permissionSets: { app: 10 },
        assignments: { app: 11 },
        fields: defaultMapping,
        query: { permissionSets: "", assignments: "" },
      },
    },
    recordUrl,
    nowMs: now,
    named: new Set(),
    withoutLogin: new Set(),
    ...overrides,
  };
}

/** Assignments of one set as letters and digits: `a1 b1` are user a and user b in account 1. */
export function rowsKey(rows: readonly Assignment[]): readonly string[] {
  return rows
    .map(({ permissionSet, account, principal }) => `${permissionSet}/${account}/${principal.id}`)
    .toSorted();
}
