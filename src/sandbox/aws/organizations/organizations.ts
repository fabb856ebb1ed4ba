import { AwsError } from "../protocol/aws-error.ts";
import type { Organization, OrganizationAccount } from "./organization.ts";
import { pageOf } from "../protocol/paging.ts";
import type { Quotas } from "../quotas.ts";
import { required, structure } from "../protocol/request-shapes.ts";
import type { ValueOf } from "../protocol/request-shapes.ts";
import { createService } from "../protocol/service.ts";
import type { Service, Output } from "../protocol/service.ts";
import { createTokenBucket } from "../protocol/token-bucket.ts";
import type { TokenBucket } from "../protocol/token-bucket.ts";

// https://docs.aws.amazon.com/organizations/latest/APIReference/API_Operations.html
const requests = {
  DescribeOrganization: structure({}),
  ListAccounts: structure({
    MaxResults: { type: "integer", min: 1, max: 20 },
    NextToken: { type: "string", max: 100_000 },
  }),
  DescribeAccount: structure({ AccountId: required({ type: "string", max: 12, pattern: /^\d{12}$/ }) }),
} as const;

type Operations = {
  readonly [Operation in keyof typeof requests]: (
    organization: Organization,
    input: ValueOf<(typeof requests)[Operation]>,
  ) => Output;
};

const operations: Operations = {
  DescribeOrganization(organization) {
    const { id, managementAccount } = organization;
    return {
      Organization: {
        Id: id,
        Arn: `arn:aws:organizations::${managementAccount}:organization/${id}`,
        FeatureSet: "ALL",
        MasterAccountArn: accountArn(organization, managementAccount),
        MasterAccountId: managementAccount,
        MasterAccountEmail: organization.account(managementAccount)?.email,
      },
    };
  },

  ListAccounts(organization, input) {
    const { items, nextToken } = pageOf({
      all: organization.accounts(),
      keyOf: ({ id }) => id,
      scope: "ListAccounts",
      size: input.MaxResults ?? 20,
      token: input.NextToken,
      invalidToken: () =>
        new AwsError("InvalidInputException", "You specified an invalid value for NextToken.", {
          members: { Reason: "INVALID_NEXT_TOKEN" },
        }),
      withEmptyPage: true,
    });
    return { Accounts: items.map((account) => accountOutput(organization, account)), NextToken: nextToken };
  },

  DescribeAccount(organization, input) {
    const account = organization.account(input.AccountId);
    if (account === undefined) {
      throw new AwsError("AccountNotFoundException", "You specified an account that doesn't exist.");
    }
    return { Account: accountOutput(organization, account) };
  },
};

/** AWS Organizations; all but DescribeOrganization is for the management account and delegated administrators. */
export function createOrganizations(
  organization: Organization,
  options: {
    readonly mayRead: boolean;
    readonly rates: Quotas["organizations"];
    readonly now: () => number;
  },
): Service {
  const buckets = new Map<string, TokenBucket>(
    Object.entries(options.rates).map(([operation, rate]) => [operation, createTokenBucket(rate)]),
  );
  return createService({
    name: "organizations",
    requests,
    operations,
    context: organization,
    invalidCode: "InvalidInputException",
    throttle(operation) {
      if (buckets.get(operation)?.take(options.now()) === false) {
        throw new AwsError(
          "TooManyRequestsException",
          "You have sent too many requests in too short a time.",
          {
            members: { Type: "RATE_LIMIT" },
          },
        );
      }
    },
    admit(operation) {
      if (!options.mayRead && operation !== "DescribeOrganization") {
        throw new AwsError("AccessDeniedException", "You don't have permissions to access this resource.");
      }
      return undefined;
    },
  });
}

function accountOutput(organization: Organization, account: OrganizationAccount): Output {
  return {
    Id: account.id,
    Arn: accountArn(organization, account.id),
    Name: account.name,
    Email: account.email,
    State: account.state,
    Status: statusOf(account),
    Paths: [`${organization.id}/r-sand/`],
    JoinedMethod: "CREATED",
    JoinedTimestamp: 1_700_000_000,
  };
}

// The older member knows only three of the five states.
function statusOf({ state }: OrganizationAccount): string | undefined {
  if (state === "PENDING_ACTIVATION") return undefined;
  return state === "CLOSED" ? "SUSPENDED" : state;
}

function accountArn({ id, managementAccount }: Organization, accountId: string): string {
  return `arn:aws:organizations::${managementAccount}:account/${id}/${accountId}`;
}
