import { describe, expect, it } from "vitest";
import { includesRole, repositoryRoles } from "../../src/github/repository-role.ts";

/** How GitHub answers for its own roles. */
const answers = {
  read: { roleName: "read", permission: "read" },
  triage: { roleName: "triage", permission: "read" },
  write: { roleName: "write", permission: "write" },
  maintain: { roleName: "maintain", permission: "write" },
  admin: { roleName: "admin", permission: "admin" },
};

describe("a role", () => {
  it("includes the weaker ones and none of the stronger ones", () => {
    const included = repositoryRoles.map((has) =>
      repositoryRoles.filter((role) => includesRole(answers[has], role)),
    );
    expect(included).toEqual(repositoryRoles.map((_, index) => repositoryRoles.slice(0, index + 1)));
  });

  it("of an organization's own counts for what is proven by its permission", () => {
    const own = (permission: string) =>
      repositoryRoles.filter((role) => includesRole({ roleName: "Security engineer", permission }, role));
    expect(own("read")).toEqual(["read"]);
    expect(own("write")).toEqual(["read", "triage", "write"]);
    expect(own("admin")).toEqual([...repositoryRoles]);
  });

  it.each([
    ["none", "none"],
    ["none", "write"],
    ["write", "none"],
    ["admin", "read"],
    ["read", "admin"],
    ["", "write"],
    ["write", ""],
    ["write", "WRITE"],
  ])("does not include write when either answer falls short: %s, %s", (roleName, permission) => {
    expect(includesRole({ roleName, permission }, "write")).toBe(false);
  });
});
