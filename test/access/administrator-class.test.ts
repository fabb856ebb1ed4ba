import { describe, expect, it } from "vitest";

import { classify } from "../../src/access/administrator-class.ts";
import { escalatingStatements, ordinaryStatements } from "../corpus/escalations.ts";
import { definition } from "../builders.ts";

const inline = (Statement: unknown) =>
  classify(definition({ inlinePolicy: JSON.stringify({ Version: "2012-10-17", Statement }) }));
const managed = (...names: readonly string[]) =>
  classify(definition({ managedPolicies: names.map((name) => `arn:aws:iam::aws:policy/${name}`) }));

const creating = (created: string, filled: string) => [
  { Effect: "Allow", Action: "iam:CreateRole", Resource: `arn:aws:iam::*:${created}` },
  { Effect: "Allow", Action: "iam:AttachRolePolicy", Resource: `arn:aws:iam::*:${filled}` },
];

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
    ["of the same names", "role/shop-*", "role/shop-*"],
    ["of more names than get policies", "*", "role/shop-*"],
    ["of fewer names than get policies", "role/shop-web", "role/shop-*"],
  ])("when statements apart let it create roles %s and give them policies", (_, created, filled) => {
    expect(inline(creating(created, filled))).toBe("administrator");
    expect(inline(creating(created, filled).toReversed())).toBe("administrator");
  });

  it("when it may create roles of all names but some, and give them policies", () => {
    const [create, fill] = creating("role/shop-*", "role/shop-*");
    const { Resource: _all, ...rest } = create ?? {};
    expect(inline([{ ...rest, NotResource: "arn:aws:iam::*:role/audit-*" }, fill])).toBe("administrator");
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
    "AWSAccountManagementFullAccess",
    "AWSManagedControlPolicyManagementAccess",
    "AWSSSOMasterAccountAdministrator",
    "AWSSSOMemberAccountAdministrator",
    "AWSSSODirectoryAdministrator",
    "AWSAccountAccessManagerEntitlementManager",
    "AWSManagedAccountUserEntitlementAccess",
    "AWSManagedSettingsAdminAccess",
    "AdministratorAccess-Amplify",
    "AWSManagedAccountManagementAccess",
    "WellArchitectedConsoleFullAccess",
    "service-role/AWSCodeStarServiceRole",
    "AmazonDynamoDBFullAccesswithDataPipeline",
    "AmazonElasticMapReduceFullAccess",
    "service-role/AmazonElasticMapReduceRole",
    "service-role/AWSElasticBeanstalkService",
    "AdministratorAccess-AWSElasticBeanstalk",
    "AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy",
    "service-role/AWSControlTowerServiceRolePolicy",
    "SageMakerStudioAdminIAMDefaultExecutionPolicy",
    "SageMakerStudioAdminIAMPermissiveExecutionPolicy",
    "SageMakerStudioProjectUserRolePermissionsBoundary",
    "SageMakerStudioProjectUserRolePolicy",
    "SageMakerStudioUserIAMDefaultExecutionPolicy",
    "SageMakerStudioUserIAMPermissiveExecutionPolicy",
    "AWSElasticBeanstalkFullAccess",
    "AWSLambdaFullAccess",
    "AWSOpsWorksFullAccess",
    "service-role/AWSOpsWorksRole",
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
    "SecurityAudit",
    "IAMReadOnlyAccess",
    "IAMUserSSHKeys",
    "AIDevOpsAgentActionsPolicy",
    "AWSMcpServiceActionsFullAccess",
    "AWSSSOReadOnly",
    "AWSOrganizationsReadOnlyAccess",
    "AWSAccountManagementReadOnlyAccess",
    "AWSAccountAccessManagerReadOnlyAccess",
    "job-function/AWSManagementConsoleAdministratorAccess",
    "job-function/DatabaseAdministrator",
    "job-function/NetworkAdministrator",
    "job-function/SystemAdministrator",
  ])("when it has the AWS managed policy %s", (name) => {
    expect(managed(name)).toBe("ordinary");
  });

  it.each([
    ["Lambda", "AWSLambda_FullAccess"],
    ["containers", "AmazonECS_FullAccess"],
    ["instances", "AWSMarketplaceFullAccess"],
    ["SageMaker", "AmazonSageMakerFullAccess"],
    ["SageMaker", "job-function/DataScientist"],
    ["autoscaling", "AmazonDynamoDBFullAccess"],
    ["CodePipeline", "AWSCodePipeline_FullAccess"],
    ["Service Catalog", "AWSServiceCatalogAdminFullAccess"],
  ])("when AWS leaves to its holder any role for %s, by %s", (_, name) => {
    expect(managed(name)).toBe("ordinary");
  });

  it.each([
    ["roles of one name to pass", "AWSGlueConsoleFullAccess"],
    ["roles of one name to pass", "AWSBatchFullAccess"],
    ["roles of one name to pass", "AWSDataPipeline_FullAccess"],
    ["named policies to attach", "AWSQuickSetupManagedInstanceProfileExecutionPolicy"],
    ["backup policies to detach", "AWSBackupOrganizationAdminAccess"],
    ["tagged policies to detach", "AWSManagedBudgetsSpendLimitManagementAccess"],
    ["one service to delegate", "AWSSecurityHubOrganizationsAccess"],
    ["delegating, which only the management account can", "AmazonGuardDutyFullAccess"],
    ["delegating, which only the management account can", "AmazonInspector2FullAccess"],
    ["stacks of instances", "service-role/ServerMigration_ServiceRole"],
  ])("when AWS leaves to its holder no more than %s, by %s", (_, name) => {
    expect(managed(name)).toBe("ordinary");
  });

  it("when the roles that it creates are others than those that it gives policies", () => {
    expect(inline(creating("role/shop-*", "role/office-*"))).toBe("ordinary");
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
