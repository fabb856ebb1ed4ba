import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

import { githubIssuer, requestToken, startTokenServer } from "../../aws/token-server.ts";
import { expectNoSecret } from "../secrets.ts";
import { accounts, appliedSets, type Company, userName } from "../small-company.ts";
import {
  countRequests,
  grantsIn,
  withSandbox,
  type World,
  type WorldOptions,
  writesTo,
} from "../with-sandbox.ts";
import { type ActionOptions, type ActionRun, runAction } from "./run-action.ts";
import { type GithubOptions, type LoopbackGithub, startGithub } from "./start-github.ts";

interface Stage extends World {
  readonly github: LoopbackGithub;
  readonly act: (options: ActionOptions) => Promise<ActionRun>;
}

const reader = { permission: "read", role_name: "read" };
const writer = { permission: "write", role_name: "write" };

/** The sandbox and a loopback GitHub in which `hanako-sato`, who writes the comments, has the access. */
function onStage(
  options: WorldOptions & { readonly access?: typeof reader; readonly github?: GithubOptions },
  use: (stage: Stage) => Promise<void>,
): Promise<void> {
  return withSandbox(options, async (world) => {
    const github = await startGithub({
      access: { "hanako-sato": options.access ?? reader },
      ...options.github,
    });
    try {
      await use({ ...world, github, act: (event) => runAction(world, github, event) });
    } finally {
      await github.close();
    }
  });
}

/** Everything was granted, and every assignment record is gone: a guard refuses that. */
const emptied: Company = {
  assignments: [],
  aws: {
    permissionSets: appliedSets.map((set) =>
      set.name === "ReadOnly"
        ? {
            ...set,
            assignments: ["hanako", "ichiro", "misaki"].flatMap((code) =>
              [accounts.production, accounts.staging].map((accountId) => ({
                accountId,
                userName: userName(code),
              })),
            ),
          }
        : set,
    ),
  },
};

const role = `arn:aws:iam::${accounts.identity}:role/kintone-sso-sync`;
const subject = "repo:example-corp/aws-access:environment:kintone-sso-sync";
const webIdentity = {
  issuer: githubIssuer,
  audiences: ["sts.amazonaws.com"],
  roles: [{ arn: role, subjects: [subject] }],
};

const expectedAccount = `identityCenter: { expectedAccount: "${accounts.identity}" }\n`;

const runLink = "(https://github.example.com/example-corp/aws-access/actions/runs/1234567890)";

describe("the action", () => {
  test("runs a pass on schedule, with outputs and summary, and does not talk to GitHub", () =>
    onStage({ config: expectedAccount }, async ({ act, github, ...world }) => {
      const run = await act({ event: "schedule", bundled: true });
      expect(run.code).toBe(0);
      expect(world.aws.requests.map(({ operation }) => operation)).toContain("GetCallerIdentity");
      expect(run.outputs).toMatchObject({
        mode: "sync",
        result: "applied",
        changes: "9",
        applied: "9",
        issues: "0",
      });
      expect(run.outputs["hash"]).toMatch(/^[0-9a-f]{32}/u);
      expect(run.outputs["report"]).toMatch(/kintone-sso-sync-report\.json$/u);
      expect(run.summary).toContain("All changes were applied.");
      expect(grantsIn(world as World)).toHaveLength(5);
      expect(github.requests).toEqual([]);
    }));

  test("plans on dispatch when the inputs say so, and writes nothing", () =>
    onStage({}, async ({ act, github, ...world }) => {
      const run = await act({ event: "workflow-dispatch", inputs: { mode: "plan", "exit-code": "true" } });
      expect(run.code).toBe(2);
      expect(run.outputs).toMatchObject({ mode: "plan", result: "changes-pending", changes: "9" });
      expect(writesTo(world)).toEqual([]);
      expect(github.requests).toEqual([]);
    }));

  test("lets a refused plan through on dispatch with its approval code only", () =>
    onStage({ company: emptied }, async ({ act, ...world }) => {
      const refused = await act({ event: "schedule" });
      expect(refused).toMatchObject({ code: 3, outputs: { result: "refused" } });
      const code = /sync --approve (\S+)/u.exec(refused.stdout)?.[1] ?? "";
      const approved = await act({ event: "workflow-dispatch", inputs: { approve: code } });
      expect(approved).toMatchObject({ code: 0, outputs: { result: "applied" } });
      expect(grantsIn(world as World)).toEqual([]);
    }));

  test("takes inputs for the environment, and hides each secret in them", () =>
    onStage({}, async ({ act, environment }) => {
      const tokens = environment["KINTONE_API_TOKEN"] ?? "";
      const blank = {
        KINTONE_API_TOKEN: "",
        KINTONE_BASE_URL: "",
        KINTONE_PERMISSION_SET_APP: "",
        AWS_REGION: "",
      };
      const run = await act({
        event: "schedule",
        environment: blank,
        inputs: {
          "kintone-api-token": tokens,
          "kintone-accounts-api-token": "tokenOfAccounts",
          "kintone-groups-api-token": "tokenOfGroups",
          "kintone-base-url": environment["KINTONE_BASE_URL"] ?? "",
          "kintone-permission-set-app": "10",
          "aws-region": "ap-northeast-1",
          only: "permission-sets",
        },
      });
      expect(run.outputs).toMatchObject({ result: "applied" });
      const masked = [...run.stderr.matchAll(/^::add-mask::(.*)$/gmu)].map(([, secret]) => secret);
      expect(masked).toEqual([
        ...tokens.split(","),
        "tokenOfAccounts",
        "tokenOfGroups",
        environment["SLACK_BOT_TOKEN"],
      ]);
      const shown = { ...run, stderr: run.stderr.replaceAll(/^::add-mask::.*$/gmu, "") };
      expectNoSecret(shown, masked.map(String));
    }));

  test("says which inputs are wrong, all at once, and does nothing", () =>
    onStage({}, async ({ act, github, ...world }) => {
      const run = await act({
        event: "comment-sync",
        inputs: { mode: "destroy", issue: "#42", permission: "everybody", approve: "::error::x" },
      });
      expect(run.code).toBe(1);
      expect(run.stderr.match(/^::error .*$/gmu)).toEqual([
        expect.stringContaining("“issue”") as string,
        expect.stringContaining("“mode” must be sync | plan") as string,
        expect.stringContaining("“approve”") as string,
        expect.stringContaining("“permission” must be read | triage | write | maintain | admin") as string,
      ]);
      expect(github.requests).toEqual([]);
      expect(countRequests(world)).toBe(0);
    }));
});

describe("/sync on the issue", () => {
  test("is seen before anything else, then carried out, then answered once with counts, issues and the link to the run", () =>
    onStage(
      {
        company: {
          assignments: [
            { permission_set: "ReadOnly", users: ["hanako"], accounts: "production" },
            { permission_set: "Developer", groups: "developers", accounts: "prodution" },
          ],
        },
      },
      async ({ act, github, kintone, aws }) => {
        const run = await act({ event: "comment-sync" });
        expect(run.code).toBe(0);
        expect(github.requests.map(({ call }) => call)).toEqual([
          "POST /issues/comments/77001/reactions",
          "GET /collaborators/hanako-sato/permission",
          "POST /issues/comments/77001/reactions",
          "POST /issues/42/comments",
        ]);
        expect(github.reactions()).toEqual(["eyes", "rocket"]);
        const firstRequest = Math.min(...[...kintone.requests, ...aws.requests].map(({ at }) => at));
        expect(github.requests[0]?.at).toBeLessThanOrEqual(firstRequest);
        const [reply = ""] = github.replies();
        expect(reply).toContain("All changes were applied.");
        expect(reply).toMatch(/\| Records \| AWS operations \| Deletions \| Applied \|/u);
        expect(reply).toMatch(/\[`11#2`\]\(http:\/\/localhost:\d+\/k\/11\/show#record=2\)/u);
        expect(reply).toContain("account.unknown");
        expect(reply).toContain(runLink);
        expect(run.replyFile).toBe(reply);
      },
    ));

  test("plan shows the changes and writes nothing", () =>
    onStage({}, async ({ act, github, ...world }) => {
      const run = await act({ event: "comment-plan", inputs: { lang: "ja" } });
      expect(run).toMatchObject({ code: 0, outputs: { mode: "plan", result: "changes-pending" } });
      expect(github.reactions()).toEqual(["eyes", "rocket"]);
      expect(github.replies()).toEqual([expect.stringContaining("未適用の変更があります。") as string]);
      expect(github.replies()[0]).toContain("ReadOnly");
      expect(writesTo(world)).toEqual([]);
    }));

  test.each([
    "comment-another-issue",
    "comment-pull-request",
    "comment-edited",
    "comment-bot",
    "comment-sentence",
  ])("is ignored without a reaction: %s", (event) =>
    onStage({ access: writer }, async ({ act, github, ...world }) => {
      const run = await act({ event });
      expect(run.code).toBe(0);
      expect(run.stderr).toMatch(/^Nothing to do: /mu);
      expect(run.outputs).toEqual({});
      expect(github.requests).toEqual([]);
      expect(countRequests(world)).toBe(0);
    }),
  );

  test("is ignored where no issue is configured", () =>
    onStage({ access: writer }, async ({ act, github, ...world }) => {
      const run = await act({ event: "comment-sync", inputs: { issue: "" } });
      expect(run).toMatchObject({ code: 0, outputs: {} });
      expect(github.requests).toEqual([]);
      expect(countRequests(world)).toBe(0);
    }));

  test("runs without any key of AWS, as the role that the input names", () =>
    onStage({ company: { aws: { webIdentity } } }, async ({ act, github, aws }) => {
      const server = await startTokenServer();
      server.claims = { sub: subject };
      const run = await act({
        event: "comment-sync",
        bundled: true,
        inputs: { "aws-role-arn": role },
        environment: {
          AWS_ACCESS_KEY_ID: "",
          AWS_SECRET_ACCESS_KEY: "",
          ACTIONS_ID_TOKEN_REQUEST_URL: `${server.url}/github?v=1`,
          ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
        },
      });
      expect(run).toMatchObject({ code: 0, outputs: { result: "applied" } });
      expect(aws.requests[0]).toMatchObject({
        operation: "AssumeRoleWithWebIdentity",
        input: { RoleArn: role, RoleSessionName: "kintone-sso-sync-1234567890" },
      });
      expect(github.requests[0]?.call).toBe("POST /issues/comments/77001/reactions");
      expect(github.reactions()).toEqual(["eyes", "rocket"]);
      expectNoSecret(run, [requestToken, ...server.tokens]);
    }));

  test("that fails, here for a wrong token, is answered with what is wrong and what to do", () =>
    onStage({}, async ({ act, github }) => {
      const run = await act({ event: "comment-sync", environment: { KINTONE_API_TOKEN: "wrongToken" } });
      expect(run).toMatchObject({ code: 1, outputs: { result: "failed" } });
      expect(github.reactions()).toEqual(["eyes", "confused"]);
      const [reply = "", ...others] = github.replies();
      expect(others).toEqual([]);
      expect(reply).toContain("kintone does not know one of the API tokens");
      expect(reply).toContain("KINTONE_API_TOKEN");
      expect(reply).toContain(runLink);
    }));

  test("that a guard refuses is answered with the comment that approves exactly this plan, which works for who may write", () =>
    onStage({ company: emptied, access: writer }, async ({ act, github, ...world }) => {
      const refused = await act({ event: "comment-sync" });
      expect(refused.code).toBe(3);
      const command = /^\/sync approve \S+$/mu.exec(github.replies()[0] ?? "")?.[0];
      expect(writesTo(world)).toEqual([]);

      const approved = await act({ event: "comment-approve", body: command ?? "" });
      expect(approved).toMatchObject({ code: 0, outputs: { mode: "sync", result: "applied" } });
      expect(github.reactions()).toEqual(["eyes", "confused", "eyes", "rocket"]);
      expect(github.replies()).toHaveLength(2);
      expect(grantsIn(world as World)).toEqual([]);
    }));

  test.each([
    ["is known in kintone", "{ hanako-sato: hanako }", 0],
    ["nobody knows in kintone", "{ somebody-else: hanako }", 3],
  ])("approve by a login that %s, where two people are asked for", (_who, people, code) =>
    onStage(
      { company: emptied, access: writer, config: `approval: { separate: true, people: ${people} }` },
      async ({ act, github }) => {
        await act({ event: "comment-sync" });
        const command = /^\/sync approve \S+$/mu.exec(github.replies()[0] ?? "")?.[0];
        const approved = await act({ event: "comment-approve", body: command ?? "" });
        expect(approved.code).toBe(code);
      },
    ),
  );

  test("approve with another plan's code lets nothing through", () =>
    onStage({ company: emptied, access: writer }, async ({ act, github, ...world }) => {
      const run = await act({ event: "comment-approve" });
      expect(run).toMatchObject({
        code: 3,
        outputs: { approve: "0123456789abcdef0123456789abcdef", result: "refused" },
      });
      expect(github.reactions()).toEqual(["eyes", "confused"]);
      expect(writesTo(world)).toEqual([]);
    }));

  test.each([
    ["approve", "comment-approve", reader, "write", {}],
    [
      "approve, although the minimum for /sync is lower",
      "comment-approve",
      reader,
      "write",
      { permission: "read" },
    ],
    ["", "comment-sync", { permission: "none", role_name: "none" }, "read", {}],
    ["where the minimum is higher", "comment-sync", writer, "maintain", { permission: "maintain" }],
    [
      "approve by a role whose permission says less",
      "comment-approve",
      { permission: "read", role_name: "write" },
      "write",
      {},
    ],
  ])(
    "%s is refused without the permission, and what is missing is said",
    (_case, event, access, needed, inputs) =>
      onStage({ company: emptied, access }, async ({ act, github, ...world }) => {
        const run = await act({ event, inputs });
        expect(run.code).toBe(1);
        expect(run.outputs).toEqual({});
        expect(github.reactions()).toEqual(["eyes", "confused"]);
        expect(github.replies()).toEqual([
          expect.stringContaining(`needs the \`${needed}\` permission on this repository`) as string,
        ]);
        expect(countRequests(world)).toBe(0);
      }),
  );

  test("needs write permission where others than members see the repository, and is answered without names", () =>
    onStage({ access: reader }, async ({ act, github, ...world }) => {
      const refused = await act({ event: "comment-sync", visibility: "public" });
      expect(refused.code).toBe(1);
      expect(github.replies()).toEqual([expect.stringContaining("needs the `write` permission") as string]);
      expect(countRequests(world)).toBe(0);
      const planned = await act({
        event: "comment-plan",
        visibility: "internal",
        inputs: { permission: "read" },
      });
      expect(planned).toMatchObject({ code: 0, outputs: { result: "changes-pending" } });
      expect(github.replies()[1]).not.toContain("ReadOnly");
      expect(github.replies()[1]).toContain(runLink);
    }));

  test("is refused when the permission cannot be asked for", () =>
    onStage(
      { github: { failing: { call: /collaborators/u, status: 404 } } },
      async ({ act, github, ...world }) => {
        const run = await act({ event: "comment-sync" });
        expect(run.code).toBe(1);
        expect(github.reactions()).toEqual(["eyes", "confused"]);
        expect(github.replies()).toEqual([expect.stringContaining("HTTP 404") as string]);
        expect(countRequests(world)).toBe(0);
      },
    ));

  test("is carried out although GitHub takes neither reactions nor replies: that is a warning", () =>
    onStage(
      {
        github: {
          access: { "hanako-sato": reader },
          failing: { call: /^POST/u, status: 403 },
        },
      },
      async ({ act, github, ...world }) => {
        const run = await act({ event: "comment-sync" });
        expect(run).toMatchObject({ code: 0, outputs: { result: "applied" } });
        expect(run.stderr.match(/^::warning .*HTTP 403.*$/gmu)).toHaveLength(3);
        expect(grantsIn(world as World)).toHaveLength(5);
        expect(github.replies()).toHaveLength(1);
        expectNoSecret(run, [github.token]);
      },
    ));
});

describe("in jobs of their own", () => {
  test("receive reacts, checks and says what to run; pass runs it; reply answers", () =>
    onStage({ company: emptied, access: writer }, async ({ act, github, ...world }) => {
      const received = await act({ event: "comment-approve", inputs: { part: "receive" } });
      expect(received).toMatchObject({
        code: 0,
        outputs: { mode: "sync", approve: "0123456789abcdef0123456789abcdef" },
      });
      expect(github.reactions()).toEqual(["eyes"]);
      expect(countRequests(world)).toBe(0);

      const pass = await act({
        event: "comment-approve",
        inputs: { part: "pass", ...pick(received, ["mode", "approve"]) },
      });
      expect(pass).toMatchObject({ code: 3, outputs: { result: "refused" } });
      expect(github.requests.map(({ call }) => call)).toEqual([
        "POST /issues/comments/77001/reactions",
        "GET /collaborators/hanako-sato/permission",
        "GET /collaborators/hanako-sato/permission",
      ]);

      const file = join(tmpdir(), `reply-${process.pid}.md`);
      await writeFile(file, pass.replyFile ?? "");
      const replied = await act({
        event: "comment-approve",
        inputs: { part: "reply", reply: file, ...pick(pass, ["result"]) },
      });
      expect(replied.code).toBe(0);
      expect(github.reactions()).toEqual(["eyes", "confused"]);
      expect(github.replies()).toEqual([pass.replyFile]);
    }));

  test("pass asks again, and does nothing for who has lost the permission meanwhile or whose name is another account's", () =>
    onStage(
      { company: emptied, github: { ids: { "hanako-sato": 912 } } },
      async ({ act, github, ...world }) => {
        const passInputs = { part: "pass", mode: "sync", approve: "0123456789abcdef0123456789abcdef" };
        for (const event of ["comment-approve", "comment-sync"]) {
          const run = await act({ event, inputs: passInputs });
          expect(run).toMatchObject({ code: 1, outputs: {} });
        }
        expect(github.reactions()).toEqual([]);
        expect(countRequests(world)).toBe(0);
      },
    ));

  test("reply says so when the pass left no report", () =>
    onStage({}, async ({ act, github }) => {
      const run = await act({ event: "comment-sync", inputs: { part: "reply", reply: "nowhere.md" } });
      expect(run.code).toBe(0);
      expect(github.reactions()).toEqual(["confused"]);
      expect(github.replies()).toEqual([expect.stringMatching(/left no report.*actions\/runs/su) as string]);
    }));
});

function pick({ outputs }: ActionRun, names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, outputs[name] ?? ""]));
}
