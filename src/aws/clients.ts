import type { Agent } from "node:https";

import { AccessAnalyzerClient } from "@aws-sdk/client-accessanalyzer";
import { IAMClient } from "@aws-sdk/client-iam";
import { IdentitystoreClient } from "@aws-sdk/client-identitystore";
import { OrganizationsClient } from "@aws-sdk/client-organizations";
import { SSOAdminClient } from "@aws-sdk/client-sso-admin";
import { STSClient } from "@aws-sdk/client-sts";

import { createBoundedHandler } from "../network/bounded-handler.ts";
import type { Clock } from "../ports.ts";
import type { AccessKey } from "./sdk-environment.ts";
import type { CredentialSource } from "./session-credentials.ts";
import { type AwsService, createRequestPace, purposeOf } from "./request-pace.ts";
import { errorName, isOverRate } from "./translate-error.ts";

export interface AwsClients {
  readonly ssoAdmin: SSOAdminClient;
  readonly identityStore: IdentitystoreClient;
  readonly organizations: OrganizationsClient;
  readonly iam: IAMClient;
  readonly sts: STSClient;
  readonly accessAnalyzer: AccessAnalyzerClient;
}

export interface AwsClientsOptions extends AwsConnection {
  readonly pace: { readonly requestsPerSecond: number };
}

/** How AWS is reached, and as whom. */
export interface AwsConnection extends AwsReach {
  /** Default: the SDK's own chain. */
  readonly credentials?: CredentialSource | AccessKey | undefined;
}

/** How long answers of AWS are waited for. */
export interface AwsPatience {
  /** Attempts of the SDK's standard retry for throttling and lost connections; 4 by default. */
  readonly maxAttempts?: number;
  /** How long an answer may take to begin; 30 seconds by default. It may take twice that to its end. */
  readonly requestTimeoutMs?: number;
}

/** How AWS is reached. */
export interface AwsReach extends AwsPatience {
  /** Primary Region of the Identity Center instance; global services resolve their own. */
  readonly region: string;
  readonly clock: Clock;
  /** Carries all requests, through a proxy for instance; the SDK itself knows nothing of HTTPS_PROXY. */
  readonly httpsAgent?: Agent;
  /** Told about every attempt once it is over, with the error's name when it failed. */
  readonly onRequest?: (service: AwsService, operation: string, errorName?: string) => void;
  /** Of a service, written as in AWS_ENDPOINT_URL_<SERVICE>; default: the SDK's own rules. */
  readonly endpointOf?: (service: string) => string | undefined;
}

const connectionTimeoutMs = 5000;
const defaultRequestTimeoutMs = 30_000;
/** A page of a hundred users is a hundredth of it. */
const maxAnswerBytes = 16_000_000;

/** What all clients have in common: how a request is sent, and that every attempt, a retry too, waits for its turn and is counted. */
function connect({
  region,
  clock,
  pace,
  httpsAgent,
  maxAttempts = 4,
  requestTimeoutMs = defaultRequestTimeoutMs,
  onRequest,
  credentials,
  endpointOf,
}: AwsClientsOptions) {
  const pacerOf = createRequestPace({ requestsPerSecond: pace.requestsPerSecond, clock });
  const shared = {
    region,
    maxAttempts,
    requestHandler: createBoundedHandler(
      {
        connectionTimeout: connectionTimeoutMs,
        requestTimeout: requestTimeoutMs,
        throwOnRequestTimeout: true,
        ...(httpsAgent && { httpsAgent }),
      },
      { deadlineMs: 2 * requestTimeoutMs, maxBytes: maxAnswerBytes },
    ),
    ...(credentials && { credentials }),
  };
  const configure = (service: string) => {
    const endpoint = endpointOf?.(service);
    // The SDK refuses both beside an endpoint, and would find them in the process's environment.
    const variants = { useFipsEndpoint: false, useDualstackEndpoint: false };
    return { ...shared, ...(endpoint !== undefined && { endpoint, ...variants }) };
  };

  function takeTurns(service: AwsService) {
    return <Request, Answer>(
      next: (request: Request) => Promise<Answer>,
      context: { readonly commandName?: string },
    ) =>
      async (request: Request): Promise<Answer> => {
        const operation = (context.commandName ?? "").replace(/Command$/u, "");
        const pacer = pacerOf(service, operation);
        await pacer.take(purposeOf(operation));
        try {
          const answer = await next(request);
          onRequest?.(service, operation);
          return answer;
        } catch (error) {
          onRequest?.(service, operation, errorName(error));
          if (isOverRate(error)) pacer.slowDown();
          throw error;
        }
      };
  }

  return { configure, takeTurns };
}

/**
 * Clients with the SDK's own credential chain and endpoint rules, so that `AWS_ENDPOINT_URL` and
 * `AWS_ENDPOINT_URL_<SERVICE>` work.
 */
export function createAwsClients(options: AwsClientsOptions): AwsClients {
  const { configure, takeTurns } = connect(options);
  const clients: AwsClients = {
    ssoAdmin: new SSOAdminClient(configure("SSO_ADMIN")),
    identityStore: new IdentitystoreClient(configure("IDENTITYSTORE")),
    organizations: new OrganizationsClient(configure("ORGANIZATIONS")),
    iam: new IAMClient(configure("IAM")),
    sts: new STSClient(configure("STS")),
    accessAnalyzer: new AccessAnalyzerClient(configure("ACCESSANALYZER")),
  };
  clients.ssoAdmin.middlewareStack.add(takeTurns("sso"), insideRetries);
  clients.identityStore.middlewareStack.add(takeTurns("identitystore"), insideRetries);
  clients.organizations.middlewareStack.add(takeTurns("organizations"), insideRetries);
  clients.iam.middlewareStack.add(takeTurns("iam"), insideRetries);
  clients.sts.middlewareStack.add(takeTurns("sts"), insideRetries);
  clients.accessAnalyzer.middlewareStack.add(takeTurns("accessanalyzer"), insideRetries);
  return clients;
}

/** A client for the call that gets credentials, which needs none itself. */
export function createStsClient(options: AwsReach): STSClient {
  const { configure, takeTurns } = connect({ ...options, pace: { requestsPerSecond: 1 } });
  const client = new STSClient(configure("STS"));
  client.middlewareStack.add(takeTurns("sts"), insideRetries);
  return client;
}

/** Closes the connections that are kept alive. */
export function closeAwsClients(clients: AwsClients): void {
  for (const client of Object.values<{ readonly destroy: () => void }>({ ...clients })) client.destroy();
}

// The retry middleware stands in the same step with high priority, so this one runs once per attempt.
const insideRetries = { name: "takeTurns", step: "finalizeRequest", priority: "low" } as const;
