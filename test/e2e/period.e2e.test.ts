import { expect, test } from "vitest";

import { linesField, textField, usersField } from "../../src/sandbox/company/form-fields.ts";
import { passInProcess } from "./pass-in-process.ts";
import { accounts, readOnly, readers } from "./small-company.ts";
import { grantsIn, reportIn, withSandbox } from "./with-sandbox.ts";

const dayMs = 24 * 60 * 60_000;
const inDays = (days: number): string => new Date(Date.now() + days * dayMs).toISOString();
const moment = (code: string) => ({ ...textField(code, code), type: "DATETIME" });
const fields = [
  textField("permission_set", "許可セット"),
  usersField("users", "ユーザー"),
  linesField("groups", "グループ"),
  linesField("accounts", "AWSアカウント"),
  moment("starts"),
  moment("expires"),
];
const record = { ...readers, users: ["hanako"] };

const company = {
  permissionSets: [readOnly],
  assignments: [
    { ...record, accounts: "production", starts: inDays(-1), expires: inDays(3) },
    { ...record, accounts: "staging", starts: inDays(2) },
    { ...record, accounts: "development", expires: inDays(-2) },
  ],
  apps: { assignments: { fields: Object.fromEntries(fields.map((field) => [field.code, field])) } },
};

test("a record grants between its beginning and its end, and reports say what has not begun and what is over", () =>
  withSandbox({ company }, async (world) => {
    const report = reportIn(await world.cli("sync --json"));
    expect(report.issues).toEqual([]);
    expect(report.plan?.timed?.map(({ record: id, state }) => `${id} ${state}`)).toEqual([
      "1 in-force",
      "2 not-begun",
      "3 over",
    ]);
    expect(grantsIn(world).map((grant) => grant.split(" ")[1])).toEqual([accounts.production]);
    const { stdout } = await world.cli("plan --lang en");
    expect(stdout).toContain("not begun yet: begins");
    expect(stdout).toContain("over since");
  }));

test("while the clock here and kintone's are apart nothing begins or ends", () =>
  withSandbox({ company }, async (world) => {
    const report = await passInProcess(world, "sync", {}, undefined, { laterMs: 5 * dayMs });
    expect(report.plan?.timed?.map(({ state }) => state)).toEqual(["unclear", "unclear", "unclear"]);
    expect(grantsIn(world)).toEqual([]);
  }));
