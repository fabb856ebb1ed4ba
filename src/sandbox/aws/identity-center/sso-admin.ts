import { assignmentOperations } from "./account-assignments.ts";
import { AwsError, accessDenied } from "../protocol/aws-error.ts";
import type { IdentityCenter } from "./identity-center.ts";
import { instanceOperations, isAccountInstance, isKnownInstance } from "./instances.ts";
import type { Instances } from "./instances.ts";
import { statusOperations } from "./operation-status.ts";
import { policyOperations } from "./permission-set-policies.ts";
import { permissionSetOperations } from "./permission-sets.ts";
import { provisioningOperations } from "./provisioning.ts";
import { createService } from "../protocol/service.ts";
import type { Caller, Service, Output } from "../protocol/service.ts";
import { ssoAdminRequests } from "./sso-admin-requests.ts";
import type { SsoAdminOperations } from "./sso-admin-requests.ts";
import { tagOperations } from "./tags.ts";
import { createTokenBucket } from "../protocol/token-bucket.ts";

const operations: SsoAdminOperations<Instances> = {
  ...instanceOperations,
  ...permissionSetOperations,
  ...policyOperations,
  ...tagOperations,
  ...assignmentOperations,
  ...provisioningOperations,
  ...statusOperations,
};

/** What is answered in additional Regions too. https://docs.aws.amazon.com/singlesignon/latest/userguide/api-support-in-additional-regions.html */
const servedEverywhere = new Set([
  "ListInstances",
  "DescribeInstance",
  "ListRegions",
  "DescribeRegion",
  "ListApplications",
]);

/** The administration of Identity Center; permission sets and assignments are served in the primary Region only. */
export function createSsoAdmin(
  instances: Instances,
  seed: { readonly delegatedAdministrator?: boolean },
): Service {
  const { requestsPerSecond } = instances.quotas;
  const bucket = createTokenBucket({ perSecond: requestsPerSecond, burst: requestsPerSecond });

  function admit(operation: string, input: Output, { region }: Caller): Output | undefined {
    const mayAdminister =
      seed.delegatedAdministrator !== false ||
      instances.callerAccount === instances.organization.managementAccount;
    const isElsewhere = !instances.regions.includes(region);
    if (isElsewhere && operation === "ListInstances" && !instances.others.has("wrong-region")) {
      return { Instances: [] };
    }
    const isServed = region === instances.regions[0] || (!isElsewhere && servedEverywhere.has(operation));
    if (!isServed || !mayAdminister) throw denied(instances, operation, input);
    const { InstanceArn: instanceArn } = input as { InstanceArn?: string };
    if (instanceArn !== undefined) checkInstance(instances, instanceArn, operation);
    return undefined;
  }

  return createService({
    name: "sso-admin",
    requests: ssoAdminRequests,
    operations,
    context: instances,
    throttle: () => {
      if (!bucket.take(instances.timeline.now())) {
        throw new AwsError("ThrottlingException", "Rate exceeded", { origin: "front end" });
      }
    },
    admit,
  });
}

function checkInstance(instances: Instances, arn: string, operation: string): void {
  if (!isKnownInstance(instances, arn)) throw accessDenied(instances.callerArn, `sso:${operation}`, arn);
  if (isAccountInstance(instances, arn) && operation !== "DescribeInstance") {
    throw new AwsError(
      "ValidationException",
      "The operation is not supported for this Identity Center instance",
    );
  }
}

function denied(center: IdentityCenter, operation: string, input: Output): AwsError {
  const { PermissionSetArn, ResourceArn, InstanceArn } = input as {
    PermissionSetArn?: string;
    ResourceArn?: string;
    InstanceArn?: string;
  };
  return accessDenied(
    center.callerArn,
    `sso:${operation}`,
    PermissionSetArn ?? ResourceArn ?? InstanceArn ?? "*",
  );
}
