import type { SandboxAnswer } from "../../failure-switch.ts";
import { AwsError, unknownOperation } from "./aws-error.ts";
import type { Service, Output } from "./service.ts";

/** The services of the AWS JSON 1.1 protocol by the prefix of their X-Amz-Target header. */
export type JsonServices = ReadonlyMap<string, Service>;

/** Finds the service and the operation that an X-Amz-Target header names. Throws when there is no such service. */
export function readTarget(services: JsonServices, target: string): { service: Service; operation: string } {
  const [prefix = "", operation = ""] = target.split(".");
  const service = services.get(prefix);
  if (service === undefined) throw unknownOperation(target);
  return { service, operation };
}

/** Reads a JSON body; an empty one is an empty request. Throws a SerializationException. */
export function readJson(body: string): unknown {
  if (body === "") return {};
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw new AwsError("SerializationException", "The request is not valid JSON.", { origin: "front end" });
  }
}

/** The answer to a successful JSON 1.1 request. */
export function jsonAnswer(output: Output, requestId: string): SandboxAnswer {
  return { status: 200, headers: headers(requestId), body: JSON.stringify(output) };
}

/** The answer to a failed JSON 1.1 request: the status is 400 whatever the error, its name is in the body. */
export function jsonError(error: AwsError, requestId: string): SandboxAnswer {
  const message = error.origin === "service" ? { Message: error.message } : { message: error.message };
  const body = { __type: error.code, ...message, ...error.members };
  return { status: error.status, headers: headers(requestId), body: JSON.stringify(body) };
}

function headers(requestId: string): Record<string, string> {
  return { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": requestId };
}
