import type { SandboxAnswer } from "../../failure-switch.ts";
import type { AwsError } from "./aws-error.ts";
import type { Output } from "./service.ts";

/** The answer to a successful REST request. */
export function restAnswer(output: Output, requestId: string): SandboxAnswer {
  return { status: 200, headers: restHeaders(requestId), body: JSON.stringify(output) };
}

/** The answer to a failed REST request: its name is in a header. */
export function restError(error: AwsError, requestId: string): SandboxAnswer {
  const reason = error.code === "ValidationException" ? { reason: "fieldValidationFailed" } : {};
  return {
    status: error.status,
    headers: { ...restHeaders(requestId), "x-amzn-errortype": error.code },
    body: JSON.stringify({ message: error.message, ...reason, ...error.members }),
  };
}

function restHeaders(requestId: string): Record<string, string> {
  return { "content-type": "application/json", "x-amzn-requestid": requestId };
}
