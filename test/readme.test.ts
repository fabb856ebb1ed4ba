import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { configJsonSchema, type JsonSchema } from "../src/config/json-schema.ts";
import { holdsRecord, type IssueCode } from "../src/model/issue.ts";
import { incidentKeys } from "../src/tell/incident.ts";
import { issuesEn } from "../src/words/issues-en.ts";
import { actionDefinition } from "./e2e/github/run-action.ts";
import { runCli } from "./e2e/run-cli.ts";

const languages = ["en", "ja"] as const;
type Language = (typeof languages)[number];
const textOf = (language: Language, page: string) =>
  readFileSync(language === "en" ? `docs/${page}.md` : `docs/ja/${page}.md`, "utf8");

/** Dotted paths of all keys, without the lists' items. */
function keysOf(schema: JsonSchema, path = ""): readonly string[] {
  const { properties = {} } = schema;
  return Object.entries(properties).flatMap(([key, child]) => {
    const own = path === "" ? key : `${path}.${key}`;
    const below = keysOf(child, own);
    return below.length > 0 ? below : [own];
  });
}

describe.each(languages)("the documents in %s", (language) => {
  it("explain every issue code with what to do, and say whether it holds the record", () => {
    const rows = new Map(
      [
        ...textOf(language, "records").matchAll(/^\| `([a-z-]+\.[a-z-]+)` \| [^|]+ \| [^|]+ \| (\S+) \|$/gmu),
      ].map(([, code, holds]) => [code, holds]),
    );
    const yes = language === "en" ? "yes" : "する";
    const no = language === "en" ? "no" : "しない";
    const wanted = Object.keys(issuesEn).map(
      (code) => [code, holdsRecord(code as IssueCode) ? yes : no] as const,
    );
    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(wanted));
  });

  it("say of every incident that operators are told what it means and what to do", () => {
    const rows = [
      ...textOf(language, "operate").matchAll(/^\| `([a-z-]+)` \| [^|]+ \| [^|]+ \| [^|]{10,} \|$/gmu),
    ];
    expect(new Set(rows.map(([, key]) => key))).toEqual(new Set(incidentKeys));
  });

  it("name every key of the configuration", () => {
    const text = textOf(language, "configuration");
    const missing = keysOf(configJsonSchema()).filter(
      (path) => !text.includes(path.split(".").at(-1) ?? path),
    );
    expect(missing).toEqual([]);
  });

  it("have a row for every command and name every option of it", async () => {
    const text = textOf(language, "commands");
    const { stdout } = await runCli(["--help"]);
    const commands = [...(stdout.split("\nCommands:\n")[1] ?? "").matchAll(/^ {2}(\w+)/gmu)].flatMap(
      ([, command = ""]) => (command === "help" ? [] : [command]),
    );
    expect(commands.length).toBeGreaterThan(10);
    const [overview = ""] = text.split("\n## ");
    expect(commands.filter((command) => !overview.includes(`| \`${command}\` |`))).toEqual([]);
    const helps = await Promise.all(
      [[], ...commands.map((command) => [command])].map((words) => runCli([...words, "--help"])),
    );
    const options = helps.flatMap(({ stdout }) =>
      [...stdout.matchAll(/^\s+(?:-\w, )?(--[a-z-]+)/gmu)].map(([, option]) => option ?? ""),
    );
    expect(options.length).toBeGreaterThan(10);
    expect(options.filter((option) => !text.includes(option))).toEqual([]);
  });

  it("have the action's inputs with their defaults, and its outputs, all of them", () => {
    const [, inputTable = "", outputTable = ""] =
      /<!-- action inputs -->(.*?)<!-- action outputs -->(.*?)\n\n[^|\n]/su.exec(
        textOf(language, "github-actions"),
      ) ?? [];
    const inputs = [...inputTable.matchAll(/^\| `([a-z-]+)` \| (?:`(.*?)` )?\|/gmu)].map(
      ([, input, value]) => [input, value],
    );
    expect(inputs).toEqual(
      Object.entries(actionDefinition.inputs).map(([input, { default: value }]) => [input, value]),
    );
    const firstCells = outputTable.split("\n").map((row) => row.split("|")[1] ?? "");
    const outputs = firstCells.flatMap((cell) =>
      [...cell.matchAll(/`([a-zA-Z]+)`/gu)].map(([, output]) => output ?? ""),
    );
    expect(outputs.toSorted()).toEqual(Object.keys(actionDefinition.outputs).toSorted());
  });

  it("have a README of at most 150 lines with the two commands that set everything up", () => {
    const readme = readFileSync(language === "en" ? "README.md" : "README.ja.md", "utf8");
    expect(readme).toContain("npm ci && npm run demo");
    expect(readme.split("\n").length).toBeLessThanOrEqual(150);
    expect(textOf(language, "develop")).toContain("npm cit");
  });
});
