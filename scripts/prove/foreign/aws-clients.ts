import { managementAccessKeyId } from "../../../src/sandbox/aws/aws-services.ts";
import { startAwsSandbox } from "../../../src/sandbox/aws/start-aws-sandbox.ts";
import { smallCompany } from "../../../test/e2e/small-company.ts";
import { type ClientStep, clientSteps } from "./client-steps.ts";
import type { ForeignCase, ForeignTool } from "./foreign-tool.ts";
import { runTool, versionOf } from "./run-tool.ts";

const region = "ap-northeast-1";

/** boto3: every operation, lists in pages of one, errors as the classes that bear their names. */
export const boto3: ForeignTool = {
  name: "boto3",
  version: () => versionOf("python3", ["-c", "import boto3; print('boto3', boto3.__version__)"]),
  run: () =>
    withSandbox(async (url) => {
      const script = "scripts/prove/foreign/boto3-client.py";
      const input = JSON.stringify(clientSteps);
      const { stdout, stderr } = await runTool("python3", [script, url, region], { input });
      const lines = stdout.trim().split("\n").filter(Boolean);
      const told = lines.map(
        (line) => JSON.parse(line) as { readonly name: string; readonly problem: string },
      );
      return clientSteps.map(({ operation }, index) => ({
        name: `boto3: ${operation}`,
        problems: [told[index]?.problem ?? `it ended before: ${stderr.trim().slice(-200)}`].filter(Boolean),
      }));
    }),
};

/** The AWS command line: every operation, lists in pages of one, errors by name. */
export const awsCli: ForeignTool = {
  name: "aws",
  version: () => versionOf("aws", ["--version"]),
  run: () =>
    withSandbox(async (url) => {
      const known = new Map<string, string>();
      const cases: ForeignCase[] = [];
      for (const step of clientSteps) cases.push(await askByCommand(step, url, known));
      return cases;
    }),
};

async function withSandbox<Result>(use: (url: string) => Promise<Result>): Promise<Result> {
  const sandbox = await startAwsSandbox({
    seed: { ...smallCompany().aws, permissionSets: [] },
    speed: 1000,
  });
  try {
    return await use(sandbox.url);
  } finally {
    await sandbox.close();
  }
}

async function askByCommand(
  { service, operation, input, error, rows, remember = {} }: ClientStep,
  url: string,
  known: Map<string, string>,
): Promise<ForeignCase> {
  const name = `aws ${service} ${kebab(operation)}`;
  const text = [...known].reduce(
    (json, [id, value]) => json.replaceAll(`"${id}"`, JSON.stringify(value)),
    JSON.stringify(input),
  );
  const paging = rows === undefined ? [] : ["--page-size", "1"];
  const args = [service, kebab(operation), "--cli-input-json", text, "--output", "json", ...paging];
  const { code, stdout, stderr } = await runTool("aws", args, { environment: environmentFor(url) });
  if (error !== undefined) {
    const isNamed = stderr.includes(`(${error.replace(/EntityException$/u, "Entity")})`);
    return { name, problems: isNamed ? [] : [`it does not name ${error}: ${stderr.trim()}`] };
  }
  if (code !== 0) return { name, problems: [stderr.trim()] };
  const output: unknown = stdout.trim() === "" ? {} : JSON.parse(stdout);
  for (const [id, path] of Object.entries(remember)) known.set(id, String(memberOf(output, path)));
  const found = Object.values(output as object).flatMap((value: unknown) =>
    Array.isArray(value) ? value : [],
  );
  const isWhole = rows === undefined || found.length === rows;
  return { name, problems: isWhole ? [] : [`${found.length} rows instead of ${rows}`] };
}

function memberOf(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((each, part) => (each as Record<string, unknown> | undefined)?.[part], value);
}

function kebab(operation: string): string {
  return operation.replaceAll(/(?<=[a-z])(?=[A-Z])/gu, "-").toLowerCase();
}

function environmentFor(url: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: managementAccessKeyId,
    AWS_SECRET_ACCESS_KEY: "none",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_MAX_ATTEMPTS: "1",
    AWS_PAGER: "",
    AWS_CONFIG_FILE: "/dev/null",
  };
}
