import { ADMINISTRATORS_RECORD, ASSIGNMENT_APP } from "./assignment-app.ts";
import { DEVELOPER_RECORD, PERMISSION_SET_APP } from "./permission-set-app.ts";

/** What this needs of the kintone sandbox. */
export interface RecordEditor {
  addRecord(app: number, values: Readonly<Record<string, string | readonly string[]>>, by: string): number;
  updateRecord(
    app: number,
    id: number,
    values: Readonly<Record<string, string | readonly string[]>>,
    by: string,
  ): void;
}

/** A change that was made in kintone. */
export interface CompanyChange {
  readonly kind: "policy-added" | "assignment-added" | "person-removed";
  readonly app: number;
  readonly record: number;
  readonly by: string;
}

/** An ordinary day: a permission set gets one more policy, a person gets access, and another one loses it. */
export function companyChanges(kintone: RecordEditor): readonly CompanyChange[] {
  const widened = { managed_policies: "PowerUserAccess\nIAMReadOnlyAccess" };
  kintone.updateRecord(PERMISSION_SET_APP, DEVELOPER_RECORD, widened, "takahashi.kenta");
  const granted = { permission_set: "DataAnalyst", users: ["nishimura.kei"], accounts: ["data-platform"] };
  const added = kintone.addRecord(ASSIGNMENT_APP, granted, "tanaka.misaki");
  kintone.updateRecord(ASSIGNMENT_APP, ADMINISTRATORS_RECORD, { users: ["sato.hanako"] }, "sato.hanako");
  return [
    { kind: "policy-added", app: PERMISSION_SET_APP, record: DEVELOPER_RECORD, by: "takahashi.kenta" },
    { kind: "assignment-added", app: ASSIGNMENT_APP, record: added, by: "tanaka.misaki" },
    { kind: "person-removed", app: ASSIGNMENT_APP, record: ADMINISTRATORS_RECORD, by: "sato.hanako" },
  ];
}
