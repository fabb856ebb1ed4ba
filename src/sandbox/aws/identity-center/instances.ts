import { AwsError } from "../protocol/aws-error.ts";
import { hexDigits } from "../sandbox-id.ts";
import type { IdentityCenter } from "./identity-center.ts";
import { hundredAtMost } from "../protocol/hundred-at-most.ts";
import type { SsoAdminOperations } from "./sso-admin-requests.ts";
import type { Output } from "../protocol/service.ts";

/** The organization's Identity Center and how many instances the caller sees. */
export interface Instances extends IdentityCenter {
  readonly instanceCount: 0 | 1 | 2;
  /** The Regions of the instance, the primary one first. */
  readonly regions: readonly string[];
  /** The names of its applications. */
  readonly applications: readonly string[];
}

/** The instances of Identity Center. */
export const instanceOperations = {
  ListInstances(instances, input) {
    const { items, nextToken } = hundredAtMost("ListInstances", input, arnsOf(instances), (arn) => arn);
    return { Instances: items.map((arn) => metadata(instances, arn)), NextToken: nextToken };
  },

  DescribeInstance: (instances, input) => ({
    ...metadata(instances, input.InstanceArn),
    PrimaryRegion: instances.regions[0],
    Regions: instances.regions.map((RegionName) => ({ RegionName, Status: "ACTIVE" })),
    EncryptionConfigurationDetails: { KeyType: "AWS_OWNED_KMS_KEY", EncryptionStatus: "ENABLED" },
    PermissionSetsEnabled: !isAccountInstance(instances, input.InstanceArn),
  }),

  ListRegions(instances, input) {
    const page = hundredAtMost("ListRegions", input, instances.regions, (region) => region);
    return {
      Regions: page.items.map((region) => regionOutput(instances, region)),
      NextToken: page.nextToken,
    };
  },

  DescribeRegion(instances, { RegionName }) {
    if (instances.regions.includes(RegionName)) return regionOutput(instances, RegionName);
    const message = `Region ${RegionName} is not a Region of the instance`;
    throw new AwsError("ResourceNotFoundException", message);
  },

  ListApplications(instances, input) {
    const { Filter: filter } = input;
    const isOther = filter?.ApplicationProvider !== undefined && filter.ApplicationProvider !== provider;
    const owner = instances.organization.managementAccount;
    const isElsewhere = filter?.ApplicationAccount !== undefined && filter.ApplicationAccount !== owner;
    const names = isOther || isElsewhere ? [] : instances.applications;
    const page = hundredAtMost("ListApplications", input, names, (name) => name);
    return {
      Applications: page.items.map((name) => applicationOutput(instances, name)),
      NextToken: page.nextToken,
    };
  },
} satisfies Partial<SsoAdminOperations<Instances>>;

/** Whether the caller sees an instance of this ARN. */
export function isKnownInstance(instances: Instances, arn: string): boolean {
  return arnsOf(instances).includes(arn);
}

/** Whether an instance belongs to one account, and so has no permission sets. */
export function isAccountInstance(instances: Instances, arn: string): boolean {
  return arn !== instances.instanceArn;
}

const provider = "arn:aws:sso::aws:applicationProvider/custom";
const createdAt = 1_700_000_000;

function regionOutput({ regions }: Instances, region: string): Output {
  return {
    RegionName: region,
    Status: "ACTIVE",
    AddedDate: createdAt,
    IsPrimaryRegion: region === regions[0],
  };
}

function applicationOutput({ instanceArn, organization }: Instances, name: string): Output {
  const instanceId = instanceArn.split("/").at(-1);
  const id = hexDigits(name, 16);
  return {
    ApplicationArn: `arn:aws:sso::${organization.managementAccount}:application/${instanceId}/apl-${id}`,
    ApplicationProviderArn: provider,
    Name: name,
    ApplicationAccount: organization.managementAccount,
    InstanceArn: instanceArn,
    Status: "ENABLED",
    CreatedDate: createdAt,
  };
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
  return { InstanceArn: arn, ...owned, CreatedDate: createdAt, Status: "ACTIVE" };
}
