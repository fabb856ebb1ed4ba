import { describe, expect, it } from "vitest";

import { administratorPolicies } from "../../src/access/administrator-policies.ts";
import { indexNames, suggestNames } from "../../src/desired/nearest-names.ts";
import { builtInManagedPolicies } from "../../src/sandbox/aws/iam/managed-policy-names.ts";

const policies = builtInManagedPolicies.map(({ name }) => name);
const index = indexNames(policies, (name) => administratorPolicies.has(name));
const suggest = (wanted: string): readonly string[] => suggestNames(wanted, index, []);

describe("the first suggestion for a policy's short name", () => {
  it.each([
    ["PowerUser", "PowerUserAccess"],
    ["ReadOnly", "ReadOnlyAccess"],
    ["ViewOnly", "ViewOnlyAccess"],
    ["Administrator", "AdministratorAccess"],
    ["AdminAccess", "AdministratorAccess"],
    ["S3ReadOnly", "AmazonS3ReadOnlyAccess"],
    ["EC2ReadOnly", "AmazonEC2ReadOnlyAccess"],
    ["CloudWatchReadOnly", "CloudWatchReadOnlyAccess"],
    ["LambdaFullAccess", "AWSLambda_FullAccess"],
    ["RDSFullAccess", "AmazonRDSFullAccess"],
    ["EC2FullAccess", "AmazonEC2FullAccess"],
    ["s3 read only", "AmazonS3ReadOnlyAccess"],
    ["dynamodbfullaccess", "AmazonDynamoDBFullAccess"],
    ["SupportAccess", "AWSSupportAccess"],
    ["BillingAccess", "Billing"],
    ["CloudTrail", "AWSCloudTrail_FullAccess"],
    ["ReadOnlyAcess", "ReadOnlyAccess"],
    ["AmazonEC2FulAccess", "AmazonEC2FullAccess"],
  ])("%s is %s", (wanted, expected) => {
    expect(suggest(wanted)[0]).toBe(expected);
  });
});

describe("a policy that makes administrators", () => {
  it.each(["FullAccess", "Access", "IoTFullAccess", "EFSFullAccess", "OrganizationAccess", "MasterAccount"])(
    "is not suggested for %s",
    (wanted) => {
      expect(suggest(wanted).filter((name) => administratorPolicies.has(name))).toEqual([]);
    },
  );

  it.each([
    ["AdministratorAcess", "AdministratorAccess"],
    ["AdminsitratorAccess", "AdministratorAccess"],
    ["IAMFulAccess", "IAMFullAccess"],
  ])("is suggested for %s, which is a letter or two off", (wanted, expected) => {
    expect(suggest(wanted)).toContain(expected);
  });
});

it("suggests names that hold what was typed, the shortest first, before names that are only a few letters away", () => {
  const groups = indexNames(["Sales-Osaka-Managers", "Sales-Tokyo", "Sale", "Finance"]);
  expect(suggestNames("Sales", groups, [])).toEqual(["Sales-Tokyo", "Sales-Osaka-Managers", "Sale"]);
});
