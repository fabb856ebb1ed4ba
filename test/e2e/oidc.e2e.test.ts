import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, onTestFinished, test } from "vitest";

import { githubIssuer, requestToken, startTokenServer, type TokenServer } from "../aws/token-server.ts";
import { startBucketServer } from "../memory/bucket-server.ts";
import { expectNoSecret } from "./secrets.ts";
import { accounts, smallCompany } from "./small-company.ts";
import { reportIn, withSandbox, type World, writesTo } from "./with-sandbox.ts";

const role = `arn:aws:iam::${accounts.identity}:role/kintone-sso-sync`;
const sub = "repo:acme/aws-access:environment:production";
const webIdentity = {
  issuer: githubIssuer,
  audiences: ["sts.amazonaws.com"],
  roles: [{ arn: role, subjects: [sub] }],
};
const company = { aws: { webIdentity } };

/** What a job on GitHub has in its environment, without any key of AWS. */
function jobOn(server: TokenServer): Readonly<Record<string, string>> {
  return {
    AWS_ACCESS_KEY_ID: "",
    AWS_SECRET_ACCESS_KEY: "",
    AWS_ROLE_ARN: role,
    GITHUB_ACTIONS: "true",
    GITHUB_RUN_ID: "4711",
    ACTIONS_ID_TOKEN_REQUEST_URL: `${server.url}/github?v=1`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
  };
}

/** Everything that came in while the pass ran and must not get out. */
const secretsOf = ({ tokens }: TokenServer): readonly string[] => [
  requestToken,
  ...tokens,
  ...tokens.map((token) => token.split(".")[2] ?? ""),
  "secret-of-session-",
  "token-of-session-",
];

async function startServer(claims: Readonly<Record<string, unknown>> = { sub }): Promise<TokenServer> {
  const server = await startTokenServer();
  server.claims = claims;
  return server;
}

describe("a GitHub job without any key of AWS", () => {
  test("syncs as the role that AWS_ROLE_ARN names, in a session named after the run", async () => {
    await withSandbox({ company }, async (world) => {
      const server = await startServer();
      const run = await world.cli("sync --json --log-level debug", jobOn(server));
      expect(run.code).toBe(0);
      expect(reportIn(run)).toMatchObject({ result: "applied", apiCalls: { sts: 2 } });
      expect(world.aws.requests[0]).toMatchObject({
        operation: "AssumeRoleWithWebIdentity",
        input: { RoleArn: role, RoleSessionName: "kintone-sso-sync-4711" },
      });
      expectNoSecret(run, secretsOf(server));
    });
  });

  test("keeps its memory in S3 with the same session", async () => {
    await withSandbox({ company }, async (world) => {
      const server = await startServer();
      const bucket = await startBucketServer();
      const environment = {
        ...jobOn(server),
        AWS_ENDPOINT_URL_S3: bucket.url,
        KINTONE_SSO_SYNC_MEMORY: "s3://sync-memory/memory.json",
      };
      expect((await world.cli("sync", environment)).code).toBe(0);
      expect(bucket.read("memory.json")).toBeDefined();
      expect(new Set(bucket.headers.map((headers) => headers["x-amz-security-token"])).size).toBe(1);
      expect(bucket.headers[0]?.authorization).toContain("Credential=ASIASANDBOX");
      expect(server.tokens).toHaveLength(1);
    });
  });
});

interface Refusal {
  readonly when: string;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly cause?: (server: TokenServer, world: World) => void;
  readonly code: string;
  readonly en: readonly string[];
  readonly ja: readonly string[];
}

const sts = (code: string, message: string) => ({
  status: 403,
  headers: { "content-type": "text/xml" },
  body: `<ErrorResponse><Error><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
});

const refusals: readonly Refusal[] = [
  {
    when: "the trust policy names another subject",
    claims: { sub: "repo:acme@1/aws-access@2:environment:production" },
    code: "aws.wrong-subject",
    en: [
      '"token.actions.githubusercontent.com:sub": "repo:acme@1/aws-access@2:environment:production"',
      "doctor --trust github",
    ],
    ja: ['"token.actions.githubusercontent.com:sub": "repo:acme@1/aws-access@2:environment:production"'],
  },
  {
    when: "the job is one of a pull request",
    claims: { sub: "repo:acme/aws-access:pull_request" },
    code: "aws.wrong-subject",
    en: ["which must not get the role"],
    ja: ["使わせてはいけません"],
  },
  {
    when: "the provider does not know the audience",
    claims: { sub, aud: "https://github.com/acme" },
    code: "aws.wrong-audience",
    en: ['"token.actions.githubusercontent.com:aud": "https://github.com/acme"'],
    ja: ['"token.actions.githubusercontent.com:aud": "https://github.com/acme"'],
  },
  {
    when: "the token has expired",
    claims: { sub, exp: 1_700_000_000 },
    code: "aws.expired-token",
    en: ["had expired", "clock"],
    ja: ["有効期限が切れて"],
  },
  {
    when: "AWS quotes the token in its answer",
    cause: (server, { aws }) => {
      aws.failures.add({
        match: ({ operation, body }) => {
          const { WebIdentityToken: token } = body as { WebIdentityToken?: string };
          if (operation !== "AssumeRoleWithWebIdentity" || token === undefined) return false;
          aws.failures.add({
            match: { operation: "AssumeRoleWithWebIdentity" },
            respond: sts("ValidationError", `Value '${token}' at 'webIdentityToken' failed`),
          });
          return false;
        },
        respond: { delayMs: 0 },
      });
      // The first attempt only arms the switch.
      aws.failures.add({
        match: { operation: "AssumeRoleWithWebIdentity" },
        nth: 1,
        respond: sts("IDPCommunicationError", "try again"),
      });
      expect(server.tokens).toEqual([]);
    },
    code: "aws.request-failed",
    en: ["ValidationError", "[secret]"],
    ja: ["ValidationError"],
  },
  {
    when: "GitHub gives no token to the job",
    environment: { ACTIONS_ID_TOKEN_REQUEST_TOKEN: "another-request-token" },
    code: "aws.token-refused",
    en: ["status 401", "id-token: write"],
    ja: ["ステータス401", "id-token: write"],
  },
  {
    when: "the job may not ask for a token",
    environment: { ACTIONS_ID_TOKEN_REQUEST_URL: "", ACTIONS_ID_TOKEN_REQUEST_TOKEN: "" },
    code: "aws.token-settings-missing",
    en: ["ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN", "id-token: write"],
    ja: ["ACTIONS_ID_TOKEN_REQUEST_URL、ACTIONS_ID_TOKEN_REQUEST_TOKEN"],
  },
];

describe.each(refusals)("when $when", ({ claims, environment, cause, code, en, ja }) => {
  test.each(["en", "ja"])(
    "the message (%s) says which line of which policy, and no secret gets out",
    async (lang) => {
      await withSandbox({ company }, async (world) => {
        const server = await startServer(claims);
        cause?.(server, world);
        const folder = await mkdtemp(join(tmpdir(), "runner-"));
        onTestFinished(() => rm(folder, { recursive: true, force: true }));
        const GITHUB_STEP_SUMMARY = join(folder, "summary");
        await writeFile(GITHUB_STEP_SUMMARY, "");
        await writeFile(GITHUB_STEP_SUMMARY, "");
        const run = await world.cli(`--lang ${lang} --log-level debug sync --json`, {
          ...jobOn(server),
          ...environment,
          GITHUB_STEP_SUMMARY,
        });
        expect(run.code).toBe(1);
        const { error } = reportIn(run);
        expect(error).toMatchObject({ code });
        const said = `${error?.message} ${error?.hint}`;
        for (const text of lang === "en" ? en : ja) expect(said).toContain(text);
        expect(writesTo(world)).toEqual([]);
        const told = JSON.stringify(world.slack.messages);
        const summary = await readFile(GITHUB_STEP_SUMMARY, "utf8");
        const everything = { ...run, stdout: [run.stdout, summary, told].join("\n") };
        expectNoSecret(everything, [...secretsOf(server), "another-request-token"]);
      });
    },
  );
});

test("a key in the environment wins over AWS_ROLE_ARN, as aws-actions/configure-aws-credentials leaves both", async () => {
  await withSandbox({ company }, async (world) => {
    const server = await startServer();
    const run = await world.cli("plan", {
      ...jobOn(server),
      AWS_ACCESS_KEY_ID: "AKIAOTHER",
      AWS_SECRET_ACCESS_KEY: "other-secret",
    });
    expect(run.code).toBe(0);
    expect(server.requests).toEqual([]);
  });
});

test("AWS_WEB_IDENTITY_TOKEN_FILE works on a machine, and does not win over the token of a job", async () => {
  await withSandbox({ company }, async (world) => {
    const server = await startServer();
    const answer = await fetch(`${server.url}/github?audience=sts.amazonaws.com`, {
      headers: { authorization: `Bearer ${requestToken}` },
    });
    expect(answer.ok).toBe(true);
    const folder = await mkdtemp(join(tmpdir(), "token-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const path = join(folder, "token");
    await writeFile(path, server.tokens[0] ?? "");
    const run = await world.bundle("plan", {
      AWS_ACCESS_KEY_ID: "",
      AWS_SECRET_ACCESS_KEY: "",
      AWS_ROLE_ARN: role,
      AWS_WEB_IDENTITY_TOKEN_FILE: path,
    });
    expect(run.code).toBe(0);
    expect(world.aws.requests[0]).toMatchObject({ operation: "AssumeRoleWithWebIdentity" });
    expect(server.requests).toHaveLength(1);
    const job = await world.cli("plan", { ...jobOn(server), AWS_WEB_IDENTITY_TOKEN_FILE: path });
    expect(job.code).toBe(0);
    expect(server.requests).toHaveLength(2);
    expectNoSecret(run, secretsOf(server));
  });
});

test("the management account is refused when nothing is known but who asks and whose organization it is", async () => {
  const aws = { ...smallCompany().aws, callerAccount: accounts.management };
  await withSandbox({ company: { aws } }, async (world) => {
    const run = await world.cli("--lang en sync --json");
    expect(run.code).toBe(1);
    expect(reportIn(run).error).toMatchObject({ code: "aws.management-account" });
    expect(new Set(world.aws.requests.map(({ operation }) => operation))).toEqual(
      new Set(["GetCallerIdentity", "DescribeOrganization"]),
    );
  });
});
