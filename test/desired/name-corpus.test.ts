import { describe, expect, it } from "vitest";

import { badAssignmentNames, badDefinitionNames } from "../corpus/names.ts";
import {
  account,
  actualState,
  assignmentRecord,
  desiredState,
  directory,
  group,
  permissionSetRecord,
} from "../builders.ts";

const company = directory();
const actual = actualState({
  directory: {
    ...company,
    accounts: [...company.accounts, account("444444444444", "Sandbox"), account("555555555555", "Sandbox")],
    groups: [...company.groups, group("Twins", "twin-1"), group("Twins", "twin-2")],
  },
});

describe("the corpus of bad names", () => {
  it("has more than 100 different ones", () => {
    const all = [...badDefinitionNames, ...badAssignmentNames].map(({ field, text }) => `${field} ${text}`);
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(100);
  });

  it.each(badDefinitionNames)("$code: the $field $text", ({ field, text, code }) => {
    const state = desiredState({ permissionSets: [permissionSetRecord({ [field]: text })], actual });
    expect(state.issues[0]).toMatchObject({ code, field });
    expect(state.permissionSets).toEqual([]);
    expect(state.heldPermissionSets).toMatchObject([{ record: { id: "1" } }]);
  });

  it.each(badAssignmentNames)("$code: the $field $text", ({ field, text, code }) => {
    const state = desiredState({
      permissionSets: [permissionSetRecord()],
      assignments: [
        assignmentRecord({
          [field]: text,
          users: "",
          groups: "Auditors",
          ...(field === "groups" ? { groups: text } : {}),
        }),
      ],
      actual,
    });
    expect(state.issues[0]).toMatchObject({ code, field });
    expect(state.assignments).toEqual([]);
    expect(state.heldAssignments).toMatchObject([{ reason: "record-has-issues" }]);
  });
});
