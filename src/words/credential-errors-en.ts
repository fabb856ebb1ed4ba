import type { TokenClaims, TokenHost } from "../errors.ts";
import { isPullRequest, issuerHost, trustCommand, trustLine } from "./pass-error-facts.ts";
import type { CredentialErrorCode, PassErrorMessages } from "./pass-error-messages.ts";

const nextPass = "The next pass tries again.";
const token = ({ iss, sub, aud, leftAside }: TokenClaims & { readonly leftAside?: string }): string =>
  `the token says iss ${iss}, sub ${sub}, aud ${aud}${
    leftAside === undefined ? "" : `; it is the job's own, which wins over ${leftAside}`
  }`;

const tokenSettings: Readonly<Record<TokenHost, string>> = {
  GitHub:
    "Give the job permissions: { id-token: write }. A workflow for a pull request from a fork never gets it.",
  "Azure DevOps":
    "In the step's env, set SYSTEM_ACCESSTOKEN to $(System.AccessToken) and AZURE_SERVICE_CONNECTION_ID to the service connection's id, the resourceId in the address of its page.",
};

const refusedTokens: Readonly<Record<TokenHost, string>> = {
  GitHub:
    "Give the job permissions: { id-token: write }, and run it again: a job that has ended gets no token any more.",
  "Azure DevOps":
    "Let this pipeline use the service connection (its page, Security, Pipeline permissions), and check AZURE_SERVICE_CONNECTION_ID and SYSTEM_ACCESSTOKEN.",
};

/** Reasons why there are no credentials, or not the right ones, in English. */
export const credentialErrorsEn: {
  readonly [Code in CredentialErrorCode]: PassErrorMessages[Code];
} = {
  "aws.token-settings-missing": ({ host, missing }) => ({
    message: `AWS_ROLE_ARN is set, but this ${host} job cannot get an OpenID Connect token: it lacks ${missing.join(" and ")}.`,
    hint: tokenSettings[host],
  }),
  "aws.token-unavailable": ({ host, reason }) => ({
    message: `${host} gave no OpenID Connect token (${reason}).`,
    hint: `Check the operation status of ${host}; on a machine of your own, the network, HTTPS_PROXY and the firewall as well. ${nextPass}`,
  }),
  "aws.token-refused": ({ host, status }) => ({
    message: `${host} refused to give an OpenID Connect token (status ${status}).`,
    hint: refusedTokens[host],
  }),
  "aws.role-invalid": ({ role }) => ({
    message: `AWS_ROLE_ARN is not the ARN of a role: ${role}.`,
    hint: "Set it to the role's ARN as IAM shows it, e.g. arn:aws:iam::111122223333:role/kintone-sso-sync.",
  }),
  "aws.no-identity-provider": (refused) => ({
    message: `The account of ${refused.role} has no OpenID Connect provider for this job: ${token(refused)}.`,
    hint: `Create the provider ${refused.iss} (no slash at the end) with the audience ${refused.aud} in that account; infra/aws-role.yaml and infra/terraform do it. The trust policy names it as "Federated": "…:oidc-provider/${issuerHost(refused.iss)}".`,
  }),
  "aws.wrong-audience": (refused) => ({
    message: `AWS does not accept the audience of this job's token for ${refused.role}: ${token(refused)}.`,
    hint: `Add ${refused.aud} to the audiences of the provider ${issuerHost(refused.iss)} in IAM, and let the trust policy of the role say ${trustLine(refused, "aud", refused.aud)}.`,
  }),
  "aws.wrong-subject": (refused) => ({
    message: `The trust policy of ${refused.role} does not let this job in: ${token(refused)}.`,
    hint: isPullRequest(refused.sub)
      ? "This is a job of a pull request, which must not get the role: run it on the branch or in the environment that the trust policy names."
      : `If this job is to be let in, the policy has to say ${trustLine(refused, "sub", refused.sub)} and ${trustLine(refused, "aud", refused.aud)}; a condition on repository_id has to fit as well, and the role has to exist. ${trustCommand(refused)} prints the whole policy.`,
  }),
  "aws.trust-denied": (refused) => ({
    message: `A policy denies this job the role ${refused.role}: ${token(refused)}.`,
    hint: `Look for a Deny of sts:AssumeRoleWithWebIdentity in the role's trust policy, e.g. one on ${trustLine(refused, "sub", refused.sub)}, and in the organization's service and resource control policies.`,
  }),
  "aws.expired-token": (refused) => ({
    message: `The job's token for ${refused.role} had expired when AWS got it: ${token(refused)}.`,
    hint: "Check the clock of the machine and run the job again. The trust policy needs no change.",
  }),
  "aws.invalid-token": (refused) => ({
    message: `AWS cannot verify the job's token for ${refused.role}: ${token(refused)}.`,
    hint: `Check that the provider in IAM is exactly ${issuerHost(refused.iss)}, without a slash at the end, and that the issuer's keys can be read from the internet.`,
  }),
  "aws.issuer-unreachable": ({ attempts, ...refused }) => ({
    message: `AWS could not reach the token's issuer to verify it for ${refused.role} (attempts: ${attempts}): ${token(refused)}.`,
    hint: `There is nothing to change. ${nextPass}`,
  }),
  "aws.management-account": ({ account }) => ({
    message: `The AWS credentials belong to ${account}, the organization's management account.`,
    hint: "Use a role in the account that is the delegated administrator of IAM Identity Center. If it has to be this account, set identityCenter.allowManagementAccount to true.",
  }),
  "aws.not-delegated-administrator": ({ account, operation }) => ({
    message: `Account ${account} is not the delegated administrator of IAM Identity Center: AWS denied ${operation}.`,
    hint: `Use a role of the account that is, or, in the management account, run aws organizations register-delegated-administrator --account-id ${account} --service-principal sso.amazonaws.com. In a Region other than the primary one AWS gives the same answer: check identityCenter.region too.`,
  }),
};
