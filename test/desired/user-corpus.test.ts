import { describe, expect, it } from "vitest";

import { people, userSpellings } from "../corpus/users.ts";
import {
  actualState,
  assignmentRecord,
  desiredState,
  directory,
  minutesAgo,
  permissionSetRecord,
  rules,
} from "../builders.ts";

const actual = actualState({ directory: directory({ users: people }) });

describe("the corpus of user spellings", () => {
  it("has more than 60 different ones", () => {
    const keys = userSpellings.map(({ text, from, match, age }) => [text, from, match, age].join(" "));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.length).toBeGreaterThan(60);
  });

  it.each(userSpellings)("$expected: $about", ({ text, from, match, age, expected }) => {
    const users = from === "user-field" ? [text] : text;
    const state = desiredState({
      permissionSets: [permissionSetRecord()],
      assignments: [assignmentRecord({ users }, { updatedAt: minutesAgo(age) })],
      actual,
      rules: rules({ userMatch: match }),
    });
    const outcome = {
      found: state.assignments.map(({ principal }) => principal.id),
      codes: state.issues.map(({ code }) => code),
      waiting: state.waiting.map(({ userName }) => userName),
    };
    expect(outcome).toEqual({
      found: "found" in expected ? [expected.found] : [],
      codes: "code" in expected ? [expected.code] : [],
      waiting: "waiting" in expected ? [expected.waiting] : [],
    });
  });
});
