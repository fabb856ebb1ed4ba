import { expect, it } from "vitest";

import { clientSteps } from "../../scripts/prove/foreign/client-steps.ts";
import { createAwsServices } from "../../src/sandbox/aws/aws-services.ts";
import { AwsError } from "../../src/sandbox/aws/protocol/aws-error.ts";
import { quotasAtSpeed } from "../../src/sandbox/aws/quotas.ts";
import { smallCompany } from "../e2e/small-company.ts";
import { awsModels, violationsOf } from "./aws-model.ts";

/** Not in the description yet; in the newer one that @aws-sdk/client-sso-admin 3.1138.0 was made from. */
const newer = ["PrimaryRegion", "Regions", "PermissionSetsEnabled"].map(
  (member) => `DescribeInstance: .${member} is not described`,
);

function createAnswerer() {
  let nowMs = 0;
  const clock = () => (nowMs += 60_000);
  const seed = { ...smallCompany().aws, permissionSets: [] };
  const { managementAccount } = createAwsServices(seed, quotasAtSpeed({}, 1000), clock);
  const { json, query, accessAnalyzer } = managementAccount;
  const named = [...json.values(), ...query.values(), accessAnalyzer].map(
    (each) => [each.name, each] as const,
  );
  const services = new Map<string, (typeof named)[number][1]>(named);
  return (service: string, operation: string, input: unknown): unknown => {
    try {
      return services.get(service)?.answer(operation, input, { region: "ap-northeast-1" });
    } catch (error) {
      if (error instanceof AwsError) return error;
      throw error;
    }
  };
}

function memberOf(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((each, part) => (each as Record<string, unknown> | undefined)?.[part], value);
}

it("every operation answers what AWS's own model describes, and with an error only that the model has", () => {
  const ask = createAnswerer();
  const known = new Map<string, string>();
  const problems = clientSteps.flatMap(({ service, operation, input, remember = {} }) => {
    const name = service === "accessanalyzer" ? "access-analyzer" : service;
    const text = [...known].reduce(
      (json, [id, value]) => json.replaceAll(`"${id}"`, JSON.stringify(value)),
      JSON.stringify(input),
    );
    const answer = ask(name, operation, JSON.parse(text));
    for (const [id, path] of Object.entries(remember)) known.set(id, String(memberOf(answer, path)));
    const model = awsModels.services[name];
    const described = model?.operations[operation];
    if (model === undefined || described === undefined) return [`${operation} is not described`];
    if (answer instanceof AwsError) {
      return described.errors.includes(answer.code) ? [] : [`${operation}: it has no ${answer.code}`];
    }
    if (described.output === undefined) return [];
    return violationsOf(model, described.output, answer).map((problem) => `${operation}: ${problem}`);
  });
  expect(new Set(problems)).toEqual(new Set(newer));
});
