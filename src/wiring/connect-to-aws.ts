import { createStsClient, type AwsConnection, type AwsReach } from "../aws/clients.ts";
import { accessKeyIn, endpointIn } from "../aws/sdk-environment.ts";
import { createSessionCredentials, refuse } from "../aws/session-credentials.ts";
import { chooseWebIdentity } from "../aws/web-identity.ts";
import type { S3ClientSettings } from "../memory/s3-object.ts";
import { variable } from "../model/environment.ts";
import type { Surroundings } from "../process/process-face.ts";
import { learnSecrets } from "../process/secret-scrubber.ts";
import { proxyAgents } from "./aws-proxy.ts";

/** What the surroundings say of how to reach AWS: proxy, endpoints and credentials. */
export function connectToAws(surroundings: Surroundings, reaching: AwsReach): AwsConnection {
  const { environment } = surroundings;
  const httpsAgent = proxyAgents(surroundings)(`https://sso.${reaching.region}.amazonaws.com`);
  const connection = {
    ...reaching,
    endpointOf: (service: string) => endpointIn(environment, service),
    ...(httpsAgent !== undefined && { httpsAgent }),
  };
  return { ...connection, credentials: awsCredentials(surroundings, connection) };
}

/**
 * Credentials of the role that AWS_ROLE_ARN names, for the CI job's own token, or the environment's access key; undefined
 * when the SDK's default chain is to look for credentials. What is missing for that shows at the first request, not here.
 */
function awsCredentials(surroundings: Surroundings, connection: AwsConnection): AwsConnection["credentials"] {
  const { environment } = surroundings;
  try {
    const identity = chooseWebIdentity(environment);
    if (identity === undefined) return accessKeyIn(environment);
    return createSessionCredentials({
      identity,
      sts: createStsClient(connection),
      clock: connection.clock,
      agentFor: proxyAgents(surroundings),
      onSecrets: learnSecrets,
    });
  } catch (error) {
    return refuse(error);
  }
}

/** How the memory's bucket is reached while the configuration is not known. */
export function s3In({ environment }: Surroundings): S3ClientSettings {
  const region = variable(environment, "AWS_REGION");
  return {
    ...(region !== undefined && { region }),
    credentials: accessKeyIn(environment),
    endpoint: endpointIn(environment, "S3"),
  };
}

/** The same connection for the memory's bucket. */
export function toS3({ region, httpsAgent, credentials, endpointOf }: AwsConnection): S3ClientSettings {
  return {
    region,
    credentials,
    endpoint: endpointOf?.("S3"),
    ...(httpsAgent !== undefined && { httpsAgent }),
  };
}
