import { expect, it } from "vitest";

import { createAwsServices } from "../../src/sandbox/aws/aws-services.ts";
import { AwsError } from "../../src/sandbox/aws/protocol/aws-error.ts";
import type { StructureShape } from "../../src/sandbox/aws/protocol/request-shapes.ts";
import type { Service } from "../../src/sandbox/aws/protocol/service.ts";
import { requestViolations } from "../../src/sandbox/aws/protocol/validate-request.ts";
import { quotasAtSpeed } from "../../src/sandbox/aws/quotas.ts";
import { awsModels, type ServiceModel, violationsOf } from "./aws-model.ts";
import { variantsOf } from "./example-values.ts";

const account = "111122223333";
const nobody = { accounts: [], users: [], groups: [] };
const seed = {
  primaryRegion: "ap-northeast-1",
  callerAccount: account,
  managementAccount: account,
  ...nobody,
};
const { caller } = createAwsServices(seed, quotasAtSpeed({}, 1), () => 0);
const services: readonly Service[] = [
  ...caller.json.values(),
  ...caller.query.values(),
  caller.accessAnalyzer,
];

/** What our shape and AWS's model do not judge alike, each once. */
function disagreements(shape: StructureShape, model: ServiceModel, input: string): readonly string[] {
  const found = new Set<string>();
  for (const request of variantsOf(model, input)) {
    const [theirs] = violationsOf(model, input, request);
    const ours = refusalOf(shape, request);
    if ((ours === undefined) === (theirs === undefined)) continue;
    found.add(theirs ?? `the sandbox alone refuses: ${ours}`);
  }
  return [...found];
}

function refusalOf(shape: StructureShape, request: unknown): string | undefined {
  try {
    return requestViolations(shape, request)[0];
  } catch (error) {
    if (error instanceof AwsError) return error.message;
    throw error;
  }
}

it.each(services)("$name takes what AWS's own model allows, and refuses what it does not", (service) => {
  const model = awsModels.services[service.name];
  if (model === undefined) throw new Error(`There is no model of ${service.name}.`);
  const problems = Object.entries(service.requests).flatMap(([operation, shape]) => {
    const input = model.operations[operation]?.input;
    if (model.operations[operation] === undefined) return [`${operation} is not described`];
    return input === undefined ? [] : disagreements(shape, model, input).map((one) => `${operation}: ${one}`);
  });
  expect(problems).toEqual([]);
});
