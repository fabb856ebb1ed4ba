import { describe, expect, it } from "vitest";

import { toFailureReason, toPassError } from "../../src/aws/translate-error.ts";
import { PassError } from "../../src/errors.ts";

function awsError(name: string, message: string): Error {
  return Object.assign(new Error(message), { name, $fault: "client", $metadata: { requestId: "r-1" } });
}

describe("an error of the SDK", () => {
  it.each([
    [awsError("AccessDeniedException", "no"), "aws.access-denied", { operation: "ListUsers", message: "no" }],
    [awsError("AccessDenied", "no"), "aws.access-denied", { operation: "ListUsers", message: "no" }],
    [awsError("ExpiredTokenException", "old"), "aws.expired-credentials", { operation: "ListUsers" }],
    [awsError("ExpiredToken", "old"), "aws.expired-credentials", { operation: "ListUsers" }],
    [awsError("UnrecognizedClientException", "who?"), "aws.no-credentials", { message: "who?" }],
    [awsError("ThrottlingException", "slow"), "aws.throttled", { operation: "ListUsers", attempts: 7 }],
    [
      awsError("InternalServerException", "oops"),
      "aws.request-failed",
      { operation: "ListUsers", name: "InternalServerException", message: "oops" },
    ],
    [
      Object.assign(new Error("getaddrinfo ENOTFOUND"), { code: "ENOTFOUND" }),
      "aws.unreachable",
      { operation: "ListUsers", reason: "ENOTFOUND" },
    ],
    [
      Object.assign(new Error("too slow"), { name: "TimeoutError" }),
      "aws.unreachable",
      { operation: "ListUsers", reason: "timeout" },
    ],
    [
      Object.assign(new Error("none found"), { name: "CredentialsProviderError", tryNextLink: true }),
      "aws.no-credentials",
      { message: "none found" },
    ],
    [
      "not even an error",
      "aws.request-failed",
      { operation: "ListUsers", name: "UnknownError", message: "" },
    ],
  ])("%o becomes %s", (error, code, params) => {
    expect(toPassError("ListUsers", error, 7)).toMatchObject({ code, params });
  });

  it("that is translated already stays as it is", () => {
    const error = new PassError("aws.no-instance", { region: "ap-northeast-1" });
    expect(toPassError("ListUsers", error, 1)).toBe(error);
  });

  it("about a signature tells nothing of the request's headers", () => {
    const message =
      "The signature does not match.\n\nThe Canonical String for this request should have been\n'POST\n/\n\nx-amz-security-token:SECRET";
    const error = awsError("SignatureDoesNotMatch", message);
    expect(JSON.stringify(toPassError("ListUsers", error, 1))).not.toContain("SECRET");
    expect(JSON.stringify(toFailureReason(error))).not.toContain("SECRET");
  });

  it("becomes the reason of a failed change with AWS's name, words and request id", () => {
    expect(toFailureReason(awsError("ServiceQuotaExceededException", "too many"))).toEqual({
      code: "ServiceQuotaExceededException",
      message: "too many",
      requestId: "r-1",
    });
  });
});

describe("a file with credentials", () => {
  it.each(["ENOENT", "EACCES", "EISDIR"])("that cannot be read (%s) is no trouble of the network", (code) => {
    const error = Object.assign(new Error(`${code}: open`), {
      code,
      path: "/var/run/token",
      syscall: "open",
    });
    expect(toPassError("ListInstances", error, 1)).toMatchObject({
      code: "aws.file-unreadable",
      params: { path: "/var/run/token", reason: code },
    });
  });
});
