import type { PolicyDocument } from "./policy-document.ts";
import { azureDevopsAudience, githubAudience } from "./web-identity.ts";

/** Whose tokens are let in, and the policy that says so. */
export interface Trust {
  readonly issuer: string;
  readonly audience: string;
  /** The exact `sub` of the tokens; one of them comes. */
  readonly subjects: readonly string[];
  readonly policy: PolicyDocument;
}

/** The account of the role, and where it is. */
interface RoleAccount {
  readonly account: string;
  /** `aws` but in China and GovCloud. */
  readonly partition: string;
}

export interface GithubTrustInput extends RoleAccount {
  /** `owner/name` */
  readonly repository: string;
  readonly ownerId: string;
  readonly repositoryId: string;
  /** The job's environment; its tokens do not tell the branch. */
  readonly environment?: string | undefined;
  /** The only branch, of jobs without an environment. */
  readonly branch: string;
}

export interface AzureDevopsTrustInput extends RoleAccount {
  readonly organization: string;
  /** The organization's GUID. */
  readonly organizationId: string;
  readonly project: string;
  /** The service connection's name. */
  readonly serviceConnection: string;
}

const githubIssuer = "https://token.actions.githubusercontent.com";

/**
 * Trust in one environment or branch of one repository. Repositories made, renamed or moved since July 2026 have their
 * ids in the subject, older ones do not: both forms are let in, and the repository's id makes sure that it is this one.
 * https://docs.github.com/en/actions/reference/security/oidc
 */
export function buildGithubTrust(input: GithubTrustInput): Trust {
  const { repository, ownerId, repositoryId, environment, branch } = input;
  const [owner = "", name = ""] = repository.split("/");
  const place =
    environment === undefined ? `ref:refs/heads/${escape(branch)}` : `environment:${escape(environment)}`;
  const subjects = [
    `repo:${repository}:${place}`,
    `repo:${owner}@${ownerId}/${name}@${repositoryId}:${place}`,
  ];
  return {
    issuer: githubIssuer,
    audience: githubAudience,
    subjects,
    policy: trustPolicy(input, githubIssuer, (key) => ({
      [key("aud")]: githubAudience,
      [key("sub")]: subjects,
      [key("repository_id")]: repositoryId,
    })),
  };
}

/** Trust in one service connection. https://github.com/aws/aws-toolkit-azure-devops#readme */
export function buildAzureDevopsTrust(input: AzureDevopsTrustInput): Trust {
  const issuer = `https://vstoken.dev.azure.com/${input.organizationId}`;
  const subjects = [`sc://${input.organization}/${input.project}/${input.serviceConnection}`];
  return {
    issuer,
    audience: azureDevopsAudience,
    subjects,
    policy: trustPolicy(input, issuer, (key) => ({
      [key("aud")]: azureDevopsAudience,
      [key("sub")]: subjects,
    })),
  };
}

function trustPolicy(
  { account, partition }: RoleAccount,
  issuer: string,
  equal: (key: (claim: string) => string) => Readonly<Record<string, string | readonly string[]>>,
): PolicyDocument {
  const host = issuer.replace("https://", "");
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TokensOfTheJob",
        Effect: "Allow",
        Principal: { Federated: `arn:${partition}:iam::${account}:oidc-provider/${host}` },
        Action: ["sts:AssumeRoleWithWebIdentity"],
        Condition: { StringEquals: equal((claim) => `${host}:${claim}`) },
      },
    ],
  };
}

/** GitHub writes a colon in a value like this, so that no branch name looks like an environment. */
function escape(value: string): string {
  return value.replaceAll(":", "%3A");
}
