import type { SandboxAnswer } from "../../failure-switch.ts";
import { restAnswer, restError } from "./rest-protocol.ts";
import { AwsError, unknownOperation } from "./aws-error.ts";
import type { AwsServices } from "../aws-services.ts";
import { jsonAnswer, jsonError, readJson, readTarget } from "./json-protocol.ts";
import { queryAnswer, queryError, readQuery } from "./query-protocol.ts";
import type { Caller, Service, Output } from "./service.ts";
import { invalidToken } from "../iam/sessions.ts";
import { checkSignature } from "./check-signature.ts";
import { readSignature } from "./signature.ts";

/** The parts of an HTTP request that the AWS protocols use. */
interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A request of any AWS protocol, read but not carried out. */
export interface AwsRequest {
  readonly service: string;
  readonly operation: string;
  readonly input: unknown;
  carryOut(): { readonly output: Output } | { readonly error: AwsError };
  writeOutput(output: Output, requestId: string): SandboxAnswer;
  readonly writeError: (error: AwsError, requestId: string) => SandboxAnswer;
}

/** What a protocol makes of a request's target and body. */
interface Decoded {
  readonly service: Service;
  readonly operation: string;
  readonly input: unknown;
}

interface Protocol {
  decode(services: AwsServices, request: HttpRequest): Decoded;
  writeOutput(operation: string, output: Output, requestId: string): SandboxAnswer;
  readonly writeError: (error: AwsError, requestId: string) => SandboxAnswer;
}

/** Recognises the protocol of a request and reads it; what is wrong with it shows when it is carried out. */
export function readAwsRequest(services: AwsServices, request: HttpRequest): AwsRequest {
  const protocol = protocolOf(request);
  const { writeError } = protocol;
  const decoded = attempt(() => protocol.decode(services, request));
  if ("error" in decoded) {
    const { error } = decoded;
    const operation = header(request, "x-amz-target") ?? request.url;
    return {
      service: "unknown",
      operation,
      input: undefined,
      carryOut: () => ({ error }),
      writeOutput: jsonAnswer,
      writeError,
    };
  }
  const { service, operation, input } = decoded.output;
  return {
    service: service.name,
    operation,
    input,
    carryOut: () =>
      attempt(() => {
        const isUnsigned = service.unsigned.includes(operation);
        return service.answer(operation, input, isUnsigned ? { region: "" } : callerOf(services, request));
      }),
    writeOutput: (output, requestId) => protocol.writeOutput(operation, output, requestId),
    writeError,
  };
}

function callerOf({ sessions, credentials }: AwsServices, request: HttpRequest): Caller {
  const authorization = header(request, "authorization");
  const { region, accessKeyId } = readSignature(authorization);
  const session = sessions.find(accessKeyId, header(request, "x-amz-security-token"));
  if (credentials !== undefined) {
    const key = [session, credentials].find((each) => each?.accessKeyId === accessKeyId);
    if (key === undefined) throw invalidToken();
    checkSignature(request, authorization ?? "", key.secretAccessKey);
  }
  return { region, sessionArn: session?.arn };
}

const json: Protocol = {
  decode(services, request) {
    const target = readTarget(services.json, header(request, "x-amz-target") ?? "");
    return { ...target, input: readJson(request.body) };
  },
  writeOutput: (_operation, output, requestId) => jsonAnswer(output, requestId),
  writeError: jsonError,
};

const query: Protocol = {
  decode: (services, request) => readQuery(services.query, request.body),
  writeOutput: queryAnswer,
  writeError: queryError,
};

const rest: Protocol = {
  decode(services, request) {
    const { pathname, searchParams } = new URL(request.url, "http://sandbox");
    if (request.method !== "POST" || pathname !== "/policy/validation") throw unknownOperation(pathname);
    const maxResults = searchParams.get("maxResults");
    const nextToken = searchParams.get("nextToken");
    const input = {
      ...(readJson(request.body) as Output),
      ...(maxResults === null ? {} : { maxResults: Number(maxResults) }),
      ...(nextToken === null ? {} : { nextToken }),
    };
    return { service: services.accessAnalyzer, operation: "ValidatePolicy", input };
  },
  writeOutput: (_operation, output, requestId) => restAnswer(output, requestId),
  writeError: restError,
};

function protocolOf(request: HttpRequest): Protocol {
  if (header(request, "x-amz-target") !== undefined) return json;
  const isForm = header(request, "content-type")?.startsWith("application/x-www-form-urlencoded") === true;
  return isForm ? query : rest;
}

function header(request: HttpRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "string" ? value : undefined;
}

function attempt<Result>(act: () => Result): { readonly output: Result } | { readonly error: AwsError } {
  try {
    return { output: act() };
  } catch (error) {
    if (error instanceof AwsError) return { error };
    throw error;
  }
}
