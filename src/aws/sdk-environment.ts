import { type Environment, variable } from "../model/environment.ts";

/** Credentials that do not expire while the program runs. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * The endpoint that the environment names for the service, written as in the name of its variable (`SSO_ADMIN`), by the
 * SDK's own rule. https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function endpointIn(environment: Environment, service: string): string | undefined {
  if (variable(environment, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")?.toLowerCase() === "true")
    return undefined;
  return variable(environment, `AWS_ENDPOINT_URL_${service}`) ?? variable(environment, "AWS_ENDPOINT_URL");
}

/** The access key in the environment, which a profile wins over, as in the SDK. https://docs.aws.amazon.com/sdkref/latest/guide/feature-static-credentials.html */
export function accessKeyIn(environment: Environment): AccessKey | undefined {
  const accessKeyId = variable(environment, "AWS_ACCESS_KEY_ID");
  const secretAccessKey = variable(environment, "AWS_SECRET_ACCESS_KEY");
  const sessionToken = variable(environment, "AWS_SESSION_TOKEN");
  if (variable(environment, "AWS_PROFILE") !== undefined) return undefined;
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
}
