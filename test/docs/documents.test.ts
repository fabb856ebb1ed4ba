import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import { generatedDocuments } from "../../scripts/documents/generated-documents.ts";
import { loadValid } from "../config/loading.ts";
import { type Page, readPage, wordsIn } from "./read-page.ts";

const names = readdirSync("docs/ja").filter((name) => name.endsWith(".md"));
const pairs = [
  ["README.md", "README.ja.md"],
  ...names.map((name) => [`docs/${name}`, `docs/ja/${name}`] as const),
] as const;
const onlyEnglish = [
  "docs/beliefs.md",
  "CHANGELOG.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "examples/README.md",
];
const pages = [...pairs.flat(), ...onlyEnglish].map(readPage);
const examples = readdirSync("examples", { withFileTypes: true }).filter((entry) => entry.isDirectory());

/** Code without comments and without the names that authors give. */
function bareCode({ code }: Page): readonly string[] {
  return code.map(({ language, content }) =>
    language === ""
      ? "output"
      : content
          .replaceAll(/(^|\s)#\s.*$/gmu, "")
          .replaceAll(/name: [^,]+,|[ \t]+$/gmu, "")
          .trim(),
  );
}

function brokenLinks(page: Page): readonly string[] {
  return page.links.filter((link) => {
    // What only the repository's host has.
    if (/^(https:|\.\.\/\.\.\/actions\/)/u.test(link)) return false;
    const [file = "", anchor] = decodeURI(link).split("#");
    const target = file === "" ? page.path : normalize(join(dirname(page.path), file));
    if (!existsSync(target)) return true;
    return anchor !== undefined && !readPage(target).anchors.has(anchor);
  });
}

describe("the documents", () => {
  it("have the same pages in both languages, apart from those that are for developers", () => {
    const english = readdirSync("docs").filter((name) => name.endsWith(".md"));
    expect(english.filter((name) => !onlyEnglish.includes(`docs/${name}`)).toSorted()).toEqual(
      names.toSorted(),
    );
  });

  it.each(pairs)("%s and %s have the same headings and the same code", (en, ja) => {
    const [english, japanese] = [readPage(en), readPage(ja)];
    expect(japanese.levels).toEqual(english.levels);
    expect(bareCode(japanese)).toEqual(bareCode(english));
  });

  it.each(pages.filter(({ path }) => !/README\.ja|\/ja\//u.test(path)))(
    "$path can be read once: the median of its sentences has at most 16 words, and none more than 35",
    ({ sentences }) => {
      const lengths = sentences.map(wordsIn).toSorted((one, other) => one - other);
      expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(16);
      expect(sentences.filter((sentence) => wordsIn(sentence) > 35)).toEqual([]);
    },
  );

  it.each(pages)("every link in $path leads to a file, and every anchor to a heading", (page) => {
    expect(brokenLinks(page)).toEqual([]);
  });

  it.each(pages)(
    "$path names the command that prints what was measured, in the section that says it",
    ({ text }) => {
      const figure = /^\|.*\b\d[\d.,]* ?(?:s|ms|MB|秒|ミリ秒)(?![\p{L}\d])/mu;
      const command = /`(?:npm|npx|node) [^`]+`/u;
      const sections = text.split(/^## /mu).filter((section) => figure.test(section));
      expect(sections.filter((section) => !command.test(section))).toEqual([]);
    },
  );

  it("lead to every page from the README, in both languages", () => {
    for (const [readme, folder] of [
      ["README.md", "docs/"],
      ["README.ja.md", "docs/ja/"],
    ] as const) {
      const linked = new Set(readPage(readme).links.map((link) => link.split("#")[0]));
      expect(names.filter((name) => !linked.has(`${folder}${name}`))).toEqual([]);
    }
  });

  it("have generated parts that are as the program says (npm run documents)", () => {
    // The formatter lays out JSON in its own way.
    const bare = (path: string, text: string) =>
      path.endsWith(".json") ? JSON.stringify(JSON.parse(text)) : text;
    for (const { path, text } of generatedDocuments())
      expect(bare(path, readFileSync(path, "utf8"))).toBe(bare(path, text));
  });

  it("have change notes whose newest released version is the program's", () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { readonly version: string };
    const entries = [...readFileSync("CHANGELOG.md", "utf8").matchAll(/^## \[(.+)\](?: - (.+))?$/gmu)];
    const released = entries.find(([, name]) => name !== "Unreleased");
    expect(released?.[1]).toBe(version);
    expect(released?.[2]).toMatch(/^\d{4}-\d\d-\d\d$/u);
  });

  it.each(examples)("the configuration of the example $name is valid", ({ name }) => {
    const text = readFileSync(`examples/${name}/kintone-sso-sync.yaml`, "utf8");
    expect(
      loadValid({
        text,
        environment: {
          KINTONE_API_TOKEN: "permissionSetToken,assignmentToken",
          KINTONE_ACCOUNTS_API_TOKEN: "accountsToken",
          KINTONE_GROUPS_API_TOKEN: "groupsToken",
          SLACK_BOT_TOKEN: "xoxb-token",
          KINTONE_SSO_SYNC_PROXY_SECRET: "x".repeat(32),
        },
      }).config.guardrails.rules.length,
    ).toBeGreaterThan(0);
    expect(readFileSync("examples/README.md", "utf8")).toContain(`(${name}/kintone-sso-sync.yaml)`);
  });
});
