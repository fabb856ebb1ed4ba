import { createStsClient } from "../aws/clients.ts";
import type { AwsClientsOptions } from "../aws/clients.ts";
import { type CredentialSource, createSessionCredentials, refuse } from "../aws/session-credentials.ts";
import { chooseWebIdentity } from "../aws/web-identity.ts";
import type { Environment } from "../model/environment.ts";
import { proxyAgentFor } from "./aws-proxy.ts";
import { learnSecrets } from "../process/secret-scrubber.ts";

/**
 * Credentials of the role that AWS_ROLE_ARN names, for the CI job's own token; undefined when the SDK's default chain
 * is to look for credentials. What is missing for that shows at the first request, not here.
 */
export function awsCredentials(
  environment: Environment,
  options: Omit<AwsClientsOptions, "credentials" | "pace">,
): CredentialSource | undefined {
  try {
    const identity = chooseWebIdentity(environment);
    if (identity === undefined) return undefined;
    return createSessionCredentials({
      identity,
      sts: createStsClient(options),
      clock: options.clock,
      agentFor: proxyAgentFor,
      onSecrets: learnSecrets,
    });
  } catch (error) {
    return refuse(error);
  }
}
