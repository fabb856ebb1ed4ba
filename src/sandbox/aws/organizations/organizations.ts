import { AwsError } from "../protocol/aws-error.ts";
import type { OtherBeliefs } from "../../beliefs.ts";
import { parentId, pathOfUnit, unitAbove } from "./organization.ts";
import type { Organization, OrganizationAccount } from "./organization.ts";
import { type Page, pageOf } from "../protocol/paging.ts";
import type { Quotas } from "../quotas.ts";
import { required, structure } from "../protocol/request-shapes.ts";
import type { ValueOf } from "../protocol/request-shapes.ts";
import { createService } from "../protocol/service.ts";
import type { Service, Output } from "../protocol/service.ts";
import { createTokenBucket } from "../protocol/token-bucket.ts";
import type { TokenBucket } from "../protocol/token-bucket.ts";

// https://docs.aws.amazon.com/organizations/latest/APIReference/API_Operations.html
const rootOrUnit = {
  type: "string",
  max: 100,
  pattern: /^(r-[0-9a-z]{4,32})$|^(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/,
} as const;
const accountId = { type: "string", max: 12, pattern: /^\d{12}$/ } as const;
const paged = {
  MaxResults: { type: "integer", min: 1, max: 20 },
  NextToken: { type: "string", max: 100_000 },
} as const;
const requests = {
  DescribeOrganization: structure({}),
  DescribeAccount: structure({ AccountId: required(accountId) }),
  DescribeOrganizationalUnit: structure({
    OrganizationalUnitId: required({
      type: "string",
      max: 68,
      pattern: /^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$/,
    }),
  }),
  ListAccounts: structure(paged),
  ListAccountsForParent: structure({ ...paged, ParentId: required(rootOrUnit) }),
  ListDelegatedAdministrators: structure({
    ...paged,
    ServicePrincipal: { type: "string", min: 1, max: 128, pattern: /^[\w+=,.@-]*$/ },
  }),
  ListOrganizationalUnitsForParent: structure({ ...paged, ParentId: required(rootOrUnit) }),
  ListParents: structure({
    ...paged,
    ChildId: required({
      type: "string",
      max: 100,
      pattern: /^(\d{12})$|^(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/,
    }),
  }),
  ListRoots: structure(paged),
  ListTagsForResource: structure({
    ResourceId: required({
      type: "string",
      max: 130,
      pattern:
        /^(r-[0-9a-z]{4,32})$|^(\d{12})$|^(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$|^(p-[0-9a-zA-Z_]{8,128})$|^(rp-[0-9a-zA-Z_]{4,128})$/,
    }),
    NextToken: { type: "string", max: 100_000 },
  }),
} as const;

interface Context {
  readonly organization: Organization;
  readonly others: OtherBeliefs;
}

type Operations = {
  readonly [Operation in keyof typeof requests]: (
    context: Context,
    input: ValueOf<(typeof requests)[Operation]>,
  ) => Output;
};

const operations: Operations = {
  DescribeOrganization({ organization }) {
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

  DescribeAccount(context, input) {
    const account = context.organization.account(input.AccountId);
    if (account === undefined) {
      throw new AwsError("AccountNotFoundException", "You specified an account that doesn't exist.");
    }
    return { Account: accountOutput(context, account) };
  },

  DescribeOrganizationalUnit({ organization }, { OrganizationalUnitId }) {
    const unit = organization.units().find((each) => parentId(organization, each) === OrganizationalUnitId);
    if (unit !== undefined) return { OrganizationalUnit: unitOutput(organization, unit) };
    const message = "You specified an organizational unit that doesn't exist.";
    throw new AwsError("OrganizationalUnitNotFoundException", message);
  },

  ListAccounts(context, input) {
    const { items, nextToken } = page(context, "ListAccounts", input, context.organization.accounts());
    return { Accounts: items.map((account) => accountOutput(context, account)), NextToken: nextToken };
  },

  ListAccountsForParent(context, input) {
    const unit = unitOf(context.organization, input.ParentId);
    const accounts = context.organization.accounts().filter((account) => account.unit === unit);
    const { items, nextToken } = page(context, "ListAccountsForParent", input, accounts);
    return { Accounts: items.map((account) => accountOutput(context, account)), NextToken: nextToken };
  },

  ListDelegatedAdministrators(context, input) {
    const isOfService = (input.ServicePrincipal ?? "sso.amazonaws.com") === "sso.amazonaws.com";
    const { organization } = context;
    const { delegatedAdministrators } = organization;
    const delegated = organization
      .accounts()
      .filter(({ id }) => isOfService && delegatedAdministrators.includes(id));
    const { items, nextToken } = page(context, "ListDelegatedAdministrators", input, delegated);
    const administrators = items.map((account) => {
      const { Paths: _paths, ...known } = accountOutput(context, account);
      return { ...known, DelegationEnabledDate: joinedAt };
    });
    return { DelegatedAdministrators: administrators, NextToken: nextToken };
  },

  ListOrganizationalUnitsForParent(context, input) {
    const { organization } = context;
    const above = unitOf(organization, input.ParentId);
    const units = organization.units().filter((unit) => unitAbove(unit) === above);
    const below = units.map((unit) => ({ unit, id: parentId(organization, unit) }));
    const { items, nextToken } = page(context, "ListOrganizationalUnitsForParent", input, below);
    return {
      OrganizationalUnits: items.map(({ unit }) => unitOutput(organization, unit)),
      NextToken: nextToken,
    };
  },

  ListParents({ organization }, { ChildId }) {
    const account = organization.account(ChildId);
    const unit = organization.units().find((each) => parentId(organization, each) === ChildId);
    if (account === undefined && unit === undefined) {
      const message =
        "We can't find an organizational unit (OU) or AWS account with the ChildId that you specified.";
      throw new AwsError("ChildNotFoundException", message);
    }
    const above = account?.unit ?? unitAbove(unit ?? "");
    const type = above === "" ? "ROOT" : "ORGANIZATIONAL_UNIT";
    return { Parents: [{ Id: parentId(organization, above), Type: type }] };
  },

  ListRoots: ({ organization: { id, rootId, managementAccount } }) => ({
    Roots: [
      {
        Id: rootId,
        Arn: `arn:aws:organizations::${managementAccount}:root/${id}/${rootId}`,
        Name: "Root",
        PolicyTypes: [{ Type: "SERVICE_CONTROL_POLICY", Status: "ENABLED" }],
      },
    ],
  }),

  ListTagsForResource({ organization }, { ResourceId }) {
    const account = organization.account(ResourceId);
    const isPlace = ["", ...organization.units()].some((unit) => parentId(organization, unit) === ResourceId);
    if (account === undefined && !isPlace) {
      throw new AwsError("TargetNotFoundException", "You specified a target that doesn't exist.");
    }
    return { Tags: Object.entries(account?.tags ?? {}).map(([Key, Value]) => ({ Key, Value })) };
  },
};

function page<Item extends { readonly id: string }>(
  { others }: Context,
  list: string,
  { MaxResults, NextToken, ...selection }: { readonly MaxResults?: number; readonly NextToken?: string },
  all: readonly Item[],
): Page<Item> {
  return pageOf({
    all,
    keyOf: ({ id }) => id,
    scope: [list, selection],
    size: MaxResults ?? 20,
    token: NextToken,
    invalidToken: () =>
      new AwsError("InvalidInputException", "You specified an invalid value for NextToken.", {
        members: { Reason: "INVALID_NEXT_TOKEN" },
      }),
    withEmptyPage: !others.has("empty-first-page"),
  });
}

function unitOf(organization: Organization, id: string): string {
  const unit = ["", ...organization.units()].find((each) => parentId(organization, each) === id);
  if (unit === undefined) {
    const message = "We can't find a root or OU with the ParentId that you specified.";
    throw new AwsError("ParentNotFoundException", message);
  }
  return unit;
}

function unitOutput(organization: Organization, unit: string): Output {
  const id = parentId(organization, unit);
  return {
    Id: id,
    Arn: `arn:aws:organizations::${organization.managementAccount}:ou/${organization.id}/${id}`,
    Name: unit.split("/").at(-1),
    Path: pathOfUnit(organization, unit),
  };
}

/** AWS Organizations; all but DescribeOrganization is for the management account and delegated administrators. */
export function createOrganizations(
  context: Context,
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
    context,
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

const joinedAt = 1_700_000_000;

function accountOutput({ organization, others }: Context, account: OrganizationAccount): Output {
  return {
    Id: account.id,
    Arn: accountArn(organization, account.id),
    Name: account.name,
    Email: account.email,
    State: account.state,
    Status: others.has("account-status") ? undefined : statusOf(account),
    Paths: others.has("account-paths") ? undefined : [pathOfUnit(organization, account.unit)],
    JoinedMethod: "CREATED",
    JoinedTimestamp: Date.parse(account.joinedAt) / 1_000,
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
