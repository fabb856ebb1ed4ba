import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";

import { runAction } from "../../src/commands/action/run-action.ts";
import { runCommandLine } from "../../src/commands/command-line.ts";
import { startServiceServer } from "../../src/commands/serve/service-server.ts";
import { decideEvent } from "../../src/github/decide-event.ts";
import { createHeartbeat } from "../../src/heartbeat/create-heartbeat.ts";
import { createSignedMemory } from "../../src/memory/signed-memory.ts";
import type { ActualState } from "../../src/model/actual-state.ts";
import type { Directory } from "../../src/model/directory.ts";
import type { Guardrails } from "../../src/model/guardrail.ts";
import { adoptedTag, adoptedValue, ownerTag, recordTag } from "../../src/model/ownership.ts";
import type { Plan } from "../../src/model/plan.ts";
import { fetchDirectly } from "../../src/network/fetch-directly.ts";
import { createPlan } from "../../src/plan/create-plan.ts";
import { trustOwnership } from "../../src/plan/trust-ownership.ts";
import {
  actualState,
  assignmentOf,
  assignmentRecord,
  definition,
  desiredState,
  development,
  directory,
  group,
  managedPolicy,
  managedSet,
  owner,
  permissionSetRecord,
  production,
  rules,
  unmanagedSet,
  user,
} from "../builders.ts";
import { fakeProcess } from "../fake-process.ts";
import { memoryOf } from "../memory/memories.ts";

interface Scene {
  readonly sets?: ReturnType<typeof permissionSetRecord>[];
  readonly records: ReturnType<typeof assignmentRecord>[];
  readonly actual?: Partial<ActualState>;
  readonly guardrails?: Partial<Guardrails>;
}

function planFor({ sets = [permissionSetRecord()], records, actual, guardrails }: Scene): Plan {
  const state = actualState(actual);
  const own = rules();
  const config = { ...own, guardrails: { ...own.guardrails, ...guardrails } };
  const desired = desiredState({ permissionSets: sets, assignments: records, actual: state, rules: config });
  return createPlan(desired, state, { owner, ...config, unlistedAssignments: "remove" });
}

const anna = user("anna");
const ben = user("ben");
const policies = ["PowerUserAccess", "ReadOnlyAccess", "AdministratorAccess", "SecurityAudit"].map((name) =>
  managedPolicy(name),
);

describe("access to the account that the sync itself runs in", () => {
  const ownAccount = (more: Partial<Directory> = {}) =>
    directory({
      keyAccounts: { ids: new Set([production]), isOpen: false },
      managedPolicies: policies,
      ...more,
    });
  const asked: Readonly<Record<string, Parameters<typeof assignmentRecord>[0]>> = {
    "by its name": {},
    "by its id": { accounts: production },
    "by a pattern": { accounts: "Prod*" },
    "by all accounts": { accounts: "*" },
    "by the word for all": { accounts: "all" },
    "by a pattern of names": { accounts: "name:*" },
    "by a pattern of its name": { accounts: "name:Prod*" },
    "by all but another": { accounts: "all\n!Development" },
    "by its name in full-width letters": { accounts: "Ｐｒｏｄｕｃｔｉｏｎ" },
    "among others": { accounts: "Development\nProduction" },
    "for a group": { users: [], groups: "Developers" },
  };

  it.each(
    Object.entries(asked).flatMap(([how, values]) =>
      ["PowerUserAccess", "AdministratorAccess", "ReadOnlyAccess"].map((policy) => ({ how, values, policy })),
    ),
  )("is not given $how with $policy", ({ values, policy }) => {
    const plan = planFor({
      sets: [permissionSetRecord({ managedPolicies: policy })],
      records: [assignmentRecord(values)],
      actual: { directory: ownAccount() },
      guardrails: {
        default: "deny",
        rules: [{ name: "ordinary", effect: "allow", administratorClass: false }],
      },
    });
    expect(plan.changes.filter(({ accounts }) => accounts.includes(production))).toEqual([]);
  });

  it.each(["PowerUserAccess", "AdministratorAccess"])(
    "is not widened to %s where somebody has a set there already",
    (policy) => {
      const plan = planFor({
        sets: [permissionSetRecord({ managedPolicies: policy })],
        records: [assignmentRecord()],
        actual: {
          directory: ownAccount(),
          permissionSets: [managedSet("ReadOnly", { provisionedAccounts: [production, development] })],
          assignments: [assignmentOf("ReadOnly", production, anna)],
        },
      });
      expect(plan.changes.filter(({ accounts }) => accounts.includes(production))).toEqual([]);
    },
  );
});

describe("a set that only seems to read", () => {
  const open = directory({
    keyAccounts: { ids: new Set([production]), isOpen: true },
    managedPolicies: policies,
  });
  const guardrails: Partial<Guardrails> = {
    default: "deny",
    rules: [{ name: "ordinary", effect: "allow", administratorClass: false }],
  };

  it.each([
    "s3:GetObject",
    "s3:G*",
    "s3:GetDataAccess",
    "ssm:GetParameters",
    "ssm:GetAccessToken",
    "secretsmanager:BatchGetSecretValue",
    "sts:GetFederationToken",
    "lambda:GetFunction",
    "ecr:GetAuthorizationToken",
    "ec2:GetPasswordData",
    "redshift:GetClusterCredentialsWithIAM",
    "redshift-serverless:GetCredentials",
    "lightsail:GetInstanceAccessDetails",
    "lightsail:Get*",
    "lakeformation:GetTemporaryGlueTableCredentials",
    "lakeformation:GetDataAccess",
    "finspace-api:GetProgrammaticAccessCredentials",
    "codeconnections:GetConnectionToken",
    "connect:GetFederationToken",
    "license-manager:GetAccessToken",
    "bedrock-agentcore:GetResourceApiKey",
    "datazone:GetEnvironmentCredentials",
    "emr-containers:GetManagedEndpointSessionCredentials",
    "gamelift:GetInstanceAccess",
    "glue:GetConnections",
    "sso:GetRoleCredentials",
    "kms:Decrypt",
    "*:Get*",
  ])("and may %s is not given in an own account that is open", (Action) => {
    const inlinePolicy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action, Resource: "*" }],
    });
    const plan = planFor({
      sets: [permissionSetRecord({ managedPolicies: "", inlinePolicy })],
      records: [assignmentRecord({ accounts: production })],
      actual: { directory: open },
      guardrails,
    });
    expect(plan.changes.filter(({ kind }) => kind === "assign")).toEqual([]);
  });
});

describe("a guardrail that denies something to one person", () => {
  const staff = group("Staff");
  const outer = group("Everybody");
  const members = new Map([
    [staff.id, new Set([anna.id])],
    [outer.id, new Set([anna.id, ben.id])],
  ]);
  const denied = (rule: object): Guardrails["rules"] => [{ name: "no", effect: "deny", ...rule }];

  it.each([
    ["through a group that has them", { users: [anna.userName] }, { users: [], groups: "Staff" }],
    [
      "through a group that has others as well",
      { users: [anna.userName] },
      { users: [], groups: "Everybody" },
    ],
    ["as a member of the group that is named", { groups: ["Staff"] }, { users: ["anna"] }],
    ["with the group that is named", { groups: ["Staff"] }, { users: [], groups: "Staff" }],
  ])("is not passed %s", (_how, rule, values) => {
    const plan = planFor({
      records: [assignmentRecord(values)],
      actual: { directory: directory({ groups: [staff, outer], memberships: members }) },
      guardrails: { rules: denied(rule) },
    });
    expect(plan.changes.filter(({ kind }) => kind === "assign")).toEqual([]);
  });
});

describe("junk records", () => {
  const junkOf: Readonly<Record<string, (index: number) => Parameters<typeof assignmentRecord>[0]>> = {
    "for others": (index) => ({ users: [`junior${index}`] }),
    "in other accounts too": (index) => ({ users: [`junior${index}`], accounts: "Production\nDevelopment" }),
    "for groups": () => ({ users: [], groups: "Developers" }),
    "for other sets": (index) => ({ users: [`junior${index}`], permissionSet: "Aaa" }),
  };

  it.each(
    Object.entries(junkOf).flatMap(([how, values]) => [14, 50].map((count) => ({ how, values, count }))),
  )("$how, $count of them, do not keep a revocation waiting", ({ values, count }) => {
    const juniors = Array.from({ length: count }, (_, index) => user(`junior${index}`));
    const plan = planFor({
      sets: [permissionSetRecord(), permissionSetRecord({ name: "Aaa" }, { id: "2" })],
      records: [
        assignmentRecord({ users: ["anna"] }, { id: "1" }),
        ...juniors.map((_, index) => assignmentRecord(values(index), { id: String(100 + index) })),
      ],
      actual: {
        directory: directory({ users: [anna, ben, ...juniors] }),
        permissionSets: [managedSet("ReadOnly")],
        assignments: [assignmentOf("ReadOnly", production, anna), assignmentOf("ReadOnly", production, ben)],
      },
    });
    expect(plan.changes[0]?.id).toBe(`unassign:ReadOnly/${production}/USER/user-ben`);
  });
});

describe("a forged memory", () => {
  const nowMs = Date.parse("2026-11-28T03:00:00Z");
  const secrets = [{ kind: "random", secret: "a-token" }] as const;
  const store = () => createSignedMemory(owner, secrets, () => nowMs);
  const whole = memoryOf({ unmanagedSets: [], managed: [{ at: "2026-11-28T02:00:00.000Z", count: 100 }] });
  const kept = (): string => {
    const text = store().write(whole, nowMs);
    return typeof text === "string" ? text : "";
  };

  it.each(Object.keys(whole))("is lost when its part %s is taken away", (part) => {
    const { [part]: _gone, ...rest } = JSON.parse(kept()) as Record<string, unknown>;
    expect(store().read(Buffer.from(JSON.stringify(rest))).kind).toBe("lost");
  });

  it.each([
    ["fewer deletions of the day", "deletions", []],
    ["no used approvals", "approvals", { since: "2020-01-01T00:00:00.000Z", used: [] }],
    ["nothing that was foreign", "unmanagedSets", []],
    ["more that is managed", "managed", [{ at: "2026-11-28T02:00:00.000Z", count: 9e9 }]],
    ["drift that was seen", "seen", {}],
    ["requests that nobody made", "requests", {}],
    ["another instance", "instanceArn", "arn:aws:sso:::instance/ssoins-2"],
  ])("is lost with %s", (_what, part, value) => {
    const forged = { ...(JSON.parse(kept()) as object), [part]: value };
    expect(store().read(Buffer.from(JSON.stringify(forged))).kind).toBe("lost");
  });

  it("is lost when nobody signed it, or somebody else did", () => {
    const { macs: _macs, ...rest } = JSON.parse(kept()) as Record<string, unknown>;
    expect(store().read(Buffer.from(JSON.stringify(rest)))).toMatchObject({ loss: "not-signed" });
    const other = createSignedMemory(owner, [{ kind: "random", secret: "guess" }], () => nowMs);
    const foreign = other.write(whole, nowMs);
    expect(typeof foreign === "string" && store().read(Buffer.from(foreign))).toMatchObject({
      loss: "signature-wrong",
    });
  });

  it("is lost when an older copy was put back, however well signed", () => {
    const later = nowMs + 86_400_000;
    expect(store().read(Buffer.from(kept()), later)).toMatchObject({ loss: "older-copy" });
  });

  it("is lost when it is full of numbers, and soon", () => {
    const numbers = { ...(JSON.parse(kept()) as object), managed: Array(600_000).fill(1e300) };
    const content = Buffer.from(JSON.stringify(numbers));
    const startedMs = performance.now();
    expect(store().read(content).kind).toBe("lost");
    expect(performance.now() - startedMs).toBeLessThan(6_000);
  });
});

describe("tags that somebody wrote", () => {
  const copied = (arn: string) => ({
    [ownerTag]: owner,
    [recordTag]: "1",
    [adoptedTag]: adoptedValue(arn, owner),
  });

  it.each([
    ["of another set", copied(unmanagedSet("Original").arn)],
    [
      "of another deployment",
      { ...copied("x"), [adoptedTag]: adoptedValue(unmanagedSet("Legacy").arn, "else") },
    ],
    ["of nothing", { ...copied("x"), [adoptedTag]: "" }],
  ])("as a proof %s make no set ours", (_which, tags) => {
    const legacy = managedSet("Legacy", { definition: definition({ managedPolicies: ["x"] }), tags });
    const read = actualState({
      permissionSets: [legacy],
      assignments: [assignmentOf("Legacy", production, anna)],
    });
    const actual = trustOwnership(read, { owner });
    const plan = planFor({ sets: [], records: [], actual });
    expect(plan.changes).toEqual([]);
    expect(plan.unmanaged).toMatchObject([{ reason: "tags-copied" }]);
  });
});

describe("a redirect", () => {
  it.each([301, 302, 303, 307, 308].flatMap((status) => ["http", "same"].map((kind) => ({ status, kind }))))(
    "with status $status, to $kind, gets nothing that was sent",
    async ({ status, kind }) => {
      const seen: string[] = [];
      const server = createServer(({ url = "" }, response) => {
        seen.push(url);
        const { port } = server.address() as AddressInfo;
        const location = kind === "same" ? "/elsewhere" : `http://localhost:${port}/elsewhere`;
        response.writeHead(status, { location }).end();
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      onTestFinished(() => void server.close());
      const { port } = server.address() as AddressInfo;
      const headers = { authorization: "Bearer secret" };
      await fetchDirectly(`http://127.0.0.1:${port}/token`, { method: "POST", headers }, {}).catch(
        () => undefined,
      );
      await createHeartbeat(`http://127.0.0.1:${port}/ping`).ping("success");
      expect(seen.filter((url) => url.includes("elsewhere"))).toEqual([]);
      expect(seen).toHaveLength(2);
    },
  );
});

describe("a process that verifies no certificate", () => {
  const environment = { NODE_TLS_REJECT_UNAUTHORIZED: "0", NO_COLOR: "1" };

  it.each([
    ["plan", "en", "nothing is run"],
    ["sync", "ja", "実行しません"],
    ["serve", "en", "nothing is run"],
    ["doctor", "ja", "実行しません"],
    ["access", "en", "nothing is run"],
    ["terraform", "en", "nothing is run"],
    ["import", "en", "nothing is run"],
  ])("does nothing for %s, and says so in %s", async (command, lang, text) => {
    const { face, stdout, stderr } = fakeProcess({ args: [command, "--lang", lang], environment });
    expect(await runCommandLine(face, "1.0.0")).toBe(1);
    expect(stderr()).toContain("NODE_TLS_REJECT_UNAUTHORIZED=0");
    expect(stderr()).toContain(text);
    expect(stdout()).toBe("");
  });

  it("does nothing for the action", async () => {
    const { face, stderr } = fakeProcess({ environment });
    expect(await runAction(face)).toBe(1);
    expect(stderr()).toContain("NODE_TLS_REJECT_UNAUTHORIZED=0");
  });
});

describe("a stranger behind the same proxy", () => {
  const token = "a-token-that-nobody-guesses";

  it.each([
    ["without a configured proxy", []],
    ["with one", ["127.0.0.1"]],
  ])("locks nobody out of /sync %s", async (_how, trustProxy: string[]) => {
    const server = await startServiceServer({
      host: "127.0.0.1",
      port: 0,
      metrics: { contentType: "text/plain", render: async () => "" },
      readiness: () => ({ ready: true, lastSuccess: null }),
      webhookToken: token,
      trustProxy,
      onSync: () => "started",
    });
    onTestFinished(() => server.close());
    const sync = async (given: string, from: string): Promise<number> => {
      const headers = { authorization: `Bearer ${given}`, "x-forwarded-for": from };
      return (await fetch(`http://127.0.0.1:${server.port}/sync`, { method: "POST", headers })).status;
    };
    for (let attempt = 0; attempt < 30; attempt += 1) await sync("wrong", "203.0.113.7");
    expect(await sync("wrong", "203.0.113.7")).toBe(429);
    expect(await sync(token, "203.0.113.8")).toBe(202);
  });
});

describe("a comment that is not a person's own", () => {
  const comment = { id: 7, body: "/sync", user: { login: "hanako", id: 911, type: "User" } };
  const event = { action: "created", issue: { number: 42 }, comment };

  it.each([
    ["of an app in a person's name", { comment: { ...comment, performed_via_github_app: { id: 1 } } }],
    ["of a bot", { comment: { ...comment, user: { ...comment.user, type: "Bot" } } }],
    ["that was edited", { action: "edited" }],
    ["on a pull request", { issue: { number: 42, pull_request: {} } }],
    ["on another issue", { issue: { number: 43 } }],
    ["without an author", { comment: { ...comment, user: null } }],
    ["with more than the command", { comment: { ...comment, body: "/sync\nplease" } }],
  ])("%s starts nothing", (_which, more) => {
    const payload = { ...event, ...more };
    expect(decideEvent({ name: "issue_comment", payload, issue: 42 }).kind).toBe("ignored");
  });

  const code = "0123456789abcdef0123456789abcdef-ab12";
  it.each([
    "> /sync",
    "please /sync",
    "/sync plan please",
    "/sync force",
    "/sync -f",
    "/sync @everybody",
    "/sync/",
    "//sync",
    "\\/sync",
    "/syncplan",
    "/ sync",
    "/sync.",
    "/sync。",
    "/sync?",
    "/sync<!-- plan -->",
    "<!-- -->/sync",
    "```\n/sync\n```",
    "~~/sync~~",
    "**/sync**",
    "[/sync](https://example.com)",
    "/sync [x](y)",
    "/sync\n/sync plan",
    "/sync\u2028/sync",
    "/sync\n\nThanks",
    "/\u0455ync",
    "/s\u0443nc",
    "\u2044sync",
    "\u2215sync",
    "/sync approve",
    "/sync approve 0123",
    "/sync approve ..",
    "/sync approve *",
    `/sync approve ${code} ${code}`,
    `/sync approve ${code}; rm`,
    `/sync approve ${code}\n/sync`,
    `/sync approve\n${code}`,
    `/sync plan approve ${code}`,
    `/sync approve ${code.slice(1)}`,
    `/sync approve x${code.slice(1)}`,
    `/sync approve ${code}0123456789abc`,
    `/sync approve "${code}"`,
    `/sync approve $(cat ${code})`,
    "/sync resume now",
    "/sync resumed",
    `/sync pause ${"x".repeat(301)}`,
    "/sync pause one\ntwo",
    "",
    " ",
    "sync",
    "@sync",
    "#sync",
    "/unsync",
    "/sync2",
    "/sync_plan",
    "/sync,plan",
    "/sync=plan",
    "/sync:plan",
    "/sync --approve",
    "/sync true",
    "/sync null",
    "1. /sync",
    "- /sync",
  ])("says no command when it is %j", (body) => {
    const payload = { ...event, comment: { ...comment, body } };
    expect(decideEvent({ name: "issue_comment", payload, issue: 42 }).kind).toBe("ignored");
  });

  it.each([
    "pull_request",
    "pull_request_target",
    "push",
    "issues",
    "discussion_comment",
    "workflow_run",
    "fork",
  ])("the event %s starts nothing", (name) => {
    expect(decideEvent({ name, payload: event, issue: 42 }).kind).toBe("ignored");
  });
});
