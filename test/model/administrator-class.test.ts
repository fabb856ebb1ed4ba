import { describe, expect, it } from "vitest";

import { classify } from "../../src/model/administrator-class.ts";
import { escalatingStatements, ordinaryStatements } from "../corpus/escalations.ts";
import { definition } from "../builders.ts";

const inline = (Statement: unknown) =>
  classify(definition({ inlinePolicy: JSON.stringify({ Version: "2012-10-17", Statement }) }));
const managed = (...names: readonly string[]) =>
  classify(definition({ managedPolicies: names.map((name) => `arn:aws:iam::aws:policy/${name}`) }));

describe("the corpus", () => {
  it("has at least 50 policies that escalate and 40 that do not", () => {
    expect(Object.keys(escalatingStatements).length).toBeGreaterThanOrEqual(50);
    expect(Object.keys(ordinaryStatements).length).toBeGreaterThanOrEqual(40);
  });
});

describe("a permission set is of the administrator class", () => {
  it.each(Object.entries(escalatingStatements))("when its inline policy allows %s", (_, statement) => {
    expect(inline([statement])).toBe("administrator");
    expect(inline(statement)).toBe("administrator");
    const [first, second] = [ordinaryStatements["all of S3"], ordinaryStatements["IAM denied"]];
    expect(inline([first, statement, second])).toBe("administrator");
  });

  it.each([
    ["is no JSON", '{"Version":'],
    ["is a list", "[]"],
    ["has no statement", '{"Version":"2012-10-17"}'],
    ["has an empty list of statements", '{"Version":"2012-10-17","Statement":[]}'],
    ["has a statement that is a text", '{"Statement":"Allow"}'],
  ])("when its inline policy %s: nobody can tell what it allows", (_, inlinePolicy) => {
    expect(classify(definition({ inlinePolicy }))).toBe("administrator");
  });

  it.each([
    "AdministratorAccess",
    "IAMFullAccess",
    "AWSOrganizationsFullAccess",
    "AWSSSOMasterAccountAdministrator",
    "AWSSSOMemberAccountAdministrator",
    "AWSSSODirectoryAdministrator",
    "AmazonElasticMapReduceFullAccess",
    "AdministratorAccess-Amplify",
  ])("when it has the AWS managed policy %s, alone or beside others", (name) => {
    expect(managed(name)).toBe("administrator");
    expect(managed("ReadOnlyAccess", name, "job-function/Billing")).toBe("administrator");
  });

  it("whatever boundary is put around it", () => {
    const boundary = { kind: "customer-managed", name: "Boundary", path: "/" } as const;
    const bounded = definition({
      managedPolicies: ["arn:aws:iam::aws:policy/AdministratorAccess"],
      permissionsBoundary: boundary,
    });
    expect(classify(bounded)).toBe("administrator");
  });
});

describe("a permission set is ordinary", () => {
  it.each(Object.entries(ordinaryStatements))(
    "when its inline policy holds no more than %s",
    (_, statement) => {
      expect(inline([statement])).toBe("ordinary");
    },
  );

  it.each([
    "PowerUserAccess",
    "ReadOnlyAccess",
    "job-function/SystemAdministrator",
    "SecurityAudit",
    "IAMReadOnlyAccess",
  ])("when it has the AWS managed policy %s", (name) => {
    expect(managed(name)).toBe("ordinary");
  });

  it("when it has nothing at all", () => {
    expect(classify(definition())).toBe("ordinary");
  });
});

describe("a customer managed policy", () => {
  const policy = { name: "AdministratorAccess", path: "/" };

  it("makes the class unknown, whatever its name is", () => {
    expect(classify(definition({ customerManagedPolicies: [policy] }))).toBe("unknown");
  });

  it("takes nothing away from what is certain", () => {
    const managedPolicies = ["arn:aws:iam::aws:policy/IAMFullAccess"];
    expect(classify(definition({ managedPolicies, customerManagedPolicies: [policy] }))).toBe(
      "administrator",
    );
  });
});
