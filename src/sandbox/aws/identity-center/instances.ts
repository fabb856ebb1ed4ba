import type { IdentityCenter } from "./identity-center.ts";
import { hundredAtMost } from "../protocol/hundred-at-most.ts";
import type { SsoAdminOperations } from "./sso-admin-requests.ts";
import type { Output } from "../protocol/service.ts";

/** The organization's Identity Center and how many instances the caller sees. */
export interface Instances extends IdentityCenter {
  readonly instanceCount: 0 | 1 | 2;
  readonly primaryRegion: string;
}

/** The instances of Identity Center. */
export const instanceOperations = {
  ListInstances(instances, input) {
    const { items, nextToken } = hundredAtMost("ListInstances", input, arnsOf(instances), (arn) => arn);
    return { Instances: items.map((arn) => metadata(instances, arn)), NextToken: nextToken };
  },

  DescribeInstance: (instances, input) => ({
    ...metadata(instances, input.InstanceArn),
    PrimaryRegion: instances.primaryRegion,
    Regions: [{ RegionName: instances.primaryRegion, Status: "ACTIVE" }],
    PermissionSetsEnabled: !isAccountInstance(instances, input.InstanceArn),
  }),
} satisfies Partial<SsoAdminOperations<Instances>>;

/** Whether the caller sees an instance of this ARN. */
export function isKnownInstance(instances: Instances, arn: string): boolean {
  return arnsOf(instances).includes(arn);
}

/** Whether an instance belongs to one account, and so has no permission sets. */
export function isAccountInstance(instances: Instances, arn: string): boolean {
  return arn !== instances.instanceArn;
}

function arnsOf({ instanceArn, instanceCount }: Instances): string[] {
  const accountInstance = "arn:aws:sso:::instance/ssoins-acc0000000000001";
  return [instanceArn, accountInstance].slice(0, instanceCount);
}

function metadata(instances: Instances, arn: string): Output {
  const owned = isAccountInstance(instances, arn)
    ? { IdentityStoreId: "d-acc0000001", OwnerAccountId: instances.callerAccount }
    : {
        IdentityStoreId: instances.directory.identityStoreId,
        OwnerAccountId: instances.organization.managementAccount,
      };
  return { InstanceArn: arn, ...owned, CreatedDate: 1_700_000_000, Status: "ACTIVE" };
}
