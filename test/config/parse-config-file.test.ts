import { expect, test } from "vitest";
import { parseConfigFile } from "../../src/config/parse-config-file.ts";
import { load, minimalEnvironment, minimalFile, problemsOf } from "./loading.ts";

const broken: readonly (readonly [string, string, string, string])[] = [
  ["a duplicate key", "owner: a\nowner: b\n", "c.yaml:2:1", "written twice"],
  [
    "a duplicate key below another",
    "pace:\n  perAccount: 1\n  perAccount: 1\n",
    "c.yaml:3:3",
    "written twice",
  ],
  ["a tab", "pace:\n\tperAccount: 1\n", "c.yaml:2:1", "tabs"],
  ["an open list", "owner: [a\n", "c.yaml:2:1", "indentation"],
  ["an open quote", 'owner: "a\n', "c.yaml:2:1", "missing"],
  ["a second document", "owner: a\n---\nowner: b\n", "c.yaml:2:1", "one document"],
  ["a colon in a value", "owner: a: b\n", "c.yaml:1:8", "quotes"],
  ["an anchor without a name", "owner: & a\n", "c.yaml:1:8", "not valid YAML"],
  ["an unknown alias", "owner: *nobody\n", "c.yaml", "alias"],
  ["aliases of aliases", bomb(), "c.yaml", "alias"],
];

test.each(broken)("%s is a problem with its line", (_name, text, path, message) => {
  const { findings } = parseConfigFile({ path: "c.yaml", text });
  expect(findings[0]?.path).toBe(path);
  expect(findings[0]?.message.en).toContain(message);
  expect(findings[0]?.message.ja).toMatch(/。$/);
});

test("a file with a duplicate key is judged further", () => {
  const problems = problemsOf({ text: "owner: a\nowner: b\ncomments: loud\n" });
  expect(problems).toContain("comments: Must be errors, errors-and-applied or off.");
});

test("no text of the file gets into a problem of its syntax", () => {
  const { findings } = parseConfigFile({
    path: "c.yaml",
    text: 'token: "CANARY\nCANARY: [CANARY\n- *CANARY',
  });
  expect(findings.length).toBeGreaterThan(0);
  expect(JSON.stringify(findings)).not.toContain("CANARY");
});

test("null stays null in a field mapping and nowhere else", () => {
  const text = "owner:\nkintone: { assignments: { fields: { users: null } }, query: }\n";
  expect(parseConfigFile({ path: "c.yaml", text }).tree).toEqual({
    kintone: { assignments: { fields: { users: null } } },
  });
});

/** A few lines that stand for millions of values. */
function bomb(): string {
  const lines = Array.from({ length: 9 }, (_, index) => {
    const values =
      index === 0
        ? "x, x, x, x, x, x, x, x, x"
        : Array(9)
            .fill(`*a${index - 1}`)
            .join(", ");
    return `a${index}: &a${index} [${values}]`;
  });
  return `${lines.join("\n")}\n`;
}

test("a problem of a key that the file has names its line and column, and one of the environment's does not", () => {
  const text = `${minimalFile}guards:\n  maxDeletions: 5\n  maxDeletionRatoi: 0.1\nprotected:\n  accounts: ["1"]\n`;
  const lines = minimalFile.split("\n").length - 1;
  const result = load({ text, environment: { ...minimalEnvironment, SLACK_API_URL: "ftp://slack" } });
  const problems = result.ok ? [] : result.problems;
  expect(problems.map(({ path, place }) => [path, place])).toEqual(
    expect.arrayContaining([
      ["guards.maxDeletionRatoi", `kintone-sso-sync.yaml:${lines + 3}:3`],
      ["protected.accounts.0", `kintone-sso-sync.yaml:${lines + 5}:14`],
      ["SLACK_API_URL", undefined],
    ]),
  );
});
