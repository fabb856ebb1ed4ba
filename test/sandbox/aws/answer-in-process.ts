import type { AwsServices } from "../../../src/sandbox/aws/aws-services.ts";
import { readAwsRequest } from "../../../src/sandbox/aws/protocol/aws-request.ts";

/** The parts of an SDK's request that a server looks at. */
export interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Record<string, string>;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

/** An answer as an SDK takes it. */
export interface SdkResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** What was asked, with the answer to it. */
export interface AnsweredRequest {
  readonly operation: string;
  readonly input: unknown;
  readonly isRefused: boolean;
  readonly text: string;
  readonly response: SdkResponse;
}

/** Lets the sandbox's services answer an SDK's request, without a server. */
export function answerInProcess(services: AwsServices, request: SdkRequest): AnsweredRequest {
  const { method, path, query = {}, headers, body } = request;
  const asked = new URLSearchParams(Object.entries(query)).toString();
  const read = readAwsRequest(services, {
    method,
    url: asked === "" ? path : `${path}?${asked}`,
    headers,
    body: textOf(body),
  });
  const result = read.carryOut();
  const isRefused = "error" in result;
  const answer = isRefused ? read.writeError(result.error, "0") : read.writeOutput(result.output, "0");
  const text = typeof answer.body === "string" ? answer.body : "";
  return {
    operation: read.operation,
    input: read.input,
    isRefused,
    text,
    response: { statusCode: answer.status, headers: { ...answer.headers }, body: Buffer.from(text) },
  };
}

/** The text of a request's body, whichever way the SDK holds it. */
export function textOf(body: unknown): string {
  if (body instanceof Uint8Array) return new TextDecoder().decode(body);
  return typeof body === "string" ? body : "";
}
