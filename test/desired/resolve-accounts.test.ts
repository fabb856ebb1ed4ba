import { describe, expect, it } from "vitest";

import {
  account,
  actualState,
  assignmentRecord,
  desiredState,
  directory,
  management,
  permissionSetRecord,
  production,
  rules,
} from "../builders.ts";
import type { Account } from "../../src/model/directory.ts";

/** What a record with these accounts leads to, in an organization with more accounts. */
function assignIn(
  accounts: string | readonly string[],
  more: readonly Account[] = [],
  protectedIds = [] as Account["id"][],
  own = new Set<Account["id"]>(),
) {
  const company = directory({ keyAccounts: { ids: own, isOpen: false } });
  return desiredState({
    permissionSets: [permissionSetRecord()],
    assignments: [assignmentRecord({ accounts })],
    actual: actualState({ directory: { ...company, accounts: [...company.accounts, ...more] } }),
    rules: rules({}, { accounts: protectedIds }),
  });
}

describe("an account", () => {
  it.each([
    ["its id", "222222222222"],
    ["its id in full-width digits", "２２２２２２２２２２２２"],
    ["its name", "Production"],
    ["its name in full-width letters", "Ｐｒｏｄｕｃｔｉｏｎ"],
  ])("is found by %s", (_, text) => {
    expect(assignIn(text).assignments).toMatchObject([{ account: production }]);
  });

  it("is found by a name with a comma in a choice field", () => {
    const acme = account("444444444444", "Acme, Inc.");
    expect(assignIn(["Acme, Inc."], [acme]).assignments).toMatchObject([{ account: acme.id }]);
  });

  it("is found by its id although another account's name looks like it", () => {
    const confusing = account("444444444444", "222222222222");
    expect(assignIn("222222222222", [confusing]).assignments).toMatchObject([{ account: production }]);
  });

  it.each([
    ["Prodution", ["Production"]],
    ["production", ["Production"]],
    ["222222222223", ["222222222222"]],
    ["22222222222", ["222222222222"]],
    ["2222-2222-2222", ["222222222222"]],
    ["2222 2222 2222", ["222222222222"]],
    ["Paris", []],
  ])("that does not exist, such as %s, is told with the nearest names or ids", (value, suggestions) => {
    expect(assignIn(value).issues).toMatchObject([
      { code: "account.unknown", field: "accounts", params: { value, suggestions } },
    ]);
  });

  it("whose name two accounts have is told with both ids", () => {
    const state = assignIn("Production", [account("444444444444", "Production")]);
    expect(state.issues).toMatchObject([
      { code: "account.ambiguous", params: { value: "Production", ids: ["222222222222", "444444444444"] } },
    ]);
    expect(state.heldAssignments).toMatchObject([{ accounts: "any" }]);
  });

  it("whose name two accounts have is found by its id", () => {
    const state = assignIn("222222222222", [account("444444444444", "Production")]);
    expect(state).toMatchObject({ issues: [], assignments: [{ account: production }] });
  });

  it.each(["SUSPENDED", "PENDING_CLOSURE", "CLOSED", "PENDING_ACTIVATION", "UNKNOWN"] as const)(
    "that is %s raises a warning and holds nothing",
    (accountState) => {
      const old = account("444444444444", "Old", { state: accountState });
      const state = assignIn("Old", [old]);
      expect(state.issues).toMatchObject([
        { code: "account.not-active", params: { value: "Old", state: accountState } },
      ]);
      expect(state).toMatchObject({ heldAssignments: [], assignments: [{ account: old.id }] });
    },
  );

  it("that is the management account raises a warning and holds nothing", () => {
    const state = assignIn("Management");
    expect(state.issues).toMatchObject([{ code: "account.management", params: { value: "Management" } }]);
    expect(state).toMatchObject({ heldAssignments: [], assignments: [{ account: management }] });
  });

  it("that the sync runs in raises a warning and holds nothing", () => {
    const own = account("555555555555", "Identity");
    const state = assignIn("Identity", [own], [], new Set([own.id]));
    expect(state.issues).toMatchObject([{ code: "account.holds-keys", params: { value: "Identity" } }]);
    expect(state).toMatchObject({ heldAssignments: [], assignments: [{ account: own.id }] });
  });

  it("that is protected raises a warning and holds nothing", () => {
    const state = assignIn("222222222222", [], [production]);
    expect(state.issues).toMatchObject([{ code: "account.protected", params: { value: "222222222222" } }]);
    expect(state).toMatchObject({ heldAssignments: [], assignments: [{ account: production }] });
  });

  it("that is unknown does not keep the others of its record from being told", () => {
    const state = assignIn("Nowhere\nManagement\nElsewhere");
    expect(state.issues.map(({ code }) => code)).toEqual([
      "account.unknown",
      "account.management",
      "account.unknown",
    ]);
  });
});
