import { expect, it } from "vitest";

import { type ClientStep, clientSteps } from "../../scripts/prove/foreign/client-steps.ts";
import { createAwsServices } from "../../src/sandbox/aws/aws-services.ts";
import { AwsError } from "../../src/sandbox/aws/protocol/aws-error.ts";
import { quotasAtSpeed } from "../../src/sandbox/aws/quotas.ts";
import { smallCompany } from "../e2e/small-company.ts";
import type { AwsSeed } from "../../src/sandbox/aws/aws-seed.ts";
import { awsModels, violationsOf } from "./aws-model.ts";
import { fullerCompany, fullerSteps } from "./fuller-steps.ts";
import { leftOut, membersIn, membersOf } from "./members.ts";

/** Not in the description yet; in the newer one that @aws-sdk/client-sso-admin 3.1138.0 was made from. */
const newer = ["PrimaryRegion", "Regions", "PermissionSetsEnabled"].map(
  (member) => `DescribeInstance: .${member} is not described`,
);

function createAnswerer(seed: AwsSeed) {
  let nowMs = 0;
  const clock = () => (nowMs += 60_000);
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

/** Sends the steps one by one; resolves with each step, its description and what came back. */
function walk(seed: AwsSeed, steps: readonly ClientStep[]) {
  const ask = createAnswerer(seed);
  const known = new Map<string, string>();
  return steps.map(({ service, operation, input, remember = {} }) => {
    const name = service === "accessanalyzer" ? "access-analyzer" : service;
    const text = [...known].reduce(
      (json, [id, value]) => json.replaceAll(`"${id}"`, JSON.stringify(value)),
      JSON.stringify(input),
    );
    const answer = ask(name, operation, JSON.parse(text));
    for (const [id, path] of Object.entries(remember)) known.set(id, String(memberOf(answer, path)));
    const model = awsModels.services[name];
    return { service, operation, answer, model, described: model?.operations[operation] };
  });
}

const walks = [
  ...walk({ ...smallCompany().aws, permissionSets: [] }, clientSteps),
  ...walk(fullerCompany, fullerSteps),
];

it("every operation answers what AWS's own model describes, and with an error only that the model has", () => {
  const problems = walks.flatMap(({ operation, answer, model, described }) => {
    if (model === undefined || described === undefined) return [`${operation} is not described`];
    if (answer instanceof AwsError) {
      return described.errors.includes(answer.code) ? [] : [`${operation}: it has no ${answer.code}`];
    }
    if (described.output === undefined) return [];
    return violationsOf(model, described.output, answer).map((problem) => `${operation}: ${problem}`);
  });
  expect(new Set(problems)).toEqual(new Set(newer));
});

it("every member that AWS describes of an answer is in one of the sandbox's, or in the list of what it leaves out", () => {
  const described = new Set<string>();
  const seen = new Set<string>();
  for (const { service, operation, answer, model, described: of } of walks) {
    const at = `${service}:${operation}`;
    if (model !== undefined && of?.output !== undefined)
      for (const member of membersOf(model, of.output, at)) described.add(member);
    if (!(answer instanceof AwsError)) for (const member of membersIn(answer, at)) seen.add(member);
  }
  const unseen = [...described].filter((member) => !seen.has(member));
  expect(unseen.filter((member) => !leftOut.some(([members]) => members.test(member)))).toEqual([]);
  expect(leftOut.filter(([members]) => !unseen.some((member) => members.test(member)))).toEqual([]);
  expect({ described: described.size, seen: described.size - unseen.length }).toEqual({
    described: 494,
    seen: 435,
  });
});
