import { describe, expect, test } from "vitest";
import { loadConfig } from "../../src/config/load-config.ts";
import { loadValid, minimalEnvironment, minimalFile, problemsOf } from "./loading.ts";
import { guardLimits } from "../builders.ts";

describe("a minimal configuration", () => {
  test("gets every default", () => {
    expect(loadValid({}).config).toEqual({
      kintone: {
        baseUrl: "https://example.cybozu.com",
        permissionSets: { app: 10 },
        assignments: { app: 11 },
        fields: {
          permissionSets: {
            name: "name",
            description: "description",
            sessionDuration: "session_duration",
            relayState: "relay_state",
            managedPolicies: "managed_policies",
            customerManagedPolicies: "customer_managed_policies",
            permissionsBoundary: "permissions_boundary",
            inlinePolicy: "inline_policy",
          },
          assignments: {
            permissionSet: "permission_set",
            users: "users",
            groups: "groups",
            accounts: "accounts",
            starts: "starts",
            expires: "expires",
          },
        },
        query: { permissionSets: "", assignments: "" },
      },
      identityCenter: {
        region: "ap-northeast-1",
        allowManagementAccount: false,
        allowOwnAccount: false,
        memoryAccounts: [],
      },
      principals: { userMatch: "userName", userTemplate: "{code}", waitMinutes: 60, disabledUsers: "revoke" },
      unlistedAssignments: "remove",
      serve: {
        when: { kind: "interval", minutes: 10 },
        port: 8080,
        host: "127.0.0.1",
        lease: false,
        pages: false,
        trustProxy: [],
      },
      protected: { accounts: [], principals: [], permissionSets: [] },
      guards: guardLimits,
      targets: { ou: true, name: true, administrators: false },
      guardrails: { default: "allow", enforce: false, ordinaryPolicies: [], rules: [] },
      comments: "errors",
      notify: { slackMentionAuthor: false, repeatHours: 24, failuresAfter: 2 },
      pace: {
        requestsPerSecond: 19,
        outstandingOperations: 15,
        perAccount: 1,
        maxMinutes: 50,
        callBudget: 160,
      },
      language: "ja",
      timezone: "Asia/Tokyo",
      owner: "example.cybozu.com/10",
    });
  });

  test("can come from the environment alone", () => {
    const environment = {
      ...minimalEnvironment,
      KINTONE_BASE_URL: "https://example.kintone.com",
      KINTONE_PERMISSION_SET_APP: "20",
      KINTONE_ASSIGNMENT_APP: " 21 ",
      KINTONE_GUEST_SPACE_ID: "3",
      AWS_REGION: "us-east-1",
      SLACK_BOT_TOKEN: "xoxb-1",
      SLACK_CHANNEL: "C0123456789",
      SLACK_API_URL: "http://127.0.0.1:4000/api/",
    };
    const { config, secrets } = loadValid({ text: "", environment });
    expect(config).toMatchObject({
      kintone: {
        baseUrl: "https://example.kintone.com",
        permissionSets: { app: 20 },
        assignments: { app: 21 },
        guestSpaceId: 3,
      },
      identityCenter: { region: "us-east-1" },
      slack: { channel: "C0123456789", apiUrl: "http://127.0.0.1:4000/api/" },
      owner: "example.kintone.com/20",
      language: "en",
    });
    expect(secrets.slackBotToken).toBe("xoxb-1");
  });
});

test("everything that the file can say arrives in the configuration", () => {
  const text = `
kintone:
  baseUrl: https://example.cybozu.com/
  guestSpaceId: 7
  permissionSets: { app: 10, fields: { name: セット名, relayState: null } }
  assignments: { app: 11, fields: { users: null } }
  query: { permissionSets: 状態 in ("承認済み"), assignments: '備考 like "order by limit 5"' }
identityCenter:
  region: us-gov-west-1
  instanceArn: arn:aws:sso:::instance/ssoins-1234567890abcdef
  portalUrl: https://example.awsapps.com/start/#/
  expectedAccount: "012345678901"
principals: { userMatch: email, userTemplate: "{code}@example.co.jp", waitMinutes: 0, disabledUsers: keep }
unlistedAssignments: report
protected: { accounts: ["111122223333"], principals: [admin@example.com], permissionSets: [BreakGlass] }
guards:
  { maxDeletions: 0, maxDeletionRatio: 1, maxUsersLosingAllAccess: 10, maxRecordShrink: 0.5, maxDeletionsPerDay: 7, maxDeletionRatioPerDay: 0.3, maxAdminGrants: 4 }
comments: off
pace: { requestsPerSecond: 20, outstandingOperations: 15, perAccount: 1 }
slack: { channel: "#aws" }
language: en
timezone: America/New_York
owner: 情報システム部/aws
`;
  const environment = { ...minimalEnvironment, SLACK_BOT_TOKEN: "xoxb-1" };
  const { config } = loadValid({ text, environment });
  expect(config).toMatchObject({
    kintone: {
      baseUrl: "https://example.cybozu.com",
      guestSpaceId: 7,
      fields: {
        permissionSets: { name: "セット名", relayState: null, inlinePolicy: "inline_policy" },
        assignments: { users: null, groups: "groups" },
      },
      query: { permissionSets: '状態 in ("承認済み")', assignments: '備考 like "order by limit 5"' },
    },
    identityCenter: {
      region: "us-gov-west-1",
      instanceArn: "arn:aws:sso:::instance/ssoins-1234567890abcdef",
      portalUrl: "https://example.awsapps.com/start",
      expectedAccount: "012345678901",
    },
    principals: {
      userMatch: "email",
      userTemplate: "{code}@example.co.jp",
      waitMinutes: 0,
      disabledUsers: "keep",
    },
    unlistedAssignments: "report",
    protected: {
      accounts: ["111122223333"],
      principals: ["admin@example.com"],
      permissionSets: ["BreakGlass"],
    },
    guards: {
      maxDeletions: 0,
      maxDeletionRatio: 1,
      maxUsersLosingAllAccess: 10,
      maxRecordShrink: 0.5,
      maxDeletionsPerDay: 7,
      maxDeletionRatioPerDay: 0.3,
      maxAdminGrants: 4,
      maxAdminGrantsPerDay: 25,
    },
    comments: "off",
    pace: {
      requestsPerSecond: 20,
      outstandingOperations: 15,
      perAccount: 1,
      maxMinutes: 50,
      callBudget: 160,
    },
    slack: { channel: "#aws" },
    language: "en",
    timezone: "America/New_York",
    owner: "情報システム部/aws",
  });
});

describe("precedence", () => {
  const text = `${minimalFile}language: ja\n`;

  test.each([
    ["KINTONE_BASE_URL", "https://other.cybozu.com", "kintone", { baseUrl: "https://other.cybozu.com" }],
    ["KINTONE_GUEST_SPACE_ID", "5", "kintone", { guestSpaceId: 5 }],
    ["KINTONE_PERMISSION_SET_APP", "99", "kintone", { permissionSets: { app: 99 } }],
    ["KINTONE_ASSIGNMENT_APP", "99", "kintone", { assignments: { app: 99 } }],
    ["AWS_REGION", "us-west-2", "identityCenter", { region: "us-west-2" }],
    ["AWS_DEFAULT_REGION", "us-west-2", "identityCenter", { region: "us-west-2" }],
    ["KINTONE_SSO_SYNC_LANG", "en", "language", "en"],
  ])("%s wins over the file", (name, value, section, expected) => {
    const { config } = loadValid({ text, environment: { ...minimalEnvironment, [name]: value } });
    expect(config).toMatchObject({ [section]: expected });
  });

  test("SLACK_CHANNEL wins over the file", () => {
    const environment = { ...minimalEnvironment, SLACK_BOT_TOKEN: "xoxb-1", SLACK_CHANNEL: "C2" };
    const { config } = loadValid({ text: `${minimalFile}slack: { channel: C1 }`, environment });
    expect(config.slack).toEqual({ channel: "C2" });
  });

  test("AWS_REGION wins over AWS_DEFAULT_REGION", () => {
    const environment = { ...minimalEnvironment, AWS_REGION: "us-east-1", AWS_DEFAULT_REGION: "us-west-2" };
    expect(loadValid({ environment }).config.identityCenter.region).toBe("us-east-1");
  });

  test("--lang wins over the environment and the file", () => {
    const environment = { ...minimalEnvironment, KINTONE_SSO_SYNC_LANG: "ja" };
    expect(loadValid({ text, environment, lang: "en" }).config.language).toBe("en");
  });

  test("a blank variable counts as not set, as CI systems pass unset values", () => {
    const environment = {
      ...minimalEnvironment,
      KINTONE_BASE_URL: "",
      AWS_REGION: "  ",
      SLACK_BOT_TOKEN: "",
    };
    expect(loadValid({ environment }).config.identityCenter.region).toBe("ap-northeast-1");
  });
});

describe("the language when none is chosen", () => {
  test.each([
    ["https://example.cybozu.com", "C.UTF-8", "ja"],
    ["https://example.s.cybozu.com", undefined, "ja"],
    ["https://example.kintone.com", "ja_JP.UTF-8", "ja"],
    ["https://example.kintone.com", "C.UTF-8", "en"],
    ["https://notcybozu.com", undefined, "en"],
  ])("for %s and LANG=%s is %s", (baseUrl, LANG, expected) => {
    const environment = { ...minimalEnvironment, KINTONE_BASE_URL: baseUrl, LANG };
    expect(loadValid({ environment }).config.language).toBe(expected);
  });
});

test("the default owner stays the same when a tenant changes to its address for client certificates", () => {
  const environment = { ...minimalEnvironment, KINTONE_BASE_URL: "https://example.s.cybozu.com" };
  expect(loadValid({ environment }).config.owner).toBe("example.cybozu.com/10");
});

test("a key without a value counts as not written", () => {
  const text = `${minimalFile}owner:\nprotected:\n  accounts:\npace:\nslack:\n`;
  expect(loadValid({ text }).config).toEqual(loadValid({}).config);
});

const manyMistakes = `
kintone:
  baseUrl: example.cybozu.com
  permissionSets: { app: ten, fields: { name: null, inline_policy: x } }
  assignments: { app: 11, fields: { users: null, groups: null } }
  apiToken: abc
identityCentre: {}
identityCenter: { region: Tokyo, expectedAccount: 012345678901 }
pace: { perAccount: 2, requestsPerSecond: 21 }
slack: { channel: C1 }
comments: loud
timezone: Tokyo
timezone: Tokio
`;

describe("all problems at once", () => {
  const environment = { KINTONE_USERNAME: "sync", KINTONE_ASSIGNMENT_APP: "eleven" };

  test("are told in English", () => {
    expect(problemsOf({ text: manyMistakes, environment }).join("\n")).toMatchInlineSnapshot(`
      "kintone-sso-sync.yaml:13:1: The same key is written twice; delete one of the two.
      kintone.permissionSets.app: Must be a whole number, 1 or more.
      kintone.permissionSets.fields.name: The app must have this field, so its field code is needed; null is not allowed.
      kintone.permissionSets.fields.inline_policy: There is no such key here. Did you mean inlinePolicy?
      KINTONE_ASSIGNMENT_APP: Must be a whole number, 1 or more.
      kintone.apiToken: Secrets do not belong in this file: delete it here and set KINTONE_API_TOKEN in the environment, or name a file that holds it in KINTONE_API_TOKEN_FILE.
      identityCenter.region: Must be the primary Region of IAM Identity Center, e.g. ap-northeast-1.
      identityCenter.expectedAccount: Put the account id in quotes, e.g. "012345678901": without them YAML drops leading zeros.
      comments: Must be errors, errors-and-applied or off.
      pace.requestsPerSecond: Must be a whole number from 1 to 20.
      pace.perAccount: Must be 1: AWS updates one role at a time in an account.
      identityCentre: There is no such key here. Did you mean identityCenter?
      kintone.baseUrl: Must be a URL that begins with https://, e.g. https://example.cybozu.com.
      kintone.assignments.fields: users and groups cannot both be null; give the field code of at least one.
      timezone: Must be the IANA name of a time zone, e.g. Asia/Tokyo.
      SLACK_BOT_TOKEN: A Slack channel is set: give the bot token in SLACK_BOT_TOKEN, or remove the channel.
      KINTONE_PASSWORD: Is required together with KINTONE_USERNAME."
    `);
  });

  test("are told in Japanese", () => {
    expect(problemsOf({ text: manyMistakes, environment, language: "ja" }).join("\n")).toMatchInlineSnapshot(`
      "kintone-sso-sync.yaml:13:1: 同じキーが2回書かれています。どちらか一方を削除してください。
      kintone.permissionSets.app: 1以上の整数を指定してください。
      kintone.permissionSets.fields.name: このフィールドは必須です。アプリにあるフィールドのフィールドコードを指定してください。
      kintone.permissionSets.fields.inline_policy: このキーはありません。「inlinePolicy」ではありませんか。
      KINTONE_ASSIGNMENT_APP: 1以上の整数を指定してください。
      kintone.apiToken: 認証情報は設定ファイルに書けません。ここから削除し、環境変数KINTONE_API_TOKENで渡すか、KINTONE_API_TOKEN_FILEでファイルのパスを指定してください。
      identityCenter.region: IAM Identity Centerのプライマリリージョンを指定してください（例: ap-northeast-1）。
      identityCenter.expectedAccount: AWSアカウントIDは引用符で囲んでください（例: "012345678901"）。囲まないと先頭の0が失われます。
      comments: errors、errors-and-applied、offのいずれかを指定してください。
      pace.requestsPerSecond: 1から20までの整数を指定してください。
      pace.perAccount: 1だけを指定できます。AWSは1つのアカウントのロールを同時に1つしか更新しないためです。
      identityCentre: このキーはありません。「identityCenter」ではありませんか。
      kintone.baseUrl: https://から始まるURLを指定してください（例: https://example.cybozu.com）。
      kintone.assignments.fields: usersとgroupsの両方をnullにはできません。どちらかのフィールドコードを指定してください。
      timezone: IANAのタイムゾーン名を指定してください（例: Asia/Tokyo）。
      SLACK_BOT_TOKEN: Slackのチャンネルが指定されています。ボットトークンを環境変数SLACK_BOT_TOKENで渡すか、チャンネルの指定を削除してください。
      KINTONE_PASSWORD: KINTONE_USERNAMEと一緒に指定してください。"
    `);
  });
});

test("nothing given at all is told as everything that is required", () => {
  expect(problemsOf({ text: "", environment: {} }).join("\n")).toMatchInlineSnapshot(`
    "kintone.baseUrl: Is required: set kintone.baseUrl in the file or KINTONE_BASE_URL in the environment.
    kintone.permissionSets.app: Is required: set kintone.permissionSets.app in the file or KINTONE_PERMISSION_SET_APP in the environment.
    kintone.assignments.app: Is required: set kintone.assignments.app in the file or KINTONE_ASSIGNMENT_APP in the environment.
    identityCenter.region: Is required: set identityCenter.region in the file or AWS_REGION in the environment.
    KINTONE_API_TOKEN: There are no credentials for kintone: set the API tokens of both apps, separated by a comma, or KINTONE_USERNAME and KINTONE_PASSWORD."
  `);
});

test("a problem with a value names the variable or flag that it came from", () => {
  const environment = { ...minimalEnvironment, KINTONE_BASE_URL: "http://127.0.0.1", AWS_REGION: "tokyo" };
  expect(problemsOf({ environment, lang: "fr" })).toEqual([
    "AWS_REGION: Must be the primary Region of IAM Identity Center, e.g. ap-northeast-1.",
    "--lang: Must be ja or en.",
    "KINTONE_BASE_URL: Must begin with https://; http:// is allowed for the host name localhost only.",
  ]);
});

test("a file that is not a mapping is a problem of the file", () => {
  expect(problemsOf({ text: "- a\n- b\n" })[0]).toMatch(/^kintone-sso-sync.yaml: Must hold keys of its own/);
});

test("a file with a syntax error is not judged further, but the environment is", () => {
  const problems = problemsOf({ text: "kintone: [", environment: {} });
  expect(problems.map((problem) => problem.split(": ")[0])).toEqual([
    "kintone-sso-sync.yaml:1:11",
    "KINTONE_API_TOKEN",
  ]);
});

test("without a file the environment is the configuration", () => {
  const result = loadConfig({
    environment: {
      ...minimalEnvironment,
      KINTONE_BASE_URL: "https://example.cybozu.com",
      KINTONE_PERMISSION_SET_APP: "10",
      KINTONE_ASSIGNMENT_APP: "11",
      AWS_REGION: "ap-northeast-1",
    },
    flags: {},
    readSecretFile: () => new Uint8Array(),
    language: "ja",
  });
  expect(result).toMatchObject({ ok: true, config: loadValid({}).config });
});
