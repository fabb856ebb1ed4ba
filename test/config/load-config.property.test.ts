import * as fc from "fast-check";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { loadConfig } from "../../src/config/load-config.ts";
import { load, minimalEnvironment } from "./loading.ts";
import { someOf } from "../share.ts";

const variables = [
  "KINTONE_BASE_URL",
  "KINTONE_API_TOKEN",
  "KINTONE_API_TOKEN_FILE",
  "KINTONE_USERNAME",
  "KINTONE_PASSWORD",
  "KINTONE_BASIC_AUTH_USERNAME",
  "KINTONE_BASIC_AUTH_PASSWORD",
  "KINTONE_GUEST_SPACE_ID",
  "KINTONE_PFX_FILE_PATH",
  "KINTONE_PFX_FILE_PASSWORD",
  "KINTONE_PERMISSION_SET_APP",
  "KINTONE_ASSIGNMENT_APP",
  "AWS_REGION",
  "AWS_DEFAULT_REGION",
  "SLACK_BOT_TOKEN",
  "SLACK_CHANNEL",
  "SLACK_API_URL",
  "KINTONE_SSO_SYNC_LANG",
  "LANG",
] as const;

const keys = [
  "kintone",
  "baseUrl",
  "permissionSets",
  "assignments",
  "app",
  "fields",
  "name",
  "users",
  "groups",
  "query",
  "identityCenter",
  "region",
  "portalUrl",
  "expectedAccount",
  "principals",
  "userTemplate",
  "protected",
  "accounts",
  "pace",
  "slack",
  "channel",
  "timezone",
  "owner",
  "token",
  "__proto__",
  "constructor",
];

/** Objects whose keys are often real ones, so that the values get to their rules. */
const contents = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.anything({ withBigInt: false, withDate: false }),
    fc.string(),
    fc.webUrl(),
    tie("section"),
  ),
  section: fc.dictionary(fc.oneof(fc.constantFrom(...keys), fc.string()), tie("value"), { maxKeys: 6 }),
})).section;

const environment = fc.dictionary(
  fc.constantFrom(...variables),
  fc.oneof(fc.string(), fc.webUrl(), fc.constantFrom("", "1", "ja", "us-east-1")),
);

const fileContents = fc.oneof(fc.string(), fc.uint8Array());

test("no contents, environment or files make loading throw", () => {
  fc.assert(
    fc.property(contents, environment, fc.string(), fileContents, (file, variables, lang, secret) => {
      const result = loadConfig({
        file: { path: "c.yaml", text: toYaml(file) },
        environment: variables,
        flags: { lang },
        language: "ja",
        readSecretFile: () => {
          if (typeof secret === "string") throw secret;
          return secret;
        },
      });
      expect(result.ok || result.problems.length > 0).toBe(true);
    }),
    { numRuns: someOf(200), seed: 1 },
  );
});

test("no text makes loading throw", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...Array.from("a: -[]{}&*!\n\t\"'|>#%@")) })),
      (text) => {
        const result = load({ text, environment: minimalEnvironment });
        expect(result.ok || result.problems.length > 0).toBe(true);
      },
    ),
    { numRuns: someOf(400), seed: 1 },
  );
});

test("a value that is given is never repeated in a problem", () => {
  const canary = "CANARYvalue";
  const anywhere = fc.constantFrom(...keys.filter((key) => key !== "app"));
  const path = fc.array(anywhere, { minLength: 1, maxLength: 4 });
  const value = fc.constantFrom(
    canary,
    `https://user:${canary}@example.com/`,
    `xoxb-${canary}`,
    `{${canary}}`,
  );
  const variable = fc.constantFrom(...variables);
  fc.assert(
    fc.property(path, value, variable, (path, given, name) => {
      const tree = path.reduceRight<unknown>((child, key) => ({ [key]: child }), given);
      const result = load({ text: toYaml(tree), environment: { [name]: given } });
      expect(JSON.stringify(result.ok ? [] : result.problems)).not.toContain(canary);
    }),
    { numRuns: someOf(200), seed: 1 },
  );
});

function toYaml(value: unknown): string {
  try {
    return stringify(value);
  } catch {
    return "";
  }
}
