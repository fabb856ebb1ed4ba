import type { SandboxAnswer } from "../../failure-switch.ts";
import { AwsError } from "./aws-error.ts";
import type { Shape } from "./request-shapes.ts";
import type { Service, Output } from "./service.ts";

interface QueryRequest {
  readonly service: Service;
  readonly operation: string;
  readonly input: Output;
}

/** Reads a form body of the AWS query protocol; the version tells the service. Throws when there is no such service. */
export function readQuery(services: ReadonlyMap<string, Service>, body: string): QueryRequest {
  const form = new URLSearchParams(body);
  const operation = form.get("Action") ?? "";
  const service = services.get(form.get("Version") ?? "");
  if (service === undefined) {
    throw new AwsError(
      "InvalidAction",
      `Could not find operation ${operation} for version ${form.get("Version")}`,
    );
  }
  const members = service.requests[operation]?.members ?? {};
  const given = [...form].filter(([name]) => name !== "Action" && name !== "Version");
  const input = Object.fromEntries(given.map(([name, text]) => [name, typed(members[name], text)]));
  return { service, operation, input };
}

/** The answer to a successful query request, as XML. */
export function queryAnswer(operation: string, output: Output, requestId: string): SandboxAnswer {
  const result = element(`${operation}Result`, output);
  const metadata = element("ResponseMetadata", { RequestId: requestId });
  return xml(200, requestId, `<${operation}Response>${result}${metadata}</${operation}Response>`);
}

/** Errors that the query protocol names otherwise. */
const queryCodes: Readonly<Record<string, string>> = {
  UnknownOperationException: "InvalidAction",
  UnrecognizedClientException: "InvalidClientTokenId",
  InvalidSignatureException: "SignatureDoesNotMatch",
};

/** The answer to a failed query request, as XML. */
export function queryError(error: AwsError, requestId: string): SandboxAnswer {
  const code = queryCodes[error.code] ?? error.code.replace(/Exception$/, "");
  const details = element("Error", { Type: "Sender", Code: code, Message: error.message });
  return xml(
    error.status,
    requestId,
    `<ErrorResponse>${details}${element("RequestId", requestId)}</ErrorResponse>`,
  );
}

function xml(status: number, requestId: string, body: string): SandboxAnswer {
  return { status, headers: { "content-type": "text/xml", "x-amzn-requestid": requestId }, body };
}

function element(name: string, value: unknown): string {
  if (value === undefined) return "";
  return `<${name}>${content(value)}</${name}>`;
}

function content(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => element("member", item)).join("");
  if (typeof value === "object" && value !== null) {
    return Object.entries(value)
      .map(([name, member]) => element(name, member))
      .join("");
  }
  return String(value).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function typed(shape: Shape | undefined, text: string): unknown {
  if (shape?.type === "integer" && /^-?\d+$/.test(text)) return Number(text);
  if (shape?.type === "boolean" && (text === "true" || text === "false")) return text === "true";
  return text;
}
