import { describe, expect, it } from "vitest";

import { classify } from "../../src/access/administrator-class.ts";
import { escalatingStatements, ordinaryStatements, runningStatements } from "../corpus/escalations.ts";
import { definition } from "../builders.ts";
import { dangerousActions, harmlessActions, runningActions } from "../corpus/dangerous-actions.ts";
import managedPolicies from "../corpus/managed-policies.json" with { type: "json" };
import published from "../corpus/published-paths.json" with { type: "json" };

const documentsOf = (side: "administrator" | "runsAsOtherRoles" | "ordinary") =>
  Object.fromEntries(
    Object.entries(managedPolicies[side]).map(([name, { statements }]) => [name, statements as unknown]),
  );
const oneResource: Readonly<Record<string, string>> = {
  iam: "arn:aws:iam::123456789012:role/shop/web",
  sso: "arn:aws:sso:::instance/ssoins-0123456789abcdef",
  rolesanywhere: "arn:aws:rolesanywhere:us-east-1:123456789012:trust-anchor/one",
  eks: "arn:aws:eks:us-east-1:123456789012:cluster/shop",
  cloudformation: "arn:aws:cloudformation:us-east-1:123456789012:stackset/shop:1",
};
const serviceOf = (action: string) => action.slice(0, action.indexOf(":"));
const dangerous = Object.fromEntries(
  dangerousActions.flatMap((Action) =>
    ["*", oneResource[serviceOf(Action)]].map((Resource) => [
      `${Action} on ${Resource}`,
      { Effect: "Allow", Action, Resource },
    ]),
  ),
);
const running = Object.fromEntries(
  runningActions.map((Action) => [Action, { Effect: "Allow", Action, Resource: "*" }]),
);
const harmless = Object.fromEntries(
  harmlessActions.map((Action) => [Action, { Effect: "Allow", Action, Resource: "*" }]),
);

const inline = (Statement: unknown) =>
  classify(definition({ inlinePolicy: JSON.stringify({ Version: "2012-10-17", Statement }) }));
const managed = (...names: readonly string[]) =>
  classify(definition({ managedPolicies: names.map((name) => `arn:aws:iam::aws:policy/${name}`) }));

const creating = (created: string, filled: string) => [
  { Effect: "Allow", Action: "iam:CreateRole", Resource: `arn:aws:iam::*:${created}` },
  { Effect: "Allow", Action: "iam:AttachRolePolicy", Resource: `arn:aws:iam::*:${filled}` },
];

describe("the corpus", () => {
  it("has at least 400 policies, on both sides", () => {
    const sizes = [
      dangerous,
      escalatingStatements,
      runningStatements,
      running,
      ordinaryStatements,
      harmless,
    ].map((one) => Object.keys(one).length);
    const documents = Object.keys({ ...documentsOf("administrator"), ...documentsOf("ordinary") }).length;
    const total = sizes.reduce((sum, size) => sum + size, documents + published.paths.length);
    expect(total).toBeGreaterThanOrEqual(400);
  });
});

describe("a permission set is of the administrator class", () => {
  it.each(Object.entries(escalatingStatements))("when its inline policy allows %s", (_, statement) => {
    expect(inline([statement])).toBe("administrator");
    expect(inline(statement)).toBe("administrator");
    const [first, second] = [ordinaryStatements["all of S3"], ordinaryStatements["IAM denied"]];
    expect(inline([first, statement, second])).toBe("administrator");
  });

  it.each(Object.entries(dangerous))("when its inline policy allows %s", (_, statement) => {
    expect(inline(statement)).toBe("administrator");
  });

  it.each(Object.entries(documentsOf("administrator")))(
    "with the document of AWS's %s",
    (name, statements) => {
      expect(inline(statements)).toBe("administrator");
      expect(managed(name)).toBe("administrator");
    },
  );

  it.each([
    "arn:aws:iam::123456789012:role/${aws:PrincipalTag/role}",
    "arn:aws:iam::123456789012:role/${aws:PrincipalTag/role, 'deploy'}",
    "arn:aws:iam::123456789012:${aws:x, 'role/deploy'}",
    "arn:aws:iam::123456789012:role/deplo?",
    "arn:aws:iam::*:role/deploy",
    "arn:*:iam::123456789012:role/deploy",
    "arn:aws:i?m::123456789012:role/deploy",
    "arn:aws:iam::123456789012:role/cdk-hnb659fds-cfn-exec-role-123456789012-us-east-1",
    "arn:aws:iam::123456789012:role/AWSControlTowerExecution",
    "arn:aws:iam::123456789012:role/AWSCloudFormationStackSetExecutionRole",
    "arn:aws:iam::123456789012:role/stacksets-exec-0123456789abcdef0123456789abcdef",
    "arn:aws:iam::123456789012:role/AWSAFTExecution",
    "arn:aws:iam::123456789012:role/AWSAccelerator-Operations",
    "arn:aws:iam::123456789012:role/ASEA-PipelineRole",
    "arn:aws:iam::123456789012:role/service-role/aws-controltower-ForwardSnsNotificationRole",
    "arn:aws:iam::123456789012:role/ops/BreakGlass",
    "arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Shop_0123456789abcdef",
  ])("when it may assume or pass %s", (Resource) => {
    for (const Action of ["sts:AssumeRole", "iam:PassRole", "sts:AssumeRole*"])
      expect(inline({ Effect: "Allow", Action, Resource })).toBe("administrator");
  });

  it.each(["iam:*Pol*", "i?m:Put*", "*:*RolePolicy", "iam:*rofile", "?am:*", "s?o:*Profile", "*Entry"])(
    "when a pattern may mean what is dangerous: %s",
    (Action) => {
      expect(inline({ Effect: "Allow", Action, Resource: "*" })).toBe("administrator");
    },
  );

  it.each([
    ["an element that does not exist", { Efect: "Deny" }],
    ["a principal", { Principal: "*" }],
  ])("when a statement has %s", (_, more) => {
    expect(inline({ Effect: "Allow", Action: "s3:*", Resource: "*", ...more })).toBe("administrator");
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

describe("a permission set runs as other roles", () => {
  it.each(Object.entries(runningStatements))("when its inline policy allows %s", (_, statement) => {
    expect(inline(statement)).toBe("runs-as-other-roles");
    expect(inline([ordinaryStatements["all of S3"], statement])).toBe("runs-as-other-roles");
  });

  it.each(Object.entries(running))("when its inline policy allows no more than %s", (_, statement) => {
    expect(inline(statement)).toBe("runs-as-other-roles");
  });

  it.each(Object.keys(documentsOf("runsAsOtherRoles")))("when it has the AWS managed policy %s", (name) => {
    expect(managed(name)).toBe("runs-as-other-roles");
    expect(inline(documentsOf("runsAsOtherRoles")[name])).not.toBe("ordinary");
  });

  it.each([
    ["everything but IAM", "PowerUserAccess"],
    ["Glue", "AWSGlueConsoleFullAccess"],
    ["databases", "job-function/DatabaseAdministrator"],
    ["instances", "job-function/SystemAdministrator"],
    ["Lambda", "AWSLambda_FullAccess"],
    ["containers", "AmazonECS_FullAccess"],
    ["instances", "AWSMarketplaceFullAccess"],
    ["SageMaker", "AmazonSageMakerFullAccess"],
    ["SageMaker", "job-function/DataScientist"],
    ["autoscaling", "AmazonDynamoDBFullAccess"],
    ["CodePipeline", "AWSCodePipeline_FullAccess"],
    ["Service Catalog", "AWSServiceCatalogAdminFullAccess"],
    ["Systems Manager, by what AWS Config passes", "AWSConfigRulesExecutionRole"],
    ["notebooks", "AmazonAthenaFullAccess"],
  ])("when AWS leaves to its holder any role for %s, by %s", (_, name) => {
    expect(managed(name)).toBe("runs-as-other-roles");
  });

  it("and is unknown when a customer managed policy may make it more", () => {
    const managedPolicies = ["arn:aws:iam::aws:policy/PowerUserAccess"];
    const customerManagedPolicies = [{ name: "Team", path: "/" }];
    expect(classify(definition({ managedPolicies, customerManagedPolicies }))).toBe("unknown");
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
    "ReadOnlyAccess",
    "SecurityAudit",
    "IAMReadOnlyAccess",
    "AIDevOpsAgentActionsPolicy",
    "AWSMcpServiceActionsFullAccess",
    "AWSSSOReadOnly",
    "AWSOrganizationsReadOnlyAccess",
    "AWSAccountManagementReadOnlyAccess",
    "AWSAccountAccessManagerReadOnlyAccess",
    "job-function/AWSManagementConsoleAdministratorAccess",
  ])("when it has the AWS managed policy %s", (name) => {
    expect(managed(name)).toBe("ordinary");
  });

  it.each([
    ["backup policies to detach", "AWSBackupOrganizationAdminAccess"],
    ["tagged policies to detach", "AWSManagedBudgetsSpendLimitManagementAccess"],
    ["one service to delegate", "AWSSecurityHubOrganizationsAccess"],
    ["delegating, which only the management account can", "AmazonGuardDutyFullAccess"],
    ["delegating, which only the management account can", "AmazonInspector2FullAccess"],
    ["stacks of instances", "service-role/ServerMigration_ServiceRole"],
  ])("when AWS leaves to its holder no more than %s, by %s", (_, name) => {
    expect(managed(name)).toBe("ordinary");
  });

  it.each(Object.entries(harmless))("when its inline policy allows no more than %s", (_, statement) => {
    expect(inline(statement)).toBe("ordinary");
  });

  it.each(Object.entries(documentsOf("ordinary")))("with the document of AWS's %s", (name, statements) => {
    expect(inline(statements)).toBe("ordinary");
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
