import { awsCli, boto3 } from "./aws-clients.ts";
import { cfnLint } from "./cfn-lint.ts";
import type { ForeignCase, ForeignOptions, ForeignTool } from "./foreign-tool.ts";
import { moto } from "./moto.ts";
import { kintoneCli } from "./kintone-cli.ts";
import { promtool, zizmor } from "./linters.ts";
import { actionlint, githubClient, slackClient } from "./official-clients.ts";
import { template } from "./template.ts";
import { terraform } from "./terraform.ts";

const tools: readonly ForeignTool[] = [
  cfnLint,
  template,
  awsCli,
  boto3,
  moto,
  terraform,
  kintoneCli,
  slackClient,
  githubClient,
  promtool,
  actionlint,
  zizmor,
];

/**
 * Lets the clients of others loose on what is ours, each that is installed; `all` makes a missing one a problem.
 * Cases are only those whose tool's name contains `only`.
 */
export async function runForeign(
  options: ForeignOptions,
  { all, only }: { readonly all: boolean; readonly only: string },
): Promise<readonly ForeignCase[]> {
  const cases: ForeignCase[] = [];
  for (const tool of tools.filter(({ name }) => name.includes(only))) {
    const version = await tool.version();
    if (version === undefined) {
      options.say(`${tool.name} is not installed: nothing was tried with it`);
      if (all) cases.push({ name: tool.name, problems: ["it is not installed"] });
      continue;
    }
    options.say(`${tool.name}: ${version}`);
    cases.push(...(await tool.run(options)));
  }
  return cases;
}
