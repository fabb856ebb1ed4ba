import { describe, expect, it } from "vitest";

import { changesOfList, groupsTooLong } from "../../src/apps/keep-list.ts";
import { accountId, principalId } from "../../src/model/ids.ts";

const production = {
  id: accountId("111122223333"),
  name: "production",
  state: "ACTIVE",
  emailDomain: "example.com",
} as const;
const directory = { accounts: [production], groups: [{ id: principalId("g-1"), displayName: "SRE" }] };
const row = {
  account_id: "111122223333",
  account_name: "production",
  path: "",
  state: "ACTIVE",
  email_domain: "example.com",
};

describe("the list of accounts", () => {
  it("gets the accounts that it lacks", () => {
    expect(changesOfList("accounts", directory, [])).toEqual({ add: [row], update: [] });
  });

  it("is left alone where nothing differs", () => {
    expect(changesOfList("accounts", directory, [{ id: "1", row }])).toEqual({ add: [], update: [] });
  });

  it("follows a new name and a new state, record by record", () => {
    const before = [{ id: "1", row: { ...row, account_name: "prod" } }];
    expect(changesOfList("accounts", directory, before)).toEqual({ add: [], update: [{ id: "1", row }] });
  });

  it("keeps accounts that are not in the organization any more, and marks them once", () => {
    const old = { ...row, account_id: "999988887777" };
    const closed = { id: "2", row: { ...old, state: "CLOSED" } };
    const records = [
      { id: "1", row },
      { id: "2", row: old },
    ];
    expect(changesOfList("accounts", directory, records).update).toEqual([closed]);
    expect(changesOfList("accounts", directory, [{ id: "1", row }, closed]).update).toEqual([]);
  });
});

it("the list of groups marks groups that are gone", () => {
  const gone = { id: "1", row: { group_name: "Old", group_id: "g-0", state: "ACTIVE" } };
  expect(changesOfList("groups", directory, [gone])).toEqual({
    add: [{ group_name: "SRE", group_id: "g-1", state: "ACTIVE" }],
    update: [{ id: "1", row: { ...gone.row, state: "GONE" } }],
  });
});

it("a group whose name is longer than kintone keeps apart is not in the list, and is told", () => {
  const long = { id: principalId("g-2"), displayName: "x".repeat(65) };
  const groups = [{ id: principalId("g-1"), displayName: "y".repeat(64) }, long];
  expect(groupsTooLong({ groups })).toEqual([long.displayName]);
  expect(changesOfList("groups", { ...directory, groups }, []).add).toHaveLength(1);
});
