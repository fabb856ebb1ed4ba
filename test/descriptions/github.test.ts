import { readFileSync } from "node:fs";
import { request as octokit } from "@octokit/request";
import { expect, it, onTestFinished } from "vitest";
import { z } from "zod";

import { createGithubApi } from "../../src/github/github-api.ts";
import { startGithub } from "../e2e/github/start-github.ts";

type JsonSchema = Parameters<typeof z.fromJSONSchema>[0];

/** GitHub's own description of the operations that the program uses, cut down to what values are judged by. https://github.com/github/rest-api-description */
const { operations } = JSON.parse(readFileSync(new URL("github-model.json", import.meta.url), "utf8")) as {
  readonly operations: Readonly<
    Record<string, { readonly body?: JsonSchema; readonly status: number; readonly answer: JsonSchema }>
  >;
};

const given = {
  owner: "example-corp",
  repo: "aws-access",
  comment_id: 7,
  issue_number: 42,
  username: "kenta",
};
const bodies: Readonly<Record<string, object>> = {
  "POST /issues/comments/{comment_id}/reactions": { content: "eyes" },
  "POST /issues/{issue_number}/comments": { body: "text" },
};

/** GitHub's own client of the three endpoints, and ours. */
async function clients() {
  const github = await startGithub({ access: { kenta: { permission: "write", role_name: "maintain" } } });
  onTestFinished(() => github.close());
  const apiUrl = github.environment["GITHUB_API_URL"] ?? "";
  const headers = { authorization: `Bearer ${github.token}` };
  const ask = octokit.defaults({ baseUrl: apiUrl, headers, ...given });
  const theirs = (operation: string, more: object) =>
    ask(operation.replace(" ", " /repos/{owner}/{repo}"), { ...more });
  const ours = createGithubApi({ apiUrl, repository: "example-corp/aws-access", token: github.token });
  return { github, theirs, ours };
}

it.each(Object.entries(operations))(
  "%s answers GitHub's own client as GitHub describes it",
  async (operation, { status, answer }) => {
    const { theirs } = await clients();
    const answered = await theirs(operation, bodies[operation] ?? {});
    expect(answered.status).toBe(status);
    expect(z.fromJSONSchema(answer).safeParse(answered.data).error?.issues).toBeUndefined();
  },
);

it.each(Object.keys(bodies))("%s is refused without what GitHub requires", async (operation) => {
  const { theirs } = await clients();
  for (const wrong of [{}, { content: "nonsense", body: "" }])
    await expect(theirs(operation, wrong)).rejects.toMatchObject({ status: 422 });
});

it("what the program asks for is what GitHub describes", async () => {
  const { github, ours } = await clients();
  for (const reaction of ["eyes", "rocket", "confused"] as const) await ours.addReaction(7, reaction);
  await ours.postComment(42, "text");
  expect(await ours.readAccess("kenta")).toEqual({ roleName: "maintain", permission: "write", userId: 911 });
  const asked = github.requests.map(({ call, body }) => {
    const named = Object.entries(given).reduce(
      (text, [name, value]) => text.replace(`/${value}`, `/{${name}}`),
      call,
    );
    const { body: described } = operations[named] ?? {};
    return described === undefined || z.fromJSONSchema(described).safeParse(body).success ? named : "wrong";
  });
  expect(new Set(asked)).toEqual(new Set(Object.keys(operations)));
});
