import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { afterAll, describe, expect, test } from "vitest";

import type { SandboxRequest } from "../../src/sandbox/failure-switch.ts";
import { expectNoSecret } from "./secrets.ts";
import { appliedSets, assignmentApp, type Company, permissionSetApp } from "./small-company.ts";
import { withSandbox, type World, writesTo } from "./with-sandbox.ts";
import { everyFifth } from "../share.ts";

type Told = readonly [message: RegExp, hint: RegExp];

interface Failure {
  readonly when: string;
  readonly company?: Company;
  readonly config?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether it lies in the process, not in what a command is given. */
  readonly inProcess?: boolean;
  readonly cause?: (world: World) => void;
  readonly en: Told;
  readonly ja: Told;
}

const proxyPassword = "proxy-password";
const secrets = [
  "permissionSetAppToken",
  "assignmentAppToken",
  "thisTokenIsWrong",
  "wrong-password",
  proxyPassword,
  "no-secret-in-the-sandbox",
  "xoxb-slack-bot-token",
];
const nobodyListens = "http://localhost:1";

function isPageOf(app: number): (request: SandboxRequest) => boolean {
  return ({ operation, body }) =>
    operation === "getRecords" && Number((body as Record<string, unknown>)["app"]) === app;
}

/** Starts a proxy that lets nobody through, and gives its port. */
async function startStrictProxy(): Promise<number> {
  const proxy = createServer().on("connect", (_request, socket) => {
    socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
  });
  await once(proxy.listen(0, "localhost"), "listening");
  afterAll(() => void proxy.close());
  return (proxy.address() as AddressInfo).port;
}

const failures: readonly Failure[] = [
  {
    when: "kintone is down",
    environment: { KINTONE_BASE_URL: nobodyListens },
    en: [/kintone at http:\/\/localhost:1 did not answer \(ECONNREFUSED\)/, /Check the network/],
    ja: [/http:\/\/localhost:1/, /ネットワーク/],
  },
  {
    when: "a page of records stays short",
    company: { aws: { permissionSets: appliedSets } },
    cause: ({ kintone }) => {
      const body = { records: kintone.records(permissionSetApp).slice(0, 1), totalCount: "2" };
      kintone.failures.add({ match: isPageOf(permissionSetApp), respond: { status: 200, body } });
    },
    en: [
      /app 10 could not be read completely: a page held 1 records, though 2 matched/,
      /Nothing was changed/,
    ],
    ja: [/10/, /変更していません/],
  },
  {
    when: "the proxy does not accept the password",
    inProcess: true,
    environment: {
      KINTONE_BASE_URL: "https://example.cybozu.com",
      HTTPS_PROXY: `http://hanako:${proxyPassword}@localhost:${await startStrictProxy()}`,
    },
    en: [
      /kintone at https:\/\/example\.cybozu\.com did not answer \(PROXY_AUTHENTICATION_REQUIRED\)/,
      /HTTPS_PROXY/,
    ],
    ja: [/https:\/\/example\.cybozu\.com/, /HTTPS_PROXY/],
  },
  {
    when: "AWS is down",
    environment: { AWS_ENDPOINT_URL: nobodyListens },
    en: [/AWS did not answer \w+ \(ECONNREFUSED\)/, /Check the network/],
    ja: [/AWS.*ECONNREFUSED/, /ネットワーク/],
  },
  {
    when: "the API token is wrong",
    environment: { KINTONE_API_TOKEN: "thisTokenIsWrong" },
    en: [/kintone does not know one of the API tokens/, /KINTONE_API_TOKEN/],
    ja: [/APIトークン/, /KINTONE_API_TOKEN/],
  },
  {
    when: "the password is wrong",
    environment: { KINTONE_API_TOKEN: "", KINTONE_USERNAME: "hanako", KINTONE_PASSWORD: "wrong-password" },
    en: [/kintone does not accept the credentials \(status 401, CB_WA01\b/, /KINTONE_PASSWORD/],
    ja: [/CB_WA01/, /KINTONE_PASSWORD/],
  },
  {
    when: "an app id is wrong",
    environment: { KINTONE_ASSIGNMENT_APP: "99" },
    en: [/kintone has no app 99/, /kintone\.assignments\.app/],
    ja: [/99/, /kintone\.assignments\.app/],
  },
  {
    when: "a field code is not in the app",
    config: "kintone: { permissionSets: { fields: { name: title } } }",
    en: [/App 10 .*no field has the code “title” \(name\)/, /kintone\.permissionSets\.fields\.name/],
    ja: [/10.*title/, /kintone\.permissionSets\.fields\.name/],
  },
  {
    when: "the Region is not the instance's",
    environment: { AWS_REGION: "us-east-1" },
    en: [/us-east-1/, /identityCenter\.region/],
    ja: [/us-east-1/, /identityCenter\.region/],
  },
  {
    when: "there is no instance",
    company: { aws: { instances: 0 } },
    en: [/no instance in ap-northeast-1/, /identityCenter\.region/],
    ja: [/ap-northeast-1/, /identityCenter\.region/],
  },
  {
    when: "there are several instances",
    company: { aws: { instances: 2 } },
    en: [
      /several instances.*arn:aws:sso:::instance\/.*arn:aws:sso:::instance\//,
      /identityCenter\.instanceArn/,
    ],
    ja: [/arn:aws:sso:::instance\/.*arn:aws:sso:::instance\//, /identityCenter\.instanceArn/],
  },
  {
    when: "a sign-in page comes instead of a page of records",
    company: { aws: { permissionSets: appliedSets } },
    cause: ({ kintone }) => {
      const respond = { status: 200, headers: { "content-type": "text/html" }, body: "<p>Sign in</p>" };
      kintone.failures.add({ match: isPageOf(assignmentApp), respond });
    },
    en: [/app 11 could not be read completely: the answer is not a page of records/, /Nothing was changed/],
    ja: [/11/, /変更していません/],
  },
];

const results = { en: "Failed.", ja: "失敗しました。" };
const anyJapanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
const stackLine = /^\s+at .*[:(]/m;

const runs = failures.flatMap((failure) => [
  { ...failure, language: "en" as const },
  { ...failure, language: "ja" as const },
]);

describe.concurrent("a failed pass ends with 1, one sentence, what to do and no stack trace", () => {
  for (const {
    when,
    language,
    company = {},
    config = "",
    environment = {},
    inProcess,
    cause,
    ...told
  } of everyFifth(runs)) {
    test(`when ${when}, in ${language}`, () =>
      withSandbox({ company, config }, async (world) => {
        cause?.(world);
        const run = await world[inProcess === true ? "bundle" : "cli"](
          `sync --lang ${language} --log-level debug`,
          environment,
        );
        expect(run.code).toBe(1);
        const [message = "", hint = "", ...rest] = run.stdout.split("\n");
        expect(message).toMatch(told[language][0]);
        expect(hint).toMatch(told[language][1]);
        expect(rest).toEqual(["", results[language], ""]);
        // What kintone itself says is shown as it says it.
        const ours = message.replace(/(?<=CB_WA01): [^)）]*/u, "");
        for (const line of [ours, hint]) expect(anyJapanese.test(line)).toBe(language === "ja");
        expect(run.stdout + run.stderr).not.toMatch(stackLine);
        const [reading, ...warnings] = run.stderr.trim().split("\n");
        expect(reading).toMatch(/^(?:Reading kintone|kintone と)/u);
        for (const warning of warnings) expect(warning).toMatch(/memory/u);
        expectNoSecret(run, secrets);
        expect(writesTo(world)).toEqual([]);
      }));
  }
});
