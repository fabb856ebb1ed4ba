import { describe, expect, test } from "vitest";
import { configRules } from "../../src/config/config-rules.ts";

interface RuleCase {
  readonly accepts: readonly Case[];
  readonly refuses: readonly (readonly [Case, string])[];
}

interface Case {
  readonly tree?: unknown;
  readonly environment?: Readonly<Record<string, string>>;
}

const baseUrl = (url: unknown, rest: object = {}): Case => ({ tree: { kintone: { baseUrl: url }, ...rest } });
const portalUrl = (url: string): Case => ({ tree: { identityCenter: { portalUrl: url } } });
const apps = (permissionSets: unknown, assignments: unknown): Case => ({
  tree: { kintone: { permissionSets: { app: permissionSets }, assignments: { app: assignments } } },
});
const assignmentFields = (fields: unknown): Case => ({ tree: { kintone: { assignments: { fields } } } });
const setFields = (fields: unknown): Case => ({ tree: { kintone: { permissionSets: { fields } } } });
const query = (assignments: string): Case => ({ tree: { kintone: { query: { assignments } } } });
const gate = (section: object, kintone: object = {}): Case => ({
  tree: {
    kintone: { ...kintone, assignments: { gate: { field: "Status", approved: ["Approved"], ...section } } },
  },
});
const userTemplate = (text: string): Case => ({ tree: { principals: { userTemplate: text } } });
const timezone = (text: string): Case => ({ tree: { timezone: text } });
const guardrails = (...rules: readonly object[]): Case => ({ tree: { guardrails: { rules } } });
const channel = { slack: { channel: "C1" } };
const slackApiUrl = (url: string): Case => ({ environment: { SLACK_API_URL: url } });
const heartbeat = (url: string): Case => ({ tree: { heartbeat: url } });

const serve = (section: object): Case => ({ tree: { serve: section } });

const cases: Readonly<Record<string, RuleCase>> = {
  "base-url-is-a-tenant": {
    accepts: [
      baseUrl("https://example.cybozu.com"),
      baseUrl("https://example.s.cybozu.com/"),
      baseUrl("http://localhost:3000"),
      baseUrl("https://127.0.0.1:3000"),
      baseUrl(undefined),
      baseUrl(5),
    ],
    refuses: [
      [baseUrl("example.cybozu.com"), "e.g. https://example.cybozu.com"],
      [baseUrl("my-company.kintone.com/k/10/"), "e.g. https://my-company.kintone.com."],
      [baseUrl(""), "begins with https://"],
      [baseUrl("https://"), "begins with https://"],
      [baseUrl("ftp://example.cybozu.com"), "begins with https://"],
      [baseUrl("http://example.cybozu.com"), "localhost only"],
      [baseUrl("http://127.0.0.1:3000"), "localhost only"],
      [baseUrl("http://localhost.example.com"), "localhost only"],
      [baseUrl("https://example.cybozu.com/k/"), "no path"],
      [baseUrl("https://example.cybozu.com/?a=1"), "no query"],
      [baseUrl("https://example.cybozu.com/#a"), "no fragment"],
      [baseUrl("https://user:pass@example.cybozu.com"), "no user name"],
    ],
  },
  "portal-url-is-https": {
    accepts: [
      portalUrl("https://example.awsapps.com/start"),
      portalUrl("https://example.awsapps.com/start/#/"),
    ],
    refuses: [
      [portalUrl("example.awsapps.com/start"), "access portal"],
      [portalUrl("http://example.awsapps.com/start"), "access portal"],
      [portalUrl("https://user@example.awsapps.com/start"), "access portal"],
      [portalUrl("https://example.awsapps.com/start?a=b"), "access portal"],
    ],
  },
  "apps-differ": {
    accepts: [apps(10, 11), apps(undefined, undefined)],
    refuses: [[apps(10, 10), "another app"]],
  },
  "users-or-groups": {
    accepts: [
      assignmentFields({ users: null }),
      assignmentFields({ groups: null }),
      assignmentFields({ users: null, groups: "g" }),
      {},
    ],
    refuses: [[assignmentFields({ users: null, groups: null }), "cannot both be null"]],
  },
  "field-codes-differ": {
    accepts: [
      setFields({ description: null, relayState: null }),
      setFields({ name: "description", description: "x" }),
    ],
    refuses: [
      [setFields({ description: "name" }), "same field code as name"],
      [setFields({ name: "inline_policy" }), "same field code as name"],
      [assignmentFields({ users: "a", groups: "a" }), "same field code as users"],
    ],
  },
  "query-is-a-condition": {
    accepts: [
      query('ステータス in ("承認済み")'),
      query('備考 like "order by x limit 5"'),
      query('備考 = "\\" limit 5"'),
      query("limitation = 5"),
    ],
    refuses: [
      [query("a = 1 order by b"), "without order by"],
      [query("a = 1 LIMIT 5"), "without order by"],
      [query('a = "x" offset 5'), "without order by"],
    ],
  },
  "gate-states-differ": {
    accepts: [{}, gate({ ended: ["Rejected"] }), gate({ ended: "Approved" }), gate({ approved: undefined })],
    refuses: [[gate({ ended: ["Over", "Approved"] }), "“Approved” is in approved as well"]],
  },
  "gate-fields-differ": {
    accepts: [{}, gate({ approver: "approver" }), gate({ field: 5 })],
    refuses: [
      [gate({ field: "accounts" }), "same field code as accounts"],
      [gate({ approver: "users" }), "same field code as users"],
      [gate({ approver: "Status" }), "same field code as field"],
    ],
  },
  "gate-instead-of-query": {
    accepts: [
      gate({}, { query: { assignments: 'team in ("Status")' } }),
      gate({}, { query: { assignments: 'Status_old = "1"' } }),
      gate({}, { query: { permissionSets: 'Status in ("Approved")' } }),
      { tree: { kintone: { query: { assignments: 'Status in ("Approved")' } } } },
    ],
    refuses: [
      [gate({}, { query: { assignments: 'Status in ("Approved")' } }), "counts as deleted"],
      [gate({}, { query: { assignments: 'a = "\\"" and (Status="Approved")' } }), "counts as deleted"],
      [
        gate({ field: "ステータス" }, { query: { assignments: 'ステータス not in ("却下")' } }),
        "Must not name ステータス",
      ],
    ],
  },
  "user-template-holds-code": {
    accepts: [userTemplate("{code}"), userTemplate("{code}@example.co.jp"), {}],
    refuses: [
      [userTemplate("code@example.co.jp"), "{code}"],
      [userTemplate("{email}"), "{code}"],
      [userTemplate("{code}-{name}"), "no other braces"],
    ],
  },
  "time-zone-exists": {
    accepts: [timezone("Asia/Tokyo"), timezone("UTC"), {}],
    refuses: [
      [timezone("Tokyo"), "Asia/Tokyo"],
      [timezone(""), "Asia/Tokyo"],
    ],
  },
  "guardrails-say-something": {
    accepts: [
      guardrails({ name: "a", users: ["b"] }, { name: "b", groups: ["c"] }),
      guardrails({ name: "a", administratorClass: true, accounts: ["*"], users: ["b"] }),
      { tree: { guardrails: { rules: ["a", null, 1] } } },
      {},
    ],
    refuses: [
      [guardrails({ name: "a", effect: "deny" }), "at least one of accounts"],
      [guardrails({ name: "a", users: ["b"], groups: ["c"] }), "write two rules"],
      [guardrails({ name: "a", users: ["b"] }, { name: "a", users: ["c"] }), "a rule above"],
    ],
  },
  "default-owner-fits": {
    accepts: [
      baseUrl("https://example.cybozu.com"),
      baseUrl("http://localhost:3000"),
      baseUrl("https://[::1]", { owner: "mine" }),
    ],
    refuses: [[baseUrl("https://[::1]"), "cannot be the value of an AWS tag"]],
  },
  "slack-token-and-channel": {
    accepts: [
      {},
      { tree: { slack: {} } },
      { tree: channel, environment: { SLACK_BOT_TOKEN: "xoxb-1" } },
      { tree: channel, environment: { SLACK_BOT_TOKEN_FILE: "/run/secrets/slack" } },
    ],
    refuses: [
      [{ tree: channel }, "give the bot token"],
      [{ environment: { SLACK_BOT_TOKEN: "xoxb-1" } }, "needs a channel"],
    ],
  },
  "slack-api-url-is-https": {
    accepts: [slackApiUrl("https://slack.com/api/"), slackApiUrl("http://localhost:4000/api/"), {}],
    refuses: [
      [slackApiUrl("http://slack.com/api/"), "begins with https://"],
      [slackApiUrl("slack.com"), "begins with https://"],
    ],
  },
  "schedule-comes-round": {
    accepts: [serve({}), serve({ schedule: "4-59/10 * * * *" }), serve({ schedule: "0 9 * * MON-FRI" })],
    refuses: [
      [serve({ schedule: "every day" }), "five parts"],
      [serve({ schedule: "" }), "five parts"],
      [serve({ schedule: "* * * * * *" }), "five parts"],
      [serve({ schedule: "0 0 30 2 *" }), "never comes round"],
    ],
  },
  "interval-or-schedule": {
    accepts: [serve({ intervalMinutes: 5 }), serve({ schedule: "0 * * * *" }), serve({})],
    refuses: [[serve({ intervalMinutes: 5, schedule: "0 * * * *" }), "keep one"]],
  },
  "lease-beside-memory": {
    accepts: [serve({}), { tree: { memory: "s3://bucket/memory.json", serve: { lease: true } } }],
    refuses: [[serve({ lease: true }), "set memory"]],
  },
  "pages-behind-sign-in": {
    accepts: [
      {},
      serve({ pages: true }),
      serve({ pages: true, host: "127.0.0.2" }),
      serve({ pages: true, host: "0.0.0.0", signInHeader: "x-user" }),
      {
        ...serve({ pages: true, host: "0.0.0.0" }),
        environment: { KINTONE_SSO_SYNC_PAGES_TOKEN_FILE: "/run/secrets/pages" },
      },
    ],
    refuses: [[serve({ pages: true, host: "0.0.0.0" }), "KINTONE_SSO_SYNC_PAGES_TOKEN"]],
  },
  "header-of-known-proxies": {
    accepts: [
      {},
      serve({ signInHeader: "x-user", trustProxy: ["10.0.0.1"] }),
      {
        ...serve({ signInHeader: "x-user" }),
        environment: { KINTONE_SSO_SYNC_PROXY_SECRET: "s".repeat(20) },
      },
    ],
    refuses: [
      [serve({ signInHeader: "x-user" }), "serve.trustProxy"],
      [serve({ signInHeader: "x-user", trustProxy: [] }), "serve.trustProxy"],
    ],
  },
  "heartbeat-is-https": {
    accepts: [heartbeat("https://hc-ping.com/0f5f-1234"), heartbeat("http://127.0.0.1:4000/ping"), {}],
    refuses: [
      [heartbeat("http://hc-ping.com/0f5f-1234"), "begins with https://"],
      [heartbeat("hc-ping.com/0f5f-1234"), "begins with https://"],
    ],
  },
};

test("every rule has its cases", () => {
  expect(configRules.map((rule) => rule.name)).toEqual(Object.keys(cases));
});

describe.each(configRules)("$name", ({ name, check }) => {
  const { accepts, refuses } = cases[name] ?? { accepts: [], refuses: [] };
  const run = ({ tree = {}, environment = {} }: Case) => check({ tree, environment });

  test.each(accepts)("accepts %j", (accepted) => {
    expect(run(accepted)).toEqual([]);
  });

  test.each(refuses)("refuses %j and says: %s", (refused, message) => {
    const findings = run(refused);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.message.en).toContain(message);
    expect(findings[0]?.message.ja).toMatch(/[ぁ-ん].*。$/);
  });
});
